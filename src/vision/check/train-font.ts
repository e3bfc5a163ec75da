import type { Window } from '#contract/camera-job.ts';
import type { TrainedFont } from '#contract/trained-font.ts';
import { toBase64 } from '#vision/check/base64.ts';
import { likenessOf } from '#vision/check/correlate.ts';
import { fontOf } from '#vision/check/font.ts';
import { findLine, type LineOfText } from '#vision/check/line-of-text.ts';
import type { GreyImage } from '#vision/image.ts';

/** A character as it was cut from the frame. */
export interface CutCharacter extends Window {
  readonly character: string;
}

/** What training gives. */
export type Training =
  /** `cuts`: each character of the text, where it was found; those known before too. */
  | { readonly kind: 'trained'; readonly font: TrainedFont; readonly cuts: readonly CutCharacter[] }
  /** `why`: a sentence for whoever stands at the camera. */
  | { readonly kind: 'refused'; readonly why: string };

/** What is asked of text that is trained on, and of a font. Ours; docs/vision-checks.md says what was measured. */
export const FONT_LIMITS = {
  edition: 'linewright 1',
  source: 'own measurement',
  verified: false,
  /** Lines lower than this cannot be told apart, in pixels. */
  height: 10,
  /** Templates this much alike are the same picture. */
  alike: 0.97,
  /** Middles of characters this far off an even pitch: each character takes its own width. Share of the pitch. */
  uneven: 0.2,
} as const;

/** Rows and columns around a character that belong to its picture. */
const PAD = 2;

/**
 * Cuts the characters of a printed line and keeps them as a font. `text`: what the line says. `font`: characters trained
 * before, to which these are added; those that were there stay as they are.
 */
export function trainFont(image: GreyImage, window: Window, text: string, font?: TrainedFont): Training {
  const printed = text.trim();
  const count = [...printed].filter((character) => character !== ' ').length;
  const line = findLine(image, window, count);
  if (line === undefined) return refused(`${count} separate characters were not found in the window`);
  const height = line.bottom - line.top;
  if (height < FONT_LIMITS.height) {
    return refused(`characters are ${height} px high; ${FONT_LIMITS.height} px is the least`);
  }
  if (font !== undefined && Math.abs(height + 2 * PAD - font.height) > 1) {
    return refused(`characters are ${height} px high; those trained before are ${font.height - 2 * PAD} px`);
  }
  const cut = cutLine(image, line, printed, font);
  const cuts = spacingOf(line, printed).places.map(({ character, left, right }) => {
    return { character, x: left, y: line.top, width: right - left, height };
  });
  return { kind: 'trained', font: { ...cut, alike: alikePairs(cut) }, cuts };
}

function refused(why: string): Training {
  return { kind: 'refused', why };
}

/** A character of the text: which one, its place in the text, and its ink in the frame. */
interface Cut {
  readonly character: string;
  readonly at: number;
  readonly left: number;
  readonly right: number;
}

/** Where the characters of a line stand, and the even pitch that fits them, if one does. */
interface Spacing {
  readonly places: readonly Cut[];
  readonly pitch: number | undefined;
  readonly first: number;
}

function spacingOf(line: LineOfText, text: string): Spacing {
  let piece = 0;
  const places = [...text].flatMap((character, at) => {
    if (character === ' ') return [];
    const { left, right } = line.pieces[piece] ?? { left: 0, right: 0 };
    piece += 1;
    return [{ character, at, left, right }];
  });
  const n = places.length;
  const middle = (place: { left: number; right: number }) => (place.left + place.right) / 2;
  const meanAt = places.reduce((sum, place) => sum + place.at, 0) / n;
  const meanX = places.reduce((sum, place) => sum + middle(place), 0) / n;
  const spread = places.reduce((sum, place) => sum + (place.at - meanAt) ** 2, 0);
  const pitch = places.reduce((sum, place) => sum + (place.at - meanAt) * (middle(place) - meanX), 0) / spread;
  const first = meanX - pitch * meanAt;
  const worst = Math.max(...places.map((place) => Math.abs(middle(place) - first - pitch * place.at)));
  // Where gaps between characters are more even than their middles, each takes its own width.
  const isEven = worst <= FONT_LIMITS.uneven * pitch && worst <= Math.max(1, gapSpread(places));
  return { places, first, pitch: isEven ? pitch : undefined };
}

