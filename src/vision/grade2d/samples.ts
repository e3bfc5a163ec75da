import { byteAt } from '#vision/ecc200/at.ts';
import { realAt } from '#vision/grade2d/at.ts';
import type { Extent } from '#vision/grade2d/grid/homography.ts';
import type { ModuleGrid } from '#vision/grade2d/grid/module-grid.ts';
import { apertureAt, type Plate } from '#vision/grade2d/plate.ts';

const MOST = 146 * 146;

/** Reflectances of all modules and the ring around them, in the order of `ModuleGrid`, and what follows from them. */
export interface Samples {
  readonly reflectance: Float64Array;
  /** 1: the module's centre lies in the frame. */
  readonly seen: Uint8Array;
  /** 1 per symbol module, row by row, without the ring: darker than the global threshold. */
  readonly bits: Uint8Array;
  lightest: number;
  darkest: number;
}

export function emptySamples(): Samples {
  return {
    reflectance: new Float64Array(MOST),
    seen: new Uint8Array(MOST),
    bits: new Uint8Array(144 * 144),
    lightest: 0,
    darkest: 0,
  };
}

/** Samples every module through the aperture; the extremes of what was seen are Rmax and Rmin. */
export function takeSamples(
  samples: Samples,
  plate: Plate,
  at: { grid: ModuleGrid; extent: Extent; radius: number },
): void {
  const count = (at.extent.rows + 2) * (at.extent.columns + 2);
  samples.lightest = Number.NEGATIVE_INFINITY;
  samples.darkest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i += 1) {
    const x = realAt(at.grid.x, i);
    const y = realAt(at.grid.y, i);
    const value = apertureAt(plate, x, y, at.radius);
    samples.reflectance[i] = value;
    const seen = x >= 0 && y >= 0 && x < plate.frameWidth && y < plate.frameHeight;
    samples.seen[i] = seen ? 1 : 0;
    if (!seen) continue;
    if (value > samples.lightest) samples.lightest = value;
    if (value < samples.darkest) samples.darkest = value;
  }
}

/** Half-way between Rmax and Rmin: what is darker is dark (2011). */
export function globalThreshold({ lightest, darkest }: Samples): number {
  return (lightest + darkest) / 2;
}

/** A threshold for a pose that may still be off: extremes are left out, so that glare or dirt does not move it. */
export function coarseThreshold(samples: Samples, count: number, sorted: Float64Array): number {
  sorted.set(samples.reflectance.subarray(0, count));
  sorted.subarray(0, count).sort();
  return (realAt(sorted, Math.floor(count * 0.04)) + realAt(sorted, Math.floor(count * 0.96))) / 2;
}

/** Takes the modules' colours at a threshold. */
export function takeBits({ reflectance, bits }: Samples, { rows, columns }: Extent, threshold: number): void {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      bits[row * columns + column] = realAt(reflectance, ringed(columns, row, column)) < threshold ? 1 : 0;
    }
  }
}

/** Where a module stands among modules and ring: row and column from −1. */
export function ringed(columns: number, row: number, column: number): number {
  return (row + 1) * (columns + 2) + column + 1;
}

/** Whether the whole ring lies in the frame. */
export function isRingSeen({ seen }: Samples, { rows, columns }: Extent): boolean {
  for (const [row, column] of [
    [-1, -1],
    [-1, columns],
    [rows, -1],
    [rows, columns],
  ] as const) {
    if (byteAt(seen, ringed(columns, row, column)) === 0) return false;
  }
  return true;
}
