import { describe, expect, it } from 'vitest';
import { goodPrint, graded, largestRise, PREVIEW, type Shot } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';

allowSlowPictures();

const print = goodPrint(22, 22);

interface Sweep {
  readonly to: number;
  readonly steps: number;
  readonly from?: number;
  readonly shot: (value: number) => Shot;
  readonly aperture?: number;
}

function sweep({ from = 0, to, steps, shot, aperture = 0.8 }: Sweep): number[] {
  const profile = { ...PREVIEW, aperture };
  return Array.from({ length: steps + 1 }, (_none, step) => {
    const value = from + ((to - from) * step) / steps;
    return graded(print, { off: 3, ...shot(value), profile }).pcg.overall;
  });
}

const spot = (u: number, v: number, dark: boolean) => (radius: number) => ({
  blob: { u, v, radius, dark },
  blur: 0.6,
});

describe('a grade never rises while a fault grows, but for a tenth', () => {
  it.each<[string, Sweep]>([
    ['contrast falls', { from: 200, to: 20, steps: 18, shot: (by) => ({ paper: 220, ink: 220 - by }) }],
    ['the picture loses focus', { to: 3.2, steps: 24, shot: (blur) => ({ blur }) }],
    ['and so with a small aperture', { to: 3.2, steps: 20, shot: (blur) => ({ blur }), aperture: 0.5 }],
    ['ink spreads', { to: 0.6, steps: 20, shot: (by) => ({ growth: { x: by, y: by }, blur: 0.6 }) }],
    ['ink shrinks', { to: -0.6, steps: 20, shot: (by) => ({ growth: { x: by, y: by }, blur: 0.6 }) }],
    ['ink spreads along one axis', { to: 0.6, steps: 15, shot: (by) => ({ growth: { x: by, y: 0 }, blur: 0.6 }) }],
    ['the belt runs too fast', { from: 1, to: 1.16, steps: 20, shot: (stretch) => ({ stretch }) }],
    ['the belt runs too slowly', { from: 1, to: 0.86, steps: 16, shot: (stretch) => ({ stretch }) }],
    ['the picture is smeared', { from: 1, to: 12, steps: 22, shot: (smear) => ({ smear, blur: 0.5 }) }],
    ['a dead nozzle widens', { to: 1.5, steps: 24, shot: (width) => ({ deadRows: [{ at: 8.5, width }], blur: 0.6 }) }],
    ['a leg fades', { to: 1, steps: 20, shot: (width) => ({ deadColumns: [{ at: 0.5, width }], blur: 0.6 }) }],
    ['a light spot on a leg grows', { to: 3, steps: 24, shot: spot(0, 10, false) }],
    ['a dark spot on the data grows', { to: 5, steps: 24, shot: spot(12, 10, true) }],
    ['a dark spot on the upper quiet zone grows', { to: 3, steps: 24, shot: spot(12, -0.5, true) }],
    ['columns stand ever less evenly', jittered()],
  ])('%s', (_fault, way) => {
    const grades = sweep(way);
    expect(largestRise(grades), grades.join(' ')).toBeLessThanOrEqual(0.1 + 1e-9);
    expect([grades[0], (grades.at(-1) ?? 4) < 3]).toEqual([4, true]);
  });
});

function jittered(): Sweep {
  return { to: 0.5, steps: 20, shot: (by) => ({ jitter: (column) => by * Math.sin(2.4 * column), blur: 0.6 }) };
}

describe('how far a grade falls', () => {
  const at = (shot: Shot): number => graded(print, { blur: 0.6, ...shot }).pcg.overall;
  const places = (count: number, every: number) => Array.from({ length: count }, (_none, i) => 2 + every * i);

  it.each([0, 1, 2, 3, 4])('with %i modules missing in the L', (count) => {
    const left = at({ missing: places(count, 4).map((row) => [row, 0] as const) });
    const bottom = at({ missing: places(count, 4).map((column) => [21, column] as const) });
    expect([left, bottom]).toEqual([4 - count, 4 - count]);
  });

  it.each([
    [1, 3],
    [2, 3],
    [3, 1],
    [4, 0],
  ])('with %i spots of dirt in the quiet zone', (count, grade) => {
    expect(at({ dirt: places(count, 5).map((row) => [row, -1] as const) })).toBe(grade);
    expect(at({ dirt: places(count, 5).map((column) => [22, column] as const) })).toBe(grade);
  });

  it.each([
    [2, 4],
    [3, 3],
    [4, 2.3],
  ])('with %i modules missing in a clock track', (count, grade) => {
    expect(at({ missing: places(count, 6).map((column) => [0, column] as const) })).toBe(grade);
    expect(at({ missing: places(count, 6).map((row) => [row - 1, 21] as const) })).toBe(grade);
  });

  it('at any contrast exactly as the table says', () => {
    const contrasts = [80, 60, 50, 40, 30, 20, 10];
    const grades = contrasts.map((percent) => at({ paper: 230, ink: 230 - Math.round(2.55 * percent), blur: 0 }));
    expect(grades).toEqual([4, 3.3, 2.6, 2, 1.5, 1, 0.5]);
  });
});
