import type { Window } from '#contract/camera-job.ts';
import type { GreyImage } from '#vision/image.ts';

/** A window drawn anew for the decoder, and how many times larger. */
export interface Enhanced {
  readonly image: GreyImage;
  readonly scale: number;
}

/** Draws windows anew in memory of its own; each result is good until the next. */
export interface Enhancer {
  /** Noise and dots run together, and what contrast there is becomes full contrast. */
  calmed(image: GreyImage, window: Window): Enhanced;
  /** Twice as large, for modules of few pixels. */
  enlarged(image: GreyImage, window: Window): Enhanced;
}

export function createEnhancer(): Enhancer {
  let [rough, fine] = [new Uint16Array(0), new Uint16Array(0)];
  let pixels = new Uint8Array(0);
  const reserve = (size: number): void => {
    if (pixels.length >= size) return;
    [rough, fine, pixels] = [new Uint16Array(size), new Uint16Array(size), new Uint8Array(size)];
  };
  return {
    calmed(image, window) {
      const { width, height } = window;
      reserve(width * height);
      lift(image, window, rough);
      for (let round = 0; round < 2; round += 1) {
        smoothRows(rough, fine, window);
        smoothColumns(fine, rough, window);
      }
      stretch(rough.subarray(0, width * height), pixels);
      return { image: { pixels, width, height, stride: width }, scale: 1 };
    },
    enlarged(image, window) {
      const [width, height] = [2 * window.width - 2, 2 * window.height - 2];
      reserve(Math.max(0, width * height));
      enlarge(image, window, pixels);
      return { image: { pixels, width, height, stride: width }, scale: 2 };
    },
  };
}

/** Fixed point: sixteen steps to a grey level. */
const STEPS = 16;

function lift({ pixels, stride }: GreyImage, { x, y, width, height }: Window, into: Uint16Array): void {
  for (let row = 0; row < height; row += 1) {
    const from = (y + row) * stride + x;
    for (let column = 0; column < width; column += 1) into[row * width + column] = (pixels[from + column] ?? 0) * STEPS;
  }
}

/** Means of three; at the ends, of the two there are. */
function smoothRows(from: Uint16Array, into: Uint16Array, { width, height }: Window): void {
  for (let row = 0; row < height; row += 1) {
    const first = row * width;
    const last = first + width - 1;
    for (let at = first + 1; at < last; at += 1) {
      into[at] = ((from[at - 1] ?? 0) + (from[at] ?? 0) + (from[at + 1] ?? 0)) / 3;
    }
    into[first] = ((from[first] ?? 0) + (from[Math.min(first + 1, last)] ?? 0)) / 2;
    into[last] = ((from[last] ?? 0) + (from[Math.max(last - 1, first)] ?? 0)) / 2;
  }
}

function smoothColumns(from: Uint16Array, into: Uint16Array, { width, height }: Window): void {
  for (let row = 0; row < height; row += 1) {
    const above = Math.max(0, row - 1) * width;
    const below = Math.min(height - 1, row + 1) * width;
    for (let column = 0; column < width; column += 1) {
      const sum = (from[above + column] ?? 0) + (from[row * width + column] ?? 0) + (from[below + column] ?? 0);
      into[row * width + column] = sum / 3;
    }
  }
}

/** The darkest and lightest hundredth are taken for black and white. */
const TAIL = 0.01;

function stretch(levels: Uint16Array, into: Uint8Array): void {
  const counts = new Uint32Array(256 * STEPS);
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1;
  const low = rank(counts, levels.length * TAIL);
  const high = Math.max(low + 1, rank(counts, levels.length * (1 - TAIL)));
  const factor = 255 / (high - low);
  for (let at = 0; at < levels.length; at += 1) {
    into[at] = Math.max(0, Math.min(255, ((levels[at] ?? 0) - low) * factor));
  }
}

function rank(counts: Uint32Array, wanted: number): number {
  let sum = 0;
  for (let level = 0; level < counts.length; level += 1) {
    sum += counts[level] ?? 0;
    if (sum > wanted) return level;
  }
  return counts.length - 1;
}

/** Bilinear; new pixels lie a quarter to both sides of the middles between old ones. */
function enlarge({ pixels, stride }: GreyImage, { x, y, width, height }: Window, into: Uint8Array): void {
  let to = 0;
  for (let row = 0; row < 2 * height - 2; row += 1) {
    const from = (y + (row >> 1)) * stride + x;
    const v = row & 1 ? 0.75 : 0.25;
    for (let column = 0; column < 2 * width - 2; column += 1) {
      const at = from + (column >> 1);
      const u = column & 1 ? 0.75 : 0.25;
      const above = (pixels[at] ?? 0) * (1 - u) + (pixels[at + 1] ?? 0) * u;
      const below = (pixels[at + stride] ?? 0) * (1 - u) + (pixels[at + stride + 1] ?? 0) * u;
      into[to] = above * (1 - v) + below * v;
      to += 1;
    }
  }
}