function cutLine(image: GreyImage, line: LineOfText, text: string, font: TrainedFont | undefined): TrainedFont {
  const spacing = spacingOf(line, text);
  const height = font?.height ?? line.bottom - line.top + 2 * PAD;
  const pitch = font === undefined ? spacing.pitch : (font.pitch ?? undefined);
  const top = Math.round((line.top + line.bottom - height) / 2);
  const characters = [...(font?.characters ?? [])];
  for (const { character, at, left, right } of spacing.places) {
    if (characters.some((known) => known.character === character)) continue;
    const width = pitch === undefined ? right - left + 2 * PAD : Math.round(pitch);
    const middle = pitch === undefined ? (left + right) / 2 : spacing.first + (spacing.pitch ?? pitch) * at;
    const cut = { left: Math.round(middle - width / 2), top, width, height };
    characters.push({ character, width, pixels: toBase64(pixelsIn(image, cut)) });
  }
  if (font !== undefined) return { ...font, characters };
  return {
    height,
    pitch: pitch ?? null,
    gap: gapOf(spacing) - 2 * PAD,
    space: spaceOf(spacing),
    characters,
    alike: [],
  };
}

/** Grey levels of a piece of the frame; beyond its edge those of the edge. */
function pixelsIn(image: GreyImage, cut: { left: number; top: number; width: number; height: number }): Uint8Array {
  const pixels = new Uint8Array(cut.width * cut.height);
  for (let at = 0; at < pixels.length; at += 1) {
    const x = Math.min(image.width - 1, Math.max(0, cut.left + (at % cut.width)));
    const y = Math.min(image.height - 1, Math.max(0, cut.top + Math.floor(at / cut.width)));
    pixels[at] = image.pixels[y * image.stride + x] ?? 0;
  }
  return pixels;
}

/** The usual gap between two neighbours. */
function gapOf({ places }: Pick<Spacing, 'places'>): number {
  const gaps = gapsOf(places).toSorted((a, b) => a - b);
  return gaps[gaps.length >> 1] ?? 2 * PAD;
}

/** How far the gap that is least usual is from the usual one. */
function gapSpread(places: readonly Cut[]): number {
  const usual = gapOf({ places });
  return Math.max(0, ...gapsOf(places).map((gap) => Math.abs(gap - usual)));
}

/** Paper between neighbours, spaces left out. */
function gapsOf(places: readonly Cut[]): number[] {
  return places.flatMap((place, at) => {
    const next = places[at + 1];
    return next !== undefined && next.at === place.at + 1 ? [next.left - place.right] : [];
  });
}

/** What a space takes: the first one between two characters, or half a character's width. */
function spaceOf(spacing: Spacing): number {
  const { places } = spacing;
  const gap = gapOf(spacing);
  for (const [at, place] of places.entries()) {
    const next = places[at + 1];
    if (next !== undefined && next.at > place.at + 1) return (next.left - place.right - gap) / (next.at - place.at - 1);
  }
  return places.reduce((sum, { left, right }) => sum + right - left, 0) / (2 * Math.max(1, places.length));
}

function alikePairs(font: TrainedFont): string[] {
  const templates = [...fontOf(font).templates.values()];
  return templates.flatMap((a, at) =>
    templates.slice(at + 1).flatMap((b) => (likenessOf(a, b) >= FONT_LIMITS.alike ? [a.character + b.character] : [])),
  );
}
