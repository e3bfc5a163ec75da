import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill, smallDisk } from '../small-disk.ts';
import { sound, stopsOf } from './expectations.ts';
import { openStage, type Stage } from './stage.ts';
import { finish, goodReaches } from './story.ts';

/** A run under way on a disk of its own; the virtual line's own files lie elsewhere. */
async function runningOn(disk: string): Promise<{ readonly stage: Stage; readonly run: number }> {
  const elsewhere = join(disk, '../virtual-line');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(disk, 'virtual-line'));
  const stage = await openStage({ speed: 5, data: disk });
  const run = await stage.order(60);
  await stage.start(run);
  await goodReaches(stage, run, 15);
  return { stage, run };
}

/** More than the log lets wait. */
function talk({ workstation }: Stage): void {
  for (let event = 0; event < 10_000; event += 1) workstation.desk.log.warn('test.said', { pad: 'x'.repeat(200) });
}

/** What the log says of events that it lost. */
function dropped(disk: string): unknown[] {
  const lines = readFileSync(join(disk, 'linewright.log'), 'utf8').split('\n');
  return lines.flatMap((line) => (line.includes('log.dropped') ? [JSON.parse(line)] : []));
}

describe('a full disk that takes not even the log', () => {
  it('stops the line, not the workstation: verdicts wait, an alarm stands, and later it goes on', async ({ skip }) => {
    const disk = smallDisk(8);
    if (disk === undefined) return skip('a small disk can only be mounted by root');
    const { stage, run } = await runningOn(disk);
    const { floor } = stage.workstation.desk;
    const free = fill(disk);
    talk(stage);
    await stage.until(() => stage.state(run) === 'SUSPENDED', 'the run to be suspended');
    talk(stage);
    expect(floor.runs.get(run)?.cause).toBe('disk-full');
    expect(floor.alarms).toContainEqual(expect.objectContaining({ code: 'disk-full', state: 'active' }));
    expect(await stage.clicker.resume(run)).toEqual({ kind: 'refused', unmet: [{ guard: 'record-writable' }] });
    free();
    await stage.until(() => floor.recordWritable, 'the record to be writable again');
    const story = await finish(stage, run);
    sound({ ...story, reactions: { ...story.reactions, falseStops: [] } }, 60); // a full disk is no fault of the line
    expect(stopsOf(story)).toHaveLength(1);
    // Which of the two it was first depends on whether a write was tried before so much was said.
    const why = expect.stringMatching(/^(ENOSPC|too many at once)$/);
    expect(dropped(disk)).toContainEqual(expect.objectContaining({ lines: expect.any(Number), why }));
  });

  it('holds up no end of the workstation, and the run is there again when there is room', async ({ skip }) => {
    const disk = smallDisk(8);
    if (disk === undefined) return skip('a small disk can only be mounted by root');
    const { stage, run } = await runningOn(disk);
    const free = fill(disk);
    talk(stage);
    await stage.until(() => stage.state(run) === 'SUSPENDED', 'the run to be suspended');
    await stage.close();
    free();
    const again = await openStage({ speed: 5, data: disk });
    expect(again.state(run)).toBe('SUSPENDED');
    expect(again.workstation.desk.floor.recordWritable).toBe(true);
  });
});
