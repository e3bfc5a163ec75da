import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

// The window's entry on the stand-in for Electron, as far as it comes without a build.

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'index-'));
});
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 5 }));

function startWith(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const calls = join(folder, 'calls');
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', './test/stand-in/register.ts', 'src/main/index.ts', '--data', folder, ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...env, STAND_IN_CALLS: calls }, timeout: 60_000 },
  );
  const lines = existsSync(calls) ? readFileSync(calls, 'utf8').split('\n').filter(Boolean) : [];
  const boxes = lines.map((line) => JSON.parse(line)).filter(({ api }) => api === 'dialog.showErrorBox');
  return { status, stderr, boxes: boxes.map(({ detail }) => detail) };
}

it.each([
  ['the world', ['--line', 'none.json'], /^The line file .*none\.json cannot be read.*Check the path after --line\.$/],
  ['the command line', ['--port', 'many'], /^--port is "many", but must be a number/],
])('a window that cannot open for %s says why in a box, not by silence', (_, args, why) => {
  const { status, stderr, boxes } = startWith(args);
  expect(status).toBe(2);
  expect(boxes).toEqual([{ title: 'Linewright cannot start', content: expect.stringMatching(why), isReady: true }]);
  expect(stderr).toBe(`${boxes[0].content}\n`);
});

it('a second start brings the first window forward, and shows no box over it', () => {
  const { status, stderr, boxes } = startWith([], { STAND_IN_RUNS_ALREADY: '1' });
  expect([status, stderr]).toEqual([2, 'Linewright already runs here: its window was brought forward.\n']);
  expect(boxes).toEqual([]);
});
