import { describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { accountOf, stateOf } from '#line/ledger.ts';
import {
  alarmsOf,
  codeOf,
  factsOf,
  kindsOf,
  openStory,
  PLC,
  PRINTER,
  producing,
  raisedBy,
  STOP,
  serial,
  verdictsOf,
} from './example-line.ts';

describe('a line that is producing', () => {
  it.each([
    ['passes an allocated serial', codeOf(serial(0)), 0],
    ['fails a serial nobody allocated', codeOf('Z0000'), 7],
    ['fails the wrong lot', codeOf(serial(0), { lot: 'L2' }), 5],
    ['fails what it could not read', undefined, 1],
  ])('%s', (_does, text, code) => {
    const story = producing();
    const effects = [...story.trigger(), ...story.answer(text)];
    expect(effects.slice(0, 2)).toMatchObject([
      { kind: 'record', fact: { kind: FACT.verdict, epoch: 1, item: 0, code, ref: 1 } },
      { kind: 'send-verdict', epoch: 1, seq: 0, pass: code === 0, reason: code },
    ]);
  });

  it('makes a serial good only when its item was seen behind the divert', () => {
    const story = producing();
    story.item(0);
    expect(stateOf(story.line.ledger, 0)).toBe('PRINTED');
    story.outcome('good-exit');
    expect(stateOf(story.line.ledger, 0)).toBe('GOOD');
  });

  it('has rejected a serial at its verdict, before anything moves', () => {
    const story = producing();
    story.trigger();
    story.answer(codeOf(serial(0)), { grade: 5 });
    expect(stateOf(story.line.ledger, 0)).toBe('REJECTED');
  });

  it.each(['diverted', 'divert-failed', 'lost', 'unexpected-divert'] as const)(
    'rejects a serial that passed and then was reported as %s',
    (outcome) => {
      const story = producing();
      story.item(0);
      story.outcome(outcome);
      expect(stateOf(story.line.ledger, 0)).toBe('REJECTED');
    },
  );

  it('counts a verdict that came late, and the divert that follows, as one reject', () => {
    const story = producing();
    story.item(0);
    story.outcome('late-verdict');
    story.outcome('diverted');
    const { passed, failed, diverted, rejects } = story.line.figures;
    expect({ passed, failed, diverted, rejects: [...rejects] }).toEqual({
      passed: 0,
      failed: 1,
      diverted: 1,
      rejects: [['late-verdict', 1]],
    });
    expect(raisedBy(story.effects)).toEqual(['late-verdicts']);
  });

  it('records each verdict before it sends it, and sends one for each item', () => {
    const story = producing();
    for (let index = 0; index < 6; index += 1) story.good(index);
    const judged = story.effects.flatMap((effect) => {
      if (effect.kind === 'send-verdict') return [`sent ${effect.seq}`];
      return effect.kind === 'record' && effect.fact.kind === FACT.verdict ? [`recorded ${effect.fact.item}`] : [];
    });
    expect(judged).toEqual([0, 1, 2, 3, 4, 5].flatMap((item) => [`recorded ${item}`, `sent ${item}`]));
  });

  it('judges an item whose reading came before its trigger', () => {
    const story = producing();
    story.good(0);
    const early = story.answer(codeOf(serial(1)));
    const effects = story.trigger();
    expect([kindsOf(early), verdictsOf(effects)]).toEqual([
      [],
      [{ kind: 'send-verdict', epoch: 1, seq: 1, pass: true, reason: 0 }],
    ]);
  });

  it('judges several items that wait, oldest first, when their triggers come in one poll', () => {
    const story = producing();
    story.good(0);
    story.answer(codeOf(serial(1)));
    story.answer(codeOf(serial(2)));
    story.trigger();
    story.trigger();
    expect(verdictsOf(story.effects).map(({ seq, pass }) => [seq, pass])).toEqual([
      [0, true],
      [1, true],
      [2, true],
    ]);
  });

  it('fails an item without a picture when the next one has its own, and goes on', () => {
    const story = producing();
    story.good(0);
    story.trigger();
    story.missReading();
    const effects = story.item(2);
    expect(verdictsOf(effects).map(({ seq, reason }) => [seq, reason])).toEqual([
      [1, 2],
      [2, 0],
    ]);
    expect(story.line.mode).toBe('producing');
  });

  it('stops when two items in a row have no picture', () => {
    const story = producing();
    story.good(0);
    for (let missed = 0; missed < 2; missed += 1) {
      story.trigger();
      story.missReading();
    }
    const effects = story.item(3);
    expect(raisedBy(effects)).toEqual(['tracking-lost']);
    expect(verdictsOf(effects).map(({ reason }) => reason)).toEqual([2, 2, 14]);
  });

  it('stops when the first item after a standstill is past the divert before its picture came: it is not guessed whose the next one is', () => {
    const story = producing();
    story.trigger();
    expect(raisedBy(story.outcome('diverted'))).toEqual(['tracking-lost']);
    // Its own picture, late; then the second item, whose picture must not be taken for the first one's.
    const late = story.answer(codeOf(serial(0)));
    story.trigger();
    expect(verdictsOf(late)).toEqual([]);
    expect(verdictsOf(story.effects).map(({ seq, pass }) => [seq, pass])).toEqual([
      [0, false],
      [1, false],
    ]);
    expect(story.line.pairing).toBeUndefined();
  });

  it('fails an item that the PLC reports at the divert while its reading is still to come; the late reading is only counted', () => {
    const story = producing();
    story.good(0);
    story.trigger();
    const atDivert = story.outcome('diverted');
    const late = story.answer(codeOf(serial(1)));
    expect(verdictsOf(atDivert)).toEqual([{ kind: 'send-verdict', epoch: 1, seq: 1, pass: false, reason: 2 }]);
    expect(factsOf(late)).toMatchObject([{ kind: FACT.noticed, code: 1, count: 1 }]);
    expect([kindsOf(late), story.line.figures.notices]).toEqual([['record'], 1]);
  });

  it('stops at a late picture of a camera that counts no triggers: it may as well be the next item’s', () => {
    const story = producing({ settings: { countsPicturesOnly: true } });
    story.good(0);
    story.trigger();
    story.outcome('diverted');
    const late = story.answer(codeOf(serial(2)));
    expect(raisedBy(late)).toEqual(['frame-skew']);
    expect(verdictsOf(late)).toEqual([]);
    expect([story.line.mode, story.line.pairing]).toEqual(['suspended', undefined]);
  });

  it('goes on when a camera says late that a picture was lost: it was counted', () => {
    const story = producing({ settings: { countsPicturesOnly: true } });
    story.good(0);
    story.trigger();
    story.outcome('diverted');
    const finding = { check: 'no-image', found: 'lost', expected: 'a picture' } as const;
    const late = story.answer(undefined, { finding });
    expect(raisedBy(late)).toEqual([]);
    expect(story.line.mode).toBe('producing');
  });

  it('counts a reading that comes twice and judges its item once', () => {
    const story = producing();
    story.good(0);
    const again = story.answer(codeOf(serial(0)), { trigger: 1, image: 1 });
    expect([kindsOf(again), story.line.figures.notices]).toEqual([['record'], 1]);
  });

  it('counts readings that no trigger asked for', () => {
    const story = producing();
    const effects = story.tell({ kind: 'unsolicited', at: story.now(), device: 'reader-1', detail: 'hello' });
    expect([kindsOf(effects), story.line.figures.notices, story.line.mode]).toEqual([['record'], 1, 'producing']);
  });

  it('does not judge an item again when the PLC reports its trigger again', () => {
    const story = producing();
    story.item(0);
    const trigger = { epoch: 1, seq: 0, encoder: 0, flags: 0 };
    expect(story.tell({ kind: 'item-triggered', at: story.now(), device: PLC, trigger })).toEqual([]);
  });

  it('takes what became of an item once, when the PLC reports it again', () => {
    const story = producing();
    story.item(0);
    story.outcome('diverted');
    expect(story.outcome('diverted', 0, 0)).toEqual([]);
    expect(story.line.figures.diverted).toBe(1);
  });

  it('does not take what the PLC of an earlier epoch still had to say', () => {
    const story = producing();
    story.item(0);
    story.newEpoch();
    const trigger = { epoch: 1, seq: 1, encoder: 0, flags: 0 };
    const old = [
      story.tell({ kind: 'item-triggered', at: story.now(), device: PLC, trigger }),
      story.tell({
        kind: 'outcome-reported',
        at: story.now(),
        device: PLC,
        epoch: 1,
        event: 0,
        seq: 0,
        outcome: 'good-exit',
      }),
    ];
    expect(old).toEqual([[], []]);
  });

  it('stops when the camera sees items that the PLC does not report', () => {
    const story = producing();
    story.good(0);
    for (let index = 1; index <= 17; index += 1) story.answer(codeOf(serial(index)));
    expect(raisedBy(story.effects)).toEqual(['tracking-lost']);
  });

  it('goes on across the wrap of the 16-bit counters', () => {
    const story = openStory({ serials: 12 });
    story.connect();
    story.tell({ kind: 'epoch-seen', at: 1, device: PLC, epoch: 9, seq: 65_533, event: 65_533, fresh: true });
    story.release();
    for (let index = 0; index < 5; index += 1) {
      const seq = (65_534 + index) & 0xffff;
      const trigger = { epoch: 9, seq, encoder: 0, flags: 0 };
      story.tell({ kind: 'item-triggered', at: story.now(), device: PLC, trigger });
      story.answer(codeOf(serial(index)));
      story.tell({ kind: 'outcome-reported', at: 2, device: PLC, epoch: 9, event: seq, seq, outcome: 'good-exit' });
    }
    expect(verdictsOf(story.effects).map(({ seq, pass }) => [seq, pass])).toEqual(
      [65_534, 65_535, 0, 1, 2].map((seq) => [seq, true]),
    );
    expect([accountOf(story.line.ledger, 'GOOD'), story.line.plc]).toEqual([
      5,
      { epoch: 9, item: 65_538, event: 65_538 },
    ]);
  });
});

describe('a line stops', () => {
  it('after so many failures in a row, and says how many', () => {
    const story = producing();
    story.good(0);
    story.blank();
    story.blank();
    const effects = story.blank();
    expect(kindsOf(effects)).toEqual(['record', 'send-verdict', ...STOP]);
    expect(alarmsOf(effects)).toEqual([{ kind: 'raise', code: 'consecutive-failures', detail: '3' }]);
    expect(story.line.mode).toBe('suspended');
  });

  it('not for failures with a good item between them', () => {
    const story = producing();
    for (const index of [0, 1, 2]) {
      story.blank();
      story.blank();
      story.good(index);
    }
    expect(story.line.mode).toBe('producing');
  });

  it.each([
    ['a serial that was seen before', codeOf(serial(0)), 'duplicate-serial', serial(0)],
    ['its own serial under another lot', codeOf(serial(1), { lot: 'B2' }), 'wrong-content', 'B2 ≠ EX24A01'],
    [
      'its own serial under another product',
      codeOf(serial(1), { gtin: '09521234000174' }),
      'wrong-content',
      '09521234000174 ≠ 09521234543213',
    ],
    ['its own serial with another expiry', codeOf(serial(1), { expiry: '300101' }), 'wrong-content', '300101 ≠ 281122'],
    ['a serial that was never handed to the printer', codeOf(serial(50)), 'out-of-sequence', serial(50)],
    ['a serial further ahead than items went by', codeOf(serial(5)), 'out-of-sequence', serial(5)],
  ])('at %s', (_what, text, code, detail) => {
    const story = producing();
    story.good(0);
    const effects = [...story.trigger(), ...story.answer(text)];
    expect(kindsOf(effects).slice(-6)).toEqual(['send-verdict', ...STOP]);
    expect(alarmsOf(effects)).toEqual([{ kind: 'raise', code, detail }]);
  });

  it('when the picture is of another item', () => {
    const story = producing();
    story.good(0);
    story.trigger();
    const effects = story.answer(codeOf(serial(1)), { image: 1 });
    expect([verdictsOf(effects)[0]?.reason, raisedBy(effects)]).toEqual([12, ['frame-skew']]);
  });

  it('not at one stray carton, which is remarked for a person', () => {
    const story = producing();
    story.good(0);
    story.trigger();
    const effects = story.answer(codeOf('FOREIGN', { gtin: '09521234000174' }));
    expect(kindsOf(effects)).toEqual(['record', 'send-verdict', 'alarm', 'alarm']);
    expect(alarmsOf(effects)).toEqual([
      { kind: 'raise', code: 'foreign-code', detail: 'FOREIGN' },
      { kind: 'clear', code: 'foreign-code' },
    ]);
    expect(story.line.mode).toBe('producing');
  });

  it.each([
    ['divert-failed', 'divert-failed'],
    ['lost', 'tracking-lost'],
    ['unexpected-divert', 'divert-failed'],
  ] as const)('when the PLC reports %s', (outcome, code) => {
    const story = producing();
    story.item(0);
    expect(raisedBy(story.outcome(outcome))).toEqual([code]);
    expect(story.line.mode).toBe('suspended');
  });

  it('when an item that failed leaves through the good exit', () => {
    const story = producing();
    story.blank();
    expect(raisedBy(story.outcome('good-exit'))).toEqual(['divert-failed']);
  });

  it('and what comes past the camera afterwards fails, without another stop', () => {
    const story = producing();
    story.good(0);
    story.lose(PRINTER);
    const effects = [1, 2, 3, 4].flatMap((index) => story.item(index));
    expect(verdictsOf(effects).map(({ reason }) => reason)).toEqual([14, 14, 14, 14]);
    expect(alarmsOf(effects)).toEqual([]);
  });
});

describe('a gap between serials', () => {
  it('is right after an item that was not printed', () => {
    const story = producing();
    story.good(0);
    story.blank();
    expect(verdictsOf(story.item(1))).toMatchObject([{ pass: true }]);
  });

  it('is right after an item whose code could not be read: its serial is given up when the next one is seen', () => {
    const story = producing();
    story.good(0);
    story.blank();
    story.item(2);
    expect([1, 2].map((index) => stateOf(story.line.ledger, index))).toEqual(['MISSING', 'PRINTED']);
    expect(story.line.mode).toBe('producing');
  });

  it('is right after a stop, when the numbers between were voided', () => {
    const story = producing();
    story.good(0);
    story.lose(PRINTER);
    story.back(PRINTER);
    story.release();
    const next = story.line.armedFrom;
    expect([next, verdictsOf(story.item(next))[0]?.pass, story.line.mode]).toEqual([8, true, 'producing']);
  });

  it('is wrong when a serial comes that was given up', () => {
    const story = producing();
    story.good(0);
    story.blank();
    story.item(2);
    expect(verdictsOf(story.item(1))).toMatchObject([{ pass: false, reason: 13 }]);
    expect(story.line.mode).toBe('suspended');
  });
});
