import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  guessChance,
  makeSerials,
  type PackedSerials,
  SERIAL_ALPHABET,
  serialAt,
  serialLength,
} from '#gs1/serial-pool.ts';
import { seeded } from './seeded.ts';

function all(block: PackedSerials): string[] {
  return Array.from({ length: block.count }, (_none, index) => serialAt(block, index));
}

/** Chi-square of how often each symbol stands at `place`: 31 degrees of freedom for 32 symbols. */
function chiSquare(serials: readonly string[], place: number, alphabet: string): number {
  const expected = serials.length / alphabet.length;
  const counts = new Map<string, number>();
  for (const serial of serials) {
    const symbol = serial[place] ?? '';
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  }
  return [...alphabet].reduce((sum, symbol) => sum + ((counts.get(symbol) ?? 0) - expected) ** 2 / expected, 0);
}

describe('a pool of 200 000 serials', () => {
  const block = makeSerials({ count: 200_000, length: 12, alphabet: SERIAL_ALPHABET, random: seeded('pool') });
  const serials = all(block);

  it('has no serial twice', () => {
    expect(new Set(serials).size).toBe(200_000);
  });

  it('uses twelve characters that nobody mistakes for each other', () => {
    expect(serials.every((serial) => /^[0-9A-HJKMNP-TV-Z]{12}$/.test(serial))).toBe(true);
    expect(block.bytes.length).toBe(200_000 * 12);
  });

  it('favours no symbol at any place', () => {
    const worst = Math.max(...Array.from({ length: 12 }, (_none, place) => chiSquare(serials, place, SERIAL_ALPHABET)));
    expect(worst).toBeLessThan(70); // 31 degrees of freedom: one fair place in 10 000 would exceed it
  });

  it('has no neighbours that resemble each other', () => {
    const common = serials.filter((serial, index) => serial.slice(0, 5) === serials[index - 1]?.slice(0, 5));
    expect(common.length).toBeLessThan(4); // 200 000 / 32^5 = 0.006 are expected
  });
});

describe('serials', () => {
  it('favour no symbol of an alphabet that does not divide 256', () => {
    const alphabet = '0123456789';
    const serials = all(makeSerials({ count: 100_000, length: 14, alphabet, random: seeded('digits') }));
    const worst = Math.max(...Array.from({ length: 14 }, (_none, place) => chiSquare(serials, place, alphabet)));
    expect(worst).toBeLessThan(34); // 9 degrees of freedom
  });

  it('are the same when the random numbers are', () => {
    const draw = (seed: string) =>
      all(makeSerials({ count: 100, length: 12, alphabet: SERIAL_ALPHABET, random: seeded(seed) }));
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('are drawn again when the GTIN already has them', () => {
    const wish = { count: 1000, length: 12, alphabet: SERIAL_ALPHABET };
    const [first = ''] = all(makeSerials({ ...wish, random: seeded('taken') }));
    const others = all(makeSerials({ ...wish, random: seeded('taken'), taken: (serial) => serial === first }));
    expect(others).not.toContain(first);
    expect(new Set(others).size).toBe(1000);
  });

  it('stay distinct when the source of randomness repeats some', () => {
    const base = seeded('stutter');
    const once = base(65_536);
    let calls = 0;
    const random = (bytes: number) => {
      calls += 1;
      return calls === 2 ? once.slice(0, 600) : calls === 1 ? once : base(bytes);
    };
    const serials = all(makeSerials({ count: 10_000, length: 12, alphabet: SERIAL_ALPHABET, random }));
    expect(new Set(serials).size).toBe(10_000);
  });

  it.each([
    ['the source of randomness stands still', { random: (bytes: number) => new Uint8Array(bytes) }, /repeats itself/],
    ['every serial is taken', { taken: () => true }, /repeats itself/],
    ['they could be guessed', { length: 4 }, /guessed too easily/],
    ['the alphabet names a symbol twice', { alphabet: '0012' }, /alphabet/],
    ['the alphabet has a space', { alphabet: 'AB C' }, /alphabet/],
    ['they are longer than AI 21 allows', { length: 21 }, /1 to 20/],
    ['they have no characters', { length: 0 }, /1 to 20/],
    ['they have half a character more', { length: 12.5 }, /1 to 20/],
  ])('are not made when %s', (_name, part, message) => {
    const wish = { count: 1000, length: 12, alphabet: SERIAL_ALPHABET, random: seeded('bad'), ...part };
    expect(() => makeSerials(wish)).toThrow(message);
  });

  it('of a padded block are read without the padding', () => {
    const bytes = Uint8Array.from([...Buffer.from('AB'), 0, 0, ...Buffer.from('CDEF')]);
    expect([serialAt({ stride: 4, bytes }, 0), serialAt({ stride: 4, bytes }, 1)]).toEqual(['AB', 'CDEF']);
  });
});

describe('the length of a serial', () => {
  it.each([
    ['the first order', 32, 1000, 12],
    ['a thousand million of them', 32, 1e9, 12],
    ['more than twelve can hide', 32, 1e13, 14],
    ['digits only', 10, 1e9, 17],
    ['digits only, at most nineteen are enough', 10, 1e11, 19],
    ['more than twenty digits can hide', 10, 1e14, undefined],
  ])('for %s', (_name, symbols, everIssued, length) => {
    expect(serialLength(symbols, everIssued)).toBe(length);
  });

  it('keeps the chance of a guess far below 1 : 10 000', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 82 }), fc.integer({ min: 1, max: 1e12 }), (symbols, everIssued) => {
        const length = serialLength(symbols, everIssued);
        if (length === undefined) return;
        expect(guessChance(symbols, length, everIssued)).toBeLessThan(1e-7);
      }),
    );
  });
});
