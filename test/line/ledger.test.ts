import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountOf,
  accountsOf,
  dumpStates,
  indexOf,
  type Ledger,
  markSeen,
  moveSerial,
  openLedger,
  rangesOf,
  restoreStates,
  serialAt,
  stateOf,
  unseenRangesOf,
  wasSeen,
} from '#line/ledger.ts';
import { SERIAL_MOVES, SERIAL_STATES, type SerialState, STATE_CODE } from '#line/serial-state.ts';
import { pack, serials } from './example-line.ts';

/** Characters a serial may have (GS1 set 82), without those that look alike in a test report. */
const CHARACTERS = '!%&+-./0123456789:<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const serialText = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 20 })
  .map((characters) => characters.join(''));
const allocation = fc.uniqueArray(serialText, { minLength: 1, maxLength: 24 });
/** Texts of any characters at all, as a reader may send them. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 22 }).map((codes) => String.fromCharCode(...codes));
const moves = fc.array(
  fc.record({ index: fc.integer({ min: -2, max: 14 }), to: fc.constantFrom(...SERIAL_STATES), seen: fc.boolean() }),
  { maxLength: 120 },
);

const SIZE = 12;
const small = (): Ledger => openLedger(1, [pack(serials(SIZE))]);
const statesIn = (ledger: Ledger): readonly SerialState[] =>
  Array.from({ length: ledger.size }, (_, index) => stateOf(ledger, index));
const count = (states: readonly SerialState[], state: SerialState): number =>
  states.filter((one) => one === state).length;

/** The balance, counted again from the states. */
function recounted(ledger: Ledger): Record<string, number> {
  const states = statesIn(ledger);
  return Object.fromEntries(SERIAL_STATES.map((state) => [state, count(states, state)]));
}

describe('the serial ledger', () => {
  it('keeps every serial in exactly one account, whatever is asked of it', () => {
    fc.assert(
      fc.property(moves, (asked) => {
        const ledger = small();
        for (const { index, to, seen } of asked) {
          moveSerial(ledger, index, to);
          if (seen && index >= 0 && index < SIZE) markSeen(ledger, index);
          expect(accountsOf(ledger)).toEqual(recounted(ledger));
        }
        const balance = Object.values(accountsOf(ledger)).reduce((sum, items) => sum + items, 0);
        expect(balance).toBe(SIZE);
      }),
    );
  });

  it('makes the moves of the rule book and refuses all others without a trace', () => {
    fc.assert(
      fc.property(moves, (asked) => {
        const ledger = small();
        const model = statesIn(ledger).slice();
        for (const { index, to } of asked) {
          const from = model[index];
          const isAllowed = from !== undefined && SERIAL_MOVES[from].includes(to);
          if (isAllowed) model[index] = to;
          expect(moveSerial(ledger, index, to)).toBe(isAllowed);
          expect(statesIn(ledger)).toEqual(model);
        }
      }),
    );
  });

  it('never makes a serial available again that was handed to a printer', () => {
    fc.assert(
      fc.property(moves, (asked) => {
        const ledger = small();
        const sent = new Set<number>();
        for (const { index, to } of asked) {
          if (moveSerial(ledger, index, to) && to === 'SENT') sent.add(index);
          const again = [...sent].filter((one) => stateOf(ledger, one) === 'ALLOCATED' || one >= ledger.nextToSend);
          expect(again).toEqual([]);
        }
      }),
    );
  });

  it('reads back every state by its stored number, which never changes', () => {
    expect(STATE_CODE).toEqual({
      ALLOCATED: 0,
      SENT: 1,
      PRINTED: 2,
      GOOD: 3,
      REJECTED: 4,
      UNKNOWN_FATE: 5,
      MISSING: 6,
      SCRAPPED: 7,
      INVALID: 8,
      DESTROYED: 9,
    });
  });

  it('remembers a verdict on a serial through every later move', () => {
    const ledger = small();
    moveSerial(ledger, 3, 'SENT');
    moveSerial(ledger, 3, 'PRINTED');
    markSeen(ledger, 3);
    moveSerial(ledger, 3, 'GOOD');
    expect([wasSeen(ledger, 3), stateOf(ledger, 3), wasSeen(ledger, 2)]).toEqual([true, 'GOOD', false]);
  });
});

