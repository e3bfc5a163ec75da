const KEPT = 100_000;

/** Times from a signal to the verdict it caused leaving the station, in milliseconds: the last 100 000 of them. */
export interface Latencies {
  add(milliseconds: number): void;
  /** Percentiles of what is kept; undefined before the first. */
  read():
    | { readonly count: number; readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number }
    | undefined;
}

export function latencies(): Latencies {
  const kept = new Float64Array(KEPT);
  let count = 0;
  return {
    add(milliseconds) {
      kept[count % KEPT] = milliseconds;
      count += 1;
    },
    read() {
      if (count === 0) return undefined;
      const sorted = kept.slice(0, Math.min(count, KEPT)).sort();
      const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
    },
  };
}
