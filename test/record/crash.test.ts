import { execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalFault } from '#contract/journal.ts';
import { FACT } from '#line/fact.ts';
import { verifyChain } from '#record/verify.ts';
import { allocated, block, GTIN, openAt, recordFolder, rowsOf, settled, tamper } from './record-file.ts';

const APPENDER = new URL('./appender.ts', import.meta.url);

let at = recordFolder();
beforeEach(() => {
  at = recordFolder();
});
afterEach(() => at.remove());

/** Runs the appender until it has acknowledged `enough`, kills it without warning, and returns the last seq it acknowledged. */
function killedAfter(enough: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(APPENDER, [at.file], { execArgv: [] });
    let acknowledged = 0;
    child.on('message', (upTo) => {
      acknowledged = Number(upTo);
      if (acknowledged >= enough) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('exit', () => resolve(acknowledged));
  });
}

describe('a process that is killed while it writes', { timeout: 60_000 }, () => {
  it('loses nothing that was acknowledged, and leaves a whole chain', async () => {
    let before = 0;
    for (const enough of [1, 40, 300, 1500]) {
      const acknowledged = await killedAfter(before + enough);
      const journal = await openAt(at.file);
      expect(journal.opening.lastSeq).toBeGreaterThanOrEqual(acknowledged);
      await journal.close();
      expect(verifyChain(at.file)).toMatchObject({ isIntact: true, facts: journal.opening.lastSeq });
      expect(rowsOf(at.file, 'SELECT count(*) AS n, max(seq) AS last FROM fact')).toEqual([
        { n: journal.opening.lastSeq, last: journal.opening.lastSeq },
      ]);
      before = journal.opening.lastSeq;
    }
  }, 60_000);
});

const canTrace = spawnSync('strace', ['-f', '-e', 'trace=fsync,fdatasync', 'true']).status === 0;

describe('a commit', { timeout: 60_000 }, () => {
  it.skipIf(!canTrace)(
    `is flushed to the disk each time${canTrace ? '' : ' (skipped: strace is not installed or not permitted here)'}`,
    () => {
      const trace = join(at.folder, 'trace');
      execFileSync('strace', [
        '-f',
        '-o',
        trace,
        '-e',
        'trace=fsync,fdatasync',
        process.execPath,
        APPENDER.pathname,
        at.file,
        '50',
      ]);
      const flushes = readFileSync(trace, 'utf8').match(/f(data)?sync\(\d+\) += 0/g) ?? [];
      const commits = rowsOf(at.file, 'SELECT count(*) AS n FROM hash_group') as { n: number }[];
      expect(commits).toEqual([{ n: 50 }]);
      expect(flushes.length).toBeGreaterThanOrEqual(50);
    },
    60_000,
  );
});

describe('a full disk', { timeout: 60_000 }, () => {
  const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();
  const why = canMount ? '' : ' (skipped: needs the right to mount a small file system)';

  async function onSmallDisk(size: string, work: (folder: string) => Promise<void>): Promise<void> {
    const small = join(at.folder, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', small]);
    try {
      await work(small);
    } finally {
      execFileSync('umount', ['-l', small]);
    }
  }

  it.skipIf(!canMount)(`stops the writing, says so, and loses nothing${why}`, () => onSmallDisk('2m', fillAndRecover));
  it.skipIf(!canMount)(`does not stop the line for a copy of the ledger that finds no room${why}`, () =>
    onSmallDisk('3m', dropDump),
  );
  it.skipIf(!canMount)(`does not stop the line for the serials of an order to come${why}`, () =>
    onSmallDisk('3m', giveUpSerials),
  );
  it.skipIf(!canMount)(`lets a record open that holds half of an allocation${why}`, () =>
    onSmallDisk('3m', openHalfWritten),
  );
});

/** Bytes of the file through which connections find their way in a log: without it nothing opens. */
const SHARED_INDEX = 32_768;

/** Room left on the small disk beside what stands there. */
const SPARE = 400_000;

async function nearlyFull(folder: string) {
  const journal = await openAt(join(folder, 'line.db'));
  const faults: JournalFault[] = [];
  journal.failed((fault) => faults.push(fault));
  journal.append({ kind: FACT.noticed, at: 1 });
  await settled(journal);
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - SPARE));
  return { journal, faults };
}

