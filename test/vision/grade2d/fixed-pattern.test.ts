import { describe, expect, it } from 'vitest';
import { ECC200_SIZES } from '#vision/ecc200/sizes.ts';
import { type FixedPattern, gradeFixedPattern } from '#vision/grade2d/fixed-pattern.ts';
import { ringed } from '#vision/grade2d/samples.ts';
import { segmentsOf } from '#vision/grade2d/segments.ts';
import { type GoodPrint, goodPrint } from '../good-print.ts';

type Place = readonly [number, number];

/** A perfect pattern but for some modules of the wrong colour: row, column, from −1. */
function patternWith(print: GoodPrint, wrong: readonly Place[], weak: readonly Place[] = []): FixedPattern {
  const { rows, columns } = print.size;
  const margin = new Float64Array((rows + 2) * (columns + 2)).fill(1);
  const dark = new Uint8Array(margin.length);
  print.art.modules.forEach((on, at) => {
    dark[ringed(columns, Math.floor(at / columns), at % columns)] = on;
  });
  for (const [row, column] of wrong) {
    const place = ringed(columns, row, column);
    margin[place] = 0;
    dark[place] = 1 - (dark[place] ?? 0);
  }
  for (const [row, column] of weak) margin[ringed(columns, row, column)] = 0.45;
  return gradeFixedPattern({ margin, dark }, segmentsOf(print.size), '15415:2011');
}

const small = goodPrint(22, 22);
const run = (count: number, place: (i: number) => Place): Place[] =>
  Array.from({ length: count }, (_none, i) => place(i));

describe('the fixed pattern of one data region', () => {
  it('is perfect when nothing is wrong', () => {
    expect(patternWith(small, [])).toEqual({
      grade: 4,
      value: 0,
      left: 4,
      bottom: 4,
      quietLeft: 4,
      quietBottom: 4,
      clock: 4,
      solid: 4,
      average: 4,
    });
  });

  it.each([
    [1, 3],
    [2, 2],
    [3, 1],
    [4, 0],
  ])('with %i wrong modules on a leg of 22 is of grade %i', (count, grade) => {
    const left = patternWith(
      small,
      run(count, (i) => [3 + 4 * i, 0]),
    );
    const bottom = patternWith(
      small,
      run(count, (i) => [21, 3 + 4 * i]),
    );
    expect([left.left, left.grade, bottom.bottom, bottom.grade]).toEqual([grade, grade, grade, grade]);
    expect(left.value).toBeCloseTo(count / 22, 12);
  });

  it('counts a corner in both legs, and in both quiet zones', () => {
    expect(patternWith(small, [[21, 0]])).toMatchObject({ left: 3, bottom: 3, quietLeft: 4, quietBottom: 4 });
    expect(patternWith(small, [[22, -1]])).toMatchObject({ left: 4, bottom: 4, quietLeft: 3, quietBottom: 3 });
  });

  it('forgives a weak module on a leg no more than a missing one, but a weak leg as a whole', () => {
    expect(patternWith(small, [], [[5, 0]]).left).toBe(3);
    expect(
      patternWith(
        small,
        [],
        run(22, (i) => [i, 0]),
      ).left,
    ).toBe(3);
  });

  it('lets several fair segments pull down the average', () => {
    const everywhere: Place[] = [
      [5, 0],
      [21, 6],
      [5, -1],
      [22, 6],
    ];
    expect(patternWith(small, everywhere.slice(0, 2))).toMatchObject({ average: 3, grade: 3 });
    // (3 + 3 + 3 + 3 + 4) / 5 = 3.2
    expect(patternWith(small, everywhere)).toMatchObject({ left: 3, quietBottom: 3, average: 2, grade: 2 });
  });

  it('counts how often the quiet zone changes colour against the clock track', () => {
    // One spot: 2 changes, (2 − 1) / 21; two spots: 3 / 21.
    expect(patternWith(small, [[-1, 8]])).toMatchObject({ solid: 4, clock: 4 });
    expect(
      patternWith(small, [
        [-1, 8],
        [-1, 14],
      ]),
    ).toMatchObject({ solid: 0, clock: 0, grade: 0 });
  });

  it('takes a track whose errors crowd for no track', () => {
    const spread = patternWith(
      small,
      run(3, (i) => [0, 2 + 6 * i]),
    );
    const crowded = patternWith(
      small,
      run(3, (i) => [0, 8 + 2 * i]),
    );
    expect([spread.clock, crowded.clock]).toEqual([3, 0]);
  });

  it('takes a track that never changes colour for no track', () => {
    expect(
      patternWith(
        small,
        run(11, (i) => [0, 2 * i]),
      ).clock,
    ).toBe(0);
  });
});

describe('the fixed pattern of several data regions', () => {
  const large = goodPrint(32, 32);

  it('has two legs once, and two clock tracks for each region', () => {
    for (const size of ECC200_SIZES) {
      const map = segmentsOf(size);
      const regions = size.regionsDown * size.regionsAcross;
      expect([map.left.length, map.bottom.length]).toEqual([size.rows, size.columns]);
      expect([map.quietLeft.length, map.quietBottom.length]).toEqual([size.rows + 1, size.columns + 1]);
      expect([map.clocks.length, map.verified]).toEqual([2 * regions, regions === 1]);
    }
  });

  it('suffers from a broken bar between regions as from a dirty quiet zone', () => {
    expect(patternWith(large, [])).toMatchObject({ grade: 4 });
    expect(
      patternWith(
        large,
        run(2, (i) => [3 + 5 * i, 16]),
      ),
    ).toMatchObject({ left: 4, solid: 0, grade: 0 });
    expect(patternWith(large, [[3, 16]])).toMatchObject({ left: 4, solid: 3, grade: 3 });
  });

  it('suffers from a broken inner clock track', () => {
    const wrong = run(2, (i) => [16, 2 + 8 * i]);
    expect(patternWith(large, wrong)).toMatchObject({ clock: 3, solid: 4, grade: 3 });
  });
});
