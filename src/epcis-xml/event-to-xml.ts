import { DocumentRefused } from '#epcis/checked.ts';
import {
  type EpcisEvent,
  type EventType,
  type Extension,
  LOCAL,
  type Place,
  type Quantity,
  type SensorElement,
} from '#epcis/event-model.ts';
import { type CbvRole, cbvUrn } from '#epcis/vocabulary.ts';
import { escapeXml } from '#epcis-xml/xml-text.ts';

export type XmlVersion = '1.2' | '2.0';

/** The order of an event's fields, fixed by the schema; `late` ones are wrapped in `extension` by 1.2. */
interface Order {
  readonly early: readonly string[];
  readonly late: readonly string[];
  /** Lists that 1.2 wants even when they are empty. */
  readonly always: readonly string[];
}

const WHERE = 'readPoint bizLocation';
const PARTIES = 'sourceList destinationList';
const SENSORS = 'sensorElementList persistentDisposition';

const ORDERS: Readonly<Record<EventType, Order>> = {
  ObjectEvent: order(
    `epcList action bizStep disposition ${WHERE} bizTransactionList`,
    `quantityList ${PARTIES} ${SENSORS} ilmd`,
    'epcList',
  ),
  AggregationEvent: order(
    `parentID childEPCs action bizStep disposition ${WHERE} bizTransactionList`,
    `childQuantityList ${PARTIES} ${SENSORS}`,
    'childEPCs',
  ),
  TransactionEvent: order(
    `bizTransactionList parentID epcList action bizStep disposition ${WHERE}`,
    `quantityList ${PARTIES} ${SENSORS}`,
    'epcList',
  ),
  TransformationEvent: order(
    `inputEPCList inputQuantityList outputEPCList outputQuantityList transformationID bizStep disposition ${WHERE}
     bizTransactionList ${PARTIES} ${SENSORS} ilmd`,
  ),
  AssociationEvent: order(
    `parentID childEPCs childQuantityList action bizStep disposition ${WHERE} bizTransactionList ${PARTIES} ${SENSORS}`,
  ),
};

/** Writes an event. Throws `DocumentRefused` for what the version cannot say. */
export function eventToXml(event: EpcisEvent, version: XmlVersion): string {
  if (version === '1.2') refuseLaterThings(event);
  const { early, late, always } = ORDERS[event.type];
  const isWrapping = version === '2.0' || late.length > 0;
  const wrapped = `${fields(event, late, [])}${isWrapping ? locals(event) : ''}`;
  const needed = version === '1.2' ? always : [];
  const tail = version === '1.2' && wrapped !== '' ? element('extension', wrapped) : wrapped;
  const own = isWrapping ? '' : locals(event);
  const body = `${start(event, version)}${fields(event, early, needed)}${tail}${own}${foreign(event)}`;
  const xml = element(event.type, body);
  // Types younger than the list of events are wrapped in it.
  return version === '1.2' && event.type === 'TransformationEvent' ? element('extension', xml) : xml;
}

function refuseLaterThings(event: EpcisEvent): void {
  const later = ['sensorElementList', 'persistentDisposition', 'certificationInfo'].find((name) => name in event);
  const what = event.type === 'AssociationEvent' ? 'association events' : later;
  if (what !== undefined) refuse('version-too-old', `EPCIS 1.2 has no ${what}`);
}

function start(event: EpcisEvent, version: XmlVersion): string {
  const times = `${leaf('eventTime', event.eventTime)}${leaf('recordTime', event.recordTime)}${leaf('eventTimeZoneOffset', event.eventTimeZoneOffset)}`;
  const identity = `${leaf('eventID', event.eventID)}${declaration(event)}`;
  if (version === '1.2') return `${times}${identity === '' ? '' : element('baseExtension', identity)}`;
  const certificates = event.certificationInfo ?? [];
  if (typeof certificates !== 'string' && certificates.length > 1) {
    refuse('version-too-old', 'EPCIS in XML has room for one certification only');
  }
  const certificate = typeof certificates === 'string' ? certificates : certificates[0];
  return `${times}${identity}${leaf('certificationInfo', certificate)}`;
}

function declaration({ errorDeclaration: error }: EpcisEvent): string {
  if (error === undefined) return '';
  const ids = (error.correctiveEventIDs ?? []).map((id) => leaf('correctiveEventID', id)).join('');
  const reason = error.reason === undefined ? undefined : cbvUrn('reason', error.reason);
  return element(
    'errorDeclaration',
    `${leaf('declarationTime', error.declarationTime)}${leaf('reason', reason)}${ids === '' ? '' : element('correctiveEventIDs', ids)}${extensions(error)}`,
  );
}

function fields(event: EpcisEvent, names: readonly string[], always: readonly string[]): string {
  let xml = '';
  for (const name of names) {
    const text = field(event, name);
    xml += text === '' && always.includes(name) ? `<${name}/>` : text;
  }
  return xml;
}

function field(event: EpcisEvent, name: string): string {
  switch (name) {
    case 'epcList':
    case 'childEPCs':
    case 'inputEPCList':
    case 'outputEPCList':
      return epcs(name, event[name]);
    case 'quantityList':
    case 'childQuantityList':
    case 'inputQuantityList':
    case 'outputQuantityList':
      return quantities(name, event[name]);
    case 'bizStep':
    case 'disposition':
      return worded(name, name, event[name]);
    case 'readPoint':
    case 'bizLocation':
      return place(name, event[name]);
    case 'action':
    case 'parentID':
    case 'transformationID':
      return leaf(name, event[name]);
    default:
      return laterField(event, name);
  }
}

