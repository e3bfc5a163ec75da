import type { DocumentHead, EpcisEvent, Namespaces, Vocabulary } from '#epcis/event-model.ts';

/** A piece of a document, and how many items it speaks of: 0 for what stands around the events, more for an event. */
export interface DocumentChunk {
  readonly text: string;
  readonly items: number;
}

/** Events as they come, at the pace of whoever asks. */
export type Events = Iterable<EpcisEvent> | AsyncIterable<EpcisEvent>;

/** The official JSON-LD context of EPCIS 2.0; never loaded, only named. */
export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** Writes an EPCIS 2.0 document (JSON-LD) piece by piece, one event a line, and never holds more than an event. */
export async function* jsonDocument(head: DocumentHead, events: Events): AsyncGenerator<DocumentChunk> {
  yield { text: opening(head), items: 0 };
  let separator = '\n';
  for await (const event of events) {
    yield { text: `${separator}${JSON.stringify(event)}`, items: itemsIn(event) };
    separator = ',\n';
  }
  yield { text: '\n]}}\n', items: 0 };
}

/** How many identified things an event speaks of, its parent not counted. */
export function itemsIn(event: EpcisEvent): number {
  const { epcList, childEPCs, inputEPCList, outputEPCList } = event;
  return [epcList, childEPCs, inputEPCList, outputEPCList].reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

function opening(head: DocumentHead): string {
  const { id, schemaVersion, creationDate, instanceIdentifier, sender, receiver, vocabularies } = head;
  const fields = {
    '@context': [
      EPCIS_CONTEXT,
      ...(Object.keys(head.namespaces).length === 0 ? [] : [jsonNamespaces(head.namespaces)]),
    ],
    id,
    type: 'EPCISDocument',
    schemaVersion,
    creationDate,
    instanceIdentifier,
    sender,
    receiver,
    ...head.extensions,
    ...(vocabularies.length === 0 ? {} : { epcisHeader: { epcisMasterData: masterData(vocabularies) } }),
  };
  return `${JSON.stringify(fields).slice(0, -1)},"epcisBody":{"eventList":[`;
}

/** In JSON-LD the namespace of CBV master data ends with the colon that XML leaves out (gs1-epcis.md §10.3). */
function jsonNamespaces(namespaces: Namespaces): Namespaces {
  const entries = Object.entries(namespaces);
  return Object.fromEntries(
    entries.map(([prefix, uri]) => [prefix, uri === 'urn:epcglobal:cbv:mda' ? `${uri}:` : uri]),
  );
}

function masterData(vocabularies: readonly Vocabulary[]): object {
  return {
    vocabularyList: vocabularies.map(({ type, elements }) => ({
      type,
      vocabularyElementList: elements.map(({ id, attributes, children }) => ({
        id,
        attributes: attributes.map((attribute) => ({ id: attribute.id, attribute: attribute.value })),
        ...(children === undefined ? {} : { children }),
      })),
    })),
  };
}
