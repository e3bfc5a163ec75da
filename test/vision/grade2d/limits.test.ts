import { describe, expect, it } from 'vitest';
import { gradeOf, LIMITS, type Limits, levelsOf } from '#vision/grade2d/limits.ts';

const rows: [string, Limits][] = Object.entries(LIMITS);
const TINY = 1e-6;

describe('the grading tables', () => {
  it.each(rows)('change the grade of %s at each threshold, and on no other side of it', (_name, row) => {
    const better = row.sense === 'at-least' ? TINY : -TINY;
    row.limits.forEach((limit, index) => {
      const at = row.sense === 'below' ? 3 - index : 4 - index;
      expect([limit + better, limit, limit - better].map((value) => gradeOf('15415:2011', row, value))).toEqual([
        4 - index,
        at,
        3 - index,
      ]);
    });
  });

  it.each(rows)('know of %s where each figure comes from', (_name, row) => {
    expect(row).toMatchObject({ edition: '15415:2011', verified: true });
    expect(row.source).not.toBe('');
    expect(row.zero ?? { edition: '15415:2024-preview', verified: false }).toMatchObject({
      edition: '15415:2024-preview',
      verified: false,
    });
  });

  it.each(rows)('give %s the same whole grade at each threshold in the preview', (_name, row) => {
    const grades = row.limits.map((limit) => gradeOf('15415:2024-preview', row, limit));
    expect(grades).toEqual(row.sense === 'below' ? [3, 2, 1, 0] : [4, 3, 2, 1]);
  });

  it.each(rows.filter(([, row]) => row.zero !== undefined))('let %s fall in tenths to its zero', (_name, row) => {
    const zero = row.zero?.value ?? 0;
    const worst = row.limits[3];
    const at = (share: number) => gradeOf('15415:2024-preview', row, zero + share * (worst - zero));
    expect([1, 0.55, 0.1, 0, -0.5].map(at)).toEqual([1, 0.5, 0.1, 0, 0]);
  });

  it('take a value half-way between thresholds for half a grade', () => {
    const preview = (row: Limits, value: number) => gradeOf('15415:2024-preview', row, value);
    expect(preview(LIMITS.contrast, 0.66)).toBe(3.7);
    expect(preview(LIMITS.axial, 0.09)).toBe(2.5);
    expect(preview(LIMITS.modulation, 0.45)).toBe(3.5);
    expect(preview(LIMITS.leg, 0.11)).toBe(2);
  });

  it('give no grade to what is not a number', () => {
    for (const [, row] of rows) {
      expect(gradeOf('15415:2011', row, Number.NaN)).toBe(0);
      expect(gradeOf('15415:2024-preview', row, Number.NaN)).toBe(0);
    }
  });

  it('have five grades in 2011 and forty-one in the preview', () => {
    expect(levelsOf('15415:2011')).toEqual([4, 3, 2, 1, 0]);
    expect([levelsOf('15415:2024-preview').length, levelsOf('15415:2024-preview')[17]]).toEqual([41, 2.3]);
  });
});
