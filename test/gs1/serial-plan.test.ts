import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairDraw } from '#gs1/identity/fair-draw.ts';
import { examinePool } from '#gs1/identity/pool-report.ts';
import {
  drawSerials,
  guessChanceOf,
  packDelivered,
  type SerialPlan,
  serialOfNumber,
} from '#gs1/identity/serial-plan.ts';
import { type PackedSerials, SERIAL_ALPHABET, serialAt } from '#gs1/serial-pool.ts';
import { seeded } from './seeded.ts';

const DIGITS = '0123456789';
const random: SerialPlan = { kind: 'random', alphabet: SERIAL_ALPHABET, length: 12 };
const sea: SerialPlan = { kind: 'shuffled', alphabet: SERIAL_ALPHABET, length: 9, from: 1, to: 32 ** 9 - 1 };
const deck: SerialPlan = { kind: 'shuffled', alphabet: DIGITS, length: 6, from: 100_000, to: 199_999 };
const sequence: SerialPlan = { kind: 'sequential', alphabet: DIGITS, length: 6, from: 1, to: 999, next: 41 };

function serialsOf(plan: SerialPlan, wish: Partial<Parameters<typeof drawSerials>[1]> = {}): string[] {
  const drawn = drawSerials(plan, { count: 100, random: seeded('plan'), everIssued: 0, mayBeGuessed: true, ...wish });
  if (drawn.kind === 'refused') throw new Error(drawn.detail);
  return all(drawn.serials);
}

function all(pool: PackedSerials): string[] {
  return Array.from({ length: pool.count }, (_none, index) => serialAt(pool, index));
}

describe('the serials of an order', () => {
  it.each([
    ['random', random, 60_000],
    ['of a shuffled range', deck, 40_000],
    ['of a range without end', sea, 40_000],
  ])('that are %s never repeat, and none is favoured', (_name, plan, count) => {
    const drawn = drawSerials(plan, { count, random: seeded('pool'), everIssued: 0, mayBeGuessed: true });
    if (drawn.kind === 'refused') throw new Error(drawn.detail);
    const report = examinePool(drawn.serials, plan.alphabet);
    expect({ ...report, worstFrequency: 0 }).toEqual({
      count,
      repeated: 0,
      worstFrequency: 0,
      alikeNeighbours: report.alikeNeighbours,
      longestRun: report.longestRun,
    });
    // Of 60 000 fair ones a run of 13 is met less than once in 50 000 pools.
    expect(report.longestRun).toBeGreaterThanOrEqual(5);
    expect(report.longestRun).toBeLessThan(13);
    expect(new Set(all(drawn.serials)).size).toBe(count);
    // The first place of these ranges is fixed or nearly so: only the random plan is fair at every place.
    if (plan.kind === 'random') expect(report).toMatchObject({ alikeNeighbours: 0 });
    if (plan.kind === 'random') expect(report.worstFrequency).toBeLessThan(2.2);
  });

  it('of a shuffled range are that range, once each, in another order', () => {
    const serials = serialsOf(deck, { count: 100_000 });
    expect(serials.toSorted()[0]).toBe('100000');
    expect(new Set(serials).size).toBe(100_000);
    const climbs = serials.filter((serial, index) => serial > (serials[index - 1] ?? '')).length;
    expect(Math.abs(climbs - 50_000)).toBeLessThan(1000);
  });

  it('of a sequence go on where the last order ended', () => {
    expect(serialsOf(sequence, { count: 3 })).toEqual(['000041', '000042', '000043']);
    expect(serialsOf(sequence, { count: 2, taken: (serial) => serial === '000041' })).toEqual(['000042', '000043']);
  });

  it('are the same for the same random numbers, and others for others', () => {
    for (const plan of [random, sea, deck]) {
      expect(serialsOf(plan)).toEqual(serialsOf(plan));
      expect(serialsOf(plan)).not.toEqual(serialsOf(plan, { random: seeded('other') }));
    }
  });

  it.each([
    ['a sequence', sequence, 0],
    ['a shuffled range that will be used up', deck, 0],
    ['too few characters', { ...random, length: 4 } as SerialPlan, 200],
    ['too many issued before', { ...random, length: 8 } as SerialPlan, 10 ** 9],
  ])('are refused when they could be guessed: %s', (_name, plan, everIssued) => {
    const drawn = drawSerials(plan, { count: 100, random: seeded('plan'), everIssued });
    expect(drawn).toMatchObject({ kind: 'refused', why: 'guessable' });
  });

  it('are refused when the range has not enough left', () => {
    const last: SerialPlan = { ...sequence, next: 990 };
    const wish = { count: 11, random: seeded('plan'), everIssued: 0, mayBeGuessed: true };
    expect(drawSerials(last, wish)).toEqual({
      kind: 'refused',
      why: 'exhausted',
      detail: '10 of 11 serials are left in the range',
    });
    const taken = () => true;
    expect(drawSerials(deck, { ...wish, taken })).toMatchObject({ why: 'exhausted' });
    expect(drawSerials(sea, { ...wish, taken })).toMatchObject({ why: 'exhausted' });
  });

  it.each([
    ['beyond its digits', { ...deck, to: 1_000_000 } as SerialPlan],
    ['backwards', { ...deck, to: 1 } as SerialPlan],
    ['below zero', { ...deck, from: -1 } as SerialPlan],
    ['from half a number on', { ...deck, from: 0.5 } as SerialPlan],
    ['to half a number', { ...deck, to: 199_999.5 } as SerialPlan],
    ['to no number', { ...deck, to: Number.NaN } as SerialPlan],
    ['an alphabet with a blank', { ...deck, alphabet: 'AB C' } as SerialPlan],
    ['21 characters', { ...deck, length: 21 } as SerialPlan],
  ])('are not made of a plan that is wrong: %s', (_name, plan) => {
    expect(() => serialsOf(plan)).toThrow(RangeError);
  });

  it('tell the chance of a guess', () => {
    expect(guessChanceOf(sequence, 10)).toBe(1);
    expect(guessChanceOf(deck, 10)).toBe(10 / 100_000);
    expect(guessChanceOf(random, 1000)).toBe(1000 / 32 ** 12);
    expect(guessChanceOf(deck, 10 ** 9)).toBe(1);
  });
});

