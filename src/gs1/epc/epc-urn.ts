import { aiEntry } from '#gs1/ai-table.ts';
import { checkDigit } from '#gs1/check-digit.ts';
import { faultIn } from '#gs1/element-rules.ts';
import type { Element } from '#gs1/element-string.ts';
import { EPC_SCHEMES, type EpcScheme } from '#gs1/epc/epc-schemes.ts';
import { escapeUrn, unescapeUrn } from '#gs1/escape.ts';
import { GCP_LENGTHS } from '#gs1/gtin.ts';

/** What an EPC URN says. */
export interface Epc {
  /** `id:sgtin`, `class:lgtin`, `idpat:sgtin` … */
  readonly scheme: string;
  /** The key, and its serial where that is an element of its own. */
  readonly elements: readonly Element[];
  /** How many digits the GS1 Company Prefix has. */
  readonly gcpLength: number;
}

/** Why a text is no EPC URN. */
export interface EpcError {
  readonly rule: 'not-an-epc' | 'components' | 'company-prefix' | 'reference' | 'serial';
  /** What would have been right, for people. */
  readonly expected: string;
}

export type ParsedEpc =
  | { readonly kind: 'parsed'; readonly epc: Epc }
  | { readonly kind: 'malformed'; readonly error: EpcError };

const URN = 'urn:epc:';
const byName = new Map(EPC_SCHEMES.map((scheme) => [scheme.name, scheme]));

/**
 * Reads an EPC URN of a GS1 key. Its check digit is computed: a URN has none. Never throws; takes time in proportion to
 * the text.
 */
export function parseEpcUrn(urn: string): ParsedEpc {
  const [, name = '', body = ''] = /^urn:epc:([a-z]+:[a-z]+):(.*)$/.exec(urn) ?? [];
  const scheme = byName.get(name);
  if (scheme === undefined) return malformed('not-an-epc', `${URN} and a scheme of a GS1 key`);
  const parts = componentsOf(body, countOf(scheme));
  if (parts === undefined) return malformed('components', `${countOf(scheme)} components with dots between them`);
  const [prefix = '', reference = '', ...more] = parts;
  if (!isPrefix(prefix))
    return malformed('company-prefix', `a company prefix of ${GCP_LENGTHS.min} to ${GCP_LENGTHS.max} digits`);
  const key = joinKey(scheme, prefix, reference, more);
  if (key === undefined) return malformed('reference', referenceOf(scheme, prefix.length));
  const elements = withSerial(scheme, key, more.at(-1) ?? '');
  if (elements === undefined || !elements.every(isSound)) return malformed('serial', serialOf(scheme));
  return { kind: 'parsed', epc: { scheme: name, elements, gcpLength: prefix.length } };
}

/**
 * Writes what identifies most among the elements as an EPC URN: `(01)(10)(21)` becomes an SGTIN, `(01)(10)` a lot. The
 * length of the company prefix is that of the master data; it is never guessed. Undefined when no scheme fits, when
 * the length cannot be right for this key, and for an extension `0`, which a URN cannot tell from none.
 */
export function epcUrn(elements: readonly Element[], gcpLength: number): string | undefined {
  if (!Number.isInteger(gcpLength) || gcpLength < GCP_LENGTHS.min || gcpLength > GCP_LENGTHS.max) return undefined;
  const first = elements.find(({ ai }) => EPC_SCHEMES.some((scheme) => scheme.ai === ai));
  if (first === undefined || !elements.every(isSound)) return undefined;
  for (const scheme of EPC_SCHEMES.filter(({ ai }) => ai === first.ai)) {
    const serial = serialIn(scheme, first.value, elements);
    if (serial === undefined) continue;
    const parts = splitKey(scheme, first.value, gcpLength);
    return parts === undefined ? undefined : `${URN}${scheme.name}:${[...parts, ...serial].join('.')}`;
  }
  return undefined;
}

function countOf({ serial, pieces }: EpcScheme): number {
  return 2 + (serial.kind === 'none' ? 0 : 1) + (pieces === true ? 2 : 0);
}

/** A serial may hold dots itself: the last component takes all that is left. */
function componentsOf(body: string, count: number): string[] | undefined {
  const parts: string[] = [];
  let from = 0;
  while (parts.length < count - 1) {
    const dot = body.indexOf('.', from);
    if (dot === -1) return undefined;
    parts.push(body.slice(from, dot));
    from = dot + 1;
  }
  return [...parts, body.slice(from)];
}

