import { createHash } from 'node:crypto';
import { type Context, type Figure, type Finding, type Form, type Report, reportOf } from '#cli/inspect/report.ts';
import { eventHash } from '#epcis/event-hash.ts';
import type { EpcisDocument, EpcisEvent, Problem } from '#epcis/event-model.ts';
import { readJsonDocument } from '#epcis/read-json.ts';
import { validator } from '#epcis/validator.ts';
import { EPCIS_CONTEXT } from '#epcis/write-json.ts';

/** Whether the input was a document, one event, or a list of events without a document around them. */
export type EpcisScope = 'document' | 'event' | 'events';

const EVENT_TYPES = /^(Object|Aggregation|Transaction|Transformation|Association)Event$/;

/** How much of a long list people are shown. */
const SAMPLE = 10;

/** More kinds of events than there are words for them. */
const MOST_KINDS = 60;

/** Whether a JSON value is a list of EPCIS events, and has at least one. */
export function isEventList(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.length > 0 && value.every(isEventLike);
}

function isEventLike(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return typeof value.type === 'string' && EVENT_TYPES.test(value.type);
}

/** Puts a document around events, so that they can be read. Contexts of their own stay with them. */
export function epcisText(events: readonly object[], { now }: Context): string {
  return JSON.stringify({
    '@context': [EPCIS_CONTEXT],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date(now).toISOString(),
    epcisBody: { eventList: events },
  });
}

/** Reads, hashes and judges EPCIS in JSON. */
export function epcisReport(input: string, text: string, scope: EpcisScope, context: Context): Report {
  const read = readJsonDocument(text);
  if (read.kind === 'refused') return refusedReport(input, read.problems, `${scope} (JSON)`);
  return documentReport(input, read.document, scope, 'JSON', context);
}

/** The report on what sets out to be EPCIS and cannot be read. */
export function refusedReport(input: string, problems: readonly Problem[], form: string): Report {
  return reportOf(input, { kind: 'epcis', what: `EPCIS ${form}, malformed`, problems: problems.map(findingOf) });
}

/** The report on a document that was read, from whatever syntax. */
export function documentReport(
  input: string,
  document: EpcisDocument,
  scope: EpcisScope,
  syntax: string,
  context: Context,
): Report {
  const { head, events } = document;
  const hashOf = (event: EpcisEvent) => eventHash(event, head.namespaces, sha256);
  const around = scope === 'document' ? [] : ['A document was put around it to read it.'];
  const cut = events.length > SAMPLE ? [`Hash ids are shown for the first ${SAMPLE} events.`] : [];
  const kind = head.kind === 'query' ? 'query document' : 'document';
  const count = events.length === 1 ? '1 event' : `${events.length} events`;
  const what =
    scope === 'document'
      ? `EPCIS ${head.schemaVersion} ${kind} (${syntax}), ${count}`
      : `EPCIS ${scope} without a document (${syntax}), ${count}`;
  return reportOf(input, {
    kind: 'epcis',
    what,
    notes: [...around, ...cut],
    figures: [...(scope === 'document' ? headFigures(document) : []), ...eventFigures(events)],
    forms: hashForms(events, hashOf),
    problems: [...judge(document, scope, context), ...hashProblems(events, hashOf)],
  });
}

function judge({ head, events }: EpcisDocument, scope: EpcisScope, { now }: Context): Finding[] {
  const judging = validator(head, { purpose: 'import', now });
  const inside = [...events.flatMap((event) => judging.next(event)), ...judging.end()];
  return [...(scope === 'document' ? judging.head : []), ...inside].map(findingOf);
}

function findingOf({ rule, path, message, severity }: Problem): Finding {
  return { severity, rule, path, message };
}

/** An id that claims to be the hash of its event, and is not: the event was changed, or hashed by other rules. */
function hashProblems(events: readonly EpcisEvent[], hashOf: (event: EpcisEvent) => string): Finding[] {
  return events.flatMap((event, at): Finding[] => {
    const { eventID = '' } = event;
    if (!eventID.startsWith('ni:///sha-256;') || !eventID.endsWith('?ver=CBV2.0')) return [];
    const hash = hashOf(event);
    if (eventID === hash) return [];
    const message = `The id is not the hash of the event, which is ${hash}`;
    return [{ severity: 'warning', rule: 'event-hash', path: `eventList[${at}].eventID`, message }];
  });
}

function headFigures({ head }: EpcisDocument): Figure[] {
  const { creationDate, instanceIdentifier, sender, receiver, vocabularies } = head;
  const masterData = vocabularies.reduce((sum, { elements }) => sum + elements.length, 0);
  return [
    ...given('made at', creationDate),
    ...given('instance', instanceIdentifier),
    ...given('sender', sender),
    ...given('receiver', receiver),
    ...(masterData === 0 ? [] : [{ name: 'master data', value: `${masterData} entries` }]),
  ];
}

function given(name: string, value: string | undefined): Figure[] {
  return value === undefined ? [] : [{ name, value }];
}

function eventFigures(events: readonly EpcisEvent[]): Figure[] {
  const times = events.map(({ eventTime }) => eventTime).toSorted();
  const [first = ''] = times;
  const last = times.at(-1) ?? '';
  const identifiers = events.flatMap(identifiersOf);
  const distinct = new Set(identifiers);
  return [
    ...counts(events, ({ type, action }) => (action === undefined ? type : `${type} ${action}`)),
    ...counts(events, ({ bizStep }) => (bizStep === undefined ? undefined : `step ${bizStep}`)),
    ...(first === '' ? [] : [{ name: 'event time', value: first === last ? first : `${first} to ${last}` }]),
    { name: 'identifiers', value: `${distinct.size} different, ${identifiers.length} in all` },
    ...[...distinct].slice(0, SAMPLE).map((value, at) => ({ name: `identifier ${at + 1}`, value })),
  ];
}

function counts(events: readonly EpcisEvent[], nameOf: (event: EpcisEvent) => string | undefined): Figure[] {
  const found = new Map<string, number>();
  for (const event of events) {
    const name = nameOf(event);
    if (name !== undefined) found.set(name, (found.get(name) ?? 0) + 1);
  }
  const figures = [...found].map(([name, count]) => ({ name, value: String(count) }));
  if (figures.length <= MOST_KINDS) return figures;
  return [...figures.slice(0, MOST_KINDS), { name: 'others', value: `${figures.length - MOST_KINDS} kinds` }];
}

function identifiersOf(event: EpcisEvent): readonly string[] {
  const { epcList = [], childEPCs = [], inputEPCList = [], outputEPCList = [], parentID } = event;
  const lists = [event.quantityList, event.childQuantityList, event.inputQuantityList, event.outputQuantityList];
  const classes = lists.flatMap((list = []) => list.map(({ epcClass }) => epcClass));
  const parent = parentID === undefined ? [] : [parentID];
  return [...parent, ...epcList, ...childEPCs, ...inputEPCList, ...outputEPCList, ...classes];
}

function hashForms(events: readonly EpcisEvent[], hashOf: (event: EpcisEvent) => string): Form[] {
  return events.slice(0, SAMPLE).map((event, at) => {
    const value = hashOf(event);
    return { name: `hash id of event ${at + 1}${event.eventID === value ? ' (its own id)' : ''}`, value };
  });
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
