import { aiEntry } from '#gs1/ai-table.ts';

/** The domain of canonical Digital Links: names the thing, and need not resolve. */
export const CANONICAL_STEM = 'https://id.gs1.org';

/** The parts of a URI that a Digital Link may have. The fragment means nothing to it. */
export interface UriParts {
  readonly stem: string;
  readonly segments: readonly string[];
  /** Where the first segment begins. */
  readonly pathAt: number;
  readonly query: string;
  readonly queryAt: number;
  readonly fragment: string | undefined;
}

const SCHEMES = ['https://', 'HTTPS://', 'http://', 'HTTP://'];
/** A name or an IPv4 address in any notation, or an IPv6 address in brackets; and a port. No user, no zone. */
const AUTHORITY = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~]+)(?::\d{1,5})?$/;
/** What may stand in a URI at all (RFC 3986): unreserved, reserved, percent. */
const STRANGER = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/;

/** Place of the first character that no URI may have, or -1. */
export function strangerInUri(uri: string): number {
  return uri.search(STRANGER);
}

/** Whether a text sets out to be a Digital Link: an http(s) scheme, all in lower or all in upper case. */
export function hasLinkScheme(text: string): boolean {
  return SCHEMES.some((scheme) => text.startsWith(scheme));
}

/** Cuts a URI into parts; undefined with a scheme, an authority or a path that no Digital Link has. */
export function cutUri(uri: string): UriParts | undefined {
  const scheme = SCHEMES.find((one) => uri.startsWith(one));
  if (scheme === undefined) return undefined;
  const [body, fragment] = splitAt(uri, '#');
  const [address, query = ''] = splitAt(body, '?');
  const slash = address.indexOf('/', scheme.length);
  if (slash === -1 || !AUTHORITY.test(address.slice(scheme.length, slash))) return undefined;
  return {
    stem: address.slice(0, slash),
    segments: address.slice(slash + 1).split('/'),
    pathAt: slash + 1,
    query,
    queryAt: address.length + 1,
    fragment,
  };
}

/**
 * Decodes `%hh`; what is no pair of hexadecimal digits stays as it is. In a query `+` is a space, in a path it is itself.
 * Each byte becomes the character with its number, so nothing outside ASCII can come in disguise.
 */
export function unescapeUri(text: string, place: 'path' | 'query'): string {
  const plain = place === 'query' ? text.replaceAll('+', ' ') : text;
  return plain.replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Whether these AIs in this order are the path of a Digital Link: a key, then qualifiers of one of its sequences. */
export function isLinkPath(ais: readonly string[]): boolean {
  const [key = '', ...qualifiers] = ais;
  const sequences = aiEntry(key)?.qualifiers ?? [];
  return sequences.some((sequence) => isOrderedPart(qualifiers, sequence));
}

/** Whether `part` is made of members of `whole`, in its order, each at most once. */
function isOrderedPart(part: readonly string[], whole: readonly string[]): boolean {
  let next = 0;
  return part.every((member) => {
    const place = whole.indexOf(member, next);
    next = place + 1;
    return place !== -1;
  });
}

function splitAt(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
