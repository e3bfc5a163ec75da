import { describe, expect, it } from 'vitest';
import { rangesOf, serialAt } from '#line/ledger.ts';
import { judgeRun } from '#virtual-line/oracle.ts';
import { complaints } from '#virtual-line/oracle-report.ts';
import { isVoided, rejectsOf, sound, stopsOf } from './expectations.ts';
import { done } from './order-text.ts';
import { openStage, type Stage } from './stage.ts';
import { databaseOf, finish, goodReaches, ledgerOf } from './story.ts';

const HELD = 11;

async function started(items: number, speed = 10): Promise<{ stage: Stage; run: number }> {
  const stage = await openStage({ speed });
  const run = await stage.order(items);
  await stage.start(run);
  return { stage, run };
}

const stands = (stage: Stage): Promise<void> =>
  stage.until(() => stage.workstation.desk.floor.line.machine === HELD, 'the machine to stand');

describe('a person', () => {
  it('holds the run and lets it go on: numbers still in the printer are used, and none twice', async () => {
    const { stage, run } = await started(100);
    await goodReaches(stage, run, 20);
    done(await stage.clicker.hold(run, 'a carton fell over'));
    await stands(stage);
    expect(stage.state(run)).toBe('HELD');
    const { ledger } = stage.workstation.desk.floor.line;
    const inPrinter = [...rangesOf(ledger, 'SENT')].flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, offset) => serialAt(ledger, first + offset)),
    );
    done(await stage.clicker.resume(run));
    const story = await finish(stage, run);
    sound(story, 100);
    expect(stopsOf(story)).toEqual([]);
    expect(inPrinter.length).toBeGreaterThan(10);
    expect(inPrinter.filter((serial) => story.record.unknownFate.includes(serial))).toEqual([]);
  });

  it('ends a held run; what stood on the belt is in nobody’s good output, and the next order is not disturbed', async () => {
    const { stage, run } = await started(200);
    await goodReaches(stage, run, 20);
    done(await stage.clicker.hold(run, 'wrong leaflets'));
    await stands(stage);
    done(await stage.clicker.end(run, 'the rest is made tomorrow'));
    await stage.until(() => stage.state(run) === 'ENDING', 'the run to end');
    done(await stage.clicker.close(run, 'scenario: bin counted'));
    const second = await stage.order(40, { order: 'SCENARIO-2', lot: 'SCENE24B' });
    await stage.start(second);
    const story = await finish(stage, second);
    sound(story, 40);
    const first = await judgeRun({ ledgerFile: ledgerOf(stage.data), databaseFile: databaseOf(stage.data), run });
    expect(complaints(first)).toEqual([]);
  });

  it('makes a second order in the same record: record numbers go on, and no number of the first is sent again', async () => {
    const { stage, run } = await started(30);
    await stage.until(() => stage.state(run) === 'ENDING', 'the first run to end');
    done(await stage.clicker.close(run, 'scenario: bin counted'));
    const second = await stage.order(30, { order: 'SCENARIO-2', lot: 'SCENE24B' });
    await stage.start(second);
    const story = await finish(stage, second);
    sound(story, 30);
    expect({ stops: stopsOf(story), rejects: rejectsOf(story) }).toEqual({ stops: [], rejects: [] });
    const first = await judgeRun({ ledgerFile: ledgerOf(stage.data), databaseFile: databaseOf(stage.data), run });
    expect(complaints(first)).toEqual([]);
  });
});

describe('while the line runs empty', () => {
  it('a fault stops it; after it the run ends, and hardly an item more is made than was ordered', async () => {
    // Nozzles open in wall time: the belt is no faster than they are, or blank items stop it as well.
    const { stage, run } = await started(60, 3);
    stage.tell({ do: 'inject', fault: 'F02', item: 61 });
    const story = await finish(stage, run);
    sound(story, 60);
    expect(stopsOf(story)[0]).toMatchObject({ cause: 'duplicate-serial' });
    expect([...story.record.fates.values()].filter((fate) => !isVoided(fate)).length).toBeLessThanOrEqual(75);
  });

  it('a fault does not undo that a person ended the run: it ends after it', async () => {
    const { stage, run } = await started(300);
    await goodReaches(stage, run, 20);
    done(await stage.clicker.end(run, 'enough for today'));
    stage.tell({ do: 'inject', fault: 'F11' });
    const story = await finish(stage, run);
    sound(story, 20);
    expect(story.accounts['GOOD']).toBeLessThan(300);
  });
});
