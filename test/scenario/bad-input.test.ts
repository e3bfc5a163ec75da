import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openClicker } from '#cli/clicker.ts';
import { startSourceWorkstation } from '#cli/source-workstation.ts';
import { sound, stopsOf } from './expectations.ts';
import { orderText } from './order-text.ts';
import { openStage, temporaryFolder } from './stage.ts';
import { databaseOf, finish, goodReaches } from './story.ts';

/** A workstation without waiting for its devices: what it is told here does not concern them. */
async function station(data: string) {
  const workstation = await startSourceWorkstation({ data });
  onTestFinished(() => workstation.close());
  return { workstation, clicker: await openClicker(workstation) };
}

describe('an order that cannot be', () => {
  it('is refused in sentences: no JSON, a missing field, a wrong check digit, and the same order twice', async () => {
    const { workstation, clicker } = await station(temporaryFolder());
    const refusal = async (text: string): Promise<string> => {
      const answer = await clicker.importOrder(text);
      return answer.kind === 'failed' ? answer.failure.message : answer.kind;
    };
    const product = { gtin: '09521234543219', gcpLength: 7, name: 'Example Tablets', minGrade: 1.5 };
    expect(await refusal('{ "order": ')).toMatch(/^This is no JSON file .*Export the order again/);
    expect(await refusal('{ "order": "A-1" }')).toMatch(/^product: .+\nlot: .+\nexpiry: .+\nquantity: /);
    expect(await refusal(orderText(10, { product }))).toBe(
      'product.gtin: GTIN 09521234543219 ends in 9, but its check digit is 3. One of its digits is wrong; compare it with the product master.',
    );
    expect(await refusal(orderText(10, { expiry: '2020-01-31' }))).toMatch(/^expiry: .*2020-01-31/);
    expect([...workstation.desk.floor.runs.keys()]).toEqual([]);
    expect(await refusal(orderText(10))).toBe('done');
    expect(await refusal(orderText(10))).toMatch(/^order: Order SCENARIO-1 has been imported before\./);
    expect([...workstation.desk.floor.runs.keys()]).toEqual([1]);
  });
});

describe('a record', () => {
  it('of a newer version is refused, and says which version is needed', async () => {
    const data = temporaryFolder();
    const { workstation } = await station(data);
    await workstation.close();
    const db = new Database(databaseOf(data));
    db.pragma('user_version = 99');
    db.close();
    await expect(startSourceWorkstation({ data })).rejects.toThrow(
      /was written by a newer Linewright \(record version 99; this one knows \d+\)\. Use that version\./,
    );
  });

  it('that finds no room suspends the run before anything is lost, and goes on when there is room again', async ({
    skip,
  }) => {
    const data = smallDisk(6);
    if (data === undefined) return skip('a small disk can only be mounted by root');
    const stage = await openStage({ speed: 5, data });
    const run = await stage.order(60);
    await stage.start(run);
    await goodReaches(stage, run, 15);
    const ballast = join(data, 'ballast');
    fill(ballast, data);
    await stage.until(() => stage.state(run) === 'SUSPENDED', 'the run to be suspended');
    const { floor } = stage.workstation.desk;
    expect(floor.runs.get(run)?.cause).toBe('disk-full');
    expect(floor.alarms.map(({ code }) => code)).toContain('disk-full');
    expect(await stage.clicker.resume(run)).toEqual({ kind: 'refused', unmet: [{ guard: 'record-writable' }] });
    rmSync(ballast);
    await stage.until(() => floor.recordWritable, 'the record to be writable again');
    const story = await finish(stage, run);
    sound({ ...story, reactions: { ...story.reactions, falseStops: [] } }, 60); // a full disk is no fault of the line
    expect(stopsOf(story)).toHaveLength(1);
  });
});

/** A disk of a few megabytes; the virtual line's own files, which are the evidence, lie elsewhere. */
function smallDisk(megabytes: number): string | undefined {
  const folder = temporaryFolder();
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  mkdirSync(join(folder, 'virtual-line'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', disk], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  symlinkSync(join(folder, 'virtual-line'), join(disk, 'virtual-line'));
  return disk;
}

/** Takes all the room there is. */
function fill(file: string, disk: string): void {
  for (let chunk = 1 << 20; chunk >= 4096; ) {
    const { bavail, bsize } = statfsSync(disk);
    if (bavail * bsize < chunk) chunk /= 2;
    else writeFileSync(file, Buffer.alloc(chunk), { flag: 'a' });
  }
}
