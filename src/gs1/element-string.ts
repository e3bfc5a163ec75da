import { type AiEntry, aiEntry, aiEntryAt, MOST_ELEMENTS } from '#gs1/ai-table.ts';
import { faultIn, type Rule, valueEnd } from '#gs1/element-rules.ts';
import { type Gtin, parseGtin } from '#gs1/gtin.ts';

/** The separator between elements: FNC1 in the symbol, GS (1Dh) in what a reader sends. */
export const GS = '\u001d';

const GS_CODE = 0x1d;

/** One element: an Application Identifier and its value, without the separator. */
export interface Element {
  readonly ai: string;
  readonly value: string;
}

/** Why a text is no element string. `position` counts characters from 0. */
export interface ElementError {
  readonly ai: string | undefined;
  readonly position: number;
  /** How many characters are at fault; 0 where some are missing. */
  readonly length: number;
  readonly rule: Rule;
  /** What would have been right, for people. */
  readonly expected: string;
}

export type ParsedElements =
  | { readonly kind: 'parsed'; readonly elements: readonly Element[] }
  | { readonly kind: 'malformed'; readonly error: ElementError };

/** What an item's code says about it. Lot and expiry are undefined where the code does not carry them. */
export interface ItemCode {
  readonly gtin: Gtin;
  readonly serial: string;
  readonly lot: string | undefined;
  /** `YYMMDD` as encoded; day 00 is the last of the month. */
  readonly expiry: string | undefined;
}

/** AIM identifiers of symbols that declare GS1 content (gs1-epcis.md §3.5). */
export const GS1_SYMBOLS: readonly string[] = [']d2', ']Q3', ']C1', ']e0', ']J1'];

/**
 * Reads an element string as a reader sends it: no AIM identifier in front, GS as separator. Decoded order is kept.
 * `aim`, when given, must declare GS1 content: a plain Data Matrix (`]d1`) that begins with 01 lacks its FNC1, and
 * is refused rather than read out of kindness.
 */
export function parseElementString(text: string, aim?: string): ParsedElements {
  if (aim !== undefined && !GS1_SYMBOLS.includes(aim)) {
    return malformed({ ai: undefined, position: 0, length: 0, rule: 'not-gs1', expected: gs1Symbol(aim) });
  }
  if (text === '') return malformed({ ai: undefined, ...NOTHING });
  const elements: Element[] = [];
  let at = 0;
  while (at < text.length) {
    const entry = aiEntryAt(text, at);
    if (entry === undefined) return malformed(unknownAi(text, at));
    const from = at + entry.ai.length;
    const to = valueEnd(entry, text, from);
    const fault = faultIn(entry, text, from, to);
    if (fault !== undefined) return malformed({ ai: entry.ai, ...fault });
    const element = { ai: entry.ai, value: text.slice(from, to) };
    const surplus = surplusOf(elements, element);
    if (surplus !== undefined) return malformed({ ai: entry.ai, position: at, length: to - at, ...surplus });
    elements.push(element);
    at = text.charCodeAt(to) === GS_CODE ? to + 1 : to;
  }
  return { kind: 'parsed', elements };
}

/** Why an element cannot be added to those before it: the same AI with another value, or too many of them. */
export function surplusOf(
  elements: readonly Element[],
  { ai, value }: Element,
): { readonly rule: Rule; readonly expected: string } | undefined {
  for (const other of elements) {
    if (other.ai === ai && other.value !== value) {
      return { rule: 'duplicate', expected: 'the same value again, or the element once' };
    }
  }
  return elements.length < MOST_ELEMENTS ? undefined : { rule: 'too-many', expected: `${MOST_ELEMENTS} elements` };
}

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

/**
 * Writes elements in the given order, with GS behind each value whose end the reader could not know. Values are
 * written as they are: `parseElementString` is the judge of them.
 */
export function elementString(elements: readonly Element[]): string {
  const last = elements.length - 1;
  return elements
    .map(({ ai, value }, place) => `${ai}${value}${place < last && !isPredefined(aiEntry(ai)) ? GS : ''}`)
    .join('');
}

/** What a label of this line says, in print order: GTIN, expiry, lot, serial. Needs a single separator. */
export function itemElementString(item: {
  readonly gtin: string;
  readonly expiryYymmdd: string;
  readonly lot: string;
  readonly serial: string;
}): string {
  return `01${item.gtin}17${item.expiryYymmdd}10${item.lot}${GS}21${item.serial}`;
}

function isPredefined(entry: AiEntry | undefined): boolean {
  return entry?.predefined === true;
}

const NOTHING = { position: 0, length: 0, rule: 'empty', expected: 'at least one element' } as const;

function malformed(error: ElementError): ParsedElements {
  return { kind: 'malformed', error };
}

function gs1Symbol(aim: string): string {
  return `a GS1 symbol (${GS1_SYMBOLS.join(', ')}), not ${aim}: FNC1 is missing`;
}

/** No AI begins here. The digits it might have been are the slice at fault, at most as many as an AI can have. */
function unknownAi(text: string, position: number): ElementError {
  const length = /^\d{1,4}/.exec(text.slice(position, position + 4))?.[0].length ?? 1;
  return { ai: undefined, position, length, rule: 'unknown-ai', expected: 'an Application Identifier' };
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
