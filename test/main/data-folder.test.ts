import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultDataFolder, openFolder, resetTraining } from '#main/data-folder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.runIf(process.platform === 'linux').each([
  ['linux', {}, '/home/p/.local/share/linewright'],
  ['linux', { XDG_DATA_HOME: '/x' }, '/x/linewright'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/p/.local/share/linewright'],
  ['darwin', {}, '/home/p/Library/Application Support/Linewright'],
  ['win32', { LOCALAPPDATA: '/l' }, '/l/Linewright'],
] as const)('on %s with %j the data of a user is in %s', (platform, env, path) => {
  expect(defaultDataFolder(platform, env, '/home/p')).toBe(path);
});

it('creates what is missing', () => {
  openFolder(join(folder, 'a/b'));
  expect(readdirSync(join(folder, 'a'))).toEqual(['b']);
});

it('says what to do when the folder cannot be made', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => openFolder(join(folder, 'file/data'))).toThrow(/cannot be written: .*--data DIR/);
});

it.runIf(process.platform === 'linux')('gives up at once where no folder can ever be made', () => {
  expect(() => openFolder('/proc/none/data')).toThrow('The data folder /proc/none/data cannot be written');
});

it('resets the training data and nothing else', () => {
  for (const name of ['training.db', 'training.db-wal', 'line.db', 'sessions.json'])
    writeFileSync(join(folder, name), '');
  for (const name of ['exports', 'virtual-line']) mkdirSync(join(folder, name));
  for (const name of ['run-1-TRAINING.json', 'run-1.json']) writeFileSync(join(folder, 'exports', name), '');
  resetTraining(folder);
  expect(readdirSync(folder)).toEqual(['exports', 'line.db', 'sessions.json']);
  expect(readdirSync(join(folder, 'exports'))).toEqual(['run-1.json']);
});
