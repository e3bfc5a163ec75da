import type { Window } from '#contract/camera-job.ts';
import type { Finding } from '#contract/inspection.ts';
import type { TrainedFont } from '#contract/trained-font.ts';
import { BLANK, correlation } from '#vision/check/correlate.ts';
import { advanceOf, type Font, fontOf, type Template } from '#vision/check/font.ts';
import { placeLine } from '#vision/check/place-line.ts';
import type { GreyImage } from '#vision/image.ts';

/** One character of the expected text, and what was seen there. */
export interface CharacterRead {
  readonly expected: string;
  /** The trained character that fits best; a space where nothing is printed; undefined: none fits. */
  readonly read: string | undefined;
  /** How well the expected one fits, and how well the best of all others does: -1..1. */
  readonly score: number;
  readonly rival: number;
}

export interface TextCheck {
  readonly characters: readonly CharacterRead[];
  /** Where the expected text fits best; absent where it fits nowhere, or was not looked for. */
  readonly line?: Window;
  readonly finding: Finding | undefined;
}

/** When a character counts as read. Ours: no standard speaks of it; docs/vision-checks.md says what was measured. */
export const TEXT_LIMITS = {
  edition: 'linewright 1',
  source: 'own measurement',
  verified: false,
  /** The least correlation of what is legible. */
  legible: 0.65,
  /** A place with less of the usual contrast is blank. */
  blank: 0.4,
} as const;

/**
 * Compares a printed line with what it should say, character by character, and each with all other trained characters: a
 * poor B must still look more like a B than like an 8. Nothing is repaired towards the expected text.
 */
export function checkText(image: GreyImage, window: Window, expected: string, trained: TrainedFont): TextCheck {
  const font = fontOf(trained);
  const text = expected.trim();
  const unknown = [...text].findIndex((character) => character !== ' ' && !font.templates.has(character));
  if (text === '' || unknown !== -1) return { characters: [], finding: untrained(text, unknown) };
  const origin = placeLine(image, window, text, font);
  if (origin === undefined) return { characters: [], finding: wrong('no text like it in the window', text) };
  const walk: Walk = { image, window, font, ...origin, contrast: 0 };
  const characters = [...text].map((character) => readCharacter(walk, character));
  const width = font.pitch ?? advanceOf(font, ' ');
  const before = isExtra(walk, origin.x - width, width);
  const after = isExtra(walk, walk.x, width);
  return { characters, line: lineOf(walk, origin), finding: findingOf(characters, text, { font, before, after }) };
}

/** What the walk has been over: from where it began to where the next character would begin. */
function lineOf({ x, y, font }: Walk, origin: { readonly x: number; readonly y: number }): Window {
  const top = Math.min(y, origin.y);
  return { x: origin.x, y: top, width: x - origin.x, height: font.height + Math.max(y, origin.y) - top };
}

function untrained(text: string, at: number): Finding {
  if (text === '') return wrong('no text to compare with', 'a text');
  return wrong(`character ${at + 1} (${text.charAt(at)}) was never trained`, text);
}

function wrong(found: string, expected: string): Finding {
  return { check: 'wrong-text', found, expected };
}

/** Where the walk along the line is. */
interface Walk {
  readonly image: GreyImage;
  readonly window: Window;
  readonly font: Font;
  /** Where the next character should begin, and how the line runs. */
  x: number;
  y: number;
  readonly slope: number;
  readonly stretch: number;
  /** Standard deviation of the characters so far. */
  contrast: number;
}

/** How far a character may be from where the one before leads to, in pixels: 2, and more of a large font. */
function reachOf({ height }: Font): number {
  return Math.max(2, Math.round(height / 12));
}

function readCharacter(walk: Walk, expected: string): CharacterRead {
  const { font } = walk;
  const template = font.templates.get(expected);
  if (template === undefined) return readSpace(walk, expected);
  const own = bestNear(walk, template, { x: walk.x, y: walk.y, reach: reachOf(font), down: 1 });
  const { other, fit } = bestRival(walk, template, own);
  const isOwn = own.score >= fit.score || isAlike(font, expected, other);
  const best = isOwn ? own : fit;
  const isLegible = best.score >= TEXT_LIMITS.legible;
  // A place that fits leads to the next one; a place that does not says nothing.
  if (isLegible) [walk.x, walk.y] = [best.x, best.y];
  walk.contrast = Math.max(walk.contrast, contrastAt(walk, walk.x, template.width));
  advance(walk, expected);
  const read = isLegible ? (isOwn ? expected : other) : undefined;
  return { expected, read, score: own.score, rival: fit.score };
}

