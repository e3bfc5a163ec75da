import type { Edition } from '#contract/camera-job.ts';
import type { Graded } from '#contract/inspection.ts';
import { intAt } from '#vision/ecc200/at.ts';
import { blockOf, type Interleave } from '#vision/ecc200/codewords.ts';
import { layoutOf } from '#vision/ecc200/layout.ts';
import type { Ecc200Size } from '#vision/ecc200/sizes.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { overlay } from '#vision/reed-solomon/overlay.ts';

/** What every module is worth, row by row: modulation, or reflectance margin. */
export type ModuleValues = Float64Array;

/** How a symbol's words are dealt to blocks, and by which edition they are graded. */
export interface Words {
  readonly size: Ecc200Size;
  readonly interleave: Interleave;
  readonly edition: Edition;
}

/** The grade of a symbol whose codewords are of uneven quality. A word is worth what its worst module is worth. */
export function moduleOverlay(values: ModuleValues, { size, interleave, edition }: Words): Graded {
  const worth = wordValues(values, size);
  const checks = size.ec / size.blocks;
  const blocks = Array.from({ length: size.blocks }, (_none, block) =>
    worth.filter((_value, word) => blockOf(size, word, interleave) === block),
  );
  return overlay(blocks, { edition, unused: (errors) => 1 - (2 * errors) / checks });
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
