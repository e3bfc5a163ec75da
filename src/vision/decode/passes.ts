import type { Symbology } from '#contract/camera-job.ts';
import type { RawOptions } from '#vision/decode/wasm.ts';

/** How the decoder is asked: vision.md §2.3. `formats` and `maxNumberOfSymbols` are the job's. */
type Pass = Omit<RawOptions, 'formats' | 'maxNumberOfSymbols'>;

/** The raw options must be complete: a missing field throws. Enumerations are places in the library's lists. */
const FIRST: Pass = {
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  tryDownscale: false,
  tryDenoise: false,
  binarizer: 0, // LocalAverage
  isPure: false,
  downscaleFactor: 3,
  downscaleThreshold: 500,
  minLineCount: 2,
  validateOptionalChecksum: false,
  returnErrors: false,
  eanAddOnSymbol: 0,
  textMode: 0, // Plain: what the code says, FNC1 as GS
  characterSet: 0,
  tryCode39ExtendedMode: false,
};

/**
 * `first`: what most frames need. `second`: only after a miss; dots grow together and light-on-dark is tried, and a
 * miss costs two to three times as much. `pure`: a matrix that we drew ourselves.
 */
export const PASSES = {
  first: FIRST,
  second: { ...FIRST, tryDenoise: true, tryInvert: true },
  pure: { ...FIRST, tryHarder: false, tryRotate: false, isPure: true },
} as const;
export type PassName = keyof typeof PASSES;

/** Names are joined by commas: with spaces the library finds nothing, and says nothing. */
function formatsOf(symbologies: readonly Symbology[]): string {
  return [...new Set(symbologies)].join(',');
}

export interface PassWish {
  readonly pass: PassName;
  readonly symbologies: readonly Symbology[];
  readonly inverted?: boolean | undefined;
  /** The most symbols looked for. One is several times faster than "all there are" (vision.md §2.3). */
  readonly most: number;
}

export function optionsOf({ pass, symbologies, inverted, most }: PassWish): RawOptions {
  const base = PASSES[pass];
  return {
    ...base,
    formats: formatsOf(symbologies),
    maxNumberOfSymbols: most,
    tryInvert: base.tryInvert || inverted === true,
  };
}
