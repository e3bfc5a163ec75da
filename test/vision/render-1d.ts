import type { Corners, Point } from '#contract/inspection.ts';
import type { Picture } from '#symbol/picture.ts';
import type { GreyImage } from '#vision/image.ts';
import { seeded } from './render.ts';

/** How a print is seen. Places are in modules of the picture; what is left out is perfect. */
export interface View {
  readonly width: number;
  readonly height: number;
  /** Pixels per module, and along the other axis where they differ. */
  readonly scale: number;
  readonly scaleY?: number;
  /** Degrees, clockwise as seen. */
  readonly angle?: number;
  /** The picture's middle in pixels; the frame's middle unless said. */
  readonly at?: Point;
  /** How much closer the right edge of the frame is: 0.1 makes it 10 % larger over the whole frame. */
  readonly keystone?: number;
  /** Dark grows by so many modules over both edges. */
  readonly growth?: { readonly x: number; readonly y: number };
  /** Reflectance of paper and ink, 0..1. */
  readonly paper?: number;
  readonly ink?: number;
  /** Gaussian, in pixels. */
  readonly blur?: number;
  /** Standard deviation in grey levels, and which noise. */
  readonly noise?: number;
  readonly seed?: number;
  /** Reflectance at a place of the print, given what it should be: spots, voids, dead nozzles. */
  readonly damage?: (u: number, v: number, reflectance: number) => number;
  /** How far the print at a place is displaced to the right, in modules: paper that is not flat. */
  readonly bulge?: (u: number, v: number) => number;
  /** Light at a pixel, 1 as it should be. */
  readonly lamp?: (x: number, y: number) => number;
}

/** Sixteen samples of a pixel, no two of them in the same sixteenth of its width or height. */
const SAMPLES = 16;

/** A picture as a camera sees it: area-sampled, blurred, noisy, 8 bits. Shares no code with what is tested. */
export function renderView(picture: Picture, view: View): GreyImage {
  const { width, height } = view;
  const light = exposed(picture, view);
  const seen = view.blur === undefined ? light : blurred(light, width, height, view.blur);
  const random = gaussian(view.seed ?? 1);
  const noise = view.noise ?? 0;
  const pixels = Uint8Array.from(seen, (value) => {
    const grey = Math.round(value * 255 + (noise > 0 ? random() * noise : 0));
    return Math.min(255, Math.max(0, grey));
  });
  return { pixels, width, height, stride: width };
}

function exposed(picture: Picture, view: View): Float64Array {
  const { width, height, lamp } = view;
  const seen = observer(picture, view);
  const light = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        sum += seen(x + (sample + 0.5) / SAMPLES, y + (((sample * 7) % SAMPLES) + 0.5) / SAMPLES);
      }
      light[y * width + x] = (sum / SAMPLES) * (lamp === undefined ? 1 : lamp(x, y));
    }
  }
  return light;
}

/** Reflectance of the print that is seen at a place of the frame. */
function observer(picture: Picture, view: View): (x: number, y: number) => number {
  const { paper = 0.9, ink = 0.1, damage, bulge } = view;
  const print = printer(picture, view.growth);
  const toPrint = inverseOf(picture, view);
  const at = { u: 0, v: 0 };
  return (x, y) => {
    toPrint(x, y, at);
    if (bulge !== undefined) at.u -= bulge(at.u, at.v);
    const seen = print(at.u, at.v) ? ink : paper;
    return damage === undefined ? seen : damage(at.u, at.v, seen);
  };
}

/** Whether there is ink at a place of the print. */
function printer(picture: Picture, growth: View['growth']): (u: number, v: number) => boolean {
  const { width, height, modules } = picture;
  const dark = (u: number, v: number): boolean =>
    u >= 0 && v >= 0 && u < width && v < height && modules[Math.floor(v) * width + Math.floor(u)] === 1;
  if (growth === undefined) return dark;
  const [dx, dy] = [growth.x / 2, growth.y / 2];
  const grows = dx + dy > 0;
  return (u, v) => {
    for (let i = -1; i <= 1; i += 1) {
      for (let j = -1; j <= 1; j += 1) if (dark(u + i * dx, v + j * dy) === grows) return grows;
    }
    return !grows;
  };
}

