import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The physical truth, read from the kernel's ledger (docs/virtual-line-ledger.md) line by line. */

export type Place = 'belt' | 'good output' | 'reject bin' | 'removed';

export interface PhysicalItem {
  readonly item: number;
  readonly origin: 'fed' | 'inserted' | 'nowhere';
  /** Which start of the process it belongs to, from 0. */
  readonly section: number;
  /** Wall clock of its first and of its last line. */
  readonly since: number;
  readonly until: number;
  /** What was printed on it or brought with it, oldest first, blanks left out. More than one: over-printed. */
  readonly contents: readonly string[];
  /** Where it went, in order; nothing yet while it is on the belt. The last place counts. */
  readonly places: readonly Place[];
  readonly cause: string;
  /** Its place among those that came to the camera eye since the PLC's start of this number, from 0. */
  readonly eye?: { readonly epoch: number; readonly place: number };
}

/** A scripted fault from its beginning to its end; `until` is infinite when it was never cleared. */
export interface FaultSpan {
  readonly fault: string;
  readonly item?: number;
  readonly from: number;
  readonly until: number;
}

export interface PhysicalTruth {
  readonly items: ReadonlyMap<number, PhysicalItem>;
  readonly faults: readonly FaultSpan[];
  readonly seeds: readonly number[];
  readonly sections: number;
  readonly tornLines: number;
  /** Starts of the PLC of which the ledger, older than its version 2, does not tell who came to the camera eye. */
  readonly untoldEpochs: ReadonlySet<number>;
  /** Where the ledger contradicts itself, in sentences. */
  readonly contradictions: readonly { readonly text: string; readonly item: number }[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Line = Readonly<Record<string, unknown>>;

interface Reading {
  readonly items: Map<number, Writable<PhysicalItem>>;
  readonly faults: Writable<FaultSpan>[];
  readonly contradictions: { readonly text: string; readonly item: number }[];
  readonly seeds: number[];
  readonly untoldEpochs: Set<number>;
  sections: number;
  tornLines: number;
  /** Version of the lines of this section. */
  version: number;
  epoch: number | undefined;
  /** How many came to the camera eye since the PLC started. */
  atEye: number;
}

/** Where an item is now. */
export function placeOf(item: PhysicalItem): Place {
  return item.places.at(-1) ?? 'belt';
}

/** Reads a whole ledger; memory grows with the items, not with the lines. */
export async function readLedger(file: string): Promise<PhysicalTruth> {
  const reading: Reading = {
    items: new Map(),
    faults: [],
    contradictions: [],
    seeds: [],
    untoldEpochs: new Set(),
    sections: 0,
    tornLines: 0,
    version: 0,
    epoch: undefined,
    atEye: 0,
  };
  const input = createReadStream(file, { encoding: 'utf8' });
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text.trim() === '') continue;
    const line = parseLine(text);
    if (line === undefined || line.torn) reading.tornLines += 1;
    if (line !== undefined) take(reading, line.value);
  }
  return reading;
}

/** A process that dies leaves half a line, and the next one may go on right behind it. */
function parseLine(text: string): { readonly value: Line; readonly torn: boolean } | undefined {
  const whole = parseObject(text);
  if (whole !== undefined) return { value: whole, torn: false };
  const rest = parseObject(text.slice(Math.max(0, text.lastIndexOf('{'))));
  return rest === undefined ? undefined : { value: rest, torn: true };
}

