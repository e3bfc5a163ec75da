import { describe, expect, it } from 'vitest';
import { judge } from '#line/judge.ts';
import { type Ledger, markSeen, moveSerial, openLedger } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import type { SerialState } from '#line/serial-state.ts';
import type { Finding, Reading } from '#line/signal.ts';
import { REASONS, type Reason } from '#line/verdict.ts';
import { codeOf, EXPECTED, pack, readingOf, serial } from './example-line.ts';

/** One serial for each account a serial can be in when it comes past the camera, and how it got there. */
const WAYS: Readonly<Record<SerialState, readonly SerialState[]>> = {
  ALLOCATED: [],
  SENT: ['SENT'],
  PRINTED: ['SENT', 'PRINTED'],
  GOOD: ['SENT', 'PRINTED', 'GOOD'],
  REJECTED: ['SENT', 'PRINTED', 'REJECTED'],
  UNKNOWN_FATE: ['SENT', 'UNKNOWN_FATE'],
  MISSING: ['SENT', 'PRINTED', 'MISSING'],
  SCRAPPED: ['SENT', 'UNKNOWN_FATE', 'SCRAPPED'],
  INVALID: ['INVALID'],
  DESTROYED: ['SENT', 'PRINTED', 'REJECTED', 'DESTROYED'],
};
const STATES = Object.keys(WAYS) as readonly SerialState[];
const SEEN = STATES.length;

const inState = (state: SerialState): string => serial(STATES.indexOf(state));
const PRINTED = inState('PRINTED');
/** A serial that passed before. */
const TWICE = serial(SEEN);

function ledger(): Ledger {
  const opened = openLedger(1, [pack([...STATES.map((_, index) => serial(index)), TWICE])]);
  STATES.forEach((state, index) => {
    for (const step of WAYS[state]) moveSerial(opened, index, step);
  });
  for (const step of WAYS.PRINTED) moveSerial(opened, SEEN, step);
  markSeen(opened, SEEN);
  return opened;
}

interface Case {
  /** What the code reads; the whole code of `serial` unless given. */
  readonly text?: string;
  readonly serial?: string;
  readonly grade?: number | 'none';
  readonly reading?: Partial<Omit<Reading, 'grade' | 'text'>>;
  readonly flags?: number;
  readonly mode?: LineState['mode'];
  readonly minGrade?: number;
}

function judged({ serial: text = PRINTED, grade = 35, minGrade = EXPECTED.minGrade, ...given }: Case) {
  const { grade: _grade, ...ungraded } = readingOf(given.text ?? codeOf(text), given.reading);
  const reading = grade === 'none' ? ungraded : { ...ungraded, grade };
  const expected = { ...EXPECTED, minGrade };
  return judge(reading, given.flags ?? 0, { ledger: ledger(), expected, mode: given.mode ?? 'producing' });
}

function failed(reason: Reason, read?: string, expected?: string) {
  const about = { ...(read === undefined ? {} : { read }), ...(expected === undefined ? {} : { expected }) };
  return { kind: 'FAIL', reason, ...about };
}

/** A verdict about a serial of this run. */
const on = (text: string, verdict: object) => ({ verdict, serial: Number(text.slice(1)), text });
/** A verdict about an item that names none of this run's serials. */
const stranger = (verdict: object, text = '') => ({ verdict, serial: -1, text });

const SHORT = 0b00001;
const LONG = 0b00010;
const SMALL_GAP = 0b00100;
const PURGE = 0b01000;
const FORCED = 0b10000;

