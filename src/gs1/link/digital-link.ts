import { type AiEntry, aiEntry, MOST_ELEMENTS } from '#gs1/ai-table.ts';
import { entryOf } from '#gs1/bracketed.ts';
import { faultIn } from '#gs1/element-rules.ts';
import type { Element } from '#gs1/element-string.ts';
import { cutUri, isLinkPath, strangerInUri, type UriParts, unescapeUri } from '#gs1/link/digital-link-syntax.ts';
import { type DigitalLink, type LinkError, type LinkRule, structureFault } from '#gs1/link/link-error.ts';
import { WITHDRAWN_NAMES } from '#gs1/link/withdrawn-names.ts';

/** What a reader of Digital Links may let pass beyond the rules. Nothing, unless asked. */
export interface LinkOptions {
  /** AIs in the query that the table does not know. */
  readonly permitUnknown?: boolean;
  /** GTINs of 8, 12 and 13 digits; they are filled up to 14. */
  readonly permitShortGtin?: boolean;
  /** Names such as `gtin` and `ser` in the path, withdrawn in 2020. */
  readonly permitNames?: boolean;
  /** Elements that may not stand together, or not alone. */
  readonly permitAssociations?: boolean;
}

export type ParsedLink =
  | { readonly kind: 'parsed'; readonly link: DigitalLink }
  | { readonly kind: 'malformed'; readonly error: LinkError };

/** An element, and where its name and its value stand in the URI. */
interface Placed extends Element {
  readonly nameAt: number;
  readonly at: number;
  readonly raw: string;
}

type Found<T> = { readonly kind: 'found'; readonly value: T } | Malformed;
type Malformed = Extract<ParsedLink, { kind: 'malformed' }>;

/**
 * Reads a GS1 Digital Link URI (URI Syntax 1.6, uncompressed): any domain, any stem; the key is found from the right.
 * Never guesses and never throws; takes time in proportion to the text.
 */
export function parseDigitalLink(uri: string, options: LinkOptions = {}): ParsedLink {
  const stranger = strangerInUri(uri);
  if (stranger !== -1)
    return malformed([stranger, 1], 'uri-character', { expected: 'a character that a URI may have' });
  const parts = cutUri(uri);
  if (parts === undefined) return malformed([0, uri.length], 'not-a-uri', { expected: 'http(s)://domain/…/key/value' });
  const path = readPath(parts, options);
  if (path.kind === 'malformed') return path;
  const query = readQuery(parts, options);
  if (query.kind === 'malformed') return query;
  const attributes = query.value.filter((part) => typeof part !== 'string');
  const wrong = structureFault(path.value, attributes, options.permitAssociations === true);
  const culprit = wrong === undefined ? undefined : [...path.value, ...attributes][wrong.place];
  if (wrong !== undefined && culprit !== undefined) {
    return malformed([culprit.nameAt, spanOf(culprit)], wrong.rule, wrong);
  }
  const ignored = query.value.filter((part) => typeof part === 'string');
  const fragment = parts.fragment === undefined ? [] : [`#${parts.fragment}`];
  return linkOf(uri, path.value, attributes, [...ignored, ...fragment]);
}

function linkOf(uri: string, path: readonly Placed[], query: readonly Placed[], ignored: string[]): ParsedLink {
  const [first] = path;
  const [key, ...qualifiers] = path.map(bare);
  if (first === undefined || key === undefined) throw new Error('a path that was read has a key');
  const attributes = query.map(bare);
  const stem = uri.slice(0, first.nameAt - 1);
  const elements = [key, ...qualifiers, ...attributes];
  return { kind: 'parsed', link: { stem, key, qualifiers, attributes, elements, ignored } };
}

/** Key and qualifiers: the pairs of segments from the last key on. */
function readPath(parts: UriParts, options: LinkOptions): Found<Placed[]> {
  const { segments, pathAt } = parts;
  const first = keyPlace(segments, options);
  const span = [pathAt, segments.join('/').length] as const;
  if (first === undefined) return malformed(span, 'no-key', { expected: 'a key and its value at the end of the path' });
  const path: Placed[] = [];
  let nameAt = pathAt + segments.slice(0, first).reduce((sum, segment) => sum + segment.length + 1, 0);
  for (let place = first; place < segments.length; place += 2) {
    const [name = '', raw = ''] = segments.slice(place, place + 2);
    const at = nameAt + name.length + 1;
    const read = readElement({ ai: aiOf(name, options), nameAt, at, raw }, 'path', options);
    if (read.kind === 'malformed') return read;
    path.push(read.value);
    nameAt = at + raw.length + 1;
  }
  if (isLinkPath(path.map(({ ai }) => ai))) return { kind: 'found', value: path };
  const expected = 'the qualifiers of this key, in their order, and of one alternative';
  return malformed(span, 'order', { ai: path[0]?.ai, expected });
}

