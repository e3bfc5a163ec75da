/** Digits only. */
export const NUMERIC = 1;

/** GS1 AI encodable character set 82 (GS1 General Specifications, figure 7.11-1): no space, case-sensitive. */
export const CSET82 = 2;

/** GS1 AI encodable character set 39 (figure 7.11-2): capitals, digits, `#`, `-`, `/`. */
export const CSET39 = 4;

/** File-safe base 64 (figure 7.11-3), its padding left out. */
export const CSET64 = 8;

/** The characters of set 82 in the order that gives each its value (figure 7.11-1). */
export const CSET82_ORDER = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const sets = new Uint8Array(128);
include(DIGITS, NUMERIC | CSET64);
include(CSET82_ORDER, CSET82);
include(`#-/${DIGITS}${CAPITALS}`, CSET39);
include(`${CAPITALS}${CAPITALS.toLowerCase()}-_`, CSET64);

/** Place of the first character of `text[from, to)` outside `set`, or -1. */
export function strangerIn(text: string, set: number, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    if (((sets[text.charCodeAt(at)] ?? 0) & set) === 0) return at;
  }
  return -1;
}

/** Whether `text` is 1 to 20 characters of set 82: what a serial (AI 21) and a lot (AI 10) may be. */
export function isX20(text: string): boolean {
  return text.length >= 1 && text.length <= 20 && strangerIn(text, CSET82, 0, text.length) === -1;
}

function include(symbols: string, set: number): void {
  for (let at = 0; at < symbols.length; at += 1) {
    const code = symbols.charCodeAt(at);
    sets[code] = (sets[code] ?? 0) | set;
  }
}
