import { checked } from '#epcis/checked.ts';
import { EXTENSION_NAMESPACE } from '#epcis/event.ts';
import type { DocumentHead, EpcisEvent } from '#epcis/event-model.ts';
import { type EpcisItem, type EpcisRun, type Hash, lifeEvents, nameUuid, type Pages } from '#epcis/life-events.ts';
import { utc } from '#epcis/utc.ts';
import { validator } from '#epcis/validator.ts';
import { type DocumentChunk, type Events, jsonDocument } from '#epcis/write-json.ts';

/** Name of the message this document is; `-TRAINING` stands at the end of what came from the virtual line. */
export function instanceIdentifier(run: EpcisRun): string {
  const name = `${run.database}-${run.run}-${Math.floor(run.asOf)}`;
  return run.mode === 'TRAINING' ? `${name}-TRAINING` : name;
}

/** What stands around the events of a run's document. */
export function runHead(run: EpcisRun, hash: Hash): DocumentHead {
  const identifier = instanceIdentifier(run);
  return {
    kind: 'document',
    schemaVersion: '2.0',
    creationDate: utc(run.asOf),
    namespaces: {
      // Built in, and declared again: event hashes resolve prefixes from the document itself (gs1-epcis.md §10.3).
      cbvmda: 'urn:epcglobal:cbv:mda:',
      ...(run.mode === 'TRAINING' ? { linewright: EXTENSION_NAMESPACE } : {}),
    },
    id: `urn:uuid:${nameUuid(`linewright document ${identifier}`, hash)}`,
    instanceIdentifier: identifier,
    vocabularies: [],
    extensions: {},
  };
}

/**
 * Writes an EPCIS 2.0 document (JSON-LD) of a run piece by piece, one event a line, and never holds more than an event.
 * The same run and items give the same text. Each event is judged on its way: throws `DocumentRefused` when it breaks a
 * rule, for what is wrong must not leave.
 */
export function epcisDocument(run: EpcisRun, items: Pages<EpcisItem>, hash: Hash): AsyncGenerator<DocumentChunk> {
  const head = runHead(run, hash);
  return jsonDocument(head, judgedEvents(run, head, lifeEvents(run, items, hash)));
}

/** Events of a run on their way out, in whatever syntax: throws `DocumentRefused` at the first that breaks a rule. */
export function judgedEvents(run: EpcisRun, head: DocumentHead, events: Events): AsyncGenerator<EpcisEvent> {
  return checked(events, validator(head, { purpose: 'export', tells: 'everything', mode: run.mode }));
}
