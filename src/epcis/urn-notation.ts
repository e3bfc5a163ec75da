import { DocumentRefused } from '#epcis/checked.ts';
import type { EpcisEvent, Place, Quantity } from '#epcis/event-model.ts';
import { urnOfLink } from '#gs1/epc/epc-link.ts';

/** How many digits the GS1 Company Prefix of an identifier has, from master data; undefined when nobody knows. */
export type GcpLengthOf = (link: string) => number | undefined;

/**
 * An event with every identifier as an EPC URN, as EPCIS 1.2 and its partners in US trade want it. Throws
 * `DocumentRefused` when the prefix length of one is not known: it is never guessed.
 */
export function inUrns(event: EpcisEvent, gcpLengthOf: GcpLengthOf): EpcisEvent {
  const urn = (text: string) => urnOf(text, gcpLengthOf);
  const ids = (list: readonly string[]) => list.map(urn);
  const place = (at: Place): Place => ({ ...at, id: urn(at.id) });
  const amounts = (list: readonly Quantity[]) => list.map((one) => ({ ...one, epcClass: urn(one.epcClass) }));
  const { parentID, transformationID, readPoint, bizLocation, bizTransactionList, sourceList, destinationList } = event;
  return {
    ...event,
    ...(parentID === undefined ? {} : { parentID: urn(parentID) }),
    ...(transformationID === undefined ? {} : { transformationID: urn(transformationID) }),
    ...each(event, ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'], ids),
    ...each(event, ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'], amounts),
    ...(readPoint === undefined ? {} : { readPoint: place(readPoint) }),
    ...(bizLocation === undefined ? {} : { bizLocation: place(bizLocation) }),
    ...(bizTransactionList === undefined
      ? {}
      : { bizTransactionList: bizTransactionList.map((one) => ({ ...one, bizTransaction: urn(one.bizTransaction) })) }),
    ...(sourceList === undefined ? {} : { sourceList: sourceList.map((one) => ({ ...one, source: urn(one.source) })) }),
    ...(destinationList === undefined
      ? {}
      : { destinationList: destinationList.map((one) => ({ ...one, destination: urn(one.destination) })) }),
  };
}

function each<Name extends keyof EpcisEvent & string, T>(
  event: EpcisEvent,
  names: readonly Name[],
  change: (list: readonly T[]) => readonly T[],
): Partial<Record<Name, readonly T[]>> {
  const changed: Partial<Record<Name, readonly T[]>> = {};
  for (const name of names) {
    const list: unknown = event[name];
    if (Array.isArray(list)) changed[name] = change(list);
  }
  return changed;
}

/** What is no Digital Link stays as it is: URNs, and identifiers that are none of GS1's. */
function urnOf(text: string, gcpLengthOf: GcpLengthOf): string {
  if (!/^https?:\/\/id\.gs1\.org\//.test(text)) return text;
  const length = gcpLengthOf(text);
  const urn = length === undefined ? undefined : urnOfLink(text, length);
  if (urn !== undefined) return urn;
  const message = `${text} cannot be told as a URN: the length of its GS1 Company Prefix is ${length ?? 'not known'}.`;
  throw new DocumentRefused({ rule: 'prefix-length', path: '', message, severity: 'error' });
}
