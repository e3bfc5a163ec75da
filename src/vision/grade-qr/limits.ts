import type { Limits } from '#vision/grade2d/limits.ts';

/** Grading tables of QR codes beyond those that all matrix codes share (vision.md §5.10). None was compared with the text. */
export const QR_LIMITS = {
  /** Wrong modules in a finder pattern, its separator and the quiet zone around it. */
  finder: row([0, 1, 2, 3]),
  /** Damaged share of a timing pattern. */
  timing: row([0, 0.07, 0.11, 0.14]),
  /** Damaged share of all alignment patterns. */
  alignment: row([0, 0.1, 0.2, 0.3]),
  /** Wrong bits in a copy of the format or version information. The symbol's grade: mean of both copies, cut down. */
  information: row([0, 1, 2, 3]),
} as const satisfies Readonly<Record<string, Limits>>;

function row(limits: Limits['limits']): Limits {
  return {
    sense: 'at-most',
    limits,
    edition: '15415:2011',
    source: 'ISO/IEC 18004 annex, from memory',
    verified: false,
  };
}

/** Whether the segments and their limits were compared with the standard: records say so (vision.md §5.10). */
export const FIXED_PATTERN = {
  edition: '15415:2011',
  source: 'ISO/IEC 18004 annex, from memory',
  verified: false,
} as const;
