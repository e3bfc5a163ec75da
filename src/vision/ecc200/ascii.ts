const FNC1 = 232;
const UPPER_SHIFT = 235;
const PAD = 129;
const DIGIT_PAIR = 130;
const GROUP_SEPARATOR = 0x1d;

/** Data words of a text in ASCII encodation (ISO/IEC 16022, 5.2.3); characters above 255 have none: undefined. */
export function asciiWords(text: string): number[] | undefined {
  const words: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const pair = digit(code) && digit(text.charCodeAt(at + 1));
    if (code > 255) return undefined;
    if (pair) {
      words.push(DIGIT_PAIR + Number(text.slice(at, at + 2)));
      at += 1;
    } else if (code > 127) words.push(UPPER_SHIFT, code - 127);
    else words.push(code + 1);
  }
  return words;
}

/** Data words of a GS1 element string: FNC1 in front, and in place of each separator. */
export function elementStringWords(elements: string): number[] | undefined {
  const words: number[] = [FNC1];
  for (const [index, part] of elements.split(String.fromCharCode(GROUP_SEPARATOR)).entries()) {
    const own = asciiWords(part);
    if (own === undefined) return undefined;
    if (index > 0) words.push(FNC1);
    words.push(...own);
  }
  return words;
}

/** Words filled up to a symbol's capacity, the padding scrambled by its place; undefined when they do not fit. */
export function padded(words: readonly number[], capacity: number): Uint8Array | undefined {
  if (words.length > capacity) return undefined;
  const filled = new Uint8Array(capacity);
  filled.set(words);
  for (let at = words.length; at < capacity; at += 1) filled[at] = at === words.length ? PAD : scrambled(at + 1);
  return filled;
}

/** 253-state scrambling of a pad word at a place counted from one (ISO/IEC 16022, annex B). */
function scrambled(place: number): number {
  const value = PAD + ((149 * place) % 253) + 1;
  return value <= 254 ? value : value - 254;
}

function digit(code: number): boolean {
  return code >= 48 && code <= 57;
}
