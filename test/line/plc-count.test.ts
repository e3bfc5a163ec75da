import { describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { stateOf } from '#line/ledger.ts';
import { replayFact } from '#line/recover.ts';
import { alarmsOf, factsOf, freshLine, PLC, producing, raisedBy, verdictsOf } from './example-line.ts';

describe('a PLC whose counts do not follow on those of the record, in the epoch of the record', () => {
  it.each([
    ['stands thousands of items further on: an old record was put back', 40_100, 40_090],
    ['has gone back: it has its memory of an earlier time', 0, 0],
  ])('%s: the line stops, and goes on with what comes then', (_, seq, event) => {
    const story = producing();
    for (const index of [0, 1, 2]) story.good(index);
    const stop = story.countFrom(seq, event);
    expect(raisedBy(stop)).toEqual(['plc-out-of-step']);
    expect(story.line.mode).toBe('suspended');
    story.release();
    const { armedFrom } = story.line;
    for (const index of [armedFrom, armedFrom + 1]) {
      expect(verdictsOf(story.item(index))).toMatchObject([{ pass: true }]);
      story.outcome('good-exit');
      expect(stateOf(story.line.ledger, index)).toBe('GOOD');
    }
  });

  it('makes no item bear the number of another: an item of this epoch is counted once', () => {
    const story = producing();
    for (const index of [0, 1, 2]) story.good(index);
    story.countFrom(0, 0);
    story.release();
    story.good(story.line.armedFrom);
    const verdicts = factsOf(story.effects).filter(({ kind }) => kind === FACT.verdict);
    expect(verdicts.map(({ item }) => item)).toEqual([0, 1, 2, 65_537]);
  });

  it('says how many items passed without a confirmed exit: they are rejected', () => {
    const story = producing();
    story.item(0);
    expect(alarmsOf(story.countFrom(40_100, 40_090))).toContainEqual({
      kind: 'raise',
      code: 'plc-out-of-step',
      device: PLC,
      detail: 'passed without a confirmed exit: 1',
    });
    expect(stateOf(story.line.ledger, 0)).toBe('REJECTED');
  });

  it('is read on from there after a restart of the workstation', () => {
    const story = producing();
    story.good(0);
    story.countFrom(40_100, 40_090);
    const line = freshLine();
    for (const fact of factsOf(story.effects)) replayFact(line, fact);
    expect(line.plc).toEqual({ epoch: 1, item: 40_100, event: 40_090 });
  });
});