/** Where the last key of the path stands; undefined when something that is no AI stands behind it. */
function keyPlace(segments: readonly string[], options: LinkOptions): number | undefined {
  const last = segments.length - 2;
  for (let place = last; place >= 0 && place > last - 2 * MOST_ELEMENTS; place -= 2) {
    const entry = aiEntry(aiOf(segments[place] ?? '', options));
    if (entry === undefined) return undefined;
    if (entry.qualifiers !== undefined) return place;
  }
  return undefined;
}

/** The attributes of the query, and as texts the parts that mean nothing to GS1. */
function readQuery({ query, queryAt }: UriParts, options: LinkOptions): Found<(Placed | string)[]> {
  const found: (Placed | string)[] = [];
  let count = 0;
  let nameAt = queryAt;
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const ai = part.slice(0, Math.max(equals, 0));
    if (!/^\d+$/.test(ai)) {
      if (part !== '') found.push(part);
    } else {
      const read = readAttribute({ ai, nameAt, at: nameAt + equals + 1, raw: part.slice(equals + 1) }, options);
      if (read.kind === 'malformed') return read;
      count += 1;
      if (count === MOST_ELEMENTS)
        return malformed([nameAt, part.length], 'too-many', { ai, expected: `${MOST_ELEMENTS} elements` });
      found.push(read.value);
    }
    nameAt += part.length + 1;
  }
  return { kind: 'found', value: found };
}

function readAttribute(raw: Omit<Placed, 'value'>, options: LinkOptions): Found<Placed> {
  const entry = entryOf(raw.ai, options);
  if (entry === undefined || entry.isAttribute) return readElement(raw, 'query', options);
  const expected = 'an AI that may be an attribute of a link';
  return malformed([raw.nameAt, raw.ai.length], 'no-attribute', { ai: raw.ai, expected });
}

function readElement(raw: Omit<Placed, 'value'>, place: 'path' | 'query', options: LinkOptions): Found<Placed> {
  const entry = entryOf(raw.ai, options);
  if (entry === undefined) {
    return malformed([raw.nameAt, raw.ai.length], 'unknown-ai', { expected: 'an Application Identifier' });
  }
  const value = filledUp(entry, unescapeUri(raw.raw, place), options);
  const fault = faultIn(entry, value, 0, value.length);
  if (fault === undefined) return { kind: 'found', value: { ...raw, value } };
  const from = written(raw.raw, Math.min(fault.position, value.length));
  const length = written(raw.raw, fault.position + fault.length) - from;
  return malformed([raw.at + from, Math.max(length, 0)], fault.rule, { ai: raw.ai, expected: fault.expected });
}

/** A GTIN that lacks its leading zeros gets them, where that is permitted. */
function filledUp(entry: AiEntry, value: string, { permitShortGtin = false }: LinkOptions): string {
  const isShort = permitShortGtin && entry.ai === '01' && /^(?:\d{8}|\d{12}|\d{13})$/.test(value);
  return isShort ? value.padStart(14, '0') : value;
}

/** How many characters of an escaped value stand for its first `count` ones. */
function written(raw: string, count: number): number {
  let at = 0;
  for (let seen = 0; seen < count && at < raw.length; seen += 1) {
    at += /^%[0-9A-Fa-f]{2}/.test(raw.slice(at, at + 3)) ? 3 : 1;
  }
  return at;
}

function aiOf(name: string, { permitNames = false }: LinkOptions): string {
  return permitNames ? (WITHDRAWN_NAMES.get(name) ?? name) : name;
}

function bare({ ai, value }: Placed): Element {
  return { ai, value };
}

function spanOf({ nameAt, at, raw }: Placed): number {
  return at + raw.length - nameAt;
}

function malformed(
  [position, length]: readonly [number, number],
  rule: LinkRule,
  about: { readonly ai?: string | undefined; readonly expected: string },
): Malformed {
  return { kind: 'malformed', error: { ai: about.ai, position, length, rule, expected: about.expected } };
}
