import type { TrainedFont } from '#contract/trained-font.ts';
import { parseBase64 } from '#vision/check/base64.ts';

/** A character to compare with: grey levels less their mean, and the root of their squares' sum. */
export interface Template {
  readonly character: string;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  readonly norm: number;
}

/** A font made ready. */
export interface Font {
  readonly templates: ReadonlyMap<string, Template>;
  readonly height: number;
  readonly pitch: number | undefined;
  readonly gap: number;
  readonly space: number;
  readonly alike: ReadonlySet<string>;
}

const ready = new WeakMap<TrainedFont, Font>();

/** The font of a job, made ready once. A character whose pixels do not fit its size is left out. */
export function fontOf(trained: TrainedFont): Font {
  const known = ready.get(trained);
  if (known !== undefined) return known;
  const templates = new Map<string, Template>();
  for (const { character, width, pixels } of trained.characters) {
    const bytes = parseBase64(pixels);
    if (bytes?.length === width * trained.height) {
      templates.set(character, templateOf(character, { width, height: trained.height, pixels: bytes }));
    }
  }
  const { height, pitch, gap, space, alike } = trained;
  const font = { templates, height, pitch: pitch ?? undefined, gap, space, alike: new Set(alike) };
  ready.set(trained, font);
  return font;
}

/** A template of grey levels. */
export function templateOf(
  character: string,
  { width, height, pixels }: { readonly width: number; readonly height: number; readonly pixels: Uint8Array },
): Template {
  const mean = pixels.reduce((sum, grey) => sum + grey, 0) / Math.max(1, pixels.length);
  const values = Float32Array.from(pixels, (grey) => grey - mean);
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return { character, width, height, values, norm };
}

/** Pixels from the left of one character to the left of the next. */
export function advanceOf({ templates, pitch, gap, space }: Font, character: string): number {
  if (pitch !== undefined) return pitch;
  const width = templates.get(character)?.width;
  return width === undefined ? space : width + gap;
}