describe('an item passes', () => {
  const passes: readonly [string, Case][] = [
    ['a serial that was sent to the printer', { serial: inState('SENT') }],
    ['a serial that the printer reported as printed', {}],
    ['a code of exactly the lowest grade', { grade: 15 }],
    ['an ungraded code where no grade is asked for', { grade: 'none', minGrade: 0 }],
    ['a code of grade 0.0 where no grade is asked for', { grade: 0, minGrade: 0 }],
    ['a GS1 QR code', { reading: { aim: ']Q3' } }],
    ['a GS1-128', { reading: { aim: ']C1' } }],
    ['a code while the line runs empty', { mode: 'running-out' }],
    [
      'a code whose elements stand in another order',
      { text: `01${EXPECTED.gtin}17${EXPECTED.expiry}10${EXPECTED.lot}\u001d21${PRINTED}` },
    ],
  ];
  it.each(passes)('with %s', (_name, given) => {
    const { serial: text = PRINTED } = given;
    expect(judged(given)).toEqual(on(text, { kind: 'PASS' }));
  });
});

const OTHER = '09521234000174';
const CHECKS = ['assisted-read', 'misplaced', 'not-present', 'wrong-count', 'wrong-text', 'low-parameter'] as const;
const finding = (check: Finding['check'], found = '', expected = ''): Finding => ({ check, found, expected });
const fails: readonly [string, Case, object][] = [
  ['no code was read', { text: '', reading: { kind: 'no-read' } }, stranger(failed('no-read'))],
  [
    'nothing was read while the zone is purged',
    { text: '', reading: { kind: 'no-read' }, flags: PURGE },
    stranger(failed('tracking-lost')),
  ],
  [
    'the picture is of the item before',
    { reading: { trigger: 8, image: 7 } },
    stranger(failed('frame-skew', '7', '8')),
  ],
  [
    'the symbol is a plain Data Matrix',
    { reading: { aim: ']d1' }, text: `01${EXPECTED.gtin}21A` },
    stranger(failed('not-gs1', `]d101${EXPECTED.gtin}21A`)),
  ],
  ['the text is no element string', { text: 'hello\u001dworld' }, stranger(failed('not-gs1', ']d2hello<GS>world'))],
  ['the code carries no serial', { text: `01${EXPECTED.gtin}` }, stranger(failed('not-gs1', `]d201${EXPECTED.gtin}`))],
  [
    'a serial of this run stands under another product',
    { text: codeOf(PRINTED, { gtin: OTHER }) },
    on(PRINTED, failed('wrong-gtin', OTHER, EXPECTED.gtin)),
  ],
  [
    'a stray carton of another product comes by',
    { text: codeOf('FOREIGN', { gtin: OTHER }) },
    stranger(failed('wrong-gtin', OTHER, EXPECTED.gtin), 'FOREIGN'),
  ],
  [
    'the lot is another one',
    { text: codeOf(PRINTED, { lot: 'B2' }) },
    on(PRINTED, failed('wrong-lot', 'B2', EXPECTED.lot)),
  ],
  [
    'the code carries no lot',
    { text: `01${EXPECTED.gtin}17${EXPECTED.expiry}21${PRINTED}` },
    on(PRINTED, failed('wrong-lot', 'none', EXPECTED.lot)),
  ],
  [
    'the expiry is another day',
    { text: codeOf(PRINTED, { expiry: '281123' }) },
    on(PRINTED, failed('wrong-expiry', '281123', EXPECTED.expiry)),
  ],
  [
    'the code carries no expiry',
    { text: `01${EXPECTED.gtin}10${EXPECTED.lot}\u001d21${PRINTED}` },
    on(PRINTED, failed('wrong-expiry', 'none', EXPECTED.expiry)),
  ],
  ['nobody allocated the serial', { serial: 'Z99999' }, stranger(failed('not-allocated', 'Z99999'), 'Z99999')],
  [
    'the serial differs from an allocated one in its case',
    { serial: PRINTED.toLowerCase() },
    stranger(failed('not-allocated', PRINTED.toLowerCase()), PRINTED.toLowerCase()),
  ],
  [
    'the serial was never handed to a printer',
    { serial: inState('ALLOCATED') },
    on(inState('ALLOCATED'), failed('not-sent')),
  ],
  ['the serial was seen before', { serial: TWICE }, on(TWICE, failed('duplicate', TWICE))],
  ['the serial is on a good item', { serial: inState('GOOD') }, on(inState('GOOD'), failed('duplicate'))],
  ['the serial is on a rejected item', { serial: inState('REJECTED') }, on(inState('REJECTED'), failed('duplicate'))],
  ['the serial was destroyed', { serial: inState('DESTROYED') }, on(inState('DESTROYED'), failed('duplicate'))],
  [
    'the serial was voided at a stop',
    { serial: inState('UNKNOWN_FATE') },
    on(inState('UNKNOWN_FATE'), failed('unknown-fate')),
  ],
  ['the serial was scrapped', { serial: inState('SCRAPPED') }, on(inState('SCRAPPED'), failed('unknown-fate'))],
  ['the serial was made invalid', { serial: inState('INVALID') }, on(inState('INVALID'), failed('unknown-fate'))],
  [
    'the serial was given up as missing',
    { serial: inState('MISSING') },
    on(inState('MISSING'), failed('out-of-sequence')),
  ],
  ['the print is below the lowest grade', { grade: 14 }, on(PRINTED, failed('low-grade', '1.4', '1.5'))],
  ['the reader gave no grade and one is asked for', { grade: 'none' }, on(PRINTED, failed('low-grade', 'none', '1.5'))],
  ['the PLC found it too short', { flags: SHORT }, on(PRINTED, failed('flagged-by-plc'))],
  ['the PLC found it too long', { flags: LONG }, on(PRINTED, failed('flagged-by-plc'))],
  ['the PLC found the gap too small', { flags: SMALL_GAP }, on(PRINTED, failed('flagged-by-plc'))],
  ['the PLC diverts it by itself', { flags: FORCED }, on(PRINTED, failed('flagged-by-plc'))],
  ['the zone is purged', { flags: PURGE }, on(PRINTED, failed('tracking-lost'))],
  [
    'the camera gave no picture of it',
    { text: '', reading: { kind: 'no-read', finding: finding('no-image', 'packets missing', 'a picture') } },
    stranger(failed('no-image', 'packets missing', 'a picture')),
  ],
  [
    'its picture was not looked at in time',
    { text: '', reading: { kind: 'no-read', finding: finding('not-inspected', 'nothing', 'an answer') } },
    stranger(failed('not-inspected', 'nothing', 'an answer')),
  ],
  ...CHECKS.map((check): [string, Case, object] => [
    `the camera finds it ${check}`,
    { reading: { finding: finding(check, 'this', 'that') } },
    on(PRINTED, failed(check, 'this', 'that')),
  ]),
  ['the line was suspended before it', { mode: 'suspended' }, on(PRINTED, failed('after-interlock'))],
  ['no run is released', { mode: 'idle' }, on(PRINTED, failed('not-running'))],
];

