/**
 * Two escapers that must never be mixed (gs1-epcis.md §8): the pure identity URN leaves all but seven characters as they
 * are (`#` occurs in component ids only), the Digital Link URI escapes everything but the unreserved ones. Both take
 * characters of GS1 sets, which are ASCII.
 */

/** For a serial or lot inside `urn:epc:…` (EPC Tag Data Standard §6.3.3). */
export function escapeUrn(value: string): string {
  return value.replaceAll(/["#%&/<>?]/g, percent);
}

/** For a value inside a GS1 Digital Link URI (RFC 3986: unreserved characters alone stay). */
export function escapeDigitalLink(value: string): string {
  return value.replaceAll(/[^A-Za-z0-9\-._~]/g, percent);
}

function percent(symbol: string): string {
  return `%${symbol.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/**
 * Decodes a part of a URN. Undefined when a reserved character stands there unescaped, or a `%` without its two digits
 * (EPC Tag Data Standard §6.3.3).
 */
export function unescapeUrn(text: string): string | undefined {
  if (/["#&/<>?]/.test(text) || /%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
