import { describe, expect, it } from 'vitest';
import {
  countItem,
  countReject,
  emptyFigures,
  type Figures,
  firstPassYieldOf,
  ratePerMinuteOf,
  readRateOf,
  takeGradeSample,
} from '#line/figures.ts';

/** Figures after items that came `every` ms, all read and passed. */
function steady(items: number, every: number): Figures {
  const figures = emptyFigures();
  for (let item = 1; item <= items; item += 1) countItem(figures, item * every, true, true, 35);
  return figures;
}

describe('grades', () => {
  it.each([
    [40, 'A'],
    [35, 'A'],
    [34, 'B'],
    [25, 'B'],
    [24, 'C'],
    [15, 'C'],
    [14, 'D'],
    [5, 'D'],
    [4, 'F'],
    [0, 'F'],
    [undefined, 'ungraded'],
  ] as const)('%s tenths are %s', (grade, letter) => {
    const figures = emptyFigures();
    countItem(figures, 1, true, true, grade);
    const place = ['A', 'B', 'C', 'D', 'F', 'ungraded'].indexOf(letter);
    expect(figures.grades).toEqual([0, 1, 2, 3, 4, 5].map((one) => (one === place ? 1 : 0)));
  });

  it('are averaged from one sample of the trend to the next', () => {
    const figures = emptyFigures();
    for (const grade of [40, 30, undefined]) countItem(figures, 1, true, true, grade);
    expect([takeGradeSample(figures), takeGradeSample(figures)]).toEqual([3.5, undefined]);
  });
});

describe('the rate', () => {
  it('is not known before two items came', () => {
    expect([ratePerMinuteOf(emptyFigures(), 1), ratePerMinuteOf(steady(1, 200), 300)]).toEqual([undefined, undefined]);
  });

  it.each([
    [300, 200],
    [600, 100],
  ])('is %i a minute for an item every %i ms', (rate, every) => {
    const figures = steady(1_000, every);
    expect(ratePerMinuteOf(figures, 1_000 * every)).toBeCloseTo(rate, -1);
  });

  it('is that of the ring when more items came than it holds', () => {
    expect(ratePerMinuteOf(steady(5_000, 10), 50_000)).toBeCloseTo(6_000, -2);
  });

  it('is no thousands a minute when the first items come all at once', () => {
    expect(ratePerMinuteOf(steady(5, 0), 1)).toBe(300);
  });

  it('falls while nothing comes, and is not known when nothing came for the whole window', () => {
    const figures = steady(100, 200);
    const [moving, slower, none] = [20_000, 30_000, 41_000].map((now) => ratePerMinuteOf(figures, now));
    expect([(slower ?? 0) < (moving ?? 0), none]).toEqual([true, undefined]);
  });
});

describe('shares', () => {
  it('are not known before the first item', () => {
    expect([readRateOf(emptyFigures()), firstPassYieldOf(emptyFigures())]).toEqual([undefined, undefined]);
  });

  it('count every item that was judged, and the last two hundred for the read rate', () => {
    const figures = emptyFigures();
    for (let item = 0; item < 100; item += 1) countItem(figures, item, false, false, undefined);
    for (let item = 0; item < 150; item += 1) countItem(figures, item, true, true, 35);
    expect([readRateOf(figures), firstPassYieldOf(figures)]).toEqual([0.75, 0.6]);
  });
});

it('keeps the last twelve rejects, newest first, each with its own number', () => {
  const figures = emptyFigures();
  for (let at = 1; at <= 15; at += 1) countReject(figures, { at, reason: 'no-read' });
  expect(figures.lastRejects.map(({ seq }) => seq)).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
  expect([...figures.rejects]).toEqual([['no-read', 15]]);
});
