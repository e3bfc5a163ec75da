import { CSET39, CSET82, strangerIn } from '#gs1/character-set.ts';
import { checkDigit } from '#gs1/check-digit.ts';
import { escapeDigitalLink } from '#gs1/escape.ts';

/** What an identifier names: one thing, all things of a class, a place, a party, a document or a service. */
export type IdKind = 'instance' | 'class' | 'place' | 'party' | 'other';

/** An identifier in its canonical form, `https://id.gs1.org/…` (constrained, EPCIS 2.0 §8.9). */
export interface Identifier {
  readonly kind: IdKind;
  readonly uri: string;
}

/** Component parts of a URN after the scheme. */
type Parts = readonly string[];

interface Scheme {
  readonly kind: IdKind;
  readonly parts: number;
  /** The Digital Link path; undefined where the parts make no such key. */
  readonly path: (parts: Parts) => string | undefined;
}

/** Every scheme of EPC Tag Data Standard that names a GS1 key, by `id:sgtin`, `class:lgtin`, `idpat:sgtin`. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  'id:sgtin': { kind: 'instance', parts: 3, path: (p) => withValue(gtin(p), '01', '21', text(p[2], 20)) },
  'class:lgtin': { kind: 'class', parts: 3, path: (p) => withValue(gtin(p), '01', '10', text(p[2], 20)) },
  'idpat:sgtin': { kind: 'class', parts: 3, path: (p) => (p[2] === '*' ? bare('01', gtin(p)) : undefined) },
  'id:upui': { kind: 'instance', parts: 3, path: (p) => withValue(gtin(p), '01', '235', text(p[2], 28)) },
  'idpat:upui': { kind: 'class', parts: 3, path: (p) => (p[2] === '*' ? bare('01', gtin(p)) : undefined) },
  'id:itip': { kind: 'instance', parts: 5, path: (p) => withValue(itip(p), '8006', '21', text(p[4], 20)) },
  'idpat:itip': { kind: 'class', parts: 5, path: (p) => (p[4] === '*' ? bare('8006', itip(p)) : undefined) },
  'id:sscc': { kind: 'instance', parts: 2, path: (p) => bare('00', turned(p, 17)) },
  'id:sgln': { kind: 'place', parts: 3, path: sgln },
  'id:pgln': { kind: 'party', parts: 2, path: (p) => bare('417', plain(p, 12)) },
  'id:grai': { kind: 'instance', parts: 3, path: (p) => joined('8003', plain(p, 12), text(p[2], 16), '0') },
  'idpat:grai': { kind: 'class', parts: 3, path: (p) => (p[2] === '*' ? bare('8003', plain(p, 12), '0') : undefined) },
  'id:giai': { kind: 'instance', parts: 2, path: (p) => prefixed('8004', p, 30) },
  'id:gdti': { kind: 'instance', parts: 3, path: (p) => joined('253', plain(p, 12), text(p[2], 17)) },
  'idpat:gdti': { kind: 'class', parts: 3, path: (p) => (p[2] === '*' ? bare('253', plain(p, 12)) : undefined) },
  'id:sgcn': { kind: 'instance', parts: 3, path: (p) => joined('255', plain(p, 12), digits(p[2], 12)) },
  'idpat:sgcn': { kind: 'class', parts: 3, path: (p) => (p[2] === '*' ? bare('255', plain(p, 12)) : undefined) },
  'id:gsrn': { kind: 'other', parts: 2, path: (p) => bare('8018', plain(p, 17)) },
  'id:gsrnp': { kind: 'other', parts: 2, path: (p) => bare('8017', plain(p, 17)) },
  'id:ginc': { kind: 'other', parts: 2, path: (p) => prefixed('401', p, 30) },
  'id:gsin': { kind: 'other', parts: 2, path: (p) => bare('402', plain(p, 16)) },
  'id:cpi': { kind: 'instance', parts: 3, path: (p) => withValue(cpi(p), '8010', '8011', count(p[2])) },
  'idpat:cpi': { kind: 'class', parts: 3, path: (p) => (p[2] === '*' ? bare('8010', cpi(p)) : undefined) },
};

/** Reads an EPC URN (`urn:epc:id:…`, `urn:epc:class:…`, `urn:epc:idpat:…`); undefined when it is none, or malformed. */
export function readEpcUrn(urn: string): Identifier | undefined {
  const found = /^urn:epc:(id|class|idpat):([a-z]+):(.*)$/.exec(urn);
  if (found === null) return undefined;
  const scheme = SCHEMES[`${found[1]}:${found[2]}`];
  const parts = splitParts(found[3] ?? '', scheme?.parts ?? 0);
  if (scheme === undefined || parts === undefined || !/^\d{6,12}$/.test(parts[0] ?? '')) return undefined;
  const path = scheme.path(parts);
  return path === undefined ? undefined : { kind: scheme.kind, uri: `https://id.gs1.org/${path}` };
}

