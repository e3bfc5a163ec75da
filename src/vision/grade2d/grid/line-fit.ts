import { realAt } from '#vision/grade2d/at.ts';

/** offset = start + slope · along, in modules. */
export interface Line {
  readonly start: number;
  readonly slope: number;
}

/** Points of one side of a symbol: how far along the side, and how far off its expected edge, in modules. */
export interface SidePoints {
  readonly along: Float64Array;
  /** Not a number where no edge was found. */
  readonly off: Float64Array;
  /** What each point counted for in the fit: 0..1. */
  readonly weight: Float64Array;
  /** What was seen across the side at the point that was looked at last. */
  readonly profile: Float64Array;
  count: number;
}

/** A profile across a side has fewer samples: two modules, 24 samples to each. */
const MOST_SAMPLES = 64;

export function sidePoints(most: number): SidePoints {
  const one = (): Float64Array => new Float64Array(most);
  return { along: one(), off: one(), weight: one(), profile: new Float64Array(MOST_SAMPLES), count: 0 };
}

const EXPECTED: Line = { start: 0, slope: 0 };
/** A side with fewer edges than this is not there. */
const LEAST_SHARE = 0.3;
const ROUNDS = 6;
/** Residuals below this are noise, in modules. */
const FLOOR = 0.01;
/** Tukey's c in median residuals: 4.7 standard deviations. */
const REACH = 7;

/**
 * A line through a side. Least absolute residuals first, so that dirt and gaps do not pull it; then Tukey's weights, which
 * fall smoothly: a hard cut would let the line, and with it the grade, jump when damage grows by a hair (vision.md §5.7).
 * A side that shows too few edges stays where it was expected.
 */
export function fitLine(points: SidePoints, sorted: Float64Array): Line {
  let found = 0;
  for (let i = 0; i < points.count; i += 1) {
    const seen = !Number.isNaN(realAt(points.off, i));
    points.weight[i] = seen ? 1 : 0;
    if (seen) found += 1;
  }
  if (found < LEAST_SHARE * points.count) {
    points.weight.fill(0);
    return EXPECTED;
  }
  let line = weighted(points);
  for (let round = 0; round < ROUNDS; round += 1) {
    weighAbsolute(points, line);
    line = weighted(points);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    weighTukey(points, line, REACH * (medianResidual(points, line, sorted) + FLOOR));
    line = weighted(points);
  }
  return Number.isFinite(line.start + line.slope) ? line : EXPECTED;
}

/** How far a point lies off a line. */
export function residual(points: SidePoints, line: Line, i: number): number {
  return realAt(points.off, i) - line.start - line.slope * realAt(points.along, i);
}

function weighted({ along, off, weight, count }: SidePoints): Line {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  for (let i = 0; i < count; i += 1) {
    const w = realAt(weight, i);
    if (w === 0) continue;
    const x = realAt(along, i);
    const y = realAt(off, i);
    sum += w;
    sumX += w * x;
    sumY += w * y;
    sumXX += w * x * x;
    sumXY += w * x * y;
  }
  const spread = sum * sumXX - sumX * sumX;
  if (!(spread > 1e-9)) return { start: sumY / sum, slope: 0 };
  const slope = (sum * sumXY - sumX * sumY) / spread;
  return { start: (sumY - slope * sumX) / sum, slope };
}

function weighAbsolute(points: SidePoints, line: Line): void {
  for (let i = 0; i < points.count; i += 1) {
    const far = Math.abs(residual(points, line, i));
    points.weight[i] = Number.isNaN(far) ? 0 : FLOOR / Math.max(FLOOR, far);
  }
}

function weighTukey(points: SidePoints, line: Line, reach: number): void {
  for (let i = 0; i < points.count; i += 1) {
    const share = residual(points, line, i) / reach;
    const rest = 1 - share * share;
    points.weight[i] = rest > 0 ? rest * rest : 0;
  }
}

function medianResidual(points: SidePoints, line: Line, sorted: Float64Array): number {
  let found = 0;
  for (let i = 0; i < points.count; i += 1) {
    const far = Math.abs(residual(points, line, i));
    if (Number.isNaN(far)) continue;
    sorted[found] = far;
    found += 1;
  }
  sorted.subarray(0, found).sort();
  return realAt(sorted, found >> 1);
}
