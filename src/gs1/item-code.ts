import { aiEntryAt } from '#gs1/ai-table.ts';
import { faultIn, valueEnd } from '#gs1/element-rules.ts';
import { type Element, parseElementString } from '#gs1/element-string.ts';
import { type Gtin, parseGtin } from '#gs1/gtin.ts';

/** What an item's code says about it. Lot and expiry are undefined where the code does not carry them. */
export interface ItemCode {
  readonly gtin: Gtin;
  readonly serial: string;
  readonly lot: string | undefined;
  /** `YYMMDD` as encoded; day 00 is the last of the month. */
  readonly expiry: string | undefined;
}

const GS_CODE = 0x1d;

/** Places of what an item's code carries: GTIN, serial, lot, expiry. */
const ITEM_AIS: readonly string[] = ['01', '21', '10', '17'];

/**
 * Reads an item's code on the hot path: an element string with GTIN and serial, anything else is undefined. Agrees
 * with `parseElementString` on every text, and takes about a microsecond for the codes a line prints. Never throws.
 */
export function readItemCode(text: string): ItemCode | undefined {
  const found: (string | undefined)[] = [undefined, undefined, undefined, undefined];
  let at = 0;
  while (at < text.length) {
    const entry = aiEntryAt(text, at);
    if (entry === undefined) return undefined;
    const place = ITEM_AIS.indexOf(entry.ai);
    // Another AI, or one that repeats: rare enough for the thorough way.
    if (place === -1 || found[place] !== undefined) return readThoroughly(text);
    const from = at + entry.ai.length;
    const to = valueEnd(entry, text, from);
    if (faultIn(entry, text, from, to) !== undefined) return undefined;
    found[place] = text.slice(from, to);
    at = text.charCodeAt(to) === GS_CODE ? to + 1 : to;
  }
  return itemCode(found[0], found[1], found[2], found[3]);
}

function readThoroughly(text: string): ItemCode | undefined {
  const parsed = parseElementString(text);
  if (parsed.kind === 'malformed') return undefined;
  const { elements } = parsed;
  return itemCode(find(elements, '01'), find(elements, '21'), find(elements, '10'), find(elements, '17'));
}

function itemCode(gtinText?: string, serial?: string, lot?: string, expiry?: string): ItemCode | undefined {
  const gtin = parseGtin(gtinText ?? '');
  return gtin === undefined || serial === undefined ? undefined : { gtin, serial, lot, expiry };
}

function find(elements: readonly Element[], ai: string): string | undefined {
  return elements.find((element) => element.ai === ai)?.value;
}
