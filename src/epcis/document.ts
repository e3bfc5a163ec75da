import { EXTENSION_NAMESPACE } from '#epcis/event.ts';
import { type EpcisItem, type EpcisRun, type Hash, lifeEvents, nameUuid, type Pages } from '#epcis/life-events.ts';
import { utc } from '#epcis/utc.ts';

/** A piece of a document, and how many items it speaks of: 0 for what stands around the events, more for an event. */
export interface DocumentChunk {
  readonly text: string;
  readonly items: number;
}

/** Name of the message this document is; `-TRAINING` stands at the end of what came from the virtual line. */
export function instanceIdentifier(run: EpcisRun): string {
  const name = `${run.database}-${run.run}-${Math.floor(run.asOf)}`;
  return run.mode === 'TRAINING' ? `${name}-TRAINING` : name;
}

/**
 * Writes an EPCIS 2.0 document (JSON-LD) piece by piece, one event a line, and never holds more than an event. The
 * same run and items give the same text.
 */
export async function* epcisDocument(
  run: EpcisRun,
  items: Pages<EpcisItem>,
  hash: Hash,
): AsyncGenerator<DocumentChunk> {
  yield { text: head(run, hash), items: 0 };
  let separator = '\n';
  for await (const event of lifeEvents(run, items, hash)) {
    yield { text: `${separator}${JSON.stringify(event)}`, items: event.epcList.length };
    separator = ',\n';
  }
  yield { text: '\n]}}\n', items: 0 };
}

function head(run: EpcisRun, hash: Hash): string {
  const identifier = instanceIdentifier(run);
  const fields = {
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      // Built in, and declared again: event hashes resolve prefixes from the document itself (gs1-epcis.md §10.3).
      {
        cbvmda: 'urn:epcglobal:cbv:mda:',
        ...(run.mode === 'TRAINING' ? { linewright: EXTENSION_NAMESPACE } : {}),
      },
    ],
    id: `urn:uuid:${nameUuid(`linewright document ${identifier}`, hash)}`,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: utc(run.asOf),
    instanceIdentifier: identifier,
  };
  return `${JSON.stringify(fields).slice(0, -1)},"epcisBody":{"eventList":[`;
}
