/**
 * Two escapers that must never be mixed (gs1-epcis.md §8): the pure identity URN leaves everything of character set 82
 * but six characters as it is, the Digital Link URI escapes everything but the unreserved ones. Both take characters
 * of set 82, which are ASCII.
 */

/** For a serial or lot inside `urn:epc:…` (EPC Tag Data Standard §6.3.3). */
export function escapeUrn(value: string): string {
  return value.replaceAll(/["%&/<>?]/g, percent);
}

/** For a value inside a GS1 Digital Link URI (RFC 3986: unreserved characters alone stay). */
export function escapeDigitalLink(value: string): string {
  return value.replaceAll(/[^A-Za-z0-9\-._~]/g, percent);
}

function percent(symbol: string): string {
  return `%${symbol.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
