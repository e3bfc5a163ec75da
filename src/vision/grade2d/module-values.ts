import { byteAt } from '#vision/ecc200/at.ts';
import { VARIABLE } from '#vision/ecc200/layout.ts';
import { realAt } from '#vision/grade2d/at.ts';
import type { Extent } from '#vision/grade2d/grid/homography.ts';
import { ringed, type Samples } from '#vision/grade2d/samples.ts';

const MOST = 144 * 144;
const MOST_RINGED = 146 * 146;

/** What every module is worth. Symbol arrays go row by row without the ring, ring arrays as `ModuleGrid`. */
export interface ModuleWorth {
  /** 2·|R − GT| / SC, at most 1. */
  readonly modulation: Float64Array;
  /** The same, but 0 on the wrong side of the threshold. */
  readonly margin: Float64Array;
  /** The margin with the ring, which must be light; 0 where nothing was seen. */
  readonly ringMargin: Float64Array;
  readonly ringModulation: Float64Array;
  readonly ringDark: Uint8Array;
}

export function emptyWorth(): ModuleWorth {
  return {
    modulation: new Float64Array(MOST),
    margin: new Float64Array(MOST),
    ringMargin: new Float64Array(MOST_RINGED),
    ringModulation: new Float64Array(MOST_RINGED),
    ringDark: new Uint8Array(MOST_RINGED),
  };
}

/** What modules are compared with: the threshold of their samples, and their right colours. */
export interface Expectation {
  readonly threshold: number;
  /** Per symbol module: 1 dark, 0 light, VARIABLE where the right colour is not known. */
  readonly colours: Uint8Array;
}

/** Values every module, and the ring around them. */
export function valueModules(worth: ModuleWorth, samples: Samples, extent: Extent, expected: Expectation): void {
  const { rows, columns } = extent;
  for (let row = -1; row <= rows; row += 1) {
    for (let column = -1; column <= columns; column += 1) {
      const inside = row >= 0 && row < rows && column >= 0 && column < columns;
      const right = inside ? byteAt(expected.colours, row * columns + column) : 0;
      valueRinged(worth, samples, { place: ringed(columns, row, column), right, threshold: expected.threshold });
    }
  }
  for (let row = 0; row < rows; row += 1) {
    const from = ringed(columns, row, 0);
    worth.modulation.set(worth.ringModulation.subarray(from, from + columns), row * columns);
    worth.margin.set(worth.ringMargin.subarray(from, from + columns), row * columns);
  }
}

function valueRinged(
  { ringModulation, ringMargin, ringDark }: ModuleWorth,
  { lightest, darkest, reflectance, seen }: Samples,
  { place, right, threshold }: { place: number; right: number; threshold: number },
): void {
  const half = (lightest - darkest) / 2;
  const far = realAt(reflectance, place) - threshold;
  const value = half > 0 ? Math.min(1, Math.abs(far) / half) : 0;
  const dark = far < 0 ? 1 : 0;
  ringModulation[place] = value;
  ringDark[place] = dark;
  ringMargin[place] = right === dark || right === VARIABLE ? value * byteAt(seen, place) : 0;
}
