/** What a stranger reads off an item or out of an EPCIS file: his own few lines, shared with nobody. */

/** The code on an item. */
export interface Code {
  readonly gtin: string;
  readonly serial: string;
  readonly lot: string;
  /** YYMMDD as printed. */
  readonly expiry: string;
}

const GROUP_SEPARATOR = '\u001d';
const FIXED: Readonly<Record<string, number>> = { '01': 14, '11': 6, '13': 6, '15': 6, '16': 6, '17': 6 };
const VARIABLE = new Set(['10', '21']);

/** Reads an element string with (01), (21), (10) and (17); undefined for anything that is not one. */
export function parseContent(content: string): Code | undefined {
  const values = new Map<string, string>();
  let at = 0;
  while (at < content.length) {
    const ai = content.slice(at, at + 2);
    const end = endOfValue(content, ai, at + 2);
    if (end === undefined || values.has(ai)) return undefined;
    values.set(ai, content.slice(at + 2, end));
    at = content[end] === GROUP_SEPARATOR ? end + 1 : end;
  }
  const [gtin, serial, lot, expiry] = ['01', '21', '10', '17'].map((ai) => values.get(ai));
  if (gtin === undefined || serial === undefined || lot === undefined || expiry === undefined) return undefined;
  return /^\d{14}$/.test(gtin) && /^\d{6}$/.test(expiry) ? { gtin, serial, lot, expiry } : undefined;
}

function endOfValue(content: string, ai: string, from: number): number | undefined {
  const length = FIXED[ai];
  if (length !== undefined) return from + length <= content.length ? from + length : undefined;
  if (!VARIABLE.has(ai)) return undefined;
  const separator = content.indexOf(GROUP_SEPARATOR, from);
  const end = separator === -1 ? content.length : separator;
  return end > from && end - from <= 20 ? end : undefined;
}

/** GTIN and serial of an instance identifier: Digital Link of any domain, or SGTIN URN. */
export function parseEpc(epc: string): { readonly gtin: string; readonly serial: string } | undefined {
  const link = /^https?:\/\/[^?#]+?\/01\/(\d{14})(?:\/(?:22|10)\/[^/?#]+)*\/21\/([^/?#]+)$/i.exec(epc);
  if (link !== null) return identity(link[1], link[2]);
  const urn = /^urn:epc:id:sgtin:(\d{6,12})\.(\d{1,7})\.(.+)$/.exec(epc);
  const company = urn?.[1] ?? '';
  const reference = urn?.[2] ?? '';
  if (company.length + reference.length !== 13) return undefined;
  const digits = `${reference.slice(0, 1)}${company}${reference.slice(1)}`;
  return identity(digits + checkDigit(digits), urn?.[3]);
}

function identity(gtin: string | undefined, escaped: string | undefined) {
  if (gtin === undefined || escaped === undefined) return undefined;
  try {
    return { gtin, serial: decodeURIComponent(escaped) };
  } catch {
    return undefined; // a broken escape is a broken identifier
  }
}

function checkDigit(thirteen: string): string {
  const sum = [...thirteen].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
