import { judgedEvents, runHead } from '#epcis/document.ts';
import type { EpcisEvent } from '#epcis/event-model.ts';
import { type EpcisItem, type EpcisRun, type Hash, lifeEvents, type Pages } from '#epcis/life-events.ts';
import { type GcpLengthOf, inUrns } from '#epcis/urn-notation.ts';
import type { DocumentChunk } from '#epcis/write-json.ts';
import { xmlDocument } from '#epcis-xml/write-xml.ts';

/** The document of a run in XML of EPCIS 2.0: the same events as in JSON, each judged on its way. */
export function xmlOfRun(run: EpcisRun, items: Pages<EpcisItem>, hash: Hash): AsyncGenerator<DocumentChunk> {
  const head = runHead(run, hash);
  return xmlDocument(head, judgedEvents(run, head, lifeEvents(run, items, hash)), '2.0');
}

/**
 * The same in EPCIS 1.2, with every identifier as an EPC URN, as partners in US trade take events (guideline R1.3). Its
 * head of master data and transaction statement is theirs who ship: docs/decisions/0020-epcis-1-2-from-the-line.md.
 */
export function urnXmlOfRun(
  run: EpcisRun,
  items: Pages<EpcisItem>,
  hash: Hash,
  gcpLengthOf: GcpLengthOf,
): AsyncGenerator<DocumentChunk> {
  const head = { ...runHead(run, hash), schemaVersion: '1.2' };
  return xmlDocument(head, judgedEvents(run, head, told(lifeEvents(run, items, hash), gcpLengthOf)), '1.2');
}

async function* told(events: AsyncIterable<EpcisEvent>, gcpLengthOf: GcpLengthOf): AsyncGenerator<EpcisEvent> {
  for await (const event of events) yield inUrns(event, gcpLengthOf);
}
