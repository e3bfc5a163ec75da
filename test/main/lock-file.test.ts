import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from '#main/lock-file.ts';

let folder: string;
const file = () => join(folder, 'workstation.lock');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('refuses a second start and names the first, with its address', () => {
  const lock = lockFolder(folder);
  lock.announce('http://127.0.0.1:4750');
  expect(() => lockFolder(folder)).toThrow(
    `Process ${process.pid} already runs this line on this data folder. It is open at http://127.0.0.1:4750.`,
  );
  lock.release();
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

it('takes over from a process that died', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  writeFileSync(file(), JSON.stringify({ pid: child.pid, born: '', address: 'http://127.0.0.1:1' }));
  const lock = lockFolder(folder);
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ pid: process.pid });
  expect(readdirSync(folder)).toEqual(['workstation.lock']);
  lock.release();
});

it.runIf(existsSync('/proc/self/stat'))('is not held up by a stranger who was given the same process number', () => {
  writeFileSync(file(), JSON.stringify({ pid: process.pid, born: 'an earlier boot/1', address: '' }));
  lockFolder(folder).release();
});

it.each(['', '{', '[]', '{"pid":"x"}', '{"pid":-1}'])('is not held up by a torn lock file: %j', (text) => {
  writeFileSync(file(), text);
  lockFolder(folder).release();
});

it('does not remove the lock of somebody else', () => {
  const lock = lockFolder(folder);
  const other = JSON.stringify({ pid: process.ppid, born: '', address: '' });
  writeFileSync(file(), other);
  lock.release();
  expect(readFileSync(file(), 'utf8')).toBe(other);
});