function laterField(event: EpcisEvent, name: string): string {
  switch (name) {
    case 'bizTransactionList':
      return list(name, event.bizTransactionList, ({ type, bizTransaction }) =>
        typed('bizTransaction', 'transaction', type, bizTransaction),
      );
    case 'sourceList':
      return list(name, event.sourceList, ({ type, source }) => typed('source', 'party', type, source));
    case 'destinationList':
      return list(name, event.destinationList, ({ type, destination }) =>
        typed('destination', 'party', type, destination),
      );
    case 'persistentDisposition':
      return persistent(event);
    case 'sensorElementList':
      return list(name, event.sensorElementList, sensorElement);
    case 'ilmd':
      return event.ilmd === undefined ? '' : element('ilmd', extensions(event.ilmd));
    default:
      return '';
  }
}

function epcs(name: string, ids: readonly string[] | undefined): string {
  if (ids === undefined || ids.length === 0) return '';
  let xml = `<${name}>`;
  for (const id of ids) xml += `<epc>${escapeXml(id)}</epc>`;
  return `${xml}</${name}>`;
}

function quantities(name: string, values: readonly Quantity[] | undefined): string {
  return list(name, values, ({ epcClass, quantity, uom }) =>
    element(
      'quantityElement',
      `${leaf('epcClass', epcClass)}${leaf('quantity', decimal(quantity))}${leaf('uom', uom)}`,
    ),
  );
}

/** xsd:decimal knows no exponent. */
function decimal(value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

function place(name: string, value: Place | undefined): string {
  return value === undefined ? '' : element(name, `${leaf('id', value.id)}${extensions(value)}`);
}

function persistent({ persistentDisposition: value }: EpcisEvent): string {
  if (value === undefined) return '';
  const of = (kind: 'unset' | 'set') => (value[kind] ?? []).map((one) => worded(kind, 'disposition', one)).join('');
  return element('persistentDisposition', `${of('unset')}${of('set')}`);
}

/** What a sensor says stands in attributes; the words of the GS1 Web Vocabulary carry its prefix. */
function sensorElement(value: SensorElement): string {
  const { sensorMetadata, sensorReport } = value;
  const reports = sensorReport.map((report) => `<sensorReport${attributes(report)}/>`).join('');
  const metadata = sensorMetadata === undefined ? '' : `<sensorMetadata${attributes(sensorMetadata)}/>`;
  return element('sensorElement', `${metadata}${reports}${extensions(value)}`);
}

function attributes(values: Readonly<Record<string, Extension>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(sensorText(name, value))}"`)
    .join('');
}

function sensorText(name: string, value: Extension): string {
  if (typeof value === 'object') return refuse('attribute-too-deep', `${name} holds more than an attribute can`);
  if (name === 'component') return cbvUrn('component', String(value)).replace('urn:epcglobal:cbv:comp:', 'cbv:Comp-');
  const isWord = (name === 'type' || name === 'exception') && !String(value).includes(':');
  return isWord ? `gs1:${value}` : String(value);
}

/** Extensions of an object, as elements. */
function extensions(value: object): string {
  return `${locals(value)}${foreign(value)}`;
}

/** Members with a prefix. */
function foreign(value: object): string {
  return members(
    Object.fromEntries(Object.entries(value).filter(([key]) => key.includes(':') && !key.startsWith(LOCAL))),
  );
}

/** Members of the oldest kind: in a wrapping, without namespace. */
function locals(value: object): string {
  const kept = Object.entries(value).filter(([key]) => key.startsWith(LOCAL));
  return kept.length === 0 ? '' : element('extension', members(Object.fromEntries(kept)));
}

function members(values: Readonly<Record<string, Extension>>): string {
  return Object.entries(values)
    .map(([key, value]) => extensionElement(key, value))
    .join('');
}

/** An extension as elements: a list repeats its element, `#text` is what stands beside members. */
export function extensionElement(name: string, value: Extension): string {
  if (Array.isArray(value)) return value.map((one: Extension) => extensionElement(name, one)).join('');
  if (name.startsWith(LOCAL)) return extensionElement(name.slice(LOCAL.length), value);
  if (typeof value !== 'object')
    return name === '#text' ? escapeXml(String(value)) : element(name, escapeXml(String(value)));
  return element(name, members(value as Readonly<Record<string, Extension>>));
}

function worded(name: string, role: CbvRole, value: string | undefined): string {
  return value === undefined ? '' : leaf(name, cbvUrn(role, value));
}

function typed(name: string, role: CbvRole, type: string | undefined, id: string): string {
  const attribute = type === undefined ? '' : ` type="${escapeXml(cbvUrn(role, type))}"`;
  return `<${name}${attribute}>${escapeXml(id)}</${name}>`;
}

function list<T>(name: string, values: readonly T[] | undefined, write: (value: T) => string): string {
  return values === undefined || values.length === 0 ? '' : element(name, values.map(write).join(''));
}

function leaf(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeXml(text)}</${name}>`;
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function order(early: string, late = '', always = ''): Order {
  const names = (text: string) => text.split(/\s+/).filter((name) => name !== '');
  return { early: names(early), late: names(late), always: names(always) };
}

function refuse(rule: string, message: string): never {
  throw new DocumentRefused({ rule, path: '', message: `${message}.`, severity: 'error' });
}
