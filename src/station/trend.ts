import type { Trend } from '#contract/snapshot.ts';
import { ratePerMinuteOf, takeGradeSample } from '#line/figures.ts';
import type { Instant } from '#line/time.ts';
import type { Floor } from '#station/floor.ts';

/** Ten minutes at one sample in two seconds. */
const SAMPLES = 300;

/** The trend with one more sample; the oldest makes room. */
export function sampleTrend(floor: Floor, before: Trend | undefined, now: Instant): Trend {
  const { figures } = floor.line;
  const judged = figures.passed + figures.failed;
  const push = <T>(column: readonly T[] | undefined, value: T): T[] => [...(column ?? []), value].slice(-SAMPLES);
  return {
    at: push(before?.at, now),
    ratePerMinute: push(before?.ratePerMinute, ratePerMinuteOf(figures, performance.now()) ?? null),
    rejectsPercent: push(before?.rejectsPercent, judged === 0 ? null : (figures.failed / judged) * 100),
    grade: push(before?.grade, takeGradeSample(figures) ?? null),
  };
}
