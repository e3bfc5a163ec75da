/** A fall or rise that is more than chance. `now`: the level of the line at the last value; `slope`: per step. */
export interface Slope {
  readonly slope: number;
  readonly now: number;
}

/** So many standard deviations of Mann and Kendall's S: eight series are asked once a second, and must not cry wolf. */
const LEAST_Z = 3.5;
const FEWEST = 12;

/**
 * The slope of a series by Theil and Sen (the median of all slopes between two values: a third of them may be wild), or
 * undefined when Mann and Kendall's test, corrected for ties, sees nothing but chance.
 */
export function significantSlope(values: readonly number[]): Slope | undefined {
  if (values.length < FEWEST) return undefined;
  const slopes: number[] = [];
  let score = 0;
  for (const [to, later] of values.entries()) {
    for (let from = 0; from < to; from += 1) {
      const rise = later - (values[from] ?? 0);
      score += Math.sign(rise);
      slopes.push(rise / (to - from));
    }
  }
  if (zOf(score, values) < LEAST_Z) return undefined;
  const slope = medianOf(slopes);
  const last = values.length - 1;
  return { slope, now: medianOf(values.map((value, at) => value + slope * (last - at))) };
}

/** |Z| of S with the variance for tied values. */
function zOf(score: number, values: readonly number[]): number {
  const n = values.length;
  const ties = new Map<number, number>();
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  const term = (count: number): number => count * (count - 1) * (2 * count + 5);
  const variance = (term(n) - [...ties.values()].reduce((sum, count) => sum + term(count), 0)) / 18;
  return variance <= 0 ? 0 : (Math.abs(score) - 1) / Math.sqrt(variance);
}

export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
