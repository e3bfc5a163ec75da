import type { Edition } from '#contract/camera-job.ts';

/** Row-major 3×3 matrix: (x, y, 1) of the source plane becomes (x'·w, y'·w, w) of the target plane. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** One in the fixed-point gain of a flat field. */
export const GAIN_ONE = 1 << 14;

/** What makes unevenly lit paper even: I' = (I − dark) · gain / GAIN_ONE, for each pixel of the frame (vision.md §8). */
export interface FlatField {
  readonly width: number;
  readonly height: number;
  /** Dark frame or its mean level, in grey levels. */
  readonly dark: number;
  /** `width · height` factors in fixed point, `GAIN_ONE` is 1. */
  readonly gain: Uint16Array;
}

/**
 * What turns grey levels into reflectance: R = (I − black) / (white − black) · card (vision.md §8). Levels are those after
 * the flat field, where there is one.
 */
export interface Reflectance {
  readonly black: number;
  readonly white: number;
  /** Reflectance of the card that read `white`: 0..1. */
  readonly card: number;
}

/** How a frame is graded: the scheme, the synthetic aperture, and what is known of camera and light. */
export interface GradingProfile {
  readonly edition: Edition;
  /** Diameter of the synthetic aperture, as a share of X (vision.md §5.6). */
  readonly aperture: number;
  /** The print is light on dark. */
  readonly inverted?: boolean | undefined;
  /** Frame pixels to millimetres in the product plane. Without it AN and GN depend on the camera. */
  readonly toPlane?: Homography | undefined;
  readonly flatField?: FlatField | undefined;
  /** Without it reflectance is relative: grey level / 255. */
  readonly reflectance?: Reflectance | undefined;
}
