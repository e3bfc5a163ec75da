import { associationFaults } from '#gs1/associations.ts';
import { type Element, elementString, parseElementString } from '#gs1/element-string.ts';
import { buildDigitalLink } from '#gs1/link/digital-link-build.ts';
import { askBwip, type BwipQuestion } from '#symbol/bwip.ts';
import { QR_CODEWORDS, type SymbolLayout } from '#symbol/layout.ts';
import type { Picture } from '#symbol/picture.ts';

export type DrawnSymbol =
  /** `content`: the element string or the Digital Link that a reader will send. */
  | { readonly kind: 'drawn'; readonly picture: Picture; readonly content: string }
  /** Our rules, or the encoder's own, say no: the print stops. `by` tells whose opinion it is. */
  | {
      readonly kind: 'refused';
      readonly by: 'linewright' | 'bwip-js';
      readonly rule: string;
      readonly expected: string;
    }
  | { readonly kind: 'does-not-fit' };

/** Two-dimensional symbols have no bars whose height could be chosen. */
const NO_BARS = 1;

/**
 * Draws elements in the fixed size of a layout. Two opinions are asked, ours and the encoder's; both must agree that the
 * elements are sound. Never resizes: what does not fit is refused.
 */
export function drawSymbol(layout: SymbolLayout, elements: readonly Element[]): DrawnSymbol {
  const content = contentOf(layout, elements);
  if (content.kind === 'refused') return content;
  const height = layout.kind === 'gs1-128' ? layout.height : NO_BARS;
  const answer = askBwip(questionOf(layout, elements, content.text), height);
  switch (answer.kind) {
    case 'refused':
      return { kind: 'refused', by: 'bwip-js', rule: answer.code, expected: answer.detail };
    case 'does-not-fit':
      return answer;
    case 'drawn': {
      const isTooWide = layout.kind === 'gs1-128' && answer.picture.width > layout.widest;
      return isTooWide ? { kind: 'does-not-fit' } : { kind: 'drawn', picture: answer.picture, content: content.text };
    }
  }
}

export type SymbolText = { readonly kind: 'sound'; readonly text: string } | Extract<DrawnSymbol, { kind: 'refused' }>;

/**
 * Where a QR code in FNC1 mode has no room for `%` in alphanumeric mode, bwip-js 4.11.4 writes it twice in byte mode, too,
 * and readers that go by ISO/IEC 18004 §7.4.8.2 send it twice. A code that is read differently is worse than none.
 */
const PERCENT = { rule: 'percent-in-qr', expected: 'no % in a GS1 QR code: encoders and readers disagree on it' };

/** What a symbol of this layout says of the elements: our opinion, without drawing. */
export function contentOf(layout: SymbolLayout, elements: readonly Element[]): SymbolText {
  if (layout.kind === 'link-qr') {
    const built = buildDigitalLink(elements, { stem: layout.stem });
    return built.kind === 'built' ? { kind: 'sound', text: built.uri } : refused(built.error);
  }
  const text = elementString(elements);
  const parsed = parseElementString(text);
  if (parsed.kind === 'malformed') return refused(parsed.error);
  if (layout.kind === 'gs1-qr' && text.includes('%')) return refused(PERCENT);
  const [fault] = associationFaults(elements);
  return fault === undefined ? { kind: 'sound', text } : refused(fault);
}

/** Elements in the encoder's notation: a bracket inside a value is written by its code, because brackets mean AIs. */
export function bwipNotation(elements: readonly Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '^040')}`).join('');
}

function questionOf(layout: SymbolLayout, elements: readonly Element[], uri: string): BwipQuestion {
  const text = bwipNotation(elements);
  switch (layout.kind) {
    case 'gs1-data-matrix':
      return { bcid: 'gs1datamatrix', text, parse: true, version: layout.size };
    case 'gs1-qr':
      return { bcid: 'gs1qrcode', text, parse: true, ...qrSize(layout) };
    case 'link-qr':
      return { bcid: 'gs1dlqrcode', text: uri, ...qrSize(layout) };
    case 'gs1-128':
      return { bcid: 'gs1-128', text, parse: true, lintreqs: true };
  }
}

function qrSize({ version, level }: { version: number; level: keyof typeof QR_CODEWORDS }) {
  if (QR_CODEWORDS[level][version - 1] === undefined)
    throw new RangeError(`a layout has no QR code of version ${version}`);
  return { version: String(version), eclevel: level };
}

function refused({ rule, expected }: { rule: string; expected: string }): Extract<DrawnSymbol, { kind: 'refused' }> {
  return { kind: 'refused', by: 'linewright', rule, expected };
}
