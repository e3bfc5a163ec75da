import type { Symbology } from '#contract/camera-job.ts';
import { SYMBOLOGIES } from '#contract/camera-job.ts';
import type { Corners, Point } from '#contract/inspection.ts';
import type { RawResult } from '#vision/decode/wasm.ts';

/** What the decoder read in a frame. */
export interface Reading {
  readonly symbology: Symbology;
  /** Payload, separators as GS, without the AIM identifier; and that. */
  readonly text: string;
  readonly aim: string;
  /** Frame pixels, in symbol orientation. Off by a pixel or so; of a linear code: a line, not its bars (vision.md §2.4). */
  readonly corners: Corners;
  /** Modules of a matrix code; 0 × 0 of a linear one. */
  readonly rows: number;
  readonly columns: number;
  /** Its modules as they were sampled, row by row: 0 is dark, 255 light. */
  readonly sampled: Uint8ClampedArray;
  readonly isMirrored: boolean;
  readonly isInverted: boolean;
}

/** Where a window begins in its frame, and how many times larger it was drawn for the decoder. */
export interface Origin {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A reading of the decoder's answer, or undefined when the answer is none of ours. */
export function readingOf(raw: RawResult, origin: Origin): Reading | undefined {
  const symbology = SYMBOLOGIES.find((each) => each === raw.symbology);
  if (!raw.isValid || symbology === undefined) return undefined;
  const { topLeft, topRight, bottomRight, bottomLeft } = raw.position;
  const [tl, tr, br, bl] = [topLeft, topRight, bottomRight, bottomLeft].map((corner) => framePoint(corner, origin));
  if (tl === undefined || tr === undefined || br === undefined || bl === undefined) return undefined;
  // Corners of a mirrored DataMatrix arrive transposed.
  const isTransposed = raw.isMirrored && symbology === 'DataMatrix';
  return {
    symbology,
    text: raw.text,
    aim: raw.symbologyIdentifier,
    corners: isTransposed ? [br, tr, tl, bl] : [tl, tr, br, bl],
    rows: raw.symbol.height,
    columns: raw.symbol.width,
    sampled: raw.symbol.data,
    isMirrored: raw.isMirrored,
    isInverted: raw.isInverted,
  };
}

/** The library names the pixel that a corner lies in: its middle is half a pixel further on. */
function framePoint({ x, y }: { readonly x: number; readonly y: number }, origin: Origin): Point {
  return [(x + 0.5) / origin.scale + origin.x, (y + 0.5) / origin.scale + origin.y];
}
