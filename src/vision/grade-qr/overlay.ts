import type { Edition } from '#contract/camera-job.ts';
import type { Graded } from '#contract/inspection.ts';
import { byteAt, intAt } from '#vision/ecc200/at.ts';
import { wordPlaces } from '#vision/grade-qr/codewords.ts';
import { withQuiet } from '#vision/grade-qr/grid.ts';
import { qrLayout } from '#vision/grade-qr/layout.ts';
import { modulationOf, type QrSamples } from '#vision/grade-qr/samples.ts';
import type { QrBlocks } from '#vision/grade-qr/sizes.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { overlay } from '#vision/reed-solomon/overlay.ts';

/** What each data module is worth: how it is, or how it is for its right colour. */
type Worth = (place: number, module: number) => number;

/** Modulation of all words: how far each module is from the threshold, whichever side it is on. */
export function modulationGrade(samples: QrSamples, blocks: QrBlocks, edition: Edition): Graded {
  return wordOverlay(blocks, edition, (place) => Math.abs(modulationOf(samples, place, false)));
}

/** Reflectance margin: as modulation, but nothing on the wrong side. */
export function marginGrade(
  { samples, colours }: { readonly samples: QrSamples; readonly colours: Uint8Array },
  blocks: QrBlocks,
  edition: Edition,
): Graded {
  return wordOverlay(blocks, edition, (place, module) =>
    Math.max(0, modulationOf(samples, place, byteAt(colours, module) === 1)),
  );
}

/** Share of a block's correction that its errors leave unused; words kept back repair nothing. */
export function unusedShare({ checks, reserved }: QrBlocks, errors: number): number {
  return 1 - (2 * errors) / (checks - reserved);
}

function wordOverlay(blocks: QrBlocks, edition: Edition, worth: Worth): Graded {
  const words = wordValues(blocks, worth);
  const own = wordPlaces(blocks).map((places) => Float64Array.from(places, (place) => realAt(words, place)));
  return overlay(own, { edition, unused: (errors) => unusedShare(blocks, errors) });
}

/** The worst module of each word. */
function wordValues({ version, words }: QrBlocks, worth: Worth): Float64Array {
  const { side, bits } = qrLayout(version);
  const values = new Float64Array(words).fill(1);
  for (let bit = 0; bit < words * 8; bit += 1) {
    const module = intAt(bits, bit);
    const value = worth(withQuiet(side, Math.floor(module / side), module % side), module);
    if (value < realAt(values, bit >> 3)) values[bit >> 3] = value;
  }
  return values;
}
