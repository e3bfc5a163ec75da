import { parseEpcUrn } from '#gs1/epc/epc-urn.ts';
import { constrainedLink } from '#gs1/link/digital-link-build.ts';

/** What an identifier names: one thing, all things of a class, a place, a party, a document or a service. */
export type IdKind = 'instance' | 'class' | 'place' | 'party' | 'other';

/** An identifier in its canonical form, `https://id.gs1.org/…` (constrained, EPCIS 2.0 §8.9). */
export interface Identifier {
  readonly kind: IdKind;
  readonly uri: string;
}

/** What the schemes name that are neither a single thing nor a class of things. */
const KINDS: Readonly<Record<string, IdKind>> = {
  'id:sgln': 'place',
  'id:pgln': 'party',
  'id:gsrn': 'other',
  'id:gsrnp': 'other',
  'id:ginc': 'other',
  'id:gsin': 'other',
};

/** Reads an EPC URN (`urn:epc:id:…`, `urn:epc:class:…`, `urn:epc:idpat:…`); undefined when it is none, or malformed. */
export function readEpcUrn(urn: string): Identifier | undefined {
  const parsed = parseEpcUrn(urn);
  if (parsed.kind === 'malformed') return undefined;
  const { scheme, elements } = parsed.epc;
  const [key, ...qualifiers] = elements;
  const uri = key === undefined ? undefined : constrainedLink({ key, qualifiers });
  return uri === undefined
    ? undefined
    : { kind: KINDS[scheme] ?? (scheme.startsWith('id:') ? 'instance' : 'class'), uri };
}
