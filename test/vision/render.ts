import type { Corners } from '#contract/inspection.ts';
import type { Homography } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

/** A symbol as it should be printed: 1 is dark, row by row. */
export interface Artwork {
  readonly rows: number;
  readonly columns: number;
  readonly modules: Uint8Array;
}

/** How it is printed and seen. Everything that is left out is perfect. */
export interface Scenery {
  readonly corners: Corners;
  readonly width: number;
  readonly height: number;
  /** Print growth in modules, per axis: every edge moves by half of it. */
  readonly growth?: { readonly x: number; readonly y: number };
  /** Printed on the module raster although the symbol has nothing there, or light although it has: row, column. */
  readonly dirt?: readonly (readonly [number, number])[];
  readonly missing?: readonly (readonly [number, number])[];
  /** Bands in module rows (or columns) in which no ink is printed. */
  readonly deadRows?: readonly { readonly at: number; readonly width: number }[];
  readonly deadColumns?: readonly { readonly at: number; readonly width: number }[];
  /** A round spot, in modules. */
  readonly blob?: { readonly u: number; readonly v: number; readonly radius: number; readonly dark: boolean };
  /** Dots instead of squares, by their diameter in modules. */
  readonly dots?: number;
  /** How far each module column came out to the right, in modules. */
  readonly jitter?: (column: number) => number;
  /** Grey levels of ink and paper. */
  readonly ink?: number;
  readonly paper?: number;
  /** Light falls off from left to right: 0.6 is from 1.6 to 0.4 of the middle. */
  readonly gradient?: number;
  /** Gaussian blur, in pixels; smear: box blur along x, in pixels. */
  readonly blur?: number;
  readonly smear?: number;
  /** Standard deviation of noise in grey levels, and its seed. */
  readonly noise?: number;
  readonly seed?: number;
}

/** Where a symbol stands: its centre, pixels per module, degrees, and how much wider than high its modules are. */
export interface Placing {
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
  readonly angle?: number;
  readonly stretch?: number;
}

export function cornersAt({ rows, columns }: { rows: number; columns: number }, placing: Placing): Corners {
  const { x, y, pitch, angle = 0, stretch = 1 } = placing;
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const halfX = (columns * pitch * stretch) / 2;
  const halfY = (rows * pitch) / 2;
  const at = (dx: number, dy: number): [number, number] => [x + cos * dx - sin * dy, y + sin * dx + cos * dy];
  return [at(-halfX, -halfY), at(halfX, -halfY), at(halfX, halfY), at(-halfX, halfY)];
}

/** A symbol in the middle of a picture just large enough for it, its quiet zone and some more. */
export function framed(art: Artwork, placing: Omit<Placing, 'x' | 'y'>): Pick<Scenery, 'corners' | 'width' | 'height'> {
  const side = Math.ceil(
    Math.hypot(art.rows, art.columns * (placing.stretch ?? 1)) * placing.pitch + 8 * placing.pitch,
  );
  const straight = (placing.angle ?? 0) % 90 === 0 && art.rows === art.columns;
  const length = straight ? Math.ceil((art.columns * (placing.stretch ?? 1) + 7) * placing.pitch) : side;
  return {
    width: length,
    height: length,
    corners: cornersAt(art, { ...placing, x: length / 2 + 0.13, y: length / 2 - 0.21 }),
  };
}

const POINTS = 24;
/** Points spread evenly over a pixel, and evenly seen from either axis too: edges come out finer than a grid draws them. */
const SPREAD = Array.from({ length: POINTS }, (_none, i) => [(i + 0.5) / POINTS, ((i + 0.5) * 0.618_034) % 1] as const);

/** The picture a camera takes of it. */
export function render(art: Artwork, scenery: Scenery): GreyImage {
  const { width, height, blur = 0, smear = 0, gradient = 0, noise = 0 } = scenery;
  let picture = printPicture(art, scenery);
  if (blur > 0) picture = convolve(picture, scenery, gaussian(blur), 'both');
  if (smear > 0) picture = convolve(picture, scenery, box(smear), 'x');
  const random = noise > 0 ? gaussianNoise(scenery.seed ?? 1) : () => 0;
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    const light = 1 + gradient * (1 - (2 * (i % width)) / (width - 1));
    pixels[i] = Math.max(0, Math.min(255, Math.round((picture[i] ?? 0) * light + noise * random())));
  }
  return { pixels, width, height, stride: width };
}

