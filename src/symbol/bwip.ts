import bwipjs, { type RawOptions } from 'bwip-js/node';
import type { Picture } from '#symbol/picture.ts';

/** What the encoder is asked: symbology and text in its notation, and options of its own. */
export interface BwipQuestion extends RawOptions {
  readonly version?: string;
  readonly eclevel?: string;
  /** Also check that required AIs are there, which linear symbols leave out unless asked. */
  readonly lintreqs?: boolean;
}

/** What the encoder answers. */
export type BwipAnswer =
  | { readonly kind: 'drawn'; readonly picture: Picture }
  /** Its opinion differs: its own name for the reason, and its sentence. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'does-not-fit' };

/** Asks bwip-js for a symbol. Never throws for what a text contains. */
export function askBwip(question: BwipQuestion, barHeight: number): BwipAnswer {
  try {
    const [answer] = bwipjs.raw(question);
    if (answer === undefined) return { kind: 'refused', code: 'nothing', detail: 'the encoder returned no symbol' };
    return { kind: 'drawn', picture: 'pixs' in answer ? gridOf(answer) : barsOf(answer.sbs, barHeight) };
  } catch (cause) {
    return opinionOf(cause);
  }
}

/** What the encoder's own failure is called, which says nothing about the content. */
export const STUMBLED = 'encoder-stumbled';

/** Names of the errors that speak of room, not of content: those of content begin with GS1. */
const NO_ROOM = /^(?!GS1).*(?:NoValidSymbol|TooLong|TooLarge|TooMuchData)/;

function opinionOf(cause: unknown): BwipAnswer {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [, code, detail] = /^bwipp\.([A-Za-z0-9]+)(?:#\d+)?:\s*(.*)$/s.exec(text) ?? [];
  // Some texts make the encoder stumble over itself. For a label that is a refusal like any other: nothing is printed.
  if (code === undefined) return { kind: 'refused', code: STUMBLED, detail: text };
  return NO_ROOM.test(code) ? { kind: 'does-not-fit' } : { kind: 'refused', code, detail: detail ?? '' };
}

function gridOf({ pixs, pixx, pixy }: { pixs: number[]; pixx: number; pixy: number }): Picture {
  return { width: pixx, height: pixy, modules: Uint8Array.from(pixs) };
}

/** Widths of bars and spaces in turn, the first a bar, as rows of modules. */
function barsOf(widths: readonly number[], height: number): Picture {
  const row = widths.flatMap((width, place) => Array.from({ length: width }, () => (place % 2 === 0 ? 1 : 0)));
  const modules = new Uint8Array(row.length * height);
  for (let y = 0; y < height; y += 1) modules.set(row, y * row.length);
  return { width: row.length, height, modules };
}