/** The value of the key element without a serial inside it; undefined when the reference does not fit the prefix. */
function joinKey(scheme: EpcScheme, prefix: string, reference: string, more: readonly string[]): string | undefined {
  const { key, filler = '', pieces } = scheme;
  if (key.kind === 'free') {
    const free = unescapeUrn(reference);
    return free === undefined || free === '' ? undefined : prefix + free;
  }
  const isTurned = key.kind === 'turned';
  const body = isTurned ? reference.slice(0, 1) + prefix + reference.slice(1) : prefix + reference;
  if (!/^\d*$/.test(reference) || body.length !== key.total || (isTurned && reference === '')) return undefined;
  const digits = `${filler}${body}${checkDigit(body)}`;
  if (pieces === undefined) return digits;
  const [piece = '', total = ''] = more;
  return /^\d\d$/.test(piece) && /^\d\d$/.test(total) ? digits + piece + total : undefined;
}

function withSerial({ ai, serial }: EpcScheme, key: string, raw: string): Element[] | undefined {
  const value = unescapeUrn(raw);
  switch (serial.kind) {
    case 'none':
      return [{ ai, value: key }];
    case 'pattern':
      return raw === '*' ? [{ ai, value: key }] : undefined;
    case 'inside':
      return value === undefined || value === '' ? undefined : [{ ai, value: key + value }];
    case 'extension':
    case 'element': {
      if (value === undefined || value === '') return undefined;
      const isNone = serial.kind === 'extension' && value === '0';
      return isNone
        ? [{ ai, value: key }]
        : [
            { ai, value: key },
            { ai: serial.ai, value },
          ];
    }
  }
}

/** The last component of a URN of this scheme, as a list of one or none; undefined when the elements are of another. */
function serialIn(
  { serial, key, filler = '' }: EpcScheme,
  value: string,
  elements: readonly Element[],
): string[] | undefined {
  const inside = key.kind === 'free' ? '' : value.slice(filler.length + key.total + 1);
  switch (serial.kind) {
    case 'none':
      return [];
    case 'pattern':
      return ['*'];
    case 'inside':
      return inside === '' ? undefined : [escapeUrn(inside)];
    case 'extension': {
      const extension = elements.find(({ ai }) => ai === serial.ai)?.value;
      return extension === '0' ? undefined : [escapeUrn(extension ?? '0')];
    }
    case 'element': {
      const element = elements.find(({ ai }) => ai === serial.ai);
      return element === undefined ? undefined : [escapeUrn(element.value)];
    }
  }
}

/** Prefix, reference and, for an ITIP, piece and total; undefined when a prefix of that length cannot be cut out. */
function splitKey({ key, filler = '', pieces }: EpcScheme, value: string, length: number): string[] | undefined {
  const digits = value.slice(filler.length);
  const start = key.kind === 'turned' ? 1 : 0;
  const prefix = digits.slice(start, start + length);
  if (!isPrefix(prefix) || prefix.length !== length || /^0+$/.test(prefix)) return undefined;
  const end = key.kind === 'free' ? digits.length : key.total;
  const reference = `${digits.slice(0, start)}${digits.slice(start + length, end)}`;
  if (key.kind === 'free') return reference === '' ? undefined : [prefix, escapeUrn(reference)];
  return pieces === undefined ? [prefix, reference] : [prefix, reference, digits.slice(14, 16), digits.slice(16, 18)];
}

function isPrefix(text: string): boolean {
  return /^\d+$/.test(text) && text.length >= GCP_LENGTHS.min && text.length <= GCP_LENGTHS.max;
}

function isSound({ ai, value }: Element): boolean {
  const entry = aiEntry(ai);
  return entry !== undefined && faultIn(entry, value, 0, value.length) === undefined;
}

function referenceOf({ key }: EpcScheme, prefixLength: number): string {
  return key.kind === 'free' ? 'a reference behind the prefix' : `a reference of ${key.total - prefixLength} digits`;
}

function serialOf({ serial, ai }: EpcScheme): string {
  if (serial.kind === 'pattern') return '* as the last component';
  return 'ai' in serial ? `a serial as (${serial.ai}) may be` : `a value as (${ai}) may be`;
}

function malformed(rule: EpcError['rule'], expected: string): ParsedEpc {
  return { kind: 'malformed', error: { rule, expected } };
}
