import { describe, expect, it } from 'vitest';
import { lineForRun } from '#line/carry-over.ts';
import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import { accountOf, accountsOf, openLedger, stateOf } from '#line/ledger.ts';
import { replayFact, voidUnseen } from '#line/recover.ts';
import {
  codeOf,
  EXPECTED,
  factsOf,
  freshLine,
  kindsOf,
  openStory,
  PLC,
  PRINTER,
  pack,
  producing,
  READER,
  type Story,
  serial,
  verdictsOf,
} from './example-line.ts';

/** The line as a workstation finds it in its record after a power cut. */
function restarted(story: Story) {
  const line = freshLine();
  for (const fact of factsOf(story.effects)) replayFact(line, fact);
  const effects: Effect[] = [];
  const found = voidUnseen(line, 9_000, effects);
  return { line, found, effects };
}

describe('after a power cut', () => {
  it('what was handed to the printer and not seen has an unknown fate, printed or not', () => {
    const story = producing();
    story.printed(3);
    story.good(0);
    const { line, found, effects } = restarted(story);
    expect(found).toEqual({ unknownFate: 11, inTransit: 0 });
    expect(factsOf(effects)).toMatchObject([
      { kind: FACT.moved, serial: 4, count: 8, code: 105 },
      { kind: FACT.moved, serial: 1, count: 3, code: 205 },
    ]);
    expect(accountsOf(line.ledger)).toMatchObject({ GOOD: 1, UNKNOWN_FATE: 11, SENT: 0, PRINTED: 0 });
  });

  it('what had passed waits for the PLC to say where it went', () => {
    const story = producing();
    story.item(0);
    const { line, found } = restarted(story);
    expect([found.inTransit, stateOf(line.ledger, 0)]).toEqual([1, 'PRINTED']);
  });

  it('of a run whose first items were still on their way, the PLC is read on from where the run began, not from its first row', () => {
    const story = openStory();
    for (const device of [PRINTER, READER, PLC]) story.tell({ kind: 'device-connected', at: 1, device });
    story.tell({ kind: 'epoch-seen', at: 1, device: PLC, epoch: 1, seq: 9091, event: 9485, fresh: true });
    story.release();
    const trigger = { epoch: 1, seq: 9092, encoder: 0, flags: 0 };
    story.tell({ kind: 'item-triggered', at: story.now(), device: PLC, trigger });
    story.answer(codeOf(serial(0)));
    const { line, found } = restarted(story);
    expect([line.plc, found.inTransit]).toEqual([{ epoch: 1, item: 9092, event: 9485 }, 1]);
  });

  it('nothing of it comes back: the next serial is one that was never sent', () => {
    const story = producing();
    story.good(0);
    const { line } = restarted(story);
    expect([line.ledger.nextToSend, line.mode]).toEqual([8, 'suspended']);
  });

  it('finds nothing to void in a run that had not begun', () => {
    const line = freshLine();
    expect(voidUnseen(line, 1, [])).toEqual({ unknownFate: 0, inTransit: 0 });
  });
});

describe('the next run', () => {
  it('starts with its own numbers and figures, and goes on with the machines as they count', () => {
    const story = producing();
    story.good(0);
    story.blank();
    const next = lineForRun(story.line, openLedger(8, [pack(['A', 'B'])]), { ...EXPECTED, quantity: 1 }, 2_001);
    expect([next.ledger.run, accountOf(next.ledger, 'ALLOCATED'), next.figures.passed, next.mode]).toEqual([
      8,
      2,
      0,
      'idle',
    ]);
    expect([next.plc, next.lastTrigger, next.offline.size, next.items.size]).toEqual([
      story.line.plc,
      story.line.lastTrigger,
      0,
      1,
    ]);
  });
});

describe('a reader that is back after the line went on without it', () => {
  it('is paired anew by its first reading', () => {
    const story = producing();
    story.good(0);
    story.lose(READER);
    story.item(1);
    story.readerRestarted();
    story.release();
    const effects = [...story.trigger(), ...story.answer(codeOf('S00008'))];
    expect([kindsOf(effects).slice(0, 2), verdictsOf(effects)]).toMatchObject([
      ['record', 'send-verdict'],
      [{ pass: true }],
    ]);
  });
});
