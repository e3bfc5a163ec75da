import { TRAINING_MARK } from '#epcis/event.ts';
import type { BizTransaction, Destination, EpcisEvent, EventType, Source } from '#epcis/event-model.ts';
import { utc } from '#epcis/utc.ts';
import type { Instant } from '#line/time.ts';

/** What every event of a line has in common: its id, when, where, and why. Identifiers are URNs or Digital Links. */
export interface EventFrame {
  /** A URI of its own; `urn:uuid:…`. Sent from the start, so that a correction can name it. */
  readonly eventID: string;
  readonly at: Instant;
  /** Offset of the plant's clock, `±hh:mm`. */
  readonly offset: string;
  readonly readPoint?: string;
  readonly bizLocation?: string;
  readonly transactions?: readonly BizTransaction[];
  /** From the virtual line: marked, and refused by every production import. */
  readonly training?: boolean;
}

/** What a lot is known by. */
export interface LotData {
  readonly lot: string;
  /** `YYYY-MM-DD`. */
  readonly expiry: string;
}

/** Who hands over to whom, and from where to where. */
export interface Handover {
  readonly sources: readonly Source[];
  readonly destinations: readonly Destination[];
}

/** Items or cases get their identity: verified, past the divert, one GTIN and lot in an event. An SSCC has no lot. */
export function commissioning(frame: EventFrame, epcs: readonly string[], lot?: LotData): EpcisEvent {
  return {
    ...head('ObjectEvent', frame),
    epcList: epcs,
    action: 'ADD',
    bizStep: 'commissioning',
    disposition: 'active',
    ...context(frame),
    ...(lot === undefined ? {} : { ilmd: { 'cbvmda:lotNumber': lot.lot, 'cbvmda:itemExpirationDate': lot.expiry } }),
    ...mark(frame),
  };
}

/** Children go into a parent; both were commissioned before, and the parent takes direct children only. */
export function packing(frame: EventFrame, parent: string, children: readonly string[]): EpcisEvent {
  return aggregation(frame, 'ADD', 'packing', parent, children);
}

/**
 * Children leave their parent. `everything` dissolves the parent: EPCIS says so by naming no child at all, which is why
 * it takes a word here and never an empty list.
 */
export function unpacking(frame: EventFrame, parent: string, children: readonly string[] | 'everything'): EpcisEvent {
  return aggregation(frame, 'DELETE', 'unpacking', parent, children === 'everything' ? undefined : children);
}

/** Units were looked at and came back: nothing is lost by it. */
export function inspecting(
  frame: EventFrame,
  epcs: readonly string[],
  outcome: 'conformant' | 'non_conformant',
): EpcisEvent {
  return objects(frame, epcs, 'OBSERVE', 'inspecting', outcome);
}

/** Units were taken as samples. Their next event must end their life (CBV 2.0 §7.1: sampling is destructive). */
export function sampling(frame: EventFrame, epcs: readonly string[]): EpcisEvent {
  return objects(frame, epcs, 'OBSERVE', 'sampling', 'non_sellable_other');
}

/** Units were physically destroyed. No event may follow. */
export function destroying(frame: EventFrame, epcs: readonly string[]): EpcisEvent {
  return objects(frame, epcs, 'DELETE', 'destroying', 'destroyed');
}

/** The numbers of units were voided; the things may come back with new ones only. */
export function decommissioning(frame: EventFrame, epcs: readonly string[]): EpcisEvent {
  return objects(frame, epcs, 'DELETE', 'decommissioning', 'inactive');
}

/** A container was closed for good and waits for its way out. */
export function closing(frame: EventFrame, containers: readonly string[]): EpcisEvent {
  return objects(frame, containers, 'OBSERVE', 'staging_outbound', 'container_closed');
}

/** Containers leave: the outermost ones only, and no business location, for they are no longer anywhere of ours. */
export function shipping(frame: EventFrame, containers: readonly string[], handover: Handover): EpcisEvent {
  return handedOver(frame, containers, 'shipping', 'in_transit', handover);
}

/** A shipment that was told before did not leave after all. */
export function voidShipping(frame: EventFrame, containers: readonly string[], handover: Handover): EpcisEvent {
  return handedOver(frame, containers, 'void_shipping', 'in_progress', handover);
}

/** Why an event that was sent is wrong: it did not happen, or it is corrected by other events, sent on their own. */
export type Correction =
  | { readonly reason: 'did_not_occur' }
  | { readonly reason: 'incorrect_data'; readonly correctiveEventIDs: readonly string[] };

/** The whole event again, unchanged, with the declaration that it was wrong (EPCIS 2.0 §7.4.1.4). */
export function declareError(event: EpcisEvent, at: Instant, correction: Correction): EpcisEvent {
  return { ...event, errorDeclaration: { declarationTime: utc(at), ...correction } };
}

function objects(
  frame: EventFrame,
  epcs: readonly string[],
  action: 'OBSERVE' | 'DELETE',
  bizStep: string,
  disposition: string,
): EpcisEvent {
  return {
    ...head('ObjectEvent', frame),
    epcList: epcs,
    action,
    bizStep,
    disposition,
    ...context(frame),
    ...mark(frame),
  };
}

function handedOver(
  { bizLocation: _ours, ...frame }: EventFrame,
  containers: readonly string[],
  bizStep: string,
  disposition: string,
  { sources, destinations }: Handover,
): EpcisEvent {
  const { [TRAINING_MARK]: training, ...event } = objects(frame, containers, 'OBSERVE', bizStep, disposition);
  return {
    ...event,
    ...(sources.length === 0 ? {} : { sourceList: sources }),
    ...(destinations.length === 0 ? {} : { destinationList: destinations }),
    ...(training === undefined ? {} : { [TRAINING_MARK]: training }),
  };
}

function aggregation(
  frame: EventFrame,
  action: 'ADD' | 'DELETE',
  bizStep: string,
  parentID: string,
  children: readonly string[] | undefined,
): EpcisEvent {
  return {
    ...head('AggregationEvent', frame),
    parentID,
    ...(children === undefined ? {} : { childEPCs: children }),
    action,
    bizStep,
    disposition: 'in_progress',
    ...context(frame),
    ...mark(frame),
  };
}

function head(type: EventType, { eventID, at, offset }: EventFrame) {
  return { type, eventID, eventTime: utc(at), eventTimeZoneOffset: offset };
}

function context({ readPoint, bizLocation, transactions = [] }: EventFrame) {
  return {
    ...(readPoint === undefined ? {} : { readPoint: { id: readPoint } }),
    ...(bizLocation === undefined ? {} : { bizLocation: { id: bizLocation } }),
    ...(transactions.length === 0 ? {} : { bizTransactionList: transactions }),
  };
}

function mark({ training = false }: EventFrame) {
  return training ? { [TRAINING_MARK]: true } : {};
}
