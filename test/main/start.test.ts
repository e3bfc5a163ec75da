import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const launcher = join(import.meta.dirname, '../../tools/start.mjs');

it('says on a Node that is too old what to do, and does nothing else', () => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(old)}`, launcher];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    'Linewright needs Node 24 and this is 20.20.2. Run "npm ci && npm start": the right one is installed with the packages.\n',
  ]);
});

it('imports nothing that an old Node could not load', () => {
  const imports = [...readFileSync(launcher, 'utf8').matchAll(/^import .* from '([^']+)'/gm)].map(([, name]) => name);
  expect(imports.filter((name) => !name?.startsWith('node:'))).toEqual([]);
});
