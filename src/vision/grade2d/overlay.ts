import type { Edition } from '#contract/camera-job.ts';
import type { Graded } from '#contract/inspection.ts';
import { intAt } from '#vision/ecc200/at.ts';
import { blockOf, type Interleave } from '#vision/ecc200/codewords.ts';
import { layoutOf } from '#vision/ecc200/layout.ts';
import type { Ecc200Size } from '#vision/ecc200/sizes.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { gradeOf, LIMITS, levelsOf } from '#vision/grade2d/limits.ts';

/** What every module is worth, row by row: modulation, or reflectance margin. */
export type ModuleValues = Float64Array;

/** How a symbol's words are dealt to blocks, and by which edition they are graded. */
export interface Words {
  readonly size: Ecc200Size;
  readonly interleave: Interleave;
  readonly edition: Edition;
}

/**
 * The grade of a symbol whose codewords are of uneven quality: what error correction can repair does not count. At each
 * grade the words below it are taken for errors; the best grade that the correction left over still carries is the
 * block's, the worst block is the symbol's (vision.md §5.2). A word is worth what its worst module is worth. The value is
 * the lowest of the words that counted.
 */
export function overlay(values: ModuleValues, words: Words): Graded {
  const { size } = words;
  const worth = wordValues(values, size);
  let worst: Graded = { value: 1, grade: 4 };
  for (let block = 0; block < size.blocks; block += 1) {
    const own = worth.filter((_value, word) => blockOf(size, word, words.interleave) === block);
    const graded = overlayBlock(own, words);
    if (graded.grade < worst.grade || (graded.grade === worst.grade && graded.value < worst.value)) worst = graded;
  }
  return worst;
}

/** The worst module of each codeword. */
function wordValues(values: ModuleValues, size: Ecc200Size): Float64Array {
  const { modules } = layoutOf(size);
  const worth = new Float64Array(size.data + size.ec).fill(Number.POSITIVE_INFINITY);
  for (let bit = 0; bit < modules.length; bit += 1) {
    const value = realAt(values, intAt(modules, bit));
    if (!(value >= realAt(worth, bit >> 3))) worth[bit >> 3] = value;
  }
  return worth;
}

function overlayBlock(own: Float64Array, { size, edition }: Words): Graded {
  const checks = size.ec / size.blocks;
  const sorted = own.sort();
  const grades = Array.from(sorted, (value) => gradeOf(edition, LIMITS.modulation, value));
  let best: Graded = { value: realAt(sorted, 0), grade: 0 };
  for (const level of levelsOf(edition)) {
    if (level <= best.grade) break;
    const bad = countBelow(grades, level);
    const carried = gradeOf(edition, LIMITS.unusedCorrection, 1 - (2 * bad) / checks);
    const grade = Math.min(level, carried);
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