function parseObject(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function take(reading: Reading, line: Line): void {
  const wall = numberIn(line, 'wall') ?? 0;
  switch (line['ev']) {
    case 'start':
      reading.sections += 1;
      reading.seeds.push(numberIn(line, 'seed') ?? Number.NaN);
      reading.version = Number(textIn(line, 'version'));
      reading.epoch = undefined;
      return;
    case 'plc':
      takeEpoch(reading, numberIn(line, 'epoch'));
      return;
    case 'eye':
      takeEye(reading, itemOf(reading, line, wall));
      return;
    case 'fault':
      takeFault(reading, line, wall);
      return;
    case 'fed':
    case 'inserted':
      enter(reading, line, wall);
      return;
    case 'printed':
      print(itemOf(reading, line, wall), textIn(line, 'content'));
      return;
    case 'good':
      leave(reading, line, wall, 'good output');
      return;
    case 'diverted':
      leave(reading, line, wall, 'reject bin');
      return;
    case 'removed':
      leave(reading, line, wall, 'removed');
      return;
    default: // exposed, operator, end: nothing an invariant here is built on
      return;
  }
}

function enter(reading: Reading, line: Line, wall: number): void {
  const number = numberIn(line, 'item') ?? -1;
  if (reading.items.has(number)) {
    reading.contradictions.push({ text: `Item ${number} entered the belt twice.`, item: number });
    return;
  }
  const item = blankItem(reading, number, line['ev'] === 'fed' ? 'fed' : 'inserted', wall);
  print(item, textIn(line, 'content'));
}

const TELLS_EYE = 2;

/** The PLC counts items from 0 at each start; other lines of it say that its state changed. */
function takeEpoch(reading: Reading, epoch: number | undefined): void {
  if (epoch === undefined || epoch === reading.epoch) return;
  reading.epoch = epoch;
  reading.atEye = 0;
  if (reading.version < TELLS_EYE) reading.untoldEpochs.add(epoch);
}

function takeEye(reading: Reading, item: Writable<PhysicalItem>): void {
  if (reading.epoch !== undefined) item.eye = { epoch: reading.epoch, place: reading.atEye };
  reading.atEye += 1;
}

function print(item: Writable<PhysicalItem>, content: string): void {
  if (content !== '') item.contents = [...item.contents, content];
}

function leave(reading: Reading, line: Line, wall: number, place: Place): void {
  const item = itemOf(reading, line, wall);
  const before = item.places.at(-1);
  const isTakenBack = before === 'good output' && place === 'removed'; // what nobody vouches for after an abort
  if (before !== undefined && !isTakenBack) {
    const text = `Item ${item.item} is counted twice: first ${before}, then ${place}.`;
    reading.contradictions.push({ text, item: item.item });
  }
  item.places = [...item.places, place];
  item.cause = textIn(line, 'cause');
}

function itemOf(reading: Reading, line: Line, wall: number): Writable<PhysicalItem> {
  const number = numberIn(line, 'item') ?? -1;
  const known = reading.items.get(number);
  if (known !== undefined) {
    known.until = wall;
    return known;
  }
  reading.contradictions.push({ text: `Item ${number} is spoken of but never entered the belt.`, item: number });
  return blankItem(reading, number, 'nowhere', wall);
}

function blankItem(
  reading: Reading,
  item: number,
  origin: PhysicalItem['origin'],
  wall: number,
): Writable<PhysicalItem> {
  const section = Math.max(0, reading.sections - 1);
  const made: Writable<PhysicalItem> = {
    item,
    origin,
    section,
    since: wall,
    until: wall,
    contents: [],
    places: [],
    cause: '',
  };
  reading.items.set(item, made);
  return made;
}

function takeFault(reading: Reading, line: Line, wall: number): void {
  const fault = textIn(line, 'fault');
  if (line['active'] === true) {
    const item = numberIn(line, 'item');
    reading.faults.push({
      fault,
      from: wall,
      until: Number.POSITIVE_INFINITY,
      ...(item === undefined ? {} : { item }),
    });
    return;
  }
  const last = reading.faults.findLast((span) => span.fault === fault && span.until === Number.POSITIVE_INFINITY);
  if (last !== undefined) last.until = wall;
}

/** The faults that may have touched an item: active while it was on the belt, or aimed at it. */
export function faultsOn(truth: PhysicalTruth, item: PhysicalItem): readonly FaultSpan[] {
  return truth.faults.filter(
    (span) => span.item === item.item || (span.from <= item.until && span.until >= item.since),
  );
}

function numberIn(line: Line, key: string): number | undefined {
  const value = line[key];
  return typeof value === 'number' ? value : undefined;
}

function textIn(line: Line, key: string): string {
  const value = line[key];
  return typeof value === 'string' ? value : '';
}
