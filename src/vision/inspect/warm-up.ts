import type { CameraJob } from '#contract/camera-job.ts';
import type { Inspector } from '#vision/inspect/inspector.ts';
import { type PracticeFrame, practiceFrames } from '#vision/inspect/practice-frames.ts';

export interface WarmUpOptions {
  readonly job: CameraJob;
  /** Milliseconds, with fractions. */
  readonly now: () => number;
  /** Rounds done, and the least that will be. */
  readonly progress: (done: number, of: number) => void;
}

/** So many rounds at least: below, the compiler has not looked at what runs. */
const LEAST_ROUNDS = 12;
/** A round counts as settled when it is hardly faster than those before. */
const COMPARED = 4;
const SETTLED = 0.9;
/** A machine that is busy with something else never settles. */
const MOST_ROUNDS = 60;
const MOST_MS = 8_000;

/**
 * Inspects practice frames until the time for each has settled: in a cold thread the slowest of a hundred takes ten times
 * as long as the usual one (vision.md §9.3). Answers the milliseconds of a frame by then.
 */
export function warmUp(inspector: Inspector, options: WarmUpOptions): number {
  const { job, now, progress } = options;
  const frames = practiceFrames(job);
  const times: number[] = [];
  const began = now();
  while (!isWarm(times, now() - began)) {
    times.push(round(inspector, frames, options));
    progress(Math.min(times.length, LEAST_ROUNDS), LEAST_ROUNDS);
  }
  return median(times.slice(-COMPARED)) / frames.length;
}

/** A layer of codes without a budget would be looked for all over a large frame, again and again. */
const LAYER_BUDGET = 100;

function round(inspector: Inspector, frames: readonly PracticeFrame[], { job, now }: WarmUpOptions): number {
  const budget = job.code.count === 1 ? Number.POSITIVE_INFINITY : LAYER_BUDGET;
  const began = now();
  for (const { frame, last } of frames) {
    inspector.inspect(frame, { last, known: [], isPart: false, budget });
  }
  return now() - began;
}

function isWarm(times: readonly number[], spent: number): boolean {
  if (times.length >= MOST_ROUNDS || (spent > MOST_MS && times.length > 0)) return true;
  if (times.length < LEAST_ROUNDS) return false;
  return median(times.slice(-COMPARED)) > SETTLED * median(times.slice(-2 * COMPARED, -COMPARED));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
