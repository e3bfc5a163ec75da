import type { Edition } from '#contract/camera-job.ts';
import type { Graded } from '#contract/inspection.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { gradeOf, LIMITS, levelsOf } from '#vision/grade2d/limits.ts';

/** How a block is graded: by which edition, and what share of its correction so many errors leave unused. */
export interface Capacity {
  readonly edition: Edition;
  readonly unused: (errors: number) => number;
}

/**
 * The grade of a symbol whose words are of uneven quality: what error correction can repair does not count. At each grade
 * the words below it are taken for errors; the best grade that the correction left over still carries is the block's, the
 * worst block is the symbol's (vision.md §5.2). The value is the lowest of the words that counted. `blocks`: what each
 * block's words are worth; they are sorted here.
 */
export function overlay(blocks: Iterable<Float64Array>, capacity: Capacity): Graded {
  let worst: Graded = { value: 1, grade: 4 };
  for (const block of blocks) {
    const graded = overlayBlock(block, capacity);
    if (graded.grade < worst.grade || (graded.grade === worst.grade && graded.value < worst.value)) worst = graded;
  }
  return worst;
}

function overlayBlock(own: Float64Array, { edition, unused }: Capacity): Graded {
  const sorted = own.sort();
  const grades = Array.from(sorted, (value) => gradeOf(edition, LIMITS.modulation, value));
  let best: Graded = { value: realAt(sorted, 0), grade: 0 };
  for (const level of levelsOf(edition)) {
    if (level <= best.grade) break;
    const bad = countBelow(grades, level);
    const grade = Math.min(level, gradeOf(edition, LIMITS.unusedCorrection, unused(bad)));
    if (grade > best.grade) best = { value: realAt(sorted, Math.min(bad, sorted.length - 1)), grade };
  }
  return best;
}

/** Grades rise: how many stand below a level. */
function countBelow(grades: readonly number[], level: number): number {
  let count = 0;
  while (count < grades.length && (grades[count] ?? 0) < level) count += 1;
  return count;
}