/** A serial may hold dots itself: the last part takes all that is left. */
function splitParts(body: string, count: number): Parts | undefined {
  const pieces = body.split('.');
  if (pieces.length < count || count === 0) return undefined;
  return [...pieces.slice(0, count - 1), pieces.slice(count - 1).join('.')];
}

/** Prefix and reference as they stand, `total` digits together, and the check digit. */
function plain([prefix = '', reference = '']: Parts, total: number): string | undefined {
  const body = prefix + reference;
  return body.length === total && /^\d+$/.test(body) ? `${body}${checkDigit(body)}` : undefined;
}

/** The first digit of the reference moves to the front: indicator of a GTIN, extension of an SSCC. */
function turned([prefix = '', reference = '']: Parts, total: number): string | undefined {
  return reference === '' ? undefined : plain([`${reference.slice(0, 1)}${prefix}`, reference.slice(1)], total);
}

function gtin(parts: Parts): string | undefined {
  return turned(parts, 13);
}

function itip(parts: Parts): string | undefined {
  const key = gtin(parts);
  const pieces = `${parts[2]}${parts[3]}`;
  return key !== undefined && /^\d{4}$/.test(pieces) && parts[2]?.length === 2 ? `${key}${pieces}` : undefined;
}

/** Extension `0` means that there is none. */
function sgln(parts: Parts): string | undefined {
  const key = plain(parts, 12);
  return parts[2] === '0' ? bare('414', key) : withValue(key, '414', '254', text(parts[2], 20));
}

function cpi([prefix = '', raw = '']: Parts): string | undefined {
  if (/[#/]/.test(raw)) return undefined;
  const value = unescapeUrn(raw);
  if (value === undefined || value === '' || prefix.length + value.length > 30) return undefined;
  return strangerIn(value, CSET39, 0, value.length) === -1 ? escapeDigitalLink(`${prefix}${value}`) : undefined;
}

function prefixed(ai: string, [prefix = '', reference]: Parts, most: number): string | undefined {
  const value = text(reference, most - prefix.length);
  return value === undefined ? undefined : `${ai}/${prefix}${value}`;
}

/** A value of set 82 as it stands in a URN, 1 to `most` characters, escaped for a Digital Link. */
function text(raw: string | undefined, most: number): string | undefined {
  const value = unescapeUrn(raw ?? '');
  if (value === undefined || value.length < 1 || value.length > most) return undefined;
  return strangerIn(value, CSET82, 0, value.length) === -1 ? escapeDigitalLink(value) : undefined;
}

function digits(raw: string | undefined, most: number): string | undefined {
  return raw !== undefined && /^\d+$/.test(raw) && raw.length <= most ? raw : undefined;
}

function count(raw: string | undefined): string | undefined {
  return raw !== undefined && /^(0|[1-9]\d{0,11})$/.test(raw) ? raw : undefined;
}

/** Reserved characters that stand there unescaped make the URN malformed (TDS §6.3.3). */
function unescapeUrn(raw: string): string | undefined {
  if (/["&/<>?]/.test(raw) || /%(?![0-9A-Fa-f]{2})/.test(raw)) return undefined;
  return raw.replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function bare(ai: string, key: string | undefined, filler = ''): string | undefined {
  return key === undefined ? undefined : `${ai}/${filler}${key}`;
}

function joined(ai: string, key: string | undefined, serial: string | undefined, filler = ''): string | undefined {
  return key === undefined || serial === undefined ? undefined : `${ai}/${filler}${key}${serial}`;
}

function withValue(
  key: string | undefined,
  ai: string,
  qualifier: string,
  value: string | undefined,
): string | undefined {
  return key === undefined || value === undefined ? undefined : `${ai}/${key}/${qualifier}/${value}`;
}