function advance(walk: Walk, character: string): void {
  const width = advanceOf(walk.font, character) * walk.stretch;
  walk.x += width;
  walk.y += width * walk.slope;
}

function isAlike({ alike }: Font, a: string, b: string | undefined): boolean {
  return b !== undefined && (alike.has(a + b) || alike.has(b + a));
}

interface Fit {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

function bestNear(
  { image }: Walk,
  template: Template,
  near: { x: number; y: number; reach: number; down: number },
): Fit {
  let best: Fit = { x: near.x, y: near.y, score: Number.NEGATIVE_INFINITY };
  const [cx, cy] = [Math.round(near.x), Math.round(near.y)];
  for (let y = cy - near.down; y <= cy + near.down; y += 1) {
    for (let x = cx - near.reach; x <= cx + near.reach; x += 1) {
      const score = correlation(image, template, x, y);
      // Between equal places the expected one.
      if (score > best.score + 1e-9) best = { x: near.x + x - cx, y: near.y + y - cy, score };
    }
  }
  return best;
}

/** The other character that fits best, where the expected one fits best or should stand. */
function bestRival(
  walk: Walk,
  template: Template,
  own: Fit,
): { readonly other: string | undefined; readonly fit: Fit } {
  let other: string | undefined;
  let fit: Fit = { ...own, score: -1 };
  // Where the expected character fits, its rows are known.
  const down = own.score >= TEXT_LIMITS.legible ? 0 : 1;
  for (const candidate of walk.font.templates.values()) {
    if (candidate === template) continue;
    const shift = walk.font.pitch === undefined ? 0 : (template.width - candidate.width) / 2;
    const starts = Math.abs(own.x - walk.x) > 1 ? [own.x, walk.x] : [own.x];
    for (const from of starts) {
      const found = bestNear(walk, candidate, { x: from + shift, y: own.y, reach: 1, down });
      if (found.score > fit.score) [other, fit] = [candidate.character, found];
    }
  }
  return { other, fit };
}

function readSpace(walk: Walk, expected: string): CharacterRead {
  const width = advanceOf(walk.font, expected);
  const isBlank = !isPrinted(walk, walk.x, width);
  advance(walk, expected);
  return { expected, read: isBlank ? ' ' : undefined, score: isBlank ? 1 : 0, rival: 0 };
}

/** Whether something is printed where nothing should be: far less contrast than the characters have is a shadow. */
function isPrinted(walk: Walk, x: number, width: number): boolean {
  const inset = width / 4;
  const seen = contrastAt(walk, x + inset, Math.max(2, width - 2 * inset));
  return seen > BLANK && seen > TEXT_LIMITS.blank * Math.max(walk.contrast, 2 * BLANK);
}

/** Whether something more is printed at the end of the line, where it would still be inside the window. */
function isExtra(walk: Walk, x: number, width: number): boolean {
  const { window } = walk;
  const isInside = x >= window.x && x + width <= window.x + window.width;
  return isInside && isPrinted(walk, x, width);
}

/** Standard deviation of the grey levels of a piece of the line. */
function contrastAt({ image, y, font }: Walk, x: number, width: number): number {
  const [left, right] = [Math.max(0, Math.round(x)), Math.min(image.width, Math.round(x + width))];
  const [top, bottom] = [Math.max(0, Math.round(y)), Math.min(image.height, Math.round(y + font.height))];
  let [count, sum, squares] = [0, 0, 0];
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const grey = image.pixels[row * image.stride + column] ?? 0;
      count += 1;
      sum += grey;
      squares += grey * grey;
    }
  }
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

interface Surroundings {
  readonly font: Font;
  readonly before: boolean;
  readonly after: boolean;
}

/** Names the worst character: the one whose expected shape loses by most. */
function findingOf(
  characters: readonly CharacterRead[],
  text: string,
  { before, after }: Surroundings,
): Finding | undefined {
  const places = characters.map((character, at) => ({ ...character, at }));
  const bad = places.filter(({ expected, read }) => read !== expected);
  const [worst] = bad.toSorted((a, b) => a.score - a.rival - (b.score - b.rival));
  if (worst !== undefined) return wrong(sentence(worst, bad.length), text);
  if (before) return wrong('something is printed in front of it', text);
  return after ? wrong('something is printed behind it', text) : undefined;
}

function sentence({ at, read, expected, score }: CharacterRead & { readonly at: number }, count: number): string {
  const place = `character ${at + 1}`;
  const rest = count > 1 ? `, and ${count - 1} more` : '';
  if (expected === ' ') return `${place} is printed, expected a space${rest}`;
  if (read === undefined) return `${place} is not legible (${score.toFixed(2)}), expected ${expected}${rest}`;
  return `${place} reads ${read}, expected ${expected}${rest}`;
}
