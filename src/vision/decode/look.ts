import type { Window } from '#contract/camera-job.ts';
import type { GreyImage } from '#vision/image.ts';

/** What a window looks like to somebody who cannot read: enough to choose the next attempt. */
export interface Look {
  /** Grey levels between its dark and its light parts, noise taken out. */
  readonly spread: number;
  /** Noise, in grey levels: how far pixels are off their neighbours where nothing is printed. */
  readonly grain: number;
}

/** So many places a side are looked at. */
const SIDE = 48;
/** What is lighter or darker than these shares of the places is left out: glare, dirt. */
const TAIL = 0.03;
/** Edges of print are off their neighbours, too; this share of places surely has none. */
const CALM = 0.3;

/** Looks at a window that lies within the image. */
export function lookAt(image: GreyImage, window: Window): Look {
  const [stepX, stepY] = [Math.max(1, (window.width - 2) / SIDE), Math.max(1, (window.height - 2) / SIDE)];
  const means = new Float32Array((SIDE + 2) ** 2);
  const offs = new Float32Array(means.length);
  let count = 0;
  for (let y = 1; y < window.height - 1; y += stepY) {
    for (let x = 1; x < window.width - 1; x += stepX) {
      const at = (window.y + Math.floor(y)) * image.stride + window.x + Math.floor(x);
      const mean = meanAround(image, at);
      means[count] = mean;
      offs[count] = Math.abs((image.pixels[at] ?? 0) - mean);
      count += 1;
    }
  }
  const [levels, noise] = [means.subarray(0, count).sort(), offs.subarray(0, count).sort()];
  const at = (values: Float32Array, share: number): number => values[Math.floor((count - 1) * share)] ?? 0;
  return { spread: at(levels, 1 - TAIL) - at(levels, TAIL), grain: at(noise, CALM) };
}

function meanAround({ pixels, stride }: GreyImage, at: number): number {
  let sum = 0;
  for (let row = at - stride; row <= at + stride; row += stride) {
    sum += (pixels[row - 1] ?? 0) + (pixels[row] ?? 0) + (pixels[row + 1] ?? 0);
  }
  return sum / 9;
}