async function dropDump(folder: string): Promise<void> {
  const { journal, faults } = await nearlyFull(folder);
  journal.dump({ run: 1, seq: 1, states: new Uint8Array(2 * SPARE) });
  journal.append({ kind: FACT.noticed, at: 2 });
  await settled(journal);
  await journal.close();
  expect(faults).toEqual([]);
  expect(rowsOf(join(folder, 'line.db'), 'SELECT count(*) AS n FROM ledger_dump')).toEqual([{ n: 0 }]);
}

async function giveUpSerials(folder: string): Promise<void> {
  const { journal, faults } = await nearlyFull(folder);
  const serials = block(1, 60_000);
  await expect(journal.allocate(serials, [allocated(serials)])).rejects.toMatchObject({ code: 'disk-full' });
  expect([faults, journal.lastSeq]).toEqual([[], 1]);
  rmSync(join(folder, 'ballast'));
  execFileSync('mount', ['-o', 'remount,size=64m', folder]);
  const other = block(1, 60_000, { prefix: 'B' });
  expect(await journal.allocate(other, [allocated(other)])).toEqual({});
  await journal.close();
  expect(rowsOf(join(folder, 'line.db'), 'SELECT count(*) AS n, min(serial) AS low FROM serial')).toEqual([
    { n: 60_000, low: 'B0000' },
  ]);
}

async function openHalfWritten(folder: string): Promise<void> {
  const file = join(folder, 'line.db');
  await (await openAt(file)).close();
  tamper(
    file,
    `INSERT INTO allocation (run, first, count, stride, gtin) VALUES (1, 0, 20000, 8, '${GTIN}');
     WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
     INSERT INTO serial (run, serial, idx) SELECT 1, printf('A%07d', i), i FROM n;`,
  );
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - SHARED_INDEX - 20 * bsize));
  const left = () => rowsOf(file, 'SELECT count(*) AS n FROM serial');
  const full = await openAt(file);
  expect([left(), full.opening.lastSeq, full.takeFound().open]).toEqual([[{ n: 20_000 }], 0, undefined]);
  await full.close();
  rmSync(join(folder, 'ballast'));
  await (await openAt(file)).close();
  expect(left()).toEqual([{ n: 0 }]);
}

async function fillAndRecover(folder: string): Promise<void> {
  const ballast = join(folder, 'ballast');
  const file = join(folder, 'line.db');
  const journal = await openAt(file);
  writeFileSync(ballast, Buffer.alloc(900_000));
  const faults: JournalFault[] = [];
  journal.failed((fault) => faults.push(fault));
  while (faults.length === 0) {
    for (let item = 0; item < 500; item += 1) journal.append({ kind: FACT.noticed, at: 1, item });
    await until(() => faults.length > 0 || journal.durableUpTo === journal.lastSeq);
  }
  expect(faults).toEqual([{ code: 'disk-full', message: expect.stringContaining('the disk is full') }]);
  const durable = journal.durableUpTo;
  journal.append({ kind: FACT.noticed, at: 2 });
  journal.retry();
  await until(() => faults.length === 2);
  expect(journal.durableUpTo).toBe(durable);
  rmSync(ballast);
  execFileSync('mount', ['-o', 'remount,size=64m', folder]);
  journal.retry();
  await until(() => journal.durableUpTo === journal.lastSeq);
  const serials = block(1, 3000);
  expect(await journal.allocate(serials, [allocated(serials)])).toEqual({});
  await journal.close();
  expect(faults.length).toBe(2);
  expect(verifyChain(file)).toMatchObject({ isIntact: true, facts: journal.lastSeq });
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 50_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('waited too long');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function tryMount(): boolean {
  const probe = recordFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe.folder]).status === 0;
  if (mounted) spawnSync('umount', [probe.folder]);
  probe.remove();
  return mounted;
}