describe('serials that Level 4 delivers', () => {
  it('are taken over in their order, whatever their lengths', () => {
    const packed = packDelivered(['B', 'A10', '0']);
    expect(packed.kind === 'packed' ? all(packed.serials) : packed).toEqual(['B', 'A10', '0']);
  });

  it.each([
    ['a serial with a blank', ['A', 'B C'], undefined, { index: 1, serial: 'B C', why: 'form' }],
    ['an empty serial', [''], undefined, { index: 0, serial: '', why: 'form' }],
    ['a serial twice', ['A', 'B', 'A'], undefined, { index: 2, serial: 'A', why: 'repeated' }],
    ['a serial that the GTIN has', ['A', 'B'], 'B', { index: 1, serial: 'B', why: 'taken' }],
  ])('are refused as a whole for %s', (_name, serials, taken, expected) => {
    expect(packDelivered(serials, (serial) => serial === taken)).toEqual({ kind: 'refused', ...expected });
  });
});

it('a number becomes a serial with as many digits as the range has', () => {
  const range = { alphabet: 'AB', length: 4, from: 0, to: 15 };
  expect([0, 1, 2, 15].map((number) => serialOfNumber(range, number))).toEqual(['AAAA', 'AAAB', 'AABA', 'BBBB']);
});

it('a range may begin with zero and have a single number', () => {
  expect(serialsOf({ kind: 'shuffled', alphabet: DIGITS, length: 3, from: 0, to: 0 }, { count: 1 })).toEqual(['000']);
});

it('a fair draw takes six bytes, the first one first, and throws away those that would favour some', () => {
  const bytes = (...all: number[]) => fairDraw(() => Uint8Array.from(all));
  expect(bytes(0, 0, 0, 0, 1, 2)(1000)).toBe(258);
  expect(bytes(1, 0, 0, 0, 0, 0)(2 ** 48)).toBe(2 ** 40);
  // The last numbers below 2 to the 48th are no full round of 3: the draw goes on to the next six.
  expect(bytes(255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 5)(3)).toBe(2);
});

it('a fair draw stays in its range and reaches all of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.string(), (below, seed) => {
      const draw = fairDraw(seeded(seed));
      const drawn = new Set(Array.from({ length: 400 }, () => draw(below)));
      expect([...drawn].sort((a, b) => a - b)).toEqual(Array.from({ length: below }, (_none, number) => number));
    }),
    { numRuns: 20 },
  );
  expect(() => fairDraw(seeded('x'))(0)).toThrow(RangeError);
  expect(() => fairDraw(seeded('x'))(2 ** 49)).toThrow(RangeError);
});

it('a pool that repeats, favours a symbol or climbs is noticed', () => {
  const packed = packDelivered(Array.from({ length: 1000 }, (_none, index) => `AB${String(index).padStart(4, '0')}`));
  if (packed.kind === 'refused') throw new Error(packed.why);
  expect(examinePool(packed.serials, SERIAL_ALPHABET)).toMatchObject({
    repeated: 0,
    alikeNeighbours: 999,
    longestRun: 1000,
  });
  expect(examinePool(packed.serials, SERIAL_ALPHABET).worstFrequency).toBeGreaterThan(900);
  const twice = {
    ...packed.serials,
    count: 2,
    bytes: new Uint8Array([...packed.serials.bytes.slice(0, 6), ...packed.serials.bytes.slice(0, 6)]),
  };
  expect(examinePool(twice, SERIAL_ALPHABET)).toMatchObject({
    count: 2,
    repeated: 1,
    alikeNeighbours: 1,
    longestRun: 1,
  });
  const fair = packDelivered(['01', '10']);
  if (fair.kind === 'refused') throw new Error(fair.why);
  expect(examinePool(fair.serials, '01')).toEqual({
    count: 2,
    repeated: 0,
    worstFrequency: 0,
    alikeNeighbours: 0,
    longestRun: 2,
  });
});

it.each([
  ['rises and falls', ['B', 'C', 'A', 'D'], 2],
  ['rises three times, then falls', ['A', 'B', 'C', 'D', 'B1'], 4],
  ['falls longer than it rises', ['A', 'C', 'B1', 'B', 'A1'], 4],
  ['rises by its last characters', ['AA', 'AB', 'B', 'BA'], 4],
  ['has one serial', ['A'], 1],
])('the longest monotone run is told of a pool that %s', (_how, serials, longest) => {
  const packed = packDelivered(serials);
  expect(packed.kind === 'packed' && examinePool(packed.serials, 'ABCD1')).toMatchObject({ longestRun: longest });
});

it('a run of serials ends where one is repeated', () => {
  const bytes = Uint8Array.from([...'ABBCD'].map((symbol) => symbol.charCodeAt(0)));
  expect(examinePool({ bytes, stride: 1, count: 5 }, 'ABCD')).toMatchObject({ repeated: 1, longestRun: 3 });
});
