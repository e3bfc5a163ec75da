import type { Finding as LineFinding } from '#line/signal.ts';

/** What the vision threads say about one frame. Plain data: it crosses threads, goes on the screen and into the record. */

/** Graded parameters, in the order in which they are stored: append only. */
export const PARAMETERS = [
  'decode',
  'contrast', // SC
  'modulation', // MOD (2D), MOD = ECmin/SC (1D)
  'margin', // RM reflectance margin
  'fixed-pattern', // FPD
  'axial', // AN axial non-uniformity
  'grid', // GN grid non-uniformity
  'unused-correction', // UEC
  'edge-contrast', // ECmin, 1D
  'minimum-reflectance', // Rmin/Rmax, 1D
  'defects', // ERNmax/SC, 1D
  'decodability', // V, 1D
  'quiet-zone',
  'format-information', // QR
  'version-information', // QR
] as const;
export type Parameter = (typeof PARAMETERS)[number];

/**
 * Curves of grades. The value of these parameters does not tell how good they are: a fixed pattern without a wrong module
 * may be a bad one, and a pass or fail has no value. Every other curve is one of values.
 */
const GRADE_CURVES: ReadonlySet<Parameter | 'overall'> = new Set([
  'overall',
  'decode',
  'fixed-pattern',
  'quiet-zone',
  'format-information',
  'version-information',
]);

/** Whether a curve is one of grades, 0 to 4. */
export function isGradeCurve(series: Parameter | 'overall'): boolean {
  return GRADE_CURVES.has(series);
}

/** A parameter's value in its own unit (a share 0..1, or X for `grid`), and its grade 0..4. */
export interface Graded {
  readonly value: number;
  readonly grade: number;
}

/** What is wrong with the print, as far as the picture tells (vision.md §3.3). Rows and columns count from 0 at the top left. */
export type Cause =
  | { readonly kind: 'dead-nozzle'; readonly row: number }
  | { readonly kind: 'dead-column'; readonly column: number }
  | { readonly kind: 'conveyor-speed' }
  | { readonly kind: 'print-growth'; readonly axis: 'both' | 'x' | 'y'; readonly growth: number }
  | { readonly kind: 'low-contrast' }
  | { readonly kind: 'blur' }
  | { readonly kind: 'jitter' }
  | { readonly kind: 'quiet-zone' }
  | { readonly kind: 'damage' };

export const FLAGS = [
  'insufficient-resolution',
  'quiet-zone-not-visible',
  'uncalibrated-geometry',
  'uncalibrated-reflectance',
  'segment-map-unverified',
] as const;
export type Flag = (typeof FLAGS)[number];

/** A process-control grade: computed with the methods of the named edition; not a verification result (vision.md §4). */
export interface Pcg {
  readonly edition: string;
  /** 0.0..4.0: the minimum of all parameters; of a linear code the mean of its scan lines' minima, which is never above it. */
  readonly overall: number;
  readonly parameters: Readonly<Partial<Record<Parameter, Graded>>>;
  /** Not graded in the 2011 edition: print growth per axis in X, lowest modulation in the data region and where. */
  readonly growth?: { readonly x: number; readonly y: number };
  readonly uniformity?: { readonly value: number; readonly row: number; readonly column: number };
  readonly pixelsPerModule: number;
  /** Modules of a 2D symbol, finder and clock tracks included: what `wrongModules` counts in. Absent for bars. */
  readonly size?: { readonly rows: number; readonly columns: number };
  /** The global-threshold decode of §5.5, apart from what the reader read. */
  readonly referenceDecode: boolean;
  readonly flags: readonly Flag[];
  /** Wrong modules as `row * columns + column`; at most 400 of them. */
  readonly wrongModules: readonly number[];
  readonly causes: readonly Cause[];
}

/** Top left, top right, bottom right, bottom left of the symbol, in symbol orientation; frame pixels. */
export type Corners = readonly [Point, Point, Point, Point];
export type Point = readonly [number, number];

export interface CodeFound {
  /** `assisted`: our own grid fit, where no reader reads; never counted as a normal read. */
  readonly readBy: 'zxing' | 'zxing-retry' | 'assisted';
  readonly symbology: 'DataMatrix' | 'QRCode' | 'Code128';
  /** Payload, separators as GS (1Dh), without the AIM identifier; and that. */
  readonly text: string;
  readonly aim: string;
  readonly corners: Corners;
  readonly pcg?: Pcg;
}

/** A check beyond the code that failed. Limits are the station's: whoever looks at a picture does not know them. */
export interface Finding extends LineFinding {
  readonly check: Exclude<LineFinding['check'], 'low-parameter'>;
}

/** A part of the frame in its pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a check beyond the code looked at, and what it saw there: for whoever draws it. Frame pixels. */
export type Checked =
  /** Where the code's middle should be and is, how far off it may be, and by how many degrees it is turned too far. */
  | {
      readonly kind: 'placement';
      readonly isMet: boolean;
      readonly wanted: Point;
      readonly tolerance: number;
      readonly found: Point;
      readonly turn: number;
    }
  /** `contrast` 0..1; absent when the window lies outside the frame. */
  | {
      readonly kind: 'presence';
      readonly name: string;
      readonly isMet: boolean;
      readonly window: Box;
      readonly contrast?: number;
      readonly least: number;
    }
  /** `line`: where the expected text fits best, as far as it fits anywhere; `found`: what is wrong with it. */
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly isMet: boolean;
      readonly window: Box;
      readonly line?: Box;
      readonly found?: string;
    };

/** Where a symbol stands that was not read: what it would say is unknown, its rows and columns are not. */
export interface UnreadPlace {
  readonly corners: Corners;
  readonly size: { readonly rows: number; readonly columns: number };
}

export interface Inspection {
  readonly trigger: number;
  readonly at: number;
  /** Frame size, for whoever draws corners over it. Zero when there was no image. */
  readonly width: number;
  readonly height: number;
  /** In reading order; the first is the item's code. Empty: nothing was read. */
  readonly codes: readonly CodeFound[];
  readonly findings: readonly Finding[];
  /** Every check with a place in the picture, met or not; absent where none was made. */
  readonly checks?: readonly Checked[];
  /** Named even when nothing was read: where the station's template expects the code, what the picture shows there. */
  readonly causes: readonly Cause[];
  /** Where `causes` were seen when no code was read, as far as the grid fit found it. */
  readonly unread?: UnreadPlace;
  /** Milliseconds from the first packet to the result, and what was spent on decoding and on grading. */
  readonly took: { readonly whole: number; readonly decode: number; readonly grade: number };
}
