import { type EpcisEvent, type Extension, LOCAL, type Problem } from '#epcis/event-model.ts';
import { isEvent, shapeProblems } from '#epcis/event-shape.ts';
import { bareWord, type CbvRole } from '#epcis/vocabulary.ts';
import type { Element } from '#epcis-xml/element.ts';

/** An event, or what stands against an element being one. */
export type EventFromXml =
  | { readonly kind: 'event'; readonly event: EpcisEvent }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

type Reader = (element: Element) => unknown;

const epcs: Reader = ({ children }) => children.map(({ text }) => text);
const text: Reader = (element) => element.text;

/** How each field is read; lists of EPCs and of quantities have elements of their own inside. */
const READERS: Readonly<Record<string, Reader>> = {
  epcList: epcs,
  childEPCs: epcs,
  inputEPCList: epcs,
  outputEPCList: epcs,
  quantityList: quantities,
  childQuantityList: quantities,
  inputQuantityList: quantities,
  outputQuantityList: quantities,
  bizStep: word('bizStep'),
  disposition: word('disposition'),
  bizTransactionList: ({ children }) => children.map((child) => typed(child, 'transaction', 'bizTransaction')),
  sourceList: ({ children }) => children.map((child) => typed(child, 'party', 'source')),
  destinationList: ({ children }) => children.map((child) => typed(child, 'party', 'destination')),
  readPoint: place,
  bizLocation: place,
  errorDeclaration: declaration,
  persistentDisposition: persistent,
  sensorElementList: ({ children }) => children.filter(({ name }) => name === 'sensorElement').map(sensorElement),
  ilmd: (element) => members(flat(element)),
};

const NUMBERS: ReadonlySet<string> = new Set(
  'value minValue maxValue meanValue sDev percRank percValue quantity'.split(' '),
);

/** Fields that 1.2, and drafts of 2.0, wrapped in `extension` or `baseExtension`. */
const LATER: ReadonlySet<string> = new Set(
  `eventID errorDeclaration certificationInfo quantityList childQuantityList sourceList destinationList ilmd
   sensorElementList persistentDisposition`.split(/\s+/),
);

/** Reads an event of XML 1.2 or 2.0; what 1.2 hides in `extension` comes out as the same field. */
export function eventFromXml(element: Element, path: string): EventFromXml {
  const event: Record<string, unknown> = { type: element.name, ...extensionAttributes(element) };
  const certificates: string[] = [];
  for (const child of flat(element)) {
    if (child.name === 'certificationInfo') certificates.push(child.text);
    else if (child.name.includes(':')) add(event, child.name, extension(child));
    else {
      const value = readerOf(child.name)(child);
      // In 1.2 some lists must be there though they are empty.
      if (!Array.isArray(value) || value.length > 0) {
        Object.defineProperty(event, child.name, { value, enumerable: true, configurable: true, writable: true });
      }
    }
  }
  if (certificates.length > 0) event['certificationInfo'] = certificates.length === 1 ? certificates[0] : certificates;
  return isEvent(event) ? { kind: 'event', event } : { kind: 'refused', problems: shapeProblems(event, path) };
}

function readerOf(name: string): Reader {
  return (Object.hasOwn(READERS, name) ? READERS[name] : undefined) ?? text;
}

/** What an element of an extension holds: text, or members; attributes are members too. */
export function extension(element: Element): Extension {
  const children = flat(element);
  const attributes = Object.entries(element.attributes).filter(([name]) => !name.startsWith('xsi:'));
  if (children.length === 0 && attributes.length === 0) return element.text;
  const value: Record<string, Extension> = { ...Object.fromEntries(attributes), ...members(children) };
  return element.text === '' ? value : { ...value, '#text': element.text };
}

function members(children: readonly Element[]): Record<string, Extension> {
  const value: Record<string, Extension> = {};
  for (const child of children) add(value, child.name, extension(child));
  return value;
}

/** What stands there several times becomes a list. A name that JavaScript keeps for itself is a member like any other. */
function add(object: Record<string, unknown>, name: string, value: Extension): void {
  const before = Object.hasOwn(object, name) ? object[name] : undefined;
  if (Array.isArray(before)) {
    before.push(value);
    return;
  }
  const after = before === undefined ? value : [before, value];
  Object.defineProperty(object, name, { value: after, enumerable: true, configurable: true, writable: true });
}

/**
 * Children, with the wrappings that versions of EPCIS put around later fields taken off. What stands in a wrapping
 * without namespace and is no later field is an extension of the oldest kind, and marked as such.
 */
function flat({ children }: Element): readonly Element[] {
  return children.flatMap((child) => {
    if (child.name !== 'extension' && child.name !== 'baseExtension') return [child];
    return flat(child).map((one) =>
      one.name.includes(':') || LATER.has(one.name) ? one : { ...one, name: LOCAL + one.name },
    );
  });
}

function word(role: CbvRole): Reader {
  return (element) => bareWord(role, element.text);
}

/** A quantity that is there and empty (xsi:nil) is not known. */
function quantities({ children }: Element): object[] {
  return children.map((child) => {
    const parts = child.children.filter((part) => part.text !== '');
    return Object.fromEntries(parts.map(({ name, text: value }) => [name, NUMBERS.has(name) ? Number(value) : value]));
  });
}

function typed({ attributes, text: id }: Element, role: CbvRole, name: string): object {
  const type = attributes['type'];
  return { ...(type === undefined ? {} : { type: bareWord(role, type) }), [name]: id };
}

function place(element: Element): object {
  return members(flat(element));
}

function declaration(element: Element): object {
  const { reason, correctiveEventIDs: _ids, ...others } = members(flat(element));
  const ids = flat(element).find(({ name }) => name === 'correctiveEventIDs');
  return {
    ...others,
    ...(typeof reason === 'string' ? { reason: bareWord('reason', reason) } : {}),
    ...(ids === undefined || ids.children.length === 0
      ? {}
      : { correctiveEventIDs: ids.children.map((one) => one.text) }),
  };
}

function persistent({ children }: Element): object {
  const of = (kind: string) =>
    children.filter(({ name }) => name === kind).map(({ text: value }) => bareWord('disposition', value));
  const [set, unset] = [of('set'), of('unset')];
  return { ...(set.length > 0 ? { set } : {}), ...(unset.length > 0 ? { unset } : {}) };
}

function sensorElement(element: Element): object {
  const value: Record<string, unknown> = { ...extensionAttributes(element) };
  const reports: object[] = [];
  for (const child of flat(element)) {
    if (child.name === 'sensorMetadata') value[child.name] = sensorAttributes(child);
    else if (child.name === 'sensorReport') reports.push(sensorAttributes(child));
    else add(value, child.name.includes(':') ? child.name : LOCAL + child.name, extension(child));
  }
  return { ...value, sensorReport: reports };
}

function sensorAttributes({ attributes }: Element): object {
  const entries = Object.entries(attributes).filter(([name]) => !name.startsWith('xsi:'));
  return Object.fromEntries(entries.map(([name, value]) => [name, sensorValue(name, value)]));
}

function sensorValue(name: string, value: string): string | number | boolean {
  if (NUMBERS.has(name)) return Number(value);
  if (name === 'booleanValue') return value === 'true' || value === '1';
  if (name === 'component') return bareWord('component', value);
  // The JSON binding has the words of the GS1 Web Vocabulary bare.
  return name === 'type' || name === 'exception' ? value.replace(/^gs1:([A-Za-z_]+)$/, '$1') : value;
}

function extensionAttributes({ attributes }: Element): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name.includes(':') && !name.startsWith('xsi:')),
  );
}
