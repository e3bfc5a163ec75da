import { LIFE_STEPS, type LifeStep, TRAINING_MARK } from '#epcis/event.ts';
import type { EpcisEvent } from '#epcis/event-model.ts';
import { utc } from '#epcis/utc.ts';
import { escapeDigitalLink } from '#gs1/escape.ts';
import type { Gtin } from '#gs1/gtin.ts';
import { itemUri, placeUri } from '#gs1/sgtin.ts';
import type { Instant } from '#line/time.ts';

/** Most items one event speaks of (design.md §9). */
export const MOST_PER_EVENT = 1000;

/** The run an export speaks of. */
export interface EpcisRun {
  /** Id of the database: with run and sequence numbers it makes event ids that are the same at every export. */
  readonly database: string;
  readonly run: number;
  readonly order: string;
  readonly gtin: Gtin;
  readonly lot: string;
  /** `YYYY-MM-DD`. */
  readonly expiry: string;
  readonly mode: 'TRAINING' | 'PRODUCTION';
  /** Time of the last fact the export is made from. Becomes the creation date: the same record, the same bytes. */
  readonly asOf: Instant;
  /** Where the line stands; without it events carry no read point, no business location and no production order. */
  readonly location?: { readonly gln: string; readonly extension: string } | undefined;
  /** Offset of the plant's clock at an instant, `±hh:mm`. */
  readonly offsetAt: (at: Instant) => string;
}

/**
 * Something an item went through that a partner must know, in the order in which it was recorded. Items that were
 * never commissioned (rejected, lost, unused) are not among them: they produce no EPCIS event (gs1-epcis.md §5.2).
 */
export interface EpcisItem {
  readonly serial: string;
  readonly at: Instant;
  /** Sequence number of the fact. */
  readonly seq: number;
  /** `commissioning` unless told otherwise. */
  readonly step?: LifeStep;
}

/** Rows as a reader delivers them: page by page, in order, at the pace of whoever asks. */
export type Pages<Row> = Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;

/** SHA-256 of a text's UTF-8 bytes; handed in, because this folder computes nothing that Node has built in. */
export type Hash = (text: string) => Uint8Array;

/**
 * Groups what happened into events: consecutive items that took the same step, at most `MOST_PER_EVENT`, with the time
 * of the last. Holds one group and one page at a time.
 */
export async function* lifeEvents(run: EpcisRun, items: Pages<EpcisItem>, hash: Hash): AsyncGenerator<EpcisEvent> {
  let group: EpcisItem[] = [];
  for await (const page of items) {
    for (const item of page) {
      const first = group[0];
      if (first !== undefined && (group.length === MOST_PER_EVENT || stepOf(first) !== stepOf(item))) {
        yield lifeEvent(run, first, group, hash);
        group = [];
      }
      group.push(item);
    }
  }
  const [first] = group;
  if (first !== undefined) yield lifeEvent(run, first, group, hash);
}

/**
 * A UUID from a name: version 8 with the first 122 bits of its SHA-256 (RFC 9562 §5.8). Stable where version 4 would
 * have to be stored.
 */
export function nameUuid(name: string, hash: Hash): string {
  const bytes = hash(name).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function lifeEvent(run: EpcisRun, first: EpcisItem, items: readonly EpcisItem[], hash: Hash): EpcisEvent {
  const last = items[items.length - 1] ?? first;
  const step = stepOf(first);
  const { action, disposition } = LIFE_STEPS[step];
  // The last sequence number is part of the name: a group that has grown since the last export is another event.
  const name = `linewright event ${run.database} ${run.run} ${step} ${first.seq}-${last.seq}`;
  return {
    type: 'ObjectEvent',
    eventID: `urn:uuid:${nameUuid(name, hash)}`,
    eventTime: utc(last.at),
    eventTimeZoneOffset: run.offsetAt(last.at),
    epcList: itemUris(run.gtin, items),
    action,
    bizStep: step,
    disposition,
    ...whereAndWhy(run),
    ...(action === 'ADD' ? { ilmd: { 'cbvmda:lotNumber': run.lot, 'cbvmda:itemExpirationDate': run.expiry } } : {}),
    ...(run.mode === 'TRAINING' ? { [TRAINING_MARK]: true } : {}),
  };
}

/** What all items of a product have in common is written once, and a plain serial needs no escape: a million pass here. */
function itemUris(gtin: Gtin, items: readonly EpcisItem[]): string[] {
  const product = itemUri(gtin, '');
  return items.map(({ serial }) => product + (/[^A-Za-z0-9\-._~]/.test(serial) ? escapeDigitalLink(serial) : serial));
}

/** Read point is the line, business location the site, the reason the production order (CBV 2.0 §8.5.2 form). */
function whereAndWhy({
  location,
  order,
}: EpcisRun): Pick<EpcisEvent, 'readPoint' | 'bizLocation' | 'bizTransactionList'> {
  if (location === undefined) return {};
  return {
    readPoint: { id: placeUri(location.gln, location.extension) },
    bizLocation: { id: placeUri(location.gln) },
    bizTransactionList: [{ type: 'prodorder', bizTransaction: `urn:epcglobal:cbv:bt:${location.gln}:${order}` }],
  };
}

function stepOf(item: EpcisItem): LifeStep {
  return item.step ?? 'commissioning';
}
