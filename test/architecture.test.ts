import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMPORT_TABLE } from './import-table.ts';
import { parse, reachable, readSources, violations } from './imports.ts';

const sources = readSources(join(import.meta.dirname, '../src'));

describe('who may import whom', () => {
  it('is looked at in every folder of the table', () => {
    const folders = new Set(sources.map(({ path }) => path.split('/')[0]));
    expect([...folders].filter((folder) => IMPORT_TABLE[folder ?? ''] === undefined)).toEqual([]);
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.flatMap((source) => parse(source).imports).length).toBeGreaterThan(100);
  });

  it('is kept to by every file', () => {
    expect(sources.flatMap(violations)).toEqual([]);
  });

  it('keeps Electron out of the browser host, however deep one looks', () => {
    const modules = reachable('main/browser-host.ts', sources);
    expect(modules.length).toBeGreaterThan(5);
    expect(
      modules.filter(({ imports }) => imports.some((name) => name.startsWith('electron'))).map(({ path }) => path),
    ).toEqual([]);
  });

  it('lets nobody borrow from the virtual line but the command line, which only judges with it', () => {
    const borrowers = sources
      .map(parse)
      .filter(
        ({ folder, imports }) => folder !== 'virtual-line' && imports.some((name) => name.startsWith('#virtual-line/')),
      )
      .map(({ folder }) => folder);
    expect([...new Set(borrowers)].filter((folder) => folder !== 'cli')).toEqual([]);
  });

  it('names zod in the contract alone', () => {
    const users = sources
      .map(parse)
      .filter(({ imports }) => imports.some((name) => name === 'zod' || name.startsWith('zod/')));
    expect(users.filter(({ folder }) => folder !== 'contract').map(({ path }) => path)).toEqual([]);
  });
});

describe('the checker itself', () => {
  it.each([
    ['a pure folder that reaches for a device', 'line/a.ts', "import { x } from '#devices/wire.ts';"],
    ['a type of a forbidden folder', 'line/a.ts', "import type { X } from '#station/host.ts';"],
    ['a built-in module in a pure folder', 'gs1/a.ts', "import { createHash } from 'node:crypto';"],
    ['a driver borrowed from the virtual line', 'devices/a.ts', "import { x } from '#virtual-line/x.ts';"],
    ['an emulator borrowed from a driver', 'virtual-line/a.ts', "import { x } from '#devices/x.ts';"],
    ['Electron outside the hosts', 'station/a.ts', "import { app } from 'electron';"],
    ['Electron loaded late', 'station/a.ts', "const e = await import('electron');"],
    ['Electron required', 'record/a.ts', "const e = require('electron/main');"],
    ['zod outside the contract', 'station/a.ts', "import { z } from 'zod';"],
    ['a package nobody listed', 'publish/a.ts', "import _ from 'lodash';"],
    ['an import over several lines', 'order/a.ts', "import {\n  a,\n  b,\n} from '#record/x.ts';"],
    ['an import for its effect', 'gs1/a.ts', "import 'node:fs';"],
    ['a passing-on', 'gs1/a.ts', "export { a } from '#line/x.ts';"],
    ['a relative path', 'line/a.ts', "import { a } from '../gs1/x.ts';"],
    ['a missing ending', 'line/a.ts', "import { a } from '#gs1/x';"],
    ['a folder nobody listed', 'shared/a.ts', "import { a } from '#gs1/x.ts';"],
    ['chance in a pure folder', 'epcis/a.ts', 'const a = Math.random();'],
  ])('finds %s', (_what, path, text) => {
    expect(violations({ path, text: `// first line\n${text}\n` })).toHaveLength(1);
  });

  it.each([
    ['station/a.ts', "import { x } from '#devices/x.ts';\nimport { join } from 'node:path';\nimport pino from 'pino';"],
    ['line/a.ts', "// import { x } from '#devices/x.ts';\n/* Math.random() */\nimport { a } from '#gs1/x.ts';"],
    [
      'renderer/parts/a.tsx',
      "import './a.css';\nimport '@mantine/core/styles.css';\nimport { z } from '#renderer/words/en.ts';",
    ],
    ['station/a.ts', "audit('import', { run, state: 'RUNNING' });"],
    ['main/a.ts', "import { RPCHandler } from '@orpc/server/ws';\nimport { app } from 'electron';"],
  ])('lets pass what is allowed in %s', (path, text) => {
    expect(violations({ path, text })).toEqual([]);
  });

  it('follows imports from file to file', () => {
    const planted = [
      { path: 'main/browser-host.ts', text: "import { a } from '#main/a.ts';" },
      { path: 'main/a.ts', text: "import { b } from '#main/b.ts';" },
      { path: 'main/b.ts', text: "import { app } from 'electron';" },
      { path: 'main/c.ts', text: '' },
    ];
    expect(reachable('main/browser-host.ts', planted).map(({ path }) => path)).toEqual([
      'main/browser-host.ts',
      'main/a.ts',
      'main/b.ts',
    ]);
  });
});