describe('looking up a serial', () => {
  it('finds every serial of an allocation at its place, and reads it back', () => {
    fc.assert(
      fc.property(allocation, fc.integer({ min: 0, max: 5 }), (texts, slack) => {
        const ledger = openLedger(1, [pack(texts, Math.max(...texts.map((text) => text.length)) + slack)]);
        expect(texts.map((text) => indexOf(ledger, text))).toEqual(texts.map((_, index) => index));
        expect(texts.map((_, index) => serialAt(ledger, index))).toEqual(texts);
      }),
    );
  });

  it('finds serials of several blocks of different widths by one running index', () => {
    fc.assert(
      fc.property(allocation, fc.nat(24), (texts, cut) => {
        const blocks = [texts.slice(0, cut), texts.slice(cut)].filter((block) => block.length > 0);
        const ledger = openLedger(
          1,
          blocks.map((block) => pack(block)),
        );
        expect(texts.map((text) => indexOf(ledger, text))).toEqual(texts.map((_, index) => index));
      }),
    );
  });

  it('finds nothing else: no prefix, nothing longer, no other case, no stranger', () => {
    fc.assert(
      fc.property(allocation, anyText, (texts, stranger) => {
        const ledger = openLedger(1, [pack(texts)]);
        const others = texts.flatMap((text) => [text.slice(0, -1), `${text}0`, text.toLowerCase(), text.toUpperCase()]);
        const asked = [...others, stranger];
        expect(asked.map((other) => indexOf(ledger, other))).toEqual(asked.map((other) => texts.indexOf(other)));
      }),
    );
  });

  it.each([
    ['the empty text', ''],
    ['a letter outside ASCII that shares its low byte', 'S0000\u0131'],
    ['a zero byte behind a serial', 'S00001\u0000'],
    ['a serial with a zero byte inside', 'S0\u0000001'],
    ['a wide character', 'S0000１'],
  ])('does not take %s for a serial', (_what, text) => {
    expect(indexOf(openLedger(1, [pack(serials(50), 20)]), text)).toBe(-1);
  });

  it('finds serials of the full twenty characters that differ in the last one only', () => {
    const texts = ['A', 'B', 'C'].map((last) => `1234567890123456789${last}`);
    const ledger = openLedger(1, [pack(texts)]);
    expect(texts.map((text) => indexOf(ledger, text))).toEqual([0, 1, 2]);
    expect(indexOf(ledger, '1234567890123456789')).toBe(-1);
  });

  it('holds an allocation of nothing', () => {
    const ledger = openLedger(1, []);
    expect([indexOf(ledger, 'S00000'), ledger.size, serialAt(ledger, 0)]).toEqual([-1, 0, '']);
  });
});

describe('stretches of a state', () => {
  it('cover exactly the serials that are in it', () => {
    fc.assert(
      fc.property(moves, fc.constantFrom(...SERIAL_STATES), (asked, state) => {
        const ledger = small();
        for (const { index, to, seen } of asked) {
          moveSerial(ledger, index, to);
          if (seen && index >= 0 && index < SIZE) markSeen(ledger, index);
        }
        const covered = [...rangesOf(ledger, state)].flatMap(spread);
        const is = Array.from({ length: SIZE }, (_, index) => index).filter(
          (index) => stateOf(ledger, index) === state,
        );
        expect(covered).toEqual(is);
        const unseen = [...unseenRangesOf(ledger, 0, SIZE)].flatMap(spread);
        expect(unseen).toEqual(
          [...rangesOf(ledger, 'PRINTED')].flatMap(spread).filter((index) => !wasSeen(ledger, index)),
        );
      }),
    );
  });
});

describe('a copy of the states', () => {
  it('brings a fresh ledger to the same balance, the same states and the same next serial', () => {
    fc.assert(
      fc.property(moves, (asked) => {
        const ledger = small();
        for (const { index, to, seen } of asked) {
          moveSerial(ledger, index, to);
          if (seen && index >= 0 && index < SIZE) markSeen(ledger, index);
        }
        const other = small();
        expect(restoreStates(other, dumpStates(ledger))).toBe(true);
        expect(dumpStates(other)).toEqual(dumpStates(ledger));
        expect(accountsOf(other)).toEqual(accountsOf(ledger));
        expect(other.nextToSend).toBeGreaterThanOrEqual(ledger.nextToSend);
      }),
    );
  });

  it('of another allocation is refused, and nothing has changed', () => {
    const ledger = small();
    moveSerial(ledger, 0, 'SENT');
    expect(restoreStates(ledger, new Uint8Array(SIZE + 1))).toBe(false);
    expect([accountOf(ledger, 'SENT'), ledger.nextToSend]).toEqual([1, 1]);
  });
});

it('costs at most 20 bytes per serial for a million serials of 12 characters, outside the heap', () => {
  const size = 1_000_000;
  const bytes = new Uint8Array(size * 12);
  for (let index = 0; index < size; index += 1) {
    const text = index.toString(36).padStart(12, '0');
    for (let at = 0; at < 12; at += 1) bytes[index * 12 + at] = text.charCodeAt(at);
  }
  const ledger = openLedger(1, [{ count: size, stride: 12, bytes }]);
  const arrays = [ledger.bytes, ledger.slots, ledger.states, ledger.accounts];
  expect(arrays.reduce((sum, array) => sum + array.byteLength, 0) / size).toBeLessThanOrEqual(20);
  expect(indexOf(ledger, (777_777).toString(36).padStart(12, '0'))).toBe(777_777);
});

function spread({ first, count: length }: { first: number; count: number }): number[] {
  return Array.from({ length }, (_, offset) => first + offset);
}
