import type { Edition } from '#contract/camera-job.ts';

/** One row of a grading table: what a value must reach for 4, 3, 2 and 1. */
export interface Limits {
  readonly sense: 'at-least' | 'at-most' | 'below';
  readonly limits: readonly [number, number, number, number];
  readonly edition: '15415:2011';
  readonly source: string;
  /** Said by a public source; not the same as compared with a bought copy of the standard. */
  readonly verified: boolean;
  /** Where grade 0 begins when grades are interpolated. Without it the value is graded in whole steps in every edition. */
  readonly zero?: { readonly value: number; readonly edition: '15415:2024-preview'; readonly verified: boolean };
}

/** Placeholders of the preview: interpolated 2011 thresholds, not the text of 2024. */
function zeroAt(value: number): NonNullable<Limits['zero']> {
  return { value, edition: '15415:2024-preview', verified: false };
}

const EDITION = '15415:2011';
const MANUALS = 'ISO/IEC 15415:2011 as verifier manuals state it';
const FIXED = 'ISO/IEC 16022 annex M as verifier manuals state it';

/** The grading tables of a Data Matrix symbol. Shares as 0..1. */
export const LIMITS = {
  contrast: row('at-least', [0.7, 0.55, 0.4, 0.2], MANUALS, zeroAt(0)),
  modulation: row('at-least', [0.5, 0.4, 0.3, 0.2], MANUALS, zeroAt(0)),
  unusedCorrection: row('at-least', [0.62, 0.5, 0.37, 0.25], MANUALS, zeroAt(0)),
  axial: row('at-most', [0.06, 0.08, 0.1, 0.12], MANUALS, zeroAt(0.14)),
  grid: row('at-most', [0.38, 0.5, 0.63, 0.75], MANUALS, zeroAt(0.87)),
  /** Damaged share of an L leg, or of the quiet zone beside it. */
  leg: row('at-most', [0, 0.09, 0.13, 0.17], FIXED),
  /** Damaged share of a clock track, or of the solid area beside it. Sources differ on "at most" or "below". */
  clock: row('at-most', [0.1, 0.15, 0.2, 0.25], FIXED, zeroAt(0.3)),
  /** Transitions of the solid area against those of the track. */
  transition: row('below', [0.06, 0.08, 0.1, 0.12], FIXED),
  /** Mean grade of the five segments. */
  average: row('at-least', [4, 3.5, 3, 2.5], FIXED),
} as const satisfies Readonly<Record<string, Limits>>;

function row(
  sense: Limits['sense'],
  limits: Limits['limits'],
  source: string,
  zero?: NonNullable<Limits['zero']>,
): Limits {
  return { sense, limits, edition: EDITION, source, verified: true, ...(zero && { zero }) };
}

/** A clock track with more than `wrong` wrong modules among any `window` neighbours has grade 0. */
export const REGULARITY = {
  window: 5,
  wrong: 2,
  edition: EDITION,
  source: 'ISO/IEC 16022 annex M, from memory',
  verified: false,
} as const;

/** Below this the record says that the resolution is insufficient, in pixels per module. */
export const LEAST_RESOLUTION = { value: 4, edition: EDITION, source: 'own measurement', verified: false } as const;

/** From which values on a cause is named. Ours: no standard speaks of causes. */
export const CAUSE_LIMITS = {
  edition: 'linewright 1',
  source: 'own measurement',
  verified: false,
  /** A parameter below this grade asks for a cause. */
  grade: 3,
  /** Print growth, in X. */
  growth: 0.2,
  /** A dark module is pale from here, between Rmin and Rmax; so many of a line make it dead, if so few elsewhere are. */
  pale: 0.25,
  paleInLine: 0.6,
  /** The same where the message was not read, and few modules of a line are known. */
  paleInUnread: 0.9,
  paleElsewhere: 0.2,
  /** Modules of less modulation are weak; so many of them are blur and not damage. */
  weak: 0.7,
  weakShare: 0.1,
} as const;

/** Values this near to a limit have reached it: in favour of the better grade. */
const GUARD = 1e-9;

/** The grade of a value: whole in 2011, in steps of 0.1 in the preview. What is not a number is 0. */
export function gradeOf(edition: Edition, { sense, limits, zero }: Limits, value: number): number {
  const sign = sense === 'at-least' ? 1 : -1;
  const short = sense === 'below' ? GUARD : -GUARD;
  const reached = limits.findIndex((limit) => sign * (value - limit) >= short);
  if (reached === 0) return 4;
  const whole = reached === -1 ? 0 : 4 - reached;
  if (edition === '15415:2011' || zero === undefined) return whole;
  const better = limits[whole === 0 ? 3 : reached - 1] ?? 0;
  const worse = reached === -1 ? zero.value : (limits[reached] ?? 0);
  const share = (value - worse) / (better - worse);
  return share > 0 ? tenths(whole + share) : whole;
}

/** Cut to tenths. The guard keeps 2.3 from becoming 2.2 by a rounding of floating point. */
function tenths(grade: number): number {
  return Math.floor(10 * grade + 1e-6) / 10;
}

const WHOLE = [4, 3, 2, 1, 0];
const TENTHS = Array.from({ length: 41 }, (_none, step) => (40 - step) / 10);

/** All grades of an edition, the best first. */
export function levelsOf(edition: Edition): readonly number[] {
  return edition === '15415:2011' ? WHOLE : TENTHS;
}
