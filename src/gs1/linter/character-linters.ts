import { CSET39, CSET64, CSET82, NUMERIC, strangerIn } from '#gs1/character-set.ts';
import { fault, type LintFault } from '#gs1/linter/lint-fault.ts';

export function csetnumeric(text: string, from: number, to: number): LintFault | undefined {
  const at = strangerIn(text, NUMERIC, from, to);
  return at === -1 ? undefined : fault('non-digit-character', at, at + 1);
}

export function cset82(text: string, from: number, to: number): LintFault | undefined {
  const at = strangerIn(text, CSET82, from, to);
  return at === -1 ? undefined : fault('invalid-cset82-character', at, at + 1);
}

export function cset39(text: string, from: number, to: number): LintFault | undefined {
  const at = strangerIn(text, CSET39, from, to);
  return at === -1 ? undefined : fault('invalid-cset39-character', at, at + 1);
}

/** File-safe base 64. Padding is optional; where it is used, it fills the length up to a multiple of three. */
export function cset64(text: string, from: number, to: number): LintFault | undefined {
  let end = to;
  while (end > from && text[end - 1] === '=') end -= 1;
  const at = strangerIn(text, CSET64, from, end);
  if (at !== -1) return fault('invalid-cset64-character', at, at + 1);
  const padding = to - end;
  if (padding === 0 || (padding <= 2 && (to - from) % 3 === 0)) return undefined;
  return fault('invalid-cset64-padding', end, to);
}

/** Hyphens only, and at least one. */
export function hyphen(text: string, from: number, to: number): LintFault | undefined {
  return isAll(text, from, to, '-') ? undefined : fault('not-hyphen', from, to);
}

/** Zeros only, and at least one. */
export function zero(text: string, from: number, to: number): LintFault | undefined {
  return isAll(text, from, to, '0') ? undefined : fault('not-zero', from, to);
}

/** Digits of a number above zero. */
export function nonzero(text: string, from: number, to: number): LintFault | undefined {
  const stranger = csetnumeric(text, from, to);
  if (stranger !== undefined) return stranger;
  return from === to || isAll(text, from, to, '0') ? fault('illegal-zero-value', from, to) : undefined;
}

/** Digits that do not begin with 0; a lone 0 begins with it, too. */
export function nozeroprefix(text: string, from: number, to: number): LintFault | undefined {
  const stranger = csetnumeric(text, from, to);
  if (stranger !== undefined) return stranger;
  return from < to && text[from] === '0' ? fault('illegal-zero-prefix', from, from + 1) : undefined;
}

export function hasnondigit(text: string, from: number, to: number): LintFault | undefined {
  return strangerIn(text, NUMERIC, from, to) === -1 ? fault('requires-non-digit-character', from, to) : undefined;
}

/** One character of the importer index (AI 7040): set 64 without padding. */
export function importeridx(text: string, from: number, to: number): LintFault | undefined {
  if (to - from !== 1) return fault('importer-idx-must-be-one-character', from, to);
  return strangerIn(text, CSET64, from, to) === -1 ? undefined : fault('invalid-import-idx-character', from, to);
}

/** Every % is the beginning of a percent-encoded byte. */
export function pcenc(text: string, from: number, to: number): LintFault | undefined {
  for (let at = from; at < to; at += 1) {
    if (text[at] !== '%') continue;
    const end = Math.min(at + 3, to);
    if (end - at < 3 || !isHex(text, at + 1) || !isHex(text, at + 2)) return fault('invalid-percent-sequence', at, end);
    at += 2;
  }
  return undefined;
}

function isAll(text: string, from: number, to: number, symbol: string): boolean {
  for (let at = from; at < to; at += 1) {
    if (text[at] !== symbol) return false;
  }
  return from < to;
}

function isHex(text: string, at: number): boolean {
  const symbol = text[at] ?? '';
  return (symbol >= '0' && symbol <= '9') || (symbol >= 'A' && symbol <= 'F') || (symbol >= 'a' && symbol <= 'f');
}
