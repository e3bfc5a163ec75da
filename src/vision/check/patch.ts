import type { Window } from '#contract/camera-job.ts';
import type { GreyImage } from '#vision/image.ts';

/** Grey levels of a part of a frame: their mean, and what 5 % are darker, or lighter, than. */
export interface Patch {
  readonly mean: number;
  readonly dark: number;
  readonly light: number;
}

const PART = 0.05;

/** Grey levels inside a window, without those inside `hole`; undefined when none of them lies in the frame. */
export function patchOf(image: GreyImage, window: Window, hole?: Window): Patch | undefined {
  const histogram = new Uint32Array(256);
  const outer = pixelsOf(image, window);
  const inner = hole === undefined ? undefined : pixelsOf(image, hole);
  let count = 0;
  let sum = 0;
  for (let y = outer.top; y < outer.bottom; y += 1) {
    const isHoleRow = inner !== undefined && y >= inner.top && y < inner.bottom;
    for (let x = outer.left; x < outer.right; x += 1) {
      if (isHoleRow && x >= inner.left && x < inner.right) continue;
      const grey = image.pixels[y * image.stride + x] ?? 0;
      histogram[grey] = (histogram[grey] ?? 0) + 1;
      count += 1;
      sum += grey;
    }
  }
  if (count === 0) return undefined;
  return { mean: sum / count, dark: rank(histogram, count * PART), light: rank(histogram, count * (1 - PART)) };
}

/** The whole pixels of a window that lie in the frame. */
export function pixelsOf({ width, height }: GreyImage, window: Window) {
  return {
    left: Math.max(0, Math.round(window.x)),
    top: Math.max(0, Math.round(window.y)),
    right: Math.min(width, Math.round(window.x + window.width)),
    bottom: Math.min(height, Math.round(window.y + window.height)),
  };
}

function rank(histogram: Uint32Array, place: number): number {
  let below = 0;
  for (let grey = 0; grey < 256; grey += 1) {
    below += histogram[grey] ?? 0;
    if (below > place) return grey;
  }
  return 255;
}
