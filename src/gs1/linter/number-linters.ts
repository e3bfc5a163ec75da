import { NUMERIC, strangerIn } from '#gs1/character-set.ts';
import { csetnumeric, nonzero } from '#gs1/linter/character-linters.ts';
import { fault, type LintFault } from '#gs1/linter/lint-fault.ts';

export function yesno(text: string, from: number, to: number): LintFault | undefined {
  return isOneOf('01', text, from, to) ? undefined : fault('not-zero-or-one', from, to);
}

/** Winding direction of a roll product (AI 8001): out, in, undefined. */
export function winding(text: string, from: number, to: number): LintFault | undefined {
  return isOneOf('019', text, from, to) ? undefined : fault('invalid-winding-direction', from, to);
}

export function iso5218(text: string, from: number, to: number): LintFault | undefined {
  return isOneOf('0129', text, from, to) ? undefined : fault('invalid-biological-sex-code', from, to);
}

/** Piece and total in equally many digits, as `0102`: the first of two. */
export function pieceoftotal(text: string, from: number, to: number): LintFault | undefined {
  const length = to - from;
  if (length === 0 || length % 2 === 1) return fault('invalid-length-for-piece-of-total', from, to);
  const stranger = csetnumeric(text, from, to);
  if (stranger !== undefined) return stranger;
  const middle = from + length / 2;
  if (nonzero(text, from, middle) !== undefined) return fault('zero-piece-number', from, middle);
  if (nonzero(text, middle, to) !== undefined) return fault('zero-total-pieces', middle, to);
  return text.slice(from, middle) > text.slice(middle, to) ? fault('piece-number-exceeds-total', from, to) : undefined;
}

/** `position/end`, both above zero and without leading zeros. */
export function posinseqslash(text: string, from: number, to: number): LintFault | undefined {
  const slash = text.indexOf('/', from);
  if (slash <= from || slash >= to - 1) return fault('position-in-sequence-malformed', from, to);
  if (strangerIn(text, NUMERIC, from, slash) !== -1 || strangerIn(text, NUMERIC, slash + 1, to) !== -1) {
    return fault('position-in-sequence-malformed', from, to);
  }
  if (text[from] === '0') return fault('illegal-zero-prefix', from, slash);
  if (text[slash + 1] === '0') return fault('illegal-zero-prefix', slash + 1, to);
  return isAbove(text.slice(from, slash), text.slice(slash + 1, to))
    ? fault('position-exceeds-end', from, to)
    : undefined;
}

/** Degrees north of the south pole, times ten million. */
export function latitude(text: string, from: number, to: number): LintFault | undefined {
  if (to - from !== 10) return fault('latitude-invalid-length', from, to);
  const stranger = csetnumeric(text, from, to);
  return stranger ?? (text.slice(from, to) > '1800000000' ? fault('invalid-latitude', from, to) : undefined);
}

/** Degrees east, all around, times ten million. */
export function longitude(text: string, from: number, to: number): LintFault | undefined {
  if (to - from !== 10) return fault('longitude-invalid-length', from, to);
  const stranger = csetnumeric(text, from, to);
  return stranger ?? (text.slice(from, to) > '3600000000' ? fault('invalid-longitude', from, to) : undefined);
}

/** AIDC media type: 01 to 10 are assigned by GS1, 80 to 99 by agreement. */
export function mediatype(text: string, from: number, to: number): LintFault | undefined {
  const isKnown = to - from === 2 && strangerIn(text, NUMERIC, from, to) === -1;
  const type = Number(text.slice(from, to));
  return isKnown && ((type >= 1 && type <= 10) || type >= 80) ? undefined : fault('invalid-media-type', from, to);
}

function isOneOf(symbols: string, text: string, from: number, to: number): boolean {
  return to - from === 1 && symbols.includes(text[from] ?? ' ');
}

/** Compares digits without leading zeros, of any length. */
function isAbove(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}
