/** How the last commits went. Times in ms; group sizes in facts. */
export interface CommitStats {
  readonly commits: number;
  readonly facts: number;
  readonly commitMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly groupSize: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** Keeps the figures of the last commits, and the present rate. */
export interface CommitCounter {
  sent(facts: number): void;
  committed(ms: number): void;
  /** Facts a second over the last fifth of a second or so. */
  rate(): number;
  read(): CommitStats;
}

const KEPT = 1024;
const RATE_WINDOW_MS = 200;

export function commitStats(now: () => number = () => performance.now()): CommitCounter {
  const times = new Float64Array(KEPT);
  const sizes = new Float64Array(KEPT);
  let commits = 0;
  let groups = 0;
  let facts = 0;
  let since = now();
  let counted = 0;
  let rate = 0;
  return {
    sent(count) {
      sizes[groups % KEPT] = count;
      groups += 1;
      facts += count;
      counted += count;
      const elapsed = now() - since;
      if (elapsed < RATE_WINDOW_MS) return;
      rate = (counted * 1000) / elapsed;
      since = now();
      counted = 0;
    },
    committed(ms) {
      times[commits % KEPT] = ms;
      commits += 1;
    },
    rate: () => rate,
    read: () => ({ commits, facts, commitMs: spread(times, commits), groupSize: spread(sizes, groups) }),
  };
}

function spread(values: Float64Array, count: number): { p50: number; p99: number; max: number } {
  const sorted = values.slice(0, Math.min(count, KEPT)).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}
