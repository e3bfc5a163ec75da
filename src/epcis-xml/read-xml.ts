import type { DocumentHead, EpcisEvent, Extension, Problem } from '#epcis/event-model.ts';
import type { ReadDocument } from '#epcis/read-json.ts';
import { type Element, scopes } from '#epcis-xml/element.ts';
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

/** Begins to read an EPCIS 1.2 or 2.0 document or query document in XML. Never throws. */
export function xmlReading(): XmlReading {
  const scope = scopes();
  const path: Building[] = [];
  const problems: Problem[] = [];
  const extensions: Record<string, Extension> = {};
  let ready: EpcisEvent[] = [];
  let count = 0;
  let root: Element | undefined;
  let header: Element | undefined;

  function open(raw: string, attributes: readonly (readonly [string, string])[]): void {
    scope.enter(attributes);
    const name = scope.named(raw, false);
    const named = attributes
      .filter(([key]) => key !== 'xmlns' && !key.startsWith('xmlns:'))
      .map(([key, value]) => [scope.named(key, true) ?? key, value] as const);
    if (name === undefined) throw new XmlFault(`the prefix of <${raw}> is declared nowhere`, 0);
    if (path.length > 0 && name.startsWith('epcis:')) {
      throw new XmlFault(`<${raw}> has a namespace, which the root element alone may have`, 0);
    }
    if (path.length === 0) begin(name, Object.fromEntries(named));
    path.push({ name, attributes: Object.fromEntries(named), children: [], text: '' });
  }

  function begin(name: string, attributes: Readonly<Record<string, string>>): void {
    if (!ROOTS.has(name)) {
      const message = `This is <${name}>, and neither an EPCISDocument nor an EPCISQueryDocument of version 1.2 or 2.0.`;
      problems.push({ rule: 'not-a-document', path: '/', message, severity: 'error' });
    }
    root = { name, attributes, children: [], text: '' };
  }

  function close(): void {
    const done = path.pop();
    scope.leave();
    if (done === undefined) return;
    const element: Element = { ...done, text: done.text.trim() };
    if (isAmongEvents()) among(element);
    else around(element);
  }

  /** Version 1.2 wraps later types of events; the wrapping itself is nothing. */
  function among(element: Element): void {
    if (EVENTS.has(element.name)) take(element);
    else if (element.name !== 'extension') unknown(element.name);
  }

  function around(element: Element): void {
    if (element.name === 'EPCISHeader') header = element;
    if (path.length === 1 && element.name.includes(':')) extensions[element.name] = extension(element);
    if (element.name !== 'EventList') path.at(-1)?.children.push(element);
  }

  /** Whether what was just closed stood directly among the events. */
  function isAmongEvents(): boolean {
    const outer = path.findLast(({ name }) => name !== 'extension');
    return outer?.name === 'EventList';
  }

  function take(element: Element): void {
    const answer = eventFromXml(element, `eventList[${count}]`);
    count += 1;
    if (answer.kind === 'event') ready.push(answer.event);
    else problems.push(...answer.problems);
  }

  function unknown(name: string): void {
    const message = `<${name}> is no type of event that is known here.`;
    problems.push({ rule: 'field-form', path: `eventList[${count}]`, message, severity: 'error' });
  }

  const scanner = xmlScanner({
    open,
    text: (text) => {
      const inner = path.at(-1);
      if (inner !== undefined) inner.text += text;
    },
    close,
  });

  /** What is no XML ends the reading; the place is told in characters. */
  function guarded(act: () => void): void {
    if (problems.some(({ rule }) => rule === 'not-xml' || rule === 'not-a-document')) return;
    try {
      act();
    } catch (error) {
      if (!(error instanceof XmlFault)) throw error;
      const message = `This is no XML that can be read: ${error.message} (character ${error.position}).`;
      problems.push({ rule: 'not-xml', path: '/', message, severity: 'error' });
    }
  }

  return {
    problems,
    write: (chunk) => guarded(() => scanner.write(chunk)),
    end: () => guarded(() => scanner.end()),
    take: () => {
      const taken = ready;
      ready = [];
      return taken;
    },
    head: () => headFromXml({ root, header, namespaces: scope.namespaces, extensions }),
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
