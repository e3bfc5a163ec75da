import { describe, expect, it } from 'vitest';
import { LINEAR_SCHEMES, type LinearParameter, linearGrade } from '#vision/grade1d/limits.ts';

const WHOLE = LINEAR_SCHEMES['15415:2011'];
const TENTHS = LINEAR_SCHEMES['15415:2024-preview'];

/** Per cent just at and just below each limit of the tables in vision.md §6, and what they are worth. */
const TABLE: readonly (readonly [LinearParameter, readonly (readonly [number, number])[]])[] = [
  [
    'contrast',
    [
      [70, 4],
      [69, 3],
      [55, 3],
      [54, 2],
      [40, 2],
      [39, 1],
      [20, 1],
      [19, 0],
    ],
  ],
  [
    'modulation',
    [
      [70, 4],
      [69, 3],
      [60, 3],
      [59, 2],
      [50, 2],
      [49, 1],
      [40, 1],
      [39, 0],
    ],
  ],
  [
    'defects',
    [
      [15, 4],
      [16, 3],
      [20, 3],
      [21, 2],
      [25, 2],
      [26, 1],
      [30, 1],
      [31, 0],
    ],
  ],
  [
    'decodability',
    [
      [62, 4],
      [61, 3],
      [50, 3],
      [49, 2],
      [37, 2],
      [36, 1],
      [25, 1],
      [24, 0],
    ],
  ],
  [
    'minimum-reflectance',
    [
      [50, 4],
      [51, 0],
    ],
  ],
  [
    'edge-contrast',
    [
      [15, 4],
      [14, 0],
    ],
  ],
  [
    'decode',
    [
      [100, 4],
      [0, 0],
    ],
  ],
  [
    'quiet-zone',
    [
      [100, 4],
      [99, 0],
    ],
  ],
];

describe('the limits of linear codes', () => {
  it.each(TABLE)('%s is graded on both sides of every limit', (parameter, rows) => {
    expect(rows.map(([percent]) => [percent, linearGrade(WHOLE, parameter, percent / 100)])).toEqual(rows);
  });

  it('rounds percentages to whole ones first', () => {
    expect([0.695, 0.6949].map((value) => linearGrade(WHOLE, 'contrast', value))).toEqual([4, 3]);
  });

  it.each([
    ['modulation', 59, 2.9],
    ['modulation', 65, 3.5],
    ['modulation', 30, 0.1],
    ['modulation', 39, 0.9],
    ['contrast', 15, 0.1],
    ['contrast', 14, 0],
    ['decodability', 20, 0.1],
    ['defects', 17, 3.6],
    ['defects', 31, 0],
    ['edge-contrast', 14, 0],
  ] as const)('gives %s of %i %% as %d with the decimals of 2016', (parameter, percent, grade) => {
    expect(linearGrade(TENTHS, parameter, percent / 100)).toBe(grade);
  });

  it('takes what is not a number for the worst', () => {
    expect(linearGrade(WHOLE, 'contrast', Number.NaN)).toBe(0);
  });

  it('says where each table comes from, and that none was compared with the text', () => {
    expect([WHOLE, TENTHS].map(({ edition, verified }) => [edition, verified])).toEqual([
      ['15416:2000', false],
      ['15416:2016-preview', false],
    ]);
  });
});
