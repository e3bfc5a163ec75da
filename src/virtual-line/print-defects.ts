/** A band that stayed free of ink: where its middle is, and how wide, in X from the symbol's top or left edge. */
export interface Stripe {
  readonly at: number;
  readonly width: number;
}

/** A spot of dirt (`ink` 1) or a void (`ink` 0), in X from the symbol's top left corner. */
export interface Blot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly ink: number;
}

/** How a print came out. X is the module size; x runs along the belt, y across it. Plain data: it crosses processes. */
export interface PrintDefects {
  /** Dot gain in X: by how much a dark module is wider than it should be; negative: narrower. */
  readonly growth: { readonly x: number; readonly y: number };
  /** Reflectance of the carton minus that of the ink, 0 to 0.88. */
  readonly contrast: number;
  /** Nozzles that do not fire: rows without ink, through symbol and text. */
  readonly deadRows: readonly Stripe[];
  /** Columns without ink: the encoder slipped, or the head stuttered. */
  readonly missingColumns: readonly Stripe[];
  /** Depth of the periodic loss of ink across the rows, 0 to 1. */
  readonly banding: number;
  /** A diagonal fold that took no ink: its width in X; 0: none. */
  readonly wrinkle: number;
  /** Length of the drag along the belt, in X. */
  readonly smear: number;
  /** Drops beside the print, for each 100 X². */
  readonly splatter: number;
  /** Dark modules in the quiet zone left of the symbol. */
  readonly quietDirt: number;
  readonly blots: readonly Blot[];
  /** Amplitude in X by which rows stand off their place. */
  readonly wobble: number;
  /** Scale along and across the belt; 1 is true. */
  readonly stretch: { readonly x: number; readonly y: number };
  /** Degrees, about the middle of the symbol; `skew` leans the columns. */
  readonly rotation: number;
  readonly skew: number;
  /** Where the print stands, in mm from its place. */
  readonly offset: { readonly x: number; readonly y: number };
  /** Diameter in X of the drops of which the modules are made; 0: modules are square. */
  readonly dots: number;
  /** Density of a second record printed over this one, 0 to 1, half a module off; which record: the scene says. */
  readonly overprint: number;
  /** Nothing is printed. */
  readonly missing: boolean;
}

/** A print without a fault. */
export const FLAWLESS: PrintDefects = {
  growth: { x: 0, y: 0 },
  contrast: 0.84,
  deadRows: [],
  missingColumns: [],
  banding: 0,
  wrinkle: 0,
  smear: 0,
  splatter: 0,
  quietDirt: 0,
  blots: [],
  wobble: 0,
  stretch: { x: 1, y: 1 },
  rotation: 0,
  skew: 0,
  offset: { x: 0, y: 0 },
  dots: 0,
  overprint: 0,
  missing: false,
};
