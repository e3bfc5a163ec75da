import type { GradingProfile } from '#vision/grade2d/profile.ts';
import { GAIN_ONE } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

/** A frame seen as reflectance 0..1: lamp, dark level and card taken out as far as the profile knows them. */
export interface Light {
  readonly image: GreyImage;
  /** Reflectance of a grey level, of which the flat field has already been taken out. */
  readonly level: Float32Array;
  readonly dark: number;
  readonly gain: Uint16Array | undefined;
}

const LEVELS = 256;

/** A flat field of another frame size belongs to another camera setting and is left out. */
export function lightOf(image: GreyImage, profile: GradingProfile): Light {
  const field = profile.flatField;
  const fits = field !== undefined && field.width === image.width && field.height === image.height;
  return { image, level: levelsOf(profile), dark: fits ? field.dark : 0, gain: fits ? field.gain : undefined };
}

function levelsOf({ reflectance, inverted }: GradingProfile): Float32Array {
  const { black, white, card } = reflectance ?? { black: 0, white: LEVELS - 1, card: 1 };
  const range = Math.max(1, white - black);
  const level = new Float32Array(LEVELS);
  for (let grey = 0; grey < LEVELS; grey += 1) {
    const seen = Math.min(1, Math.max(0, ((grey - black) / range) * card));
    level[grey] = inverted === true ? 1 - seen : seen;
  }
  return level;
}

/** A straight row of samples: the first, and the way from one to the next, in frame pixels. */
export interface Ray {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly count: number;
}

/** Reflectance along a ray, interpolated between pixel centres; NaN outside the frame. */
export function sampleRay(light: Light, ray: Ray, out: Float32Array): void {
  const { width, height } = light.image;
  for (let at = 0; at < ray.count; at += 1) {
    const x = ray.x + ray.dx * at;
    const y = ray.y + ray.dy * at;
    const isInside = x >= 0.5 && y >= 0.5 && x < width - 0.5 && y < height - 0.5;
    if (isInside && light.gain === undefined) out[at] = amid(light, x - 0.5, y - 0.5);
    else out[at] = x >= 0 && y >= 0 && x <= width && y <= height ? between(light, x - 0.5, y - 0.5) : Number.NaN;
  }
}

/** The usual case: four neighbours in the frame, and no flat field. */
function amid({ image: { pixels, stride }, level }: Light, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = x - left;
  const at = top * stride + left;
  const upper = grey(level, pixels, at) * (1 - fx) + grey(level, pixels, at + 1) * fx;
  const lower = grey(level, pixels, at + stride) * (1 - fx) + grey(level, pixels, at + stride + 1) * fx;
  return upper + (lower - upper) * (y - top);
}

function grey(level: Float32Array, pixels: Uint8Array, at: number): number {
  return level[pixels[at] ?? 0] ?? 0;
}

function between(light: Light, x: number, y: number): number {
  const { width, height } = light.image;
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const fx = Math.min(1, Math.max(0, x - left));
  const fy = Math.min(1, Math.max(0, y - top));
  const upper = pixel(light, left, top) * (1 - fx) + pixel(light, right, top) * fx;
  const lower = pixel(light, left, bottom) * (1 - fx) + pixel(light, right, bottom) * fx;
  return upper * (1 - fy) + lower * fy;
}

function pixel({ image, level, dark, gain }: Light, x: number, y: number): number {
  const grey = image.pixels[y * image.stride + x] ?? 0;
  if (gain === undefined) return level[grey] ?? 0;
  const even = ((grey - dark) * (gain[y * image.width + x] ?? GAIN_ONE)) / GAIN_ONE;
  return level[Math.min(LEVELS - 1, Math.max(0, Math.round(even)))] ?? 0;
}
