import { DATA_MATRIX_SIZES, QR_CODEWORDS, type SymbolLayout } from '#symbol/layout.ts';

const GS = 0x1d;

/** How much room the content takes at the most, and how much the layout has: codewords, or modules of a linear symbol. */
export interface Room {
  readonly atMost: number;
  readonly has: number;
}

/**
 * An upper bound of the room that a content takes in a layout. The encoder may need less, where it packs capitals or
 * digits more tightly; it never needs more.
 */
export function roomFor(layout: SymbolLayout, content: string): Room {
  switch (layout.kind) {
    case 'gs1-data-matrix':
      return { atMost: 1 + asciiCodewords(content), has: DATA_MATRIX_SIZES[layout.size] };
    case 'gs1-qr':
      return { atMost: qrBytes(content, layout.version, FNC1_BITS), has: codewordsOf(layout) };
    case 'link-qr':
      return { atMost: qrBytes(content, layout.version, 0), has: codewordsOf(layout) };
    case 'gs1-128':
      return { atMost: code128Modules(content), has: layout.widest };
  }
}

const FNC1_BITS = 4;

/** ASCII encodation of Data Matrix: two digits share a codeword, any other character and FNC1 take one. */
function asciiCodewords(content: string): number {
  let codewords = 0;
  for (let at = 0; at < content.length; at += 1) {
    if (isDigit(content, at) && isDigit(content, at + 1)) at += 1;
    codewords += 1;
  }
  return codewords;
}

/** Byte mode of QR: mode, count, a byte per character. */
function qrBytes(content: string, version: number, extraBits: number): number {
  const countBits = version < 10 ? 8 : 16;
  return Math.ceil((extraBits + 4 + countBits + 8 * content.length) / 8);
}

function codewordsOf({ version, level }: { version: number; level: keyof typeof QR_CODEWORDS }): number {
  return QR_CODEWORDS[level][version - 1] ?? 0;
}

/** Longest content of a GS1-128 symbol (GS1 General Specifications §5.4.4.6). */
const LONGEST_128 = 48;
const SYMBOL_MODULES = 11;

/** Code set B throughout: start, FNC1, a symbol per character, check symbol; the stop is wider. */
function code128Modules(content: string): number {
  if (lengthWithoutSeparators(content) > LONGEST_128) return Number.POSITIVE_INFINITY;
  return (3 + content.length) * SYMBOL_MODULES + SYMBOL_MODULES + 2;
}

function lengthWithoutSeparators(content: string): number {
  let length = 0;
  for (let at = 0; at < content.length; at += 1) if (content.charCodeAt(at) !== GS) length += 1;
  return length;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
