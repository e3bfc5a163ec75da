import { type FlatField, GAIN_ONE } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

/** Frames of a matte card, added up. */
export interface CardFrames {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly sum: Float32Array;
  /** Share of saturated pixels in the worst frame. */
  readonly saturated: number;
}

/** What is asked of a flat field (vision.md §8). None of these values has been measured on a line yet. */
export const FLAT_FIELD_LIMITS = {
  edition: 'linewright 1',
  source: 'vision.md §8, starting values',
  verified: false,
  frames: 16,
  /** Grey levels from which a pixel is saturated, and how many of a frame's may be. */
  saturation: 255,
  saturatedShare: 0.01,
  /** Gains beyond these are not light but dirt, or a frame's corner without light. */
  least: 0.5,
  most: 2,
  /** Light below this level over the dark one is no light. */
  light: 30,
  /** A card on which gains differ more than this within a step is no plain card. */
  roughness: 0.1,
} as const;

/** The first frame of a card, or another one; undefined when its size is another. */
export function addFrame(frames: CardFrames | undefined, image: GreyImage): CardFrames | undefined {
  const { width, height } = image;
  if (frames !== undefined && (frames.width !== width || frames.height !== height)) return undefined;
  const sum = frames === undefined ? new Float32Array(width * height) : frames.sum.slice();
  let saturated = 0;
  for (let at = 0; at < sum.length; at += 1) {
    const grey = image.pixels[Math.floor(at / width) * image.stride + (at % width)] ?? 0;
    if (grey >= FLAT_FIELD_LIMITS.saturation) saturated += 1;
    sum[at] = (sum[at] ?? 0) + grey;
  }
  const share = saturated / Math.max(1, sum.length);
  return { width, height, sum, count: (frames?.count ?? 0) + 1, saturated: Math.max(frames?.saturated ?? 0, share) };
}

/** Gains at the crossings of a grid. */
export interface Gains {
  readonly width: number;
  readonly height: number;
  readonly step: number;
  readonly dark: number;
  readonly gains: Uint16Array;
}

export type LearntGains =
  /** `level`: the card's usual level over the dark one. */
  | { readonly kind: 'learnt'; readonly gains: Gains; readonly level: number }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Learns how the frame is lit: gain = median(F − D) / (F − D), low-passed over squares of two steps. `dark`: mean grey
 * level of a frame without light. `step`: several modules, so that no print could ever be learnt away.
 */
export function learnGains(frames: CardFrames, dark: number, step: number): LearntGains {
  const limits = FLAT_FIELD_LIMITS;
  if (frames.saturated > limits.saturatedShare) {
    return refused(`${percent(frames.saturated)} of the pixels are saturated; lower the exposure or the light`);
  }
  if (frames.count < limits.frames) return refused(`${frames.count} frames are too few; ${limits.frames} are needed`);
  const light = lowPassed(frames, step);
  const level = median(light) - dark;
  if (level < limits.light)
    return refused(`the card is only ${level.toFixed(0)} grey levels above dark; there is no light`);
  const rough = roughness(frames, light, step);
  if (rough > limits.roughness)
    return refused(`the card is not plain: it differs by ${percent(rough)} within a few millimetres`);
  const gains = Uint16Array.from(light, (value) => {
    const gain = level / Math.max(value - dark, 1e-3);
    return Math.round(Math.min(limits.most, Math.max(limits.least, gain)) * GAIN_ONE);
  });
  return { kind: 'learnt', gains: { width: frames.width, height: frames.height, step, dark, gains }, level };
}

function refused(why: string): LearntGains {
  return { kind: 'refused', why };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** How many crossings of a grid stand along so many pixels, the last one at or beyond the end. */
export function crossingsAlong(pixels: number, step: number): number {
  return Math.ceil((pixels - 1) / step) + 1;
}

/** Mean light around each crossing, a step to either side. */
function lowPassed({ width, height, sum, count }: CardFrames, step: number): Float64Array {
  const [across, down] = [crossingsAlong(width, step), crossingsAlong(height, step)];
  const light = new Float64Array(across * down);
  for (let at = 0; at < light.length; at += 1) {
    const [x, y] = [(at % across) * step, Math.floor(at / across) * step];
    light[at] = meanIn(sum, width, {
      left: Math.min(width - 1, Math.max(0, x - step)),
      right: Math.min(width, x + step + 1),
      top: Math.min(height - 1, Math.max(0, y - step)),
      bottom: Math.min(height, y + step + 1),
    });
    light[at] = (light[at] ?? 0) / count;
  }
  return light;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function meanIn(sum: Float32Array, width: number, { left, right, top, bottom }: Box): number {
  let total = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) total += sum[y * width + x] ?? 0;
  }
  return total / Math.max(1, (right - left) * (bottom - top));
}

function median(values: Float64Array): number {
  return values.slice().sort()[values.length >> 1] ?? 0;
}

/** Mean difference between the card and its own low-pass at the crossings, as a share: print shows here, light does not. */
function roughness({ width, height, sum, count }: CardFrames, light: Float64Array, step: number): number {
  const across = crossingsAlong(width, step);
  let [total, places] = [0, 0];
  for (let y = 0; y < height; y += Math.max(1, step >> 1)) {
    for (let x = 0; x < width; x += 3) {
      const nearest = Math.round(y / step) * across + Math.round(x / step);
      const usual = light[nearest] ?? 0;
      total += Math.abs((sum[y * width + x] ?? 0) / count - usual) / Math.max(1, usual);
      places += 1;
    }
  }
  return total / Math.max(1, places);
}

/** A gain for each pixel of the frame, as the grader takes it: straight lines between the crossings. */
export function fieldOf({ width, height, step, dark, gains }: Gains): FlatField {
  const across = crossingsAlong(width, step);
  const gain = new Uint16Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(Math.floor(y / step), crossingsAlong(height, step) - 2);
    const fy = height === 1 ? 0 : y / step - row;
    for (let x = 0; x < width; x += 1) {
      const column = Math.min(Math.floor(x / step), across - 2);
      const fx = x / step - column;
      const at = row * across + column;
      const upper = (gains[at] ?? GAIN_ONE) * (1 - fx) + (gains[at + 1] ?? GAIN_ONE) * fx;
      const lower = (gains[at + across] ?? GAIN_ONE) * (1 - fx) + (gains[at + across + 1] ?? GAIN_ONE) * fx;
      gain[y * width + x] = Math.round(upper * (1 - fy) + lower * fy);
    }
  }
  return { width, height, dark, gain };
}
