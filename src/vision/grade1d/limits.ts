import type { Edition } from '#contract/camera-job.ts';

/** Parameters of one scan line that are graded, in the contract's names. */
export type LinearParameter =
  | 'decode'
  | 'contrast'
  | 'minimum-reflectance'
  | 'edge-contrast'
  | 'modulation'
  | 'defects'
  | 'decodability'
  | 'quiet-zone';

/** Limits of one parameter, in per cent, as a quality person reads them beside the standard. */
interface Limit {
  readonly parameter: LinearParameter;
  readonly better: 'higher' | 'lower';
  /** The values that are just good enough for 4, 3, 2, 1; one value: pass (4) or fail (0). */
  readonly at: readonly [number] | readonly [number, number, number, number];
  /** Where the grade reaches 0 in a scheme with decimals; undefined: beyond the limit for 1 at once. */
  readonly zero?: number;
}

/** One edition of the linear print quality standard. */
export interface LinearScheme {
  readonly edition: string;
  readonly source: string;
  readonly verified: boolean;
  /** Whether a line's grades are whole, or interpolated and cut to 0.1. The symbol's is the mean of ten lines in both. */
  readonly grades: 'whole' | 'tenths';
  /** What rises or falls by less than this share of the contrast inside an element is noise, not a defect. */
  readonly noiseFloor: number;
  /** Quiet zone of Code 128 in X. */
  readonly quietZone: number;
  readonly limits: readonly Limit[];
}

const PASS_OR_FAIL: readonly Limit[] = [
  { parameter: 'decode', better: 'higher', at: [100] },
  { parameter: 'minimum-reflectance', better: 'lower', at: [50] },
  { parameter: 'edge-contrast', better: 'higher', at: [15] },
  { parameter: 'quiet-zone', better: 'higher', at: [100] },
];

/** Schemes for linear codes (vision.md §6). Percentages are rounded to whole ones before they are compared. */
export const LINEAR_SCHEMES: Readonly<Record<Edition, LinearScheme>> = {
  '15415:2011': {
    edition: '15416:2000',
    source: 'vision.md §6: limits from vendors; quiet zone pass or fail and noise floor from memory',
    verified: false,
    grades: 'whole',
    noiseFloor: 0.03,
    quietZone: 10,
    limits: [
      ...PASS_OR_FAIL,
      { parameter: 'contrast', better: 'higher', at: [70, 55, 40, 20] },
      { parameter: 'modulation', better: 'higher', at: [70, 60, 50, 40] },
      { parameter: 'defects', better: 'lower', at: [15, 20, 25, 30] },
      { parameter: 'decodability', better: 'higher', at: [62, 50, 37, 25] },
    ],
  },
  '15415:2024-preview': {
    edition: '15416:2016-preview',
    source: 'vision.md §6: decimals of 2016 as vendors describe them; zero points do not fit one line and are ours',
    verified: false,
    grades: 'tenths',
    noiseFloor: 0.03,
    quietZone: 10,
    limits: [
      ...PASS_OR_FAIL,
      { parameter: 'contrast', better: 'higher', at: [70, 55, 40, 20], zero: 14 },
      { parameter: 'modulation', better: 'higher', at: [70, 60, 50, 40], zero: 28 },
      { parameter: 'defects', better: 'lower', at: [15, 20, 25, 30] },
      { parameter: 'decodability', better: 'higher', at: [62, 50, 37, 25], zero: 19 },
    ],
  },
};

/** Grade 0..4 of a share 0..1 in a scheme. What is not a number is the worst. */
export function linearGrade(scheme: LinearScheme, parameter: LinearParameter, value: number): number {
  const limit = scheme.limits.find((each) => each.parameter === parameter);
  if (limit === undefined || Number.isNaN(value)) return 0;
  // The guard keeps 0.145 · 100, which is 14.499…, where a person would put it.
  const percent = Math.round(value * 100 + 1e-9);
  const sign = limit.better === 'higher' ? 1 : -1;
  const [four = 0, ...lower] = limit.at;
  if (sign * percent >= sign * four) return 4;
  const reached = lower.findIndex((at) => sign * percent >= sign * at);
  if (scheme.grades === 'whole' || lower.length === 0) return reached === -1 ? 0 : 3 - reached;
  return tenths(limit, percent, reached);
}

/** Linear between two limits, cut to 0.1. `reached`: place among the limits for 3, 2, 1, or -1 below all of them. */
function tenths({ at, zero }: Limit, percent: number, reached: number): number {
  if (reached === -1 && zero === undefined) return 0;
  const grade = reached === -1 ? 0 : 3 - reached;
  const lower = reached === -1 ? (zero ?? 0) : (at[reached + 1] ?? 0);
  const upper = reached === -1 ? (at[3] ?? 0) : (at[reached] ?? 0);
  return cutToTenths(Math.max(0, grade + (percent - lower) / (upper - lower)));
}

/** 2.999999 is 3.0: a guard against the last bit, then truncation. */
export function cutToTenths(grade: number): number {
  return Math.floor(grade * 10 + 1e-6) / 10;
}
