import { type Code, parseContent } from '#virtual-line/oracle-content.ts';
import { type PhysicalItem, type PhysicalTruth, placeOf } from '#virtual-line/oracle-ledger.ts';
import type { RunRecord, SerialRow } from '#virtual-line/oracle-record.ts';

/** Which items are the run's business, and what is physically wrong with each: decided by what is printed on them. */

export interface JudgedItem {
  readonly physical: PhysicalItem;
  /** The run's serials it carries, as printed; more than one when it was over-printed. */
  readonly serials: readonly SerialRow[];
  /** Why it should have failed, in words; undefined for a faultless item. */
  readonly defect: string | undefined;
}

export interface Matched {
  /** Items that carry a serial of this run, and items in the good output that nobody else answers for. */
  readonly items: readonly JudgedItem[];
  /** Every item that carries the serial, oldest first. */
  readonly carriers: ReadonlyMap<SerialRow, readonly JudgedItem[]>;
  /** Serials that another run with the same GTIN holds as well, with that run. */
  readonly shared: readonly { readonly serial: string; readonly run: number }[];
}

export interface OtherSerial {
  readonly run: number;
  readonly serial: string;
  readonly gtin: string;
}

/** Decides for every item of the ledger. `others` are the serials of the other runs, walked through once. */
export function matchItems(truth: PhysicalTruth, record: RunRecord, others: Iterable<OtherSerial>): Matched {
  const codes = new Map<PhysicalItem, readonly (Code | undefined)[]>();
  for (const item of truth.items.values()) codes.set(item, item.contents.map(parseContent));
  const elsewhere = ownersElsewhere(codes, record, others);
  const range = rangeOfRun(codes, record);
  const items: JudgedItem[] = [];
  const carriers = new Map<SerialRow, JudgedItem[]>();
  for (const [physical, read] of codes) {
    const serials = serialsOn(read, record, elsewhere.owned);
    if (serials.length === 0 && !isOurs(physical, read, range, elsewhere.owned)) continue;
    const isCopy = serials.some((serial) => carriers.has(serial));
    const item = { physical, serials, defect: defectOf(physical, read, record, serials.length > 0, isCopy) };
    items.push(item);
    for (const serial of serials) carriers.set(serial, [...(carriers.get(serial) ?? []), item]);
  }
  return { items, carriers, shared: elsewhere.shared };
}

const keyOf = (code: { readonly gtin: string; readonly serial: string }): string => `${code.gtin} ${code.serial}`;

/** Walks the other runs' serials once: who owns what is printed here, and which serials are held twice. */
function ownersElsewhere(
  codes: ReadonlyMap<PhysicalItem, readonly (Code | undefined)[]>,
  record: RunRecord,
  others: Iterable<OtherSerial>,
) {
  const printed = new Set<string>();
  for (const read of codes.values()) for (const code of read) if (code !== undefined) printed.add(keyOf(code));
  const owned = new Map<string, number>();
  const shared: { readonly serial: string; readonly run: number }[] = [];
  for (const other of others) {
    if (printed.has(keyOf(other))) owned.set(keyOf(other), other.run);
    if (other.gtin === record.run.gtin && record.bySerial.has(other.serial)) {
      shared.push({ serial: other.serial, run: other.run });
    }
  }
  return { owned, shared };
}

/** A serial is ours by its text; with a wrong GTIN only if no other run owns that combination. */
function serialsOn(
  read: readonly (Code | undefined)[],
  record: RunRecord,
  owned: ReadonlyMap<string, number>,
): readonly SerialRow[] {
  const found = new Set<SerialRow>();
  for (const code of read) {
    const serial = code === undefined ? undefined : record.bySerial.get(code.serial);
    if (code === undefined || serial === undefined) continue;
    if (code.gtin === record.run.gtin || !owned.has(keyOf(code))) found.add(serial);
  }
  return [...found];
}

/** From the first to the last item on which a serial of this run was printed for the first time. */
function rangeOfRun(codes: ReadonlyMap<PhysicalItem, readonly (Code | undefined)[]>, record: RunRecord) {
  const seen = new Set<string>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const [item, read] of codes) {
    for (const code of read) {
      if (code?.gtin !== record.run.gtin || seen.has(code.serial) || !record.bySerial.has(code.serial)) continue;
      seen.add(code.serial);
      first = Math.min(first, item.item);
      last = Math.max(last, item.item);
    }
  }
  return { first, last };
}

/**
 * An item without a serial of ours concerns us if it is in the good output and either nobody owns its code or it came
 * between our own items: a carton of an earlier run that slipped into this one.
 */
function isOurs(
  item: PhysicalItem,
  read: readonly (Code | undefined)[],
  range: { readonly first: number; readonly last: number },
  owned: ReadonlyMap<string, number>,
): boolean {
  if (placeOf(item) !== 'good output') return false;
  const isOwned = read.length > 0 && read.every((code) => code !== undefined && owned.has(keyOf(code)));
  return !isOwned || (item.item > range.first && item.item < range.last);
}

function defectOf(
  item: PhysicalItem,
  read: readonly (Code | undefined)[],
  { run }: RunRecord,
  isAllocated: boolean,
  isCopy: boolean,
): string | undefined {
  if (item.contents.length === 0) return 'it is blank';
  if (item.contents.length > 1) return 'it was printed over';
  const [code] = read;
  if (code === undefined) return 'its code cannot be read as GS1';
  if (code.gtin !== run.gtin) return `its GTIN is ${code.gtin}, not ${run.gtin}`;
  if (!isAllocated) return `its serial ${code.serial} is not one of this run`;
  if (code.lot !== run.lot) return `its lot is ${code.lot}, not ${run.lot}`;
  if (code.expiry !== run.expiry.slice(2).replaceAll('-', '')) return `its expiry is ${code.expiry}, not ${run.expiry}`;
  return isCopy ? `its serial ${code.serial} is on an earlier item` : undefined;
}
