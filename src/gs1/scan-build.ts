import { aiEntry } from '#gs1/ai-table.ts';
import { hasCheckDigit } from '#gs1/check-digit.ts';
import { type Element, GS, parseElementString } from '#gs1/element-string.ts';

/** The symbols whose scans can be foretold. */
export type Symbology =
  | 'data-matrix'
  | 'qr'
  | 'dot-code'
  | 'gs1-128'
  | 'databar-expanded'
  | 'databar-omni'
  | 'databar-limited'
  | 'ean-13'
  | 'ean-8'
  | 'upc-a'
  | 'upc-e';

/** What a symbol carries. */
export type SymbolContent =
  /** An element string, GS as separator, and that of a composite component beside it. */
  | { readonly kind: 'elements'; readonly text: string; readonly composite?: string }
  | { readonly kind: 'text'; readonly text: string }
  /** The digits of an EAN, UPC or DataBar symbol as they are encoded, check digit included. */
  | { readonly kind: 'digits'; readonly digits: string; readonly composite?: string };

interface Carrier {
  readonly gs1?: string;
  readonly plain?: string;
  /** A symbol of one GTIN: its identifier and how many digits it carries. */
  readonly linear?: { readonly aim: string; readonly digits: number; readonly prefix: string; readonly first?: RegExp };
}

const COMPOSITE_AIM = ']e0';

const CARRIERS: Readonly<Record<Symbology, Carrier>> = {
  'data-matrix': { gs1: ']d2', plain: ']d1' },
  qr: { gs1: ']Q3', plain: ']Q1' },
  'dot-code': { gs1: ']J1', plain: ']J0' },
  'gs1-128': { gs1: ']C1' },
  'databar-expanded': { gs1: ']e0' },
  'databar-omni': { linear: { aim: ']e0', digits: 14, prefix: '01' } },
  // DataBar Limited has room for the indicators 0 and 1 only (ISO/IEC 24724).
  'databar-limited': { linear: { aim: ']e0', digits: 14, prefix: '01', first: /^[01]/ } },
  'ean-13': { linear: { aim: ']E0', digits: 13, prefix: '' } },
  'ean-8': { linear: { aim: ']E4', digits: 8, prefix: '' } },
  'upc-a': { linear: { aim: ']E0', digits: 12, prefix: '0' } },
  'upc-e': { linear: { aim: ']E0', digits: 12, prefix: '0' } },
};

/**
 * What a reader sends for a symbol with this content, symbology identifier in front. Undefined when the symbol cannot
 * carry it: another kind of content, a malformed element string, digits that are no GTIN of its length.
 */
export function scanOf(symbology: Symbology, content: SymbolContent): string | undefined {
  const carrier = CARRIERS[symbology];
  if (content.kind === 'text') return carrier.plain === undefined ? undefined : carrier.plain + content.text;
  const composite = content.composite === undefined ? [] : elementsOf(content.composite);
  if (composite === undefined) return undefined;
  if (carrier.linear !== undefined) return linearScan(carrier.linear, content);
  if (content.kind === 'digits' || carrier.gs1 === undefined) return undefined;
  const elements = elementsOf(content.text);
  if (elements === undefined) return undefined;
  if (content.composite === undefined) return carrier.gs1 + content.text;
  const needsSeparator = aiEntry(elements.at(-1)?.ai ?? '')?.predefined !== true;
  return `${COMPOSITE_AIM}${content.text}${needsSeparator ? GS : ''}${content.composite}`;
}

function linearScan(linear: NonNullable<Carrier['linear']>, content: SymbolContent): string | undefined {
  if (content.kind === 'text') return undefined;
  const digits = content.kind === 'digits' ? content.digits : digitsOf(content.text, linear.digits);
  if (digits === undefined || digits.length !== linear.digits || !/^\d+$/.test(digits)) return undefined;
  if (!hasCheckDigit(digits) || linear.first?.test(digits) === false) return undefined;
  const beside = content.composite === undefined ? '' : content.composite;
  const joint = beside === '' || linear.aim === COMPOSITE_AIM ? '' : `|${COMPOSITE_AIM}`;
  return `${linear.aim}${linear.prefix}${digits}${joint}${beside}`;
}

/** The digits that a symbol of so many digits carries of a single GTIN. */
function digitsOf(text: string, length: number): string | undefined {
  const [gtin, ...others] = elementsOf(text) ?? [];
  if (gtin?.ai !== '01' || others.length > 0) return undefined;
  const filling = gtin.value.slice(0, 14 - length);
  return /^0*$/.test(filling) ? gtin.value.slice(14 - length) : undefined;
}

function elementsOf(text: string): readonly Element[] | undefined {
  const parsed = parseElementString(text);
  return parsed.kind === 'parsed' ? parsed.elements : undefined;
}
