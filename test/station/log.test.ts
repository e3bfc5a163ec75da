import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLog } from '#station/log.ts';
import { fill, smallDisk } from '../small-disk.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  file = join(folder, 'linewright.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const PAD = 'x'.repeat(200);
const LIMITS = { fileSize: 8 << 20, olderFiles: 4, waiting: 20_000, retryEvery: 20 };

/** The events of a log file, each line of which must be whole. */
function eventsOf(path: string): { readonly msg: string; readonly event?: number; readonly lines?: number }[] {
  const text = readFileSync(path, 'utf8');
  expect(text.at(-1) ?? '\n').toBe('\n');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

function quit(to: string, events: number, how: 'close' | 'fault') {
  const entry = new URL('./quitting-log.ts', import.meta.url).pathname;
  return spawnSync(process.execPath, [entry, to, String(events), how], { encoding: 'utf8', timeout: 60_000 });
}

it('keeps every event in its order, and what is there already', async () => {
  writeFileSync(file, '{"msg":"before"}\n');
  const log = openLog(file);
  for (let event = 0; event < 500; event += 1) log.info('line.said', { event });
  log.error('line.ended', { why: 'asked to' });
  await log.close();
  const events = eventsOf(file);
  expect(events.map(({ msg }) => msg)).toEqual(['before', ...Array(500).fill('line.said'), 'line.ended']);
  expect(events.slice(1, -1).map(({ event }) => event)).toEqual([...Array(500).keys()]);
});

it('never grows without end: older files are numbered, and the oldest goes', async () => {
  const log = openLog(file, { ...LIMITS, fileSize: 10_000, olderFiles: 2, waiting: 1 << 20 });
  for (let event = 0; event < 400; event += 1) {
    log.info('line.said', { event, pad: PAD });
    if (event % 20 === 19) await log.flush();
  }
  await log.close();
  expect(readdirSync(folder).sort()).toEqual(['linewright.log', 'linewright.log.1', 'linewright.log.2']);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(10_000);
  const kept = eventsIn(folder);
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 400 - kept.length + index));
});

/** The events of all files, the oldest first. */
function eventsIn(path: string): (number | undefined)[] {
  const files = readdirSync(path).sort().reverse();
  return files.flatMap((name) => eventsOf(join(path, name)).map(({ event }) => event));
}

it('what was said last before a fault of our own is on disk', () => {
  const { status } = quit(file, 3, 'fault');
  expect(status).toBe(1);
  expect(eventsOf(file).map(({ event }) => event)).toEqual([0, 1, 2]);
});

// /dev/full takes nothing, as a full disk does; the file behind the name can be changed while the log is open.
describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  it('loses no event while what waits is little', async () => {
    symlinkSync('/dev/full', file);
    const log = openLog(file, LIMITS);
    log.error('record.failed', { event: 0 });
    expect(await log.flush()).toBe(false);
    log.warn('alarm.raised', { event: 1 });
    expect(await log.flush()).toBe(false);
    rmSync(file);
    await vi.waitUntil(() => existsSync(file)); // it is tried again by itself
    await log.close();
    expect(eventsOf(file).map(({ event }) => event)).toEqual([0, 1]);
  });

  it('ends neither the process nor its turn, and the log says afterwards how many events were dropped', async () => {
    symlinkSync('/dev/full', file);
    const log = openLog(file, LIMITS);
    for (let event = 0; event < 1_000; event += 1) log.warn('line.said', { event, pad: PAD });
    expect(await log.flush()).toBe(false);
    rmSync(file);
    expect(await log.flush()).toBe(true);
    await log.close();
    const events = eventsOf(file);
    const kept = events.slice(0, -1).map(({ event }) => event);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept).toEqual([...Array(kept.length).keys()]);
    expect(events.at(-1)).toMatchObject({ msg: 'log.dropped', lines: 1_000 - kept.length, why: 'ENOSPC' });
  });

  it.each(['close', 'fault'] as const)('holds up no end of the process: %s', (how) => {
    symlinkSync('/dev/full', file);
    const { status, signal } = quit(file, 10_000, how);
    expect([status, signal]).toEqual([how === 'close' ? 0 : 1, null]);
  });
});

it('a small disk that is full leaves no torn line, and says nothing twice when there is room again', async ({
  skip,
}) => {
  const disk = smallDisk(3);
  if (disk === undefined) return skip('a small disk can only be mounted by root');
  const onDisk = join(disk, 'linewright.log');
  const log = openLog(onDisk, { ...LIMITS, waiting: 1 << 20 });
  log.info('line.said', { event: 0 });
  expect(await log.flush()).toBe(true);
  const free = fill(disk);
  for (let event = 1; event < 200; event += 1) log.warn('line.said', { event, pad: PAD });
  expect(await log.flush()).toBe(false);
  expect(eventsOf(onDisk).length).toBeLessThan(200);
  free();
  await log.close();
  expect(eventsOf(onDisk).map(({ event }) => event)).toEqual([...Array(200).keys()]);
});