describe('an item fails', () => {
  it.each(fails)('when %s', (_name, given, verdict) => {
    expect(judged(given)).toEqual(verdict);
  });

  it('for every reason that a picture can give; the others come from counting, the divert and the order of printing', () => {
    const given = new Set(
      fails.map(([, one]) => judged(one).verdict).flatMap((one) => (one.kind === 'FAIL' ? [one.reason] : [])),
    );
    expect(REASONS.filter((reason) => !given.has(reason))).toEqual([
      'no-reading',
      'late-reading',
      'late-verdict',
      'purged',
      'divert-failed',
    ]);
  });
});

/** Each case has two defects; the first of the pair is what the record says. */
const precedence: readonly [string, Case, Reason][] = [
  ['another picture before no code', { text: '', reading: { kind: 'no-read', trigger: 8, image: 7 } }, 'frame-skew'],
  ['another picture before a duplicate', { serial: TWICE, reading: { trigger: 8, image: 7 } }, 'frame-skew'],
  ['another picture before a purge', { flags: PURGE, reading: { trigger: 8, image: 7 } }, 'frame-skew'],
  ['no GS1 code before the flags of the PLC', { text: 'hello', flags: FORCED }, 'not-gs1'],
  ['a duplicate before the wrong product', { text: codeOf(TWICE, { gtin: OTHER }) }, 'duplicate'],
  ['a duplicate before the wrong lot', { text: codeOf(TWICE, { lot: 'B2' }) }, 'duplicate'],
  ['a duplicate before a purge', { serial: TWICE, flags: PURGE }, 'duplicate'],
  ['a duplicate before a low grade', { serial: TWICE, grade: 3 }, 'duplicate'],
  ['the wrong product before the wrong lot', { text: codeOf(PRINTED, { gtin: OTHER, lot: 'B2' }) }, 'wrong-gtin'],
  ['the wrong lot before the wrong expiry', { text: codeOf(PRINTED, { lot: 'B2', expiry: '270101' }) }, 'wrong-lot'],
  ['the wrong product before a serial of nobody', { text: codeOf('FOREIGN', { gtin: OTHER }) }, 'wrong-gtin'],
  ['a serial never sent before the wrong product', { text: codeOf(inState('ALLOCATED'), { gtin: OTHER }) }, 'not-sent'],
  ['a serial never sent before the wrong lot', { text: codeOf(inState('ALLOCATED'), { lot: 'B2' }) }, 'not-sent'],
  [
    'a serial never sent before the wrong expiry',
    { text: codeOf(inState('ALLOCATED'), { expiry: '270101' }) },
    'not-sent',
  ],
  [
    'the wrong expiry before an unknown fate',
    { text: codeOf(inState('UNKNOWN_FATE'), { expiry: '270101' }) },
    'wrong-expiry',
  ],
  ['a serial never sent before a low grade', { serial: inState('ALLOCATED'), grade: 3 }, 'not-sent'],
  ['an unknown fate before a purge', { serial: inState('UNKNOWN_FATE'), flags: PURGE }, 'unknown-fate'],
  ['a purge before the other flags', { flags: PURGE | FORCED | SHORT }, 'tracking-lost'],
  ['the flags of the PLC before a suspended line', { flags: LONG, mode: 'suspended' }, 'flagged-by-plc'],
  ['a suspended line before a low grade', { mode: 'suspended', grade: 3 }, 'after-interlock'],
  ['no release before a low grade', { mode: 'idle', grade: 3 }, 'not-running'],
  [
    'another picture before no picture',
    { text: '', reading: { kind: 'no-read', trigger: 8, image: 7, finding: finding('no-image') } },
    'frame-skew',
  ],
  [
    'a purge before no picture',
    { text: '', flags: PURGE, reading: { kind: 'no-read', finding: finding('no-image') } },
    'tracking-lost',
  ],
  [
    'no code before a missing cap',
    { text: '', reading: { kind: 'no-read', finding: finding('not-present') } },
    'no-read',
  ],
  ['a duplicate before a missing cap', { serial: TWICE, reading: { finding: finding('not-present') } }, 'duplicate'],
  [
    'the wrong lot before an assisted read',
    { text: codeOf(PRINTED, { lot: 'B2' }), reading: { finding: finding('assisted-read') } },
    'wrong-lot',
  ],
  [
    'a suspended line before a wrong text',
    { mode: 'suspended', reading: { finding: finding('wrong-text') } },
    'after-interlock',
  ],
  [
    'an assisted read before a low grade',
    { grade: 3, reading: { finding: finding('assisted-read') } },
    'assisted-read',
  ],
  [
    'a low grade before a limit of one parameter',
    { grade: 3, reading: { finding: finding('low-parameter') } },
    'low-grade',
  ],
];

it.each(precedence)('of two defects the record names %s', (_name, given, reason) => {
  expect(judged(given).verdict).toMatchObject({ kind: 'FAIL', reason });
});
