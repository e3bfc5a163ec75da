import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { parseEpc } from '#virtual-line/oracle-content.ts';

/** The exported EPCIS file, read by a stranger: event by event, never the whole document in memory. */

export interface Published {
  /** How often each `gtin serial` was commissioned. */
  readonly commissioned: ReadonlyMap<string, number>;
  /** Sentences about events that a run of single items has no business to publish, or that say wrong things. */
  readonly strange: readonly string[];
  readonly aggregations: number;
  readonly events: number;
  readonly sha256: string;
  /** Lots and expiries the commissioning events state. */
  readonly lots: ReadonlySet<string>;
  readonly expiries: ReadonlySet<string>;
}

type Json = Readonly<Record<string, unknown>>;

interface Tally {
  readonly commissioned: Map<string, number>;
  readonly strange: string[];
  readonly ids: Set<string>;
  readonly lots: Set<string>;
  readonly expiries: Set<string>;
  aggregations: number;
  events: number;
}

/** The key under which a published identifier is counted. */
export function epcKey(gtin: string, serial: string): string {
  return `${gtin} ${serial}`;
}

/** The serial of such a key. */
export function serialIn(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

/** Reads the file. Throws when it cannot be opened; what is wrong with its content becomes a sentence. */
export async function readEpcis(file: string): Promise<Published> {
  const tally: Tally = {
    commissioned: new Map(),
    strange: [],
    ids: new Set(),
    lots: new Set(),
    expiries: new Set(),
    aggregations: 0,
    events: 0,
  };
  const hash = createHash('sha256');
  const decoder = new StringDecoder('utf8');
  const cutter = eventCutter((text) => takeEvent(tally, text));
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes: Uint8Array = chunk;
    hash.update(bytes);
    cutter.write(decoder.write(bytes));
  }
  cutter.write(decoder.end());
  const document = parse(cutter.rest());
  if (document?.['type'] !== 'EPCISDocument') tally.strange.push('The file is not a complete EPCIS document.');
  return { ...tally, sha256: hash.digest('hex') };
}

/**
 * Cuts the objects of `eventList` out of JSON text that comes in pieces. `rest` is the document without them.
 * It knows strings and brackets and nothing else.
 */
export function eventCutter(take: (text: string) => void) {
  let buffer = '';
  let shell = '';
  let from = 0; // where the text that is not yet handed on begins
  let at = 0;
  let depth = 0;
  let listDepth = -1;
  let inEvent = false;
  let quoted = false;
  let escaped = false;
  let wordFrom = 0;
  let word = '';

  function keep(): void {
    shell += buffer.slice(from, at);
    from = at;
  }

  function open(code: number): void {
    if (code === BRACE && depth === listDepth) {
      keep();
      inEvent = true;
    }
    depth += 1;
    if (code === BRACKET && listDepth === -1 && word === 'eventList') listDepth = depth;
  }

  function close(): void {
    depth -= 1;
    if (inEvent && depth === listDepth) {
      take(buffer.slice(from, at + 1));
      from = at + 1;
      inEvent = false;
    } else if (depth < listDepth) listDepth = -1;
  }

  function readQuoted(code: number): void {
    if (escaped) escaped = false;
    else if (code === BACKSLASH) escaped = true;
    else if (code === QUOTE) {
      quoted = false;
      if (!inEvent) word = buffer.slice(wordFrom, at);
    }
  }

  function readPlain(code: number): void {
    if (code === QUOTE) {
      quoted = true;
      wordFrom = at + 1;
    } else if (code === BRACE || code === BRACKET) open(code);
    else if (code === BRACE + 2 || code === BRACKET + 2) close();
    else if (code === COMMA && depth === listDepth) {
      keep();
      from = at + 1; // the comma between two events belongs to neither
    }
  }

  return {
    write: (piece: string): void => {
      buffer = buffer.slice(from) + piece;
      at -= from;
      wordFrom -= from;
      from = 0;
      for (; at < buffer.length; at += 1) {
        if (quoted) readQuoted(buffer.charCodeAt(at));
        else readPlain(buffer.charCodeAt(at));
      }
    },
    rest: (): string => shell + buffer.slice(from),
  };
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACKET = 0x5b; // ] is two further
const BACKSLASH = 0x5c;
const BRACE = 0x7b; // } is two further

function takeEvent(tally: Tally, text: string): void {
  tally.events += 1;
  const event = parse(text);
  if (event === undefined) {
    tally.strange.push(`Event ${tally.events} is not readable.`);
    return;
  }
  const id = event['eventID'];
  if (typeof id === 'string' && tally.ids.has(id)) tally.strange.push(`The event ${id} is in the file twice.`);
  if (typeof id === 'string') tally.ids.add(id);
  if (event['type'] === 'AggregationEvent') tally.aggregations += 1;
  else if (event['type'] === 'ObjectEvent' && event['action'] === 'ADD') commission(tally, event);
  else {
    const kind = `${word(event['type'])} ${word(event['action'])} ${word(event['bizStep'])}`.trim();
    tally.strange.push(`Event ${tally.events} (${kind}) has nothing in the record to stand for.`);
  }
}

function commission(tally: Tally, event: Json): void {
  if (event['bizStep'] !== 'commissioning' || event['errorDeclaration'] !== undefined) {
    tally.strange.push(`Event ${tally.events} adds items but is not a plain commissioning.`);
  }
  const ilmd = record(event['ilmd']);
  for (const [key, value] of Object.entries(ilmd)) {
    if (key.endsWith(':lotNumber')) tally.lots.add(word(value));
    if (key.endsWith(':itemExpirationDate')) tally.expiries.add(word(value));
  }
  const list: unknown = event['epcList'];
  for (const epc of Array.isArray(list) ? list : []) {
    const known = parseEpc(word(epc));
    if (known === undefined) tally.strange.push(`Event ${tally.events} names ${word(epc)}, which identifies no item.`);
    else {
      const key = epcKey(known.gtin, known.serial);
      tally.commissioned.set(key, (tally.commissioned.get(key) ?? 0) + 1);
    }
  }
}

function parse(text: string): Json | undefined {
  try {
    return record(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
