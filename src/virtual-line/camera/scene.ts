import type { PrintDefects } from '#virtual-line/print-defects.ts';

/** A pattern of square cells, row by row; 1 takes ink. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly modules: Uint8Array;
}

/** A symbol or a line of text on the item: its top left corner and the size of its cells in mm. */
export interface Mark {
  readonly kind: 'symbol' | 'text';
  readonly grid: Grid;
  readonly x: number;
  readonly y: number;
  readonly cell: number;
}

/**
 * What lies under the camera. Positions in mm, from the middle of the picture; x along the belt, y across it, downwards.
 * The first mark is the code: X and all places of defects refer to it.
 */
export interface Scene {
  readonly marks: readonly Mark[];
  readonly print: PrintDefects;
  /** Printed over the first mark, with the density `print.overprint`. */
  readonly over?: Grid;
  /** Light on dark: what takes ink becomes light. */
  readonly inverted?: boolean;
  /** Printed on the far side of clear stock: left and right change places. */
  readonly mirrored?: boolean;
  /** Decides where drops and dirt fall, and the noise of this picture. */
  readonly seed: number;
}

/** A bright spot or a shadow, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Added brightness (glare, 0 to 255), or taken away as a share (dirt, 0 to 1). */
  readonly strength: number;
}

/** How the camera stands and sees. Lengths in mm on the item, or pixels where said. */
export interface CameraView {
  readonly width: number;
  readonly height: number;
  /** Pixels per mm in the middle of the picture. */
  readonly scale: number;
  /** Degrees about the optical axis. */
  readonly roll: number;
  /** Degrees by which the item's plane leans about the axis along (x) and across (y) the belt. */
  readonly tilt: { readonly x: number; readonly y: number };
  /** Working distance in mm: with a tilt it decides how strong the perspective is. */
  readonly distance: number;
  /** Standard deviation of the blur of the lens, in pixels. */
  readonly blur: number;
  /** Way of the item while the shutter is open, in pixels. */
  readonly motion: number;
  /** Grey value of reflectance 1 in the middle, and of no light at all. */
  readonly white: number;
  readonly black: number;
  /** Light at the left or upper edge less than in the middle, at the other more, as a share: 0.6 is ±60 %. */
  readonly gradient: { readonly x: number; readonly y: number };
  /** Share of light that is missing in the corners. */
  readonly vignette: number;
  readonly glare: readonly Spot[];
  /** Dirt on the window in front of the lens. */
  readonly dirt: readonly Spot[];
  /** A band across the picture that lies in shadow, in pixels, and how dark. */
  readonly shadow?: { readonly from: number; readonly to: number; readonly depth: number };
  /** The flap of a carton that hangs before the lens, in pixels along the belt, and its reflectance. */
  readonly flap?: { readonly from: number; readonly to: number; readonly reflectance: number };
  /** How much of what lies behind clear stock is seen, as a share of its light; 0: cardboard. */
  readonly through: number;
  /** Standard deviation of the noise, in grey values. */
  readonly noise: number;
  /** The item: reflectance of its carton and of the belt beside it, and its width across the belt in mm. */
  readonly paper: number;
  readonly belt: number;
  readonly cartonWidth: number;
}

/** A well-adjusted camera: 12 pixels per mm, a little blur and noise. */
export function cameraView(changes: Partial<CameraView> = {}): CameraView {
  return {
    width: 640,
    height: 480,
    scale: 12,
    roll: 0,
    tilt: { x: 0, y: 0 },
    distance: 250,
    blur: 0.7,
    motion: 0.6,
    white: 248,
    black: 4,
    gradient: { x: 0, y: 0 },
    vignette: 0.04,
    glare: [],
    dirt: [],
    through: 0,
    noise: 1.5,
    paper: 0.9,
    belt: 0.22,
    cartonWidth: 36,
    ...changes,
  };
}
