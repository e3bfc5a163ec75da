import { type QrGrid, QUIET, withQuiet } from '#vision/grade-qr/grid.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { apertureAt, type Plate } from '#vision/grade2d/plate.ts';

/** What the modules of a symbol and of its quiet zone look like; places as in the grid. */
export interface QrSamples {
  readonly reflectance: Float64Array;
  /** 1 where the frame shows the module. */
  readonly seen: Uint8Array;
  lightest: number;
  darkest: number;
}

const MOST = (177 + 2 * QUIET) ** 2;

export function emptyQrSamples(): QrSamples {
  return { reflectance: new Float64Array(MOST), seen: new Uint8Array(MOST), lightest: 0, darkest: 0 };
}

/** Samples every module through the aperture; extremes are those of the symbol and one ring of quiet zone (§5.1). */
export function sampleQr(
  samples: QrSamples,
  plate: Plate,
  { grid, side, radius }: { readonly grid: QrGrid; readonly side: number; readonly radius: number },
): void {
  samples.lightest = Number.NEGATIVE_INFINITY;
  samples.darkest = Number.POSITIVE_INFINITY;
  for (let row = -QUIET; row < side + QUIET; row += 1) {
    for (let column = -QUIET; column < side + QUIET; column += 1) {
      const at = withQuiet(side, row, column);
      const [x, y] = [realAt(grid.x, at), realAt(grid.y, at)];
      const isSeen = x >= 0 && y >= 0 && x <= plate.frameWidth && y <= plate.frameHeight;
      samples.seen[at] = isSeen ? 1 : 0;
      const value = isSeen ? apertureAt(plate, x, y, radius) : 0;
      samples.reflectance[at] = value;
      const isNear = row >= -1 && column >= -1 && row <= side && column <= side;
      if (!isSeen || !isNear) continue;
      samples.lightest = Math.max(samples.lightest, value);
      samples.darkest = Math.min(samples.darkest, value);
    }
  }
}

/** The modules of the symbol as they were seen: 1 is darker than the threshold. */
export function bitsOf({ reflectance }: QrSamples, side: number, threshold: number): Uint8Array {
  const bits = new Uint8Array(side * side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      bits[row * side + column] = realAt(reflectance, withQuiet(side, row, column)) < threshold ? 1 : 0;
    }
  }
  return bits;
}

/** Modulation of a module: 2·|R − GT| / SC, at most 1; signed, so that the wrong side of the threshold is below 0. */
export function modulationOf(samples: QrSamples, at: number, isDark: boolean): number {
  const contrast = samples.lightest - samples.darkest;
  const threshold = (samples.lightest + samples.darkest) / 2;
  const signed = (realAt(samples.reflectance, at) - threshold) * (isDark ? -1 : 1);
  return contrast > 0 ? Math.min(1, (2 * signed) / contrast) : 0;
}