function printPicture(art: Artwork, scenery: Scenery): Float64Array {
  const { width, height, ink = 30, paper = 230 } = scenery;
  const picture = new Float64Array(width * height).fill(paper);
  const toModules = homography(scenery.corners, art);
  const isInk = inkAt(art, printedModules(art, scenery), scenery);
  const isDark = (x: number, y: number): boolean => isInk(...toModules(x, y));
  const { left, top, right, bottom } = windowOf(scenery, art);
  let above = Array.from({ length: right - left + 1 }, (_none, i) => isDark(left + i, top));
  for (let y = top; y < bottom; y += 1) {
    const below = above.map((_dark, i) => isDark(left + i, y + 1));
    for (let i = 0; i < right - left; i += 1) {
      // A pixel whose corners agree is of one colour: nothing printed is finer than a pixel.
      const corners = [above[i], above[i + 1], below[i], below[i + 1]].filter(Boolean).length;
      const share = corners === 0 || corners === 4 ? corners / 4 : shareOf(isDark, left + i, y);
      picture[y * width + left + i] = paper + (ink - paper) * share;
    }
    above = below;
  }
  return picture;
}

/** How much of a pixel is covered with ink. */
function shareOf(isDark: (x: number, y: number) => boolean, x: number, y: number): number {
  let dark = 0;
  for (const [dx, dy] of SPREAD) dark += isDark(x + dx, y + dy) ? 1 : 0;
  return dark / POINTS;
}

function printedModules(art: Artwork, { missing = [] }: Scenery): Uint8Array {
  const printed = art.modules.slice();
  for (const [row, column] of missing) printed[row * art.columns + column] = 0;
  return printed;
}

function inkAt(art: Artwork, printed: Uint8Array, scenery: Scenery): (u: number, v: number) => boolean {
  const { growth = { x: 0, y: 0 }, dirt = [], deadRows = [], deadColumns = [], blob, dots, jitter } = scenery;
  const dirty = new Set(dirt.map(([row, column]) => `${row},${column}`));
  const cellAt = (u: number, v: number, column: number): boolean => {
    const row = Math.floor(v);
    if (row < 0 || column < 0 || row >= art.rows || column >= art.columns) {
      return dirty.size > 0 && dirty.has(`${row},${column}`);
    }
    const on = printed[row * art.columns + column] === 1;
    return dots === undefined ? on : on && Math.hypot(u - column - 0.5, v - row - 0.5) < dots / 2;
  };
  // Columns out of step may overlap, and leave gaps.
  const moduleAt = (u: number, v: number): boolean => {
    const column = Math.floor(u);
    if (jitter === undefined) return cellAt(u, v, column);
    return [column - 1, column, column + 1].some((near) => {
      const shift = near < 0 || near >= art.columns ? 0 : jitter(near);
      return Math.floor(u - shift) === near && cellAt(u - shift, v, near);
    });
  };
  const [gx, gy] = [Math.abs(growth.x) / 2, Math.abs(growth.y) / 2];
  const plain = gx === 0 && gy === 0;
  const grown = (u: number, v: number): boolean => {
    if (plain) return moduleAt(u, v);
    const along = (at: number): boolean =>
      growth.x >= 0 ? moduleAt(u - gx, at) || moduleAt(u + gx, at) : moduleAt(u - gx, at) && moduleAt(u + gx, at);
    return growth.y >= 0 ? along(v - gy) || along(v + gy) : along(v - gy) && along(v + gy);
  };
  return (u, v) => {
    if (blob !== undefined && Math.hypot(u - blob.u, v - blob.v) < blob.radius) return blob.dark;
    for (const { at, width } of deadRows) if (Math.abs(v - at) < width / 2) return false;
    for (const { at, width } of deadColumns) if (Math.abs(u - at) < width / 2) return false;
    return grown(u, v);
  };
}

