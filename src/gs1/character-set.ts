/** Digits only. */
export const NUMERIC = 1;

/** GS1 AI encodable character set 82 (GS1 General Specifications, figure 7.11-1): no space, case-sensitive. */
export const CSET82 = 2;

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PUNCTUATION = '!"%&\'()*+,-./:;<=>?_';

const sets = new Uint8Array(128);
for (const symbol of DIGITS) sets[symbol.charCodeAt(0)] = NUMERIC | CSET82;
for (const symbol of LETTERS + PUNCTUATION) sets[symbol.charCodeAt(0)] = CSET82;

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
