/** The usual places of a distribution of times, in milliseconds. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** The share-th value of sorted values, 0..1; 0 where there are none. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Exact, from all values: a few hundred thousand of them sort in milliseconds. */
export function spreadOf(values: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => percentile(sorted, share);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const DRAWS = 2000;

/** A 95 % interval of the median: as many rounds as there are, drawn again with replacement, 2 000 times. */
export function medianInterval(values: readonly number[], random: () => number = Math.random): [number, number] {
  const medians = Array.from({ length: DRAWS }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN)),
  ).sort((a, b) => a - b);
  return [percentile(medians, 0.025), percentile(medians, 0.975)];
}
