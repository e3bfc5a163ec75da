import type { Instant, Millis } from '#line/time.ts';
import type { Reason } from '#line/verdict.ts';

/** One of the last rejects, with what makes a plain sentence. */
export interface RejectedItem {
  readonly seq: number;
  readonly at: Instant;
  readonly reason: Reason;
  readonly serial?: string;
  readonly read?: string;
  readonly expected?: string;
}

const WINDOW = 200;
const LAST_REJECTS = 12;
const TIMES = 512;
/** The first items, however close together, say nothing yet of a minute. */
const SOONEST: Millis = 1_000;

/** Running figures of a run: what the screens show. Constant memory whatever the run's length. */
export interface Figures {
  passed: number;
  failed: number;
  diverted: number;
  notices: number;
  /** Items by letter A, B, C, D, F, ungraded. */
  readonly grades: [number, number, number, number, number, number];
  readonly rejects: Map<Reason, number>;
  readonly lastRejects: RejectedItem[];
  rejectSeq: number;
  /** Ring of the last 200 items: 1 = read, 0 = not. */
  readonly reads: Uint8Array;
  /** Ring of the times of the last items, on a monotonic clock. */
  readonly times: Float64Array;
  seen: number;
  /** Sum and number of the grades since the last trend sample, tenths. */
  gradeSum: number;
  graded: number;
}

export function emptyFigures(): Figures {
  return {
    passed: 0,
    failed: 0,
    diverted: 0,
    notices: 0,
    grades: [0, 0, 0, 0, 0, 0],
    rejects: new Map(),
    lastRejects: [],
    rejectSeq: 0,
    reads: new Uint8Array(WINDOW),
    times: new Float64Array(TIMES),
    seen: 0,
    gradeSum: 0,
    graded: 0,
  };
}

/** Counts an item that was judged. `at` is monotonic; `grade` in tenths, undefined where the reader gave none. */
export function countItem(
  figures: Figures,
  at: Millis,
  wasRead: boolean,
  passed: boolean,
  grade: number | undefined,
): void {
  figures.reads[figures.seen % WINDOW] = wasRead ? 1 : 0;
  figures.times[figures.seen % TIMES] = at;
  figures.seen += 1;
  if (passed) figures.passed += 1;
  else figures.failed += 1;
  const letter = letterOf(grade);
  figures.grades[letter] = (figures.grades[letter] ?? 0) + 1;
  if (grade !== undefined) {
    figures.gradeSum += grade;
    figures.graded += 1;
  }
}

/** ISO/IEC 15415 letters over the numeric grade in tenths: A from 3.5, B 2.5, C 1.5, D 0.5; index into `grades`. */
function letterOf(grade: number | undefined): 0 | 1 | 2 | 3 | 4 | 5 {
  if (grade === undefined) return 5;
  if (grade >= 35) return 0;
  if (grade >= 25) return 1;
  if (grade >= 15) return 2;
  return grade >= 5 ? 3 : 4;
}

/** Counts a reject and keeps it among the last ones, newest first. */
export function countReject(figures: Figures, reject: Omit<RejectedItem, 'seq'>): void {
  figures.rejects.set(reject.reason, (figures.rejects.get(reject.reason) ?? 0) + 1);
  figures.rejectSeq += 1;
  figures.lastRejects.unshift({ ...reject, seq: figures.rejectSeq });
  if (figures.lastRejects.length > LAST_REJECTS) figures.lastRejects.pop();
}

/** Share of the last 200 items that were read, 0..1; undefined before the first. */
export function readRateOf(figures: Figures): number | undefined {
  const held = Math.min(figures.seen, WINDOW);
  if (held === 0) return undefined;
  let read = 0;
  for (let at = 0; at < held; at += 1) read += figures.reads[at] ?? 0;
  return read / held;
}

/** Good at the first pass out of all that were judged, 0..1 (KPI-L2); undefined before the first. */
export function firstPassYieldOf(figures: Figures): number | undefined {
  const judged = figures.passed + figures.failed;
  return judged === 0 ? undefined : figures.passed / judged;
}

/**
 * Items per minute over the last `window` milliseconds before `now`, on the monotonic clock; undefined while nothing moved
 * in it.
 */
export function ratePerMinuteOf(figures: Figures, now: Millis, window: Millis = 20_000): number | undefined {
  let items = 0;
  let oldest = now;
  const held = Math.min(figures.seen, TIMES);
  for (let back = 1; back <= held; back += 1) {
    const at = figures.times[(figures.seen - back) % TIMES] ?? 0;
    if (at < now - window) break;
    items += 1;
    oldest = at;
  }
  if (items < 2) return undefined;
  // Until the window is full, or when the ring is shorter than it, the span is what the ring holds.
  const least = held < TIMES ? SOONEST : 1;
  const span = items === held ? Math.max(now - oldest, least) : window;
  return (items * 60_000) / span;
}

/** The mean grade (0..4) since the last call, or undefined; starts the next sample. */
export function takeGradeSample(figures: Figures): number | undefined {
  const mean = figures.graded === 0 ? undefined : figures.gradeSum / figures.graded / 10;
  figures.gradeSum = 0;
  figures.graded = 0;
  return mean;
}
