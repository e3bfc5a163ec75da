import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCheckWords } from '#vision/reed-solomon/check-words.ts';
import { createBlockCorrector } from '#vision/reed-solomon/correct.ts';
import { type Code, divide, ECC200, multiply, QR } from '#vision/reed-solomon/field.ts';
import { seeded } from '../render.ts';

const CODES: readonly (readonly [string, Code, number])[] = [
  ['DataMatrix', ECC200, 0x12d],
  ['QR code', QR, 0x11d],
];

/** A product the long way: shift and subtract, without tables. */
function product(a: number, b: number, polynomial: number): number {
  let sum = 0;
  for (let shifted = a, rest = b; rest > 0; rest >>= 1) {
    if (rest & 1) sum ^= shifted;
    shifted = shifted & 0x80 ? (shifted << 1) ^ polynomial : shifted << 1;
  }
  return sum;
}

/** A block of data and check words, and what it was before so many of its words were made wrong. */
function block(code: Code, length: number, checks: number, seed: number) {
  const random = seeded(seed);
  const data = Uint8Array.from({ length: length - checks }, () => Math.floor(random() * 256));
  const whole = Uint8Array.from([...data, ...createCheckWords(code)(data, checks)]);
  const spoilt = (wrong: number): Uint8Array => {
    const words = whole.slice();
    const places = Array.from(words.keys());
    for (let done = 0; done < wrong; done += 1) {
      const [place = 0] = places.splice(Math.floor(random() * places.length), 1);
      words[place] = (words[place] ?? 0) ^ (1 + Math.floor(random() * 255));
    }
    return words;
  };
  return { whole, spoilt };
}

describe.each(CODES)('the words of a %s', (_name, code, polynomial) => {
  const { field, firstRoot } = code;

  it('are multiplied as by hand, and divided back', () => {
    for (let a = 0; a < 256; a += 1) {
      for (let b = 0; b < 256; b += 5) {
        const by = product(a, b, polynomial);
        expect(multiply(field, a, b)).toBe(by);
        if (b !== 0) expect(divide(field, by, b)).toBe(a);
      }
    }
  });

  it('with their check words have every root of the code', () => {
    const { whole } = block(code, 40, 14, 3);
    let root = firstRoot === 0 ? 1 : 2;
    for (let nth = 0; nth < 14; nth += 1) {
      expect(whole.reduce((sum, word) => product(sum, root, polynomial) ^ word, 0)).toBe(0);
      root = product(root, 2, polynomial);
    }
  });

  it('are repaired up to half of the check words, less those kept back, and counted exactly', () => {
    const correct = createBlockCorrector(code);
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 68 }),
        fc.nat(2),
        fc.nat(),
        fc.nat(1_000_000),
        (checks, kept, many, seed) => {
          const reserved = Math.min(kept, checks);
          const { whole, spoilt } = block(code, Math.min(255, checks + 1 + (seed % 120)), checks, seed);
          const wrong = many % (Math.floor((checks - reserved) / 2) + 1);
          const given = spoilt(wrong);
          expect(correct(given, { checks, reserved })).toBe(wrong);
          expect(given).toEqual(whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are never repaired to other words where one more is wrong than check words allow and one is kept back', () => {
    const correct = createBlockCorrector(code);
    for (let seed = 0; seed < 500; seed += 1) {
      const { spoilt } = block(code, 60, 15, seed);
      expect(correct(spoilt(8), { checks: 15, reserved: 1 })).toBeUndefined();
    }
  });
});
