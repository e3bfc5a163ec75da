import { readEpcLink } from '#epcis/epc-link.ts';
import { type Identifier, readEpcUrn } from '#epcis/epc-urn.ts';

/** What an identifier turned out to be. `foreign`: a URI, but of none of the schemes that GS1 defines. */
export type Identified =
  | { readonly kind: 'known'; readonly identifier: Identifier }
  | {
      readonly kind: 'fault';
      readonly rule: 'urn-malformed' | 'link-check-digit' | 'link-malformed' | 'link-query';
      readonly why: string;
    }
  | { readonly kind: 'foreign' };

/** Schemes of the EPC Tag Data Standard that name no GS1 key: they are left alone. */
const OTHER_SCHEMES = /^urn:epc:(id|idpat):(gid|usdod|adi|bic|imovn):/;

/** Says exactly what an identifier is. Never throws; takes time in proportion to the text. */
export function identify(text: string): Identified {
  if (text.startsWith('urn:epc:')) return identifyUrn(text);
  if (!/^https?:\/\//i.test(text)) return { kind: 'foreign' };
  const link = readEpcLink(text);
  if (link === undefined) {
    const why = 'it has no key of GS1 in a form that events may have';
    return looksLikeGs1(text) ? { kind: 'fault', rule: 'link-malformed', why } : { kind: 'foreign' };
  }
  if (link.fault === undefined) return { kind: 'known', identifier: { kind: link.kind, uri: link.uri } };
  if (link.fault.startsWith('it has a query')) return { kind: 'fault', rule: 'link-query', why: link.fault };
  const rule = link.fault.startsWith('the check digit') ? 'link-check-digit' : 'link-malformed';
  return { kind: 'fault', rule, why: link.fault };
}

/** Identifies, and remembers the product it saw last. */
export interface QuickIdentify {
  /** Whether it is a plain serial of that product: then it is sound, an instance, and canonical as it stands. */
  readonly isPlain: (text: string) => boolean;
  readonly of: (text: string) => Identified;
}

/**
 * An `identify` that remembers the product it saw last: the serials of a batch share everything in front of them, and
 * a plain serial needs no escape. A million of them then cost a comparison each.
 */
export function quickIdentify(): QuickIdentify {
  let prefix = '';
  return {
    isPlain: (text) => prefix !== '' && text.startsWith(prefix) && isPlainSerial(text, prefix.length),
    of: (text) => {
      const found = identify(text);
      const cut = /^https:\/\/id\.gs1\.org\/01\/\d{14}\/21\//.exec(text)?.[0];
      if (found.kind === 'known' && found.identifier.uri === text && cut !== undefined) prefix = cut;
      return found;
    },
  };
}

function identifyUrn(text: string): Identified {
  const identifier = readEpcUrn(text);
  if (identifier !== undefined) return { kind: 'known', identifier };
  if (OTHER_SCHEMES.test(text)) return { kind: 'foreign' };
  return { kind: 'fault', rule: 'urn-malformed', why: 'it has not the parts that its scheme asks for' };
}

/** The canonical domain, or a key's AI before what could be its value. */
function looksLikeGs1(text: string): boolean {
  return (
    /^https?:\/\/id\.gs1\.org\//i.test(text) ||
    /\/(00|01|253|255|414|417|8003|8004|8006|8010|8017|8018)\/\d{6}/.test(text)
  );
}

/** Letters, digits, `-`, `.` and `_`, 1 to 20 of them: what needs no escape in a Digital Link. */
function isPlainSerial(text: string, from: number): boolean {
  const length = text.length - from;
  if (length < 1 || length > 20) return false;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 48 && code <= 57;
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (!isDigit && !isLetter && code !== 45 && code !== 46 && code !== 95) return false;
  }
  return true;
}
