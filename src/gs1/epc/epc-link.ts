import { epcUrn, parseEpcUrn } from '#gs1/epc/epc-urn.ts';
import { type LinkOptions, parseDigitalLink } from '#gs1/link/digital-link.ts';
import { constrainedLink } from '#gs1/link/digital-link-build.ts';

/** The canonical Digital Link of what an EPC URN names; undefined when it is no EPC URN of a GS1 key. */
export function linkOfUrn(urn: string): string | undefined {
  const parsed = parseEpcUrn(urn);
  if (parsed.kind === 'malformed') return undefined;
  const [key, ...qualifiers] = parsed.epc.elements;
  return key === undefined ? undefined : constrainedLink({ key, qualifiers });
}

/**
 * The EPC URN of what a Digital Link identifies, the rest of the link left out. Undefined when it is no Digital Link,
 * when its key has no EPC, or when a company prefix of `gcpLength` digits cannot be right for it.
 */
export function urnOfLink(uri: string, gcpLength: number): string | undefined {
  const parsed = parseDigitalLink(uri, { permitAssociations: true });
  if (parsed.kind === 'malformed') return undefined;
  return epcUrn([parsed.link.key, ...parsed.link.qualifiers], gcpLength);
}

/**
 * An identifier in either form, as a canonical constrained Digital Link: two that name the same thing become the same
 * text. Undefined when it is neither.
 */
export function canonicalIdentifier(text: string, options: LinkOptions = {}): string | undefined {
  if (text.startsWith('urn:')) return linkOfUrn(text);
  const parsed = parseDigitalLink(text, { ...options, permitAssociations: true });
  return parsed.kind === 'parsed' ? constrainedLink(parsed.link) : undefined;
}
