import { describe, expect, it } from 'vitest';
import { advance } from '#line/advance.ts';
import { lineForRun } from '#line/carry-over.ts';
import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import { accountsOf, openLedger, stateOf } from '#line/ledger.ts';
import { dumpLine, restoreLine } from '#line/line-dump.ts';
import type { LineState } from '#line/line-state.ts';
import { replayFact, voidUnseen } from '#line/recover.ts';
import {
  alarmsOf,
  codeOf,
  EXPECTED,
  factsOf,
  freshLine,
  kindsOf,
  openStory,
  PRINTER,
  pack,
  producing,
  RECORD_BASE,
  raisedBy,
  STOP,
  serial,
  serials,
  verdictsOf,
} from './example-line.ts';

const SERIALS = 60;

/** Serials that were handed to the printer, by what was told to it. */
const handedOver = (effects: readonly Effect[]): readonly number[] =>
  effects.flatMap((effect) =>
    effect.kind === 'print' ? Array.from({ length: effect.count }, (_, offset) => effect.first + offset) : [],
  );

describe('a printer that says it has printed further than this run sent', () => {
  it('stops the line, and says where both stand', () => {
    const story = producing();
    const stop = story.printed(30);
    expect(kindsOf(stop)).toEqual(STOP);
    expect(alarmsOf(stop)).toEqual([
      { kind: 'raise', code: 'printer-ahead', detail: 'print record 1031, sent up to 1008' },
    ]);
    expect(accountsOf(story.line.ledger)).toMatchObject({ SENT: 8, PRINTED: 0 });
  });

  it('gets none of those numbers again when a person resumes: they are set aside', () => {
    const story = producing();
    story.printed(30);
    const effects = story.release();
    expect(factsOf(effects)).toMatchObject([
      { kind: FACT.sent, serial: 8, count: 23, ref: RECORD_BASE + 8 },
      { kind: FACT.moved, serial: 8, count: 23, code: 105 },
      { kind: FACT.moved, serial: 0, count: 8, code: 105 },
      { kind: FACT.sent, serial: 31, count: 8, ref: RECORD_BASE + 31 },
    ]);
    expect(handedOver(effects)).toEqual([31, 32, 33, 34, 35, 36, 37, 38]);
  });

  it('makes no second carton with such a number good', () => {
    const story = producing();
    story.printed(30);
    story.release();
    story.trigger();
    expect(verdictsOf(story.answer(codeOf(serial(16))))).toMatchObject([{ pass: false, reason: 10 }]);
    expect(stateOf(story.line.ledger, 16)).toBe('UNKNOWN_FATE');
  });

  it('is told of once, however often it says so', () => {
    const story = producing();
    story.printed(30, 3);
    story.printed(30, 2);
    expect(raisedBy(story.effects).filter((code) => code === 'printer-ahead')).toHaveLength(1);
    story.printed(31);
    expect(raisedBy(story.effects).filter((code) => code === 'printer-ahead')).toHaveLength(2);
  });

  it('and was switched off before the line was resumed costs no number', () => {
    const story = producing();
    story.printed(30);
    story.printed(-RECORD_BASE);
    expect(handedOver(story.release())).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it('behind all numbers of the run leaves it none, and the run ends', () => {
    const story = producing();
    story.printed(500);
    const effects = story.release();
    expect([handedOver(effects), accountsOf(story.line.ledger)]).toMatchObject([
      [],
      { ALLOCATED: 0, UNKNOWN_FATE: 60 },
    ]);
    expect(raisedBy(effects)).toContain('serials-low');
  });

  it('goes on as ever once it prints what it was sent', () => {
    const story = producing();
    story.printed(30);
    story.release();
    expect(factsOf(story.printed(31))).toMatchObject([{ kind: FACT.printed, serial: 31, count: 1 }]);
    expect(raisedBy(story.good(31))).toEqual([]);
  });
});

describe('a record of last night that was put back', () => {
  /** The line as the workstation finds it, and what it hears of the printer before anybody does anything. */
  function restored(printed: number) {
    const story = producing();
    const line = freshLine({ serials: SERIALS });
    for (const fact of factsOf(story.effects)) replayFact(line, fact);
    const effects: Effect[] = [];
    voidUnseen(line, 9_000, effects);
    for (const device of line.settings.devices) advance(line, { kind: 'device-connected', at: 9_001, device });
    return { line, heard: heard(line, printed) };
  }

  it('is found out before the run goes on, and no number is sent twice', () => {
    const { line, heard } = restored(40);
    const effects = advance(line, { kind: 'released', at: 9_100 });
    expect([raisedBy(heard), handedOver(effects)]).toEqual([['printer-ahead'], [41, 42, 43, 44, 45, 46, 47, 48]]);
  });
});

describe('a run that has sent nothing yet', () => {
  /** A run whose first release finds the printer there. */
  function startedAt(index: number, count = SERIALS) {
    const story = openStory({ serials: count });
    story.connect();
    story.printed(index);
    return { story, first: story.tell({ kind: 'released', at: story.now() }) };
  }

  it('does not heed a printer that stands behind all its numbers: it counts for another record', () => {
    const { story, first } = startedAt(5_000);
    for (const entries of [8, 7, 6]) story.printed(5_000, entries);
    expect([raisedBy(story.effects), handedOver(first)]).toEqual([[], [0, 1, 2, 3, 4, 5, 6, 7]]);
    expect(accountsOf(story.line.ledger)).toMatchObject({ SENT: 8, PRINTED: 0 });
    expect(factsOf(story.effects).filter(({ kind }) => kind === FACT.printed)).toEqual([]);
    expect(factsOf(story.printed(0)).filter(({ kind }) => kind === FACT.printed)).toMatchObject([
      { serial: 0, count: 1 },
    ]);
  });

  it('is not stopped by that printer after a restart of the workstation either', () => {
    const { story } = startedAt(5_000);
    const replayed = freshLine({ serials: SERIALS });
    for (const fact of factsOf(story.effects)) replayFact(replayed, fact);
    const copied = freshLine({ serials: SERIALS });
    restoreLine(copied, dumpLine(story.line));
    for (const line of [replayed, copied]) {
      voidUnseen(line, 9_000, []);
      expect(raisedBy(heard(line, 5_000))).toEqual([]);
      expect(handedOver(advance(line, { kind: 'released', at: 9_100 }))).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
    }
  });

  it('is not stopped by what the printer made for the run before it', () => {
    const story = producing();
    story.printed(7);
    const next = lineForRun(story.line, openLedger(8, [pack(serials(20))]), EXPECTED, RECORD_BASE - 20);
    const effects = advance(next, { kind: 'released', at: 9_000 });
    expect([raisedBy([...effects, ...heard(next, 7)]), handedOver(effects)[0]]).toEqual([[], 0]);
  });

  it('does not start on numbers of its own that the printer has begun, until a person has seen it', () => {
    const { story, first } = startedAt(12);
    expect(alarmsOf(first)).toContainEqual({
      kind: 'raise',
      code: 'printer-ahead',
      detail: 'print record 1013, nothing sent yet',
    });
    expect([handedOver(first), kindsOf(first).at(-1), story.line.mode]).toEqual([[], 'suspend-run', 'suspended']);
    expect(handedOver(story.release())).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  });
});

function heard(line: LineState, index: number): readonly Effect[] {
  const [printed, started] = [RECORD_BASE + index, RECORD_BASE + index];
  return advance(line, {
    kind: 'print-progress',
    at: 9_050,
    device: PRINTER,
    printed,
    started,
    entries: 0,
    printGos: 900,
  });
}
