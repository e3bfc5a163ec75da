/** How the digits of a key stand in a URN. */
export type KeyShape =
  /** Prefix and reference as they stand: `total` digits together, then the check digit. */
  | { readonly kind: 'plain'; readonly total: number }
  /** The first digit of the key stands in front of the reference: the indicator of a GTIN, the extension of an SSCC. */
  | { readonly kind: 'turned'; readonly total: number }
  /** The prefix, then characters of the key's own set; no check digit. */
  | { readonly kind: 'free' };

/** What makes the thing out of its class. */
export type Serial =
  | { readonly kind: 'none' }
  /** In an element of its own. */
  | { readonly kind: 'element'; readonly ai: string }
  /** In an element of its own; `0` where there is none. */
  | { readonly kind: 'extension'; readonly ai: string }
  /** Behind the check digit, in the same element. */
  | { readonly kind: 'inside' }
  /** `*`: the class itself. */
  | { readonly kind: 'pattern' };

/** One scheme of EPC URNs that names a GS1 key (EPC Tag Data Standard 2.0, §6 and §8). */
export interface EpcScheme {
  /** What the URN begins with, behind `urn:epc:` and before the last colon. */
  readonly name: string;
  readonly ai: string;
  readonly key: KeyShape;
  readonly serial: Serial;
  /** Digits in front of the key that a URN leaves out: the zero of a GRAI. */
  readonly filler?: string;
  /** Digits behind the check digit that are components of their own: piece and total of an ITIP. */
  readonly pieces?: true;
}

const NONE: Serial = { kind: 'none' };
const INSIDE: Serial = { kind: 'inside' };
const PATTERN: Serial = { kind: 'pattern' };
const GTIN: KeyShape = { kind: 'turned', total: 13 };
const TWELVE: KeyShape = { kind: 'plain', total: 12 };
const FREE: KeyShape = { kind: 'free' };
const ITIP = { ai: '8006', key: GTIN, pieces: true } as const;
const GRAI = { ai: '8003', key: TWELVE, filler: '0' } as const;

/** All schemes. Where several fit the same elements, the first one does: the most specific stand first. */
export const EPC_SCHEMES: readonly EpcScheme[] = [
  { name: 'id:sgtin', ai: '01', key: GTIN, serial: { kind: 'element', ai: '21' } },
  { name: 'class:lgtin', ai: '01', key: GTIN, serial: { kind: 'element', ai: '10' } },
  { name: 'id:upui', ai: '01', key: GTIN, serial: { kind: 'element', ai: '235' } },
  { name: 'idpat:sgtin', ai: '01', key: GTIN, serial: PATTERN },
  { name: 'idpat:upui', ai: '01', key: GTIN, serial: PATTERN },
  { name: 'id:sscc', ai: '00', key: { kind: 'turned', total: 17 }, serial: NONE },
  { name: 'id:sgln', ai: '414', key: TWELVE, serial: { kind: 'extension', ai: '254' } },
  { name: 'id:pgln', ai: '417', key: TWELVE, serial: NONE },
  { name: 'id:grai', ...GRAI, serial: INSIDE },
  { name: 'idpat:grai', ...GRAI, serial: PATTERN },
  { name: 'id:giai', ai: '8004', key: FREE, serial: NONE },
  { name: 'id:gsrn', ai: '8018', key: { kind: 'plain', total: 17 }, serial: NONE },
  { name: 'id:gsrnp', ai: '8017', key: { kind: 'plain', total: 17 }, serial: NONE },
  { name: 'id:gdti', ai: '253', key: TWELVE, serial: INSIDE },
  { name: 'idpat:gdti', ai: '253', key: TWELVE, serial: PATTERN },
  { name: 'id:sgcn', ai: '255', key: TWELVE, serial: INSIDE },
  { name: 'idpat:sgcn', ai: '255', key: TWELVE, serial: PATTERN },
  { name: 'id:ginc', ai: '401', key: FREE, serial: NONE },
  { name: 'id:gsin', ai: '402', key: { kind: 'plain', total: 16 }, serial: NONE },
  { name: 'id:itip', ...ITIP, serial: { kind: 'element', ai: '21' } },
  { name: 'idpat:itip', ...ITIP, serial: PATTERN },
  { name: 'id:cpi', ai: '8010', key: FREE, serial: { kind: 'element', ai: '8011' } },
  { name: 'idpat:cpi', ai: '8010', key: FREE, serial: PATTERN },
];
