import { hasCheckDigit } from '#gs1/check-digit.ts';
import { type Element, type ElementError, GS1_SYMBOLS, parseElementString } from '#gs1/element-string.ts';
import { parseDigitalLink } from '#gs1/link/digital-link.ts';
import { hasLinkScheme } from '#gs1/link/digital-link-syntax.ts';
import type { DigitalLink, LinkError } from '#gs1/link/link-error.ts';

/** What a reader sent, symbology identifier in front. */
export type Scan =
  /** A symbol that declares GS1 content. */
  | { readonly kind: 'elements'; readonly aim: string; readonly elements: readonly Element[] }
  /** An EAN or UPC symbol: its GTIN as an element, and what a composite component beside it says. */
  | {
      readonly kind: 'trade-item';
      readonly aim: string;
      readonly digits: string;
      readonly elements: readonly Element[];
    }
  | { readonly kind: 'link'; readonly aim: string; readonly text: string; readonly link: DigitalLink }
  /** A plain symbol. `lacksFnc1`: the text would be a GS1 code, had the symbol declared it. */
  | { readonly kind: 'text'; readonly aim: string; readonly text: string; readonly lacksFnc1: boolean }
  | { readonly kind: 'malformed'; readonly error: ElementError | LinkError };

/** Symbology identifiers (ISO/IEC 15424) of symbols that carry anything. */
const PLAIN_SYMBOLS: readonly string[] = [']d1', ']Q1', ']J0'];

/** How many digits the EAN and UPC symbols carry. */
const LINEAR_DIGITS: Readonly<Record<string, number>> = { ']E0': 13, ']E4': 8 };

/** What stands between a linear symbol and the composite component beside it. */
const COMPOSITE = '|]e0';

const AIM_LENGTH = 3;

/**
 * Reads a scan that begins with its symbology identifier, GS as separator. A plain symbol stays text, even where the text
 * looks like GS1; a text that sets out to be a Digital Link must be one. Never throws.
 */
export function parseScan(scan: string): Scan {
  const aim = scan.slice(0, AIM_LENGTH);
  const text = scan.slice(AIM_LENGTH);
  if (GS1_SYMBOLS.includes(aim)) return elementsOf(aim, text);
  if (PLAIN_SYMBOLS.includes(aim)) return plain(aim, text);
  const digits = LINEAR_DIGITS[aim];
  if (digits !== undefined) return tradeItem(aim, text, digits);
  const known = [...GS1_SYMBOLS, ...PLAIN_SYMBOLS, ...Object.keys(LINEAR_DIGITS)].join(' ');
  return malformed([0, Math.min(AIM_LENGTH, scan.length)], 'not-gs1', `a symbology identifier (${known})`);
}

function elementsOf(aim: string, text: string): Scan {
  const parsed = parseElementString(text);
  if (parsed.kind === 'malformed') return shifted(parsed.error, AIM_LENGTH);
  return { kind: 'elements', aim, elements: parsed.elements };
}

function plain(aim: string, text: string): Scan {
  if (hasLinkScheme(text)) {
    const parsed = parseDigitalLink(text, { permitAssociations: true });
    if (parsed.kind === 'malformed') return shifted(parsed.error, AIM_LENGTH);
    return { kind: 'link', aim, text, link: parsed.link };
  }
  return { kind: 'text', aim, text, lacksFnc1: text.startsWith('01') && parseElementString(text).kind === 'parsed' };
}

function tradeItem(aim: string, text: string, length: number): Scan {
  const bar = text.indexOf(COMPOSITE);
  const digits = bar === -1 ? text : text.slice(0, bar);
  if (!/^\d+$/.test(digits) || digits.length !== length) {
    return malformed([AIM_LENGTH, digits.length], 'linear-key', `${length} digits`);
  }
  if (!hasCheckDigit(digits)) return malformed([AIM_LENGTH + length - 1, 1], 'incorrect-check-digit', 'the right one');
  const gtin = { ai: '01', value: digits.padStart(14, '0') };
  if (bar === -1) return { kind: 'trade-item', aim, digits, elements: [gtin] };
  const beside = parseElementString(text.slice(bar + COMPOSITE.length));
  if (beside.kind === 'malformed') return shifted(beside.error, AIM_LENGTH + bar + COMPOSITE.length);
  return { kind: 'trade-item', aim, digits, elements: [gtin, ...beside.elements] };
}

function shifted(error: ElementError | LinkError, by: number): Scan {
  return { kind: 'malformed', error: { ...error, position: error.position + by } };
}

function malformed([position, length]: readonly [number, number], rule: ElementError['rule'], expected: string): Scan {
  return { kind: 'malformed', error: { ai: undefined, position, length, rule, expected } };
}