interface PixelWindow {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels that can hold ink: the symbol and two modules around it. */
function windowOf({ corners, width, height }: Scenery, art: Artwork): PixelWindow {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const margin = (2.5 * (Math.max(...xs) - Math.min(...xs))) / Math.min(art.rows, art.columns);
  const inside = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)));
  return {
    left: inside(Math.min(...xs) - margin, width),
    top: inside(Math.min(...ys) - margin, height),
    right: inside(Math.max(...xs) + margin, width),
    bottom: inside(Math.max(...ys) + margin, height),
  };
}

/** Pixels to modules. */
function homography(corners: Corners, extent: { rows: number; columns: number }) {
  const [a, b, c, d, e, f, g, h] = planeOf(corners, extent);
  return (x: number, y: number): [number, number] => {
    const w = g * x + h * y + 1;
    return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
  };
}

/** Pixels to a plane in which a symbol has this size, row-major 3×3: eight equations, solved by elimination. */
export function planeOf(corners: Corners, { rows, columns }: { rows: number; columns: number }): Homography {
  const targets = [
    [0, 0],
    [columns, 0],
    [columns, rows],
    [0, rows],
  ];
  const equations = corners.flatMap(([x, y], i) => {
    const [u = 0, v = 0] = targets[i] ?? [];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solve(equations);
  return [a, b, c, d, e, f, g, h, 1];
}

function solve(rows: number[][]): number[] {
  const count = rows.length;
  for (let pivot = 0; pivot < count; pivot += 1) {
    const best = rows.slice(pivot).reduce((a, b) => (Math.abs(b[pivot] ?? 0) > Math.abs(a[pivot] ?? 0) ? b : a));
    rows.splice(rows.indexOf(best), 1);
    rows.splice(pivot, 0, best);
    for (const row of rows) {
      if (row === best) continue;
      const factor = (row[pivot] ?? 0) / (best[pivot] ?? 1);
      for (let i = pivot; i <= count; i += 1) row[i] = (row[i] ?? 0) - factor * (best[i] ?? 0);
    }
  }
  return rows.map((row, i) => (row[count] ?? 0) / (row[i] ?? 1));
}

function gaussian(sigma: number): number[] {
  const reach = Math.ceil(3.5 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_none, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** A box of any length: its ends count for a part. */
function box(length: number): number[] {
  const reach = Math.ceil((length - 1) / 2);
  return Array.from({ length: 2 * reach + 1 }, (_none, i) => {
    const far = Math.abs(i - reach);
    return Math.max(0, Math.min(1, length / 2 + 0.5 - far)) / length;
  });
}

function convolve(
  picture: Float64Array,
  { width, height }: Scenery,
  weights: readonly number[],
  axes: 'x' | 'both',
): Float64Array {
  const along = picture.slice();
  for (let y = 0; y < height; y += 1) convolveLine(along, weights, { from: y * width, count: width, step: 1 });
  if (axes === 'x') return along;
  for (let x = 0; x < width; x += 1) convolveLine(along, weights, { from: x, count: height, step: width });
  return along;
}

interface PixelLine {
  readonly from: number;
  readonly count: number;
  readonly step: number;
}

function convolveLine(picture: Float64Array, weights: readonly number[], { from, count, step }: PixelLine): void {
  const reach = (weights.length - 1) / 2;
  const padded = new Float64Array(count + 2 * reach);
  for (let i = 0; i < padded.length; i += 1) {
    padded[i] = picture[from + step * Math.max(0, Math.min(count - 1, i - reach))] ?? 0;
  }
  for (let i = 0; i < count; i += 1) {
    let sum = 0;
    for (let k = 0; k < weights.length; k += 1) sum += (weights[k] ?? 0) * (padded[i + k] ?? 0);
    picture[from + step * i] = sum;
  }
}

/** Uniform numbers 0..1 from a seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function gaussianNoise(seed: number): () => number {
  const random = seeded(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
