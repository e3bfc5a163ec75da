import type { DocumentHead, EpcisEvent, Extension, Problem } from '#epcis/event-model.ts';
import type { ReadDocument } from '#epcis/read-json.ts';
import { type Element, type Scopes, scopes } from '#epcis-xml/element.ts';
import { eventFromXml, extension } from '#epcis-xml/event-from-xml.ts';
import { headFromXml } from '#epcis-xml/head-from-xml.ts';
import { XmlFault } from '#epcis-xml/xml-fault.ts';
import { xmlScanner } from '#epcis-xml/xml-scan.ts';

const EVENTS: ReadonlySet<string> = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
]);

const ROOTS: ReadonlySet<string> = new Set(['epcis:EPCISDocument', 'epcisq:EPCISQueryDocument']);

/** An element that is still open. */
interface Building {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads a document piece by piece; what was read is taken away at once, so that no more than an event is held. */
export interface XmlReading {
  readonly write: (chunk: string) => void;
  readonly end: () => void;
  /** Events that became whole since the last time. */
  readonly take: () => EpcisEvent[];
  /** Whole after the body has begun; namespaces may still come. */
  readonly head: () => DocumentHead;
  readonly problems: readonly Problem[];
}

/** What was read so far. */
interface Reading {
  readonly scope: Scopes;
  /** Elements that are open, the root first. */
  readonly path: Building[];
  readonly problems: Problem[];
  readonly extensions: Record<string, Extension>;
  ready: EpcisEvent[];
  count: number;
  root: Element | undefined;
  header: Element | undefined;
}

/** Begins to read an EPCIS 1.2 or 2.0 document or query document in XML. Never throws. */
export function xmlReading(): XmlReading {
  const scope = scopes();
  const nothing = { ready: [], count: 0, root: undefined, header: undefined };
  const reading: Reading = { scope, path: [], problems: [], extensions: {}, ...nothing };
  const scanner = xmlScanner({
    open: (name, attributes) => open(reading, name, attributes),
    text: (text) => addText(reading, text),
    close: () => close(reading),
  });
  return {
    problems: reading.problems,
    write: (chunk) => guarded(reading, () => scanner.write(chunk)),
    end: () => guarded(reading, () => scanner.end()),
    take: () => {
      const taken = reading.ready;
      reading.ready = [];
      return taken;
    },
    head: () => headFromXml({ ...reading, namespaces: scope.namespaces }),
  };
}

/** Reads a document whole. Form only: what it says is the validator's business. Never throws. */
export function readXmlDocument(text: string): ReadDocument {
  const reading = xmlReading();
  reading.write(text);
  reading.end();
  if (reading.problems.length > 0) return { kind: 'refused', problems: reading.problems };
  return { kind: 'read', document: { head: reading.head(), events: reading.take() } };
}

/** What is no XML ends the reading; the place is told in characters. */
function guarded({ problems }: Reading, act: () => void): void {
  if (problems.some(({ rule }) => rule === 'not-xml' || rule === 'not-a-document')) return;
  try {
    act();
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    problems.push(
      problem('not-xml', '/', `This is no XML that can be read: ${error.message} (character ${error.position}).`),
    );
  }
}

function open(reading: Reading, raw: string, attributes: readonly (readonly [string, string])[]): void {
  const { scope, path } = reading;
  scope.enter(attributes);
  const name = scope.named(raw, false);
  if (name === undefined) throw new XmlFault(`the prefix of <${raw}> is declared nowhere`, 0);
  if (path.length > 0 && name.startsWith('epcis:')) {
    throw new XmlFault(`<${raw}> has a namespace, which the root element alone may have`, 0);
  }
  const named = attributes
    .filter(([key]) => key !== 'xmlns' && !key.startsWith('xmlns:'))
    .map(([key, value]) => [scope.named(key, true) ?? key, value] as const);
  const element = { name, attributes: Object.fromEntries(named), children: [], text: '' };
  if (path.length === 0) begin(reading, element);
  path.push(element);
}

function begin(reading: Reading, root: Element): void {
  reading.root = root;
  if (ROOTS.has(root.name)) return;
  const what = 'neither an EPCISDocument nor an EPCISQueryDocument of version 1.2 or 2.0';
  reading.problems.push(problem('not-a-document', '/', `This is <${root.name}>, and ${what}.`));
}

function addText({ path }: Reading, text: string): void {
  const inner = path.at(-1);
  if (inner !== undefined) inner.text += text;
}

function close(reading: Reading): void {
  const { path, scope } = reading;
  const done = path.pop();
  scope.leave();
  if (done === undefined) return;
  const element: Element = { ...done, text: done.text.trim() };
  // Version 1.2 wraps later types of events; the wrapping itself is nothing.
  const outer = path.findLast(({ name }) => name !== 'extension');
  if (outer?.name === 'EventList') takeEvent(reading, element);
  else keep(reading, element);
}

/** What stands among the events is read at once, and not kept. */
function takeEvent(reading: Reading, element: Element): void {
  const { name } = element;
  if (name === 'extension') return;
  const path = `eventList[${reading.count}]`;
  if (!EVENTS.has(name)) {
    reading.problems.push(problem('field-form', path, `<${name}> is no type of event that is known here.`));
    return;
  }
  const answer = eventFromXml(element, path);
  reading.count += 1;
  if (answer.kind === 'event') reading.ready.push(answer.event);
  else for (const one of answer.problems) reading.problems.push(one);
}

/** What stands around the events, or inside one, waits for what encloses it. */
function keep(reading: Reading, element: Element): void {
  const { path, extensions } = reading;
  if (element.name === 'EPCISHeader') reading.header = element;
  if (path.length === 1 && element.name.includes(':')) extensions[element.name] = extension(element);
  if (element.name !== 'EventList') path.at(-1)?.children.push(element);
}

function problem(rule: string, path: string, message: string): Problem {
  return { rule, path, message, severity: 'error' };
}
