import type { DocumentHead, EpcisDocument, EpcisEvent, Extension, Problem, Vocabulary } from '#epcis/event-model.ts';
import { isEvent, isRecord, shapeProblems } from '#epcis/event-shape.ts';
import { isNestedDeeper } from '#epcis/json-depth.ts';

/** A document, or everything that stands against it being one. */
export type ReadDocument =
  | { readonly kind: 'read'; readonly document: EpcisDocument }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Prefixes the official context fixes: a term may be repeated with this value and no other (`@protected`). */
const PROTECTED: Readonly<Record<string, string>> = {
  cbvmda: 'urn:epcglobal:cbv:mda:',
  cbv: 'https://ref.gs1.org/cbv/',
  epcis: 'https://ref.gs1.org/epcis/',
};

const KNOWN = new Set(
  '@context id type schemaVersion creationDate instanceIdentifier sender receiver epcisHeader epcisBody'.split(' '),
);

/** Deeper than any document, and shallower than what recursion bears. */
const DEEPEST = 250;

/**
 * Reads an EPCIS 2.0 document or query document in JSON-LD. Form only: what it says is the validator's business.
 * Never throws, never looks anything up.
 */
export function readJsonDocument(text: string): ReadDocument {
  if (isNestedDeeper(text, DEEPEST)) {
    return refused([problem('$', 'too-deep', `its brackets are nested more than ${DEEPEST} deep`)]);
  }
  const parsed = parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  if (!isRecord(parsed)) return refused([problem('$', 'not-json', 'this is no JSON object')]);
  const { type } = parsed;
  if (type !== 'EPCISDocument' && type !== 'EPCISQueryDocument') {
    return refused([problem('$.type', 'not-a-document', 'this is neither an EPCISDocument nor an EPCISQueryDocument')]);
  }
  const context = readContext(parsed['@context']);
  const list = eventListOf(parsed);
  const events = Array.isArray(list.value) ? list.value : [];
  const problems = [
    ...context.problems,
    ...(Array.isArray(list.value) ? [] : [problem(list.path, 'field-form', 'a list of events should stand here')]),
    ...Object.keys(parsed)
      .filter((name) => !KNOWN.has(name) && !name.includes(':'))
      .map((name) => problem(`$.${name}`, 'field-unknown', `"${name}" is no field of an EPCIS document`)),
    ...events.flatMap((event, at) => shapeProblems(event, `${list.path}[${at}]`)),
  ];
  if (problems.length > 0) return refused(problems);
  const namespaces = { ...context.namespaces };
  for (const event of events)
    Object.assign(namespaces, isRecord(event) ? readContext(event['@context']).namespaces : {});
  return { kind: 'read', document: { head: headOf(parsed, namespaces), events: events.filter(isEvent).map(bare) } };
}

/** Local contexts were gathered into that of the document. */
function bare(event: EpcisEvent): EpcisEvent {
  if (!('@context' in event)) return event;
  const { '@context': _context, ...rest } = event;
  return rest;
}

function headOf(parsed: Readonly<Record<string, unknown>>, namespaces: Record<string, string>): DocumentHead {
  const text = (name: string) => (typeof parsed[name] === 'string' ? { [name]: parsed[name] } : {});
  return {
    kind: parsed['type'] === 'EPCISDocument' ? 'document' : 'query',
    schemaVersion: typeof parsed['schemaVersion'] === 'string' ? parsed['schemaVersion'] : '2.0',
    ...text('creationDate'),
    ...text('id'),
    ...text('sender'),
    ...text('receiver'),
    ...text('instanceIdentifier'),
    namespaces,
    vocabularies: vocabulariesOf(parsed['epcisHeader']),
    extensions: Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, Extension] => entry[0].includes(':')),
    ),
  };
}

function vocabulariesOf(header: unknown): Vocabulary[] {
  const master = isRecord(header) ? header['epcisMasterData'] : undefined;
  const list = isRecord(master) && Array.isArray(master['vocabularyList']) ? master['vocabularyList'] : [];
  return list.filter(isRecord).map((vocabulary) => ({
    type: String(vocabulary['type']),
    elements: records(vocabulary['vocabularyElementList']).map((element) => ({
      id: String(element['id']),
      attributes: records(element['attributes']).map((attribute) => ({
        id: String(attribute['id']),
        value: extension(attribute['attribute']),
      })),
      ...(Array.isArray(element['children']) ? { children: element['children'].map(String) } : {}),
    })),
  }));
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function extension(value: unknown): Extension {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(extension);
  if (!isRecord(value)) return '';
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, extension(member)]));
}

/** A query document keeps its events deeper down; some files in circulation hold a single event. */
function eventListOf(parsed: Readonly<Record<string, unknown>>): { readonly value: unknown; readonly path: string } {
  const body = isRecord(parsed['epcisBody']) ? parsed['epcisBody'] : {};
  const results = isRecord(body['queryResults']) ? body['queryResults'] : {};
  const results2 = isRecord(results['resultsBody']) ? results['resultsBody'] : {};
  if (parsed['type'] === 'EPCISQueryDocument') {
    return { value: results2['eventList'], path: '$.epcisBody.queryResults.resultsBody.eventList' };
  }
  if ('event' in body) return { value: [body['event']], path: '$.epcisBody.event' };
  return { value: body['eventList'], path: '$.epcisBody.eventList' };
}

function readContext(context: unknown): { readonly namespaces: Record<string, string>; readonly problems: Problem[] } {
  const parts: readonly unknown[] = Array.isArray(context) ? context : [context];
  const namespaces: Record<string, string> = {};
  for (const part of parts.filter(isRecord)) {
    for (const [prefix, value] of Object.entries(part)) if (typeof value === 'string') namespaces[prefix] = value;
  }
  const problems = Object.entries(namespaces)
    .filter(([prefix, value]) => Object.hasOwn(PROTECTED, prefix) && PROTECTED[prefix] !== value)
    .map(([prefix, value]) =>
      problem('$.@context', 'prefix-protected', `the prefix "${prefix}" is taken by EPCIS and cannot mean ${value}`),
    );
  const hasEpcis = parts.some((part) => typeof part === 'string' && part.endsWith('/epcis-context.jsonld'));
  if (!hasEpcis) problems.push(problem('$.@context', 'context-missing', 'the EPCIS context is not among the contexts'));
  return { namespaces, problems };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told as "no JSON" by whoever asked
  }
}

function refused(problems: readonly Problem[]): ReadDocument {
  return { kind: 'refused', problems };
}

function problem(path: string, rule: string, message: string): Problem {
  return { rule, path, message: `${path}: ${message}.`, severity: 'error' };
}
