import { escapeDigitalLink, escapeUrn } from '#gs1/escape.ts';
import { type Gtin, hasCompanyPrefix } from '#gs1/gtin.ts';

/** The domain of canonical Digital Links: names the thing, and need not resolve. */
const CANONICAL = 'https://id.gs1.org';

/** One item as a canonical GS1 Digital Link URI. The form for EPCIS 2.0: it needs no company prefix length. */
export function itemUri(gtin: Gtin, serial: string): string {
  return `${CANONICAL}/01/${gtin}/21/${escapeDigitalLink(serial)}`;
}

/** All items of a lot (class level), as a canonical GS1 Digital Link URI. */
export function lotUri(gtin: Gtin, lot: string): string {
  return `${CANONICAL}/01/${gtin}/10/${escapeDigitalLink(lot)}`;
}

/** A place (GLN) and, with an extension, a part of it such as one line, as a canonical GS1 Digital Link URI. */
export function placeUri(gln: string, extension?: string): string {
  const place = `${CANONICAL}/414/${gln}`;
  return extension === undefined ? place : `${place}/254/${escapeDigitalLink(extension)}`;
}

/**
 * One item as an EPC URN, `urn:epc:id:sgtin:prefix.reference.serial`: the form of EPCIS 1.2. Undefined when a company
 * prefix of `gcpLength` digits does not fit this GTIN; the length is never guessed.
 */
export function itemUrn(gtin: Gtin, gcpLength: number, serial: string): string | undefined {
  const body = splitAtPrefix(gtin, gcpLength);
  return body === undefined ? undefined : `urn:epc:id:sgtin:${body}.${escapeUrn(serial)}`;
}

/** All items of a lot as an EPC class URN, `urn:epc:class:lgtin:prefix.reference.lot`. Undefined as in `itemUrn`. */
export function lotUrn(gtin: Gtin, gcpLength: number, lot: string): string | undefined {
  const body = splitAtPrefix(gtin, gcpLength);
  return body === undefined ? undefined : `urn:epc:class:lgtin:${body}.${escapeUrn(lot)}`;
}

/** Company prefix and item reference: the indicator digit moves in front of the reference, the check digit goes. */
function splitAtPrefix(gtin: Gtin, gcpLength: number): string | undefined {
  if (!hasCompanyPrefix(gtin, gcpLength)) return undefined;
  return `${gtin.slice(1, 1 + gcpLength)}.${gtin[0]}${gtin.slice(1 + gcpLength, 13)}`;
}