/** Where a place of the print is seen. */
export function placer(picture: Picture, view: View): (u: number, v: number) => Point {
  const [cos, sin] = turn(view);
  const [cx, cy] = view.at ?? [view.width / 2, view.height / 2];
  const sy = view.scaleY ?? view.scale;
  return (u, v) => {
    const [a, b] = [(u - picture.width / 2) * view.scale, (v - picture.height / 2) * sy];
    const [x, y] = [a * cos - b * sin, a * sin + b * cos];
    const w = 1 - ((view.keystone ?? 0) * x) / view.width;
    return [cx + x / w, cy + y / w];
  };
}

type ToPrint = (x: number, y: number, into: { u: number; v: number }) => void;

function inverseOf(picture: Picture, view: View): ToPrint {
  const [cos, sin] = turn(view);
  const [cx, cy] = view.at ?? [view.width / 2, view.height / 2];
  const { scale, scaleY = scale } = view;
  const k = (view.keystone ?? 0) / view.width;
  return (px, py, into) => {
    const w = 1 / (1 + k * (px - cx));
    const x = (px - cx) * w;
    const y = (py - cy) * w;
    into.u = (x * cos + y * sin) / scale + picture.width / 2;
    into.v = (y * cos - x * sin) / scaleY + picture.height / 2;
  };
}

function turn({ angle = 0 }: View): readonly [number, number] {
  return [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
}

/** The picture's corners in the frame. */
export function cornersIn(picture: Picture, view: View): Corners {
  const at = placer(picture, view);
  const { width, height } = picture;
  return [at(0, 0), at(width, 0), at(width, height), at(0, height)];
}

/** What a reader says of a linear code: a horizontal line across the bars, two pixels high, in whole pixels. */
export function readersLine(picture: Picture, view: View): Corners {
  const at = placer(picture, view);
  const [, y] = at(picture.width / 2, picture.height / 2);
  const crossing = (u: number): number => {
    let [low, high] = [-2 * picture.height, 3 * picture.height];
    for (let round = 0; round < 60; round += 1) {
      const middle = (low + high) / 2;
      if (at(u, middle)[1] < y) low = middle;
      else high = middle;
    }
    return Math.round(at(u, low)[0]) + 0.5;
  };
  const [left, right] = [crossing(0), crossing(picture.width)];
  const row = Math.floor(y) + 0.5;
  return [
    [left, row],
    [right, row],
    [right, row + 2],
    [left, row + 2],
  ];
}

function blurred(light: Float64Array, width: number, height: number, sigma: number): Float64Array {
  if (sigma <= 0) return light;
  const reach = Math.ceil(sigma * 4);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const across = convolved(light, { width, height, step: 1, limit: width }, kernel, sum);
  return convolved(across, { width, height, step: width, limit: height }, kernel, sum);
}

function convolved(
  from: Float64Array,
  { width, height, step, limit }: { width: number; height: number; step: number; limit: number },
  kernel: readonly number[],
  sum: number,
): Float64Array {
  const to = new Float64Array(from.length);
  const reach = (kernel.length - 1) / 2;
  for (let at = 0; at < width * height; at += 1) {
    const place = step === 1 ? at % width : Math.floor(at / width);
    let total = 0;
    for (let k = -reach; k <= reach; k += 1) {
      const other = Math.min(limit - 1, Math.max(0, place + k));
      total += (kernel[k + reach] ?? 0) * (from[at + (other - place) * step] ?? 0);
    }
    to[at] = total / sum;
  }
  return to;
}

function gaussian(seed: number): () => number {
  const random = seeded(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
