import { DocumentRefused } from '#epcis/checked.ts';
import type { DocumentHead, Vocabulary } from '#epcis/event-model.ts';
import { type DocumentChunk, type Events, itemsIn } from '#epcis/write-json.ts';
import { eventToXml, extensionElement, type XmlVersion } from '#epcis-xml/event-to-xml.ts';
import { escapeXml } from '#epcis-xml/xml-text.ts';

const SBDH = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

/** Prefixes that values of sensor data use, and CBV master data. */
const STANDARD: Readonly<Record<string, string>> = {
  gs1: 'https://gs1.org/voc/',
  cbv: 'https://ref.gs1.org/cbv/',
  cbvmda: 'urn:epcglobal:cbv:mda',
};

/**
 * Writes an EPCIS document in XML piece by piece, one event a line, and never holds more than an event. With sender,
 * receiver and instance identifier it carries a business header (SBDH); version 1.2 cannot have master data without.
 * Throws `DocumentRefused` for what the version cannot say.
 */
export async function* xmlDocument(
  head: DocumentHead,
  events: Events,
  version: XmlVersion,
): AsyncGenerator<DocumentChunk> {
  yield { text: `${opening(head, version)}<EPCISBody>\n<EventList>\n`, items: 0 };
  for await (const event of events) {
    yield { text: `${eventToXml(event, version)}\n`, items: itemsIn(event) };
  }
  const after = version === '2.0' ? extensionsOf(head) : '';
  yield { text: `</EventList>\n</EPCISBody>\n${after}</epcis:EPCISDocument>\n`, items: 0 };
}

function opening(head: DocumentHead, version: XmlVersion): string {
  const { creationDate } = head;
  if (creationDate === undefined) return refuse('document-date', 'The document does not say when it was made');
  const own = { epcis: `urn:epcglobal:epcis:xsd:${version === '1.2' ? 1 : 2}` };
  const prefixes = { ...STANDARD, ...head.namespaces, ...own, ...(hasSbdh(head) ? { sbdh: SBDH } : {}) };
  const declared = Object.entries(prefixes)
    .map(([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(xmlNamespace(uri))}"`)
    .join('');
  const attributes = `${declared} schemaVersion="${version}" creationDate="${escapeXml(creationDate)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<epcis:EPCISDocument${attributes}>\n${header(head, version)}`;
}

/** In XML the namespace of CBV master data ends without the colon that JSON-LD needs (gs1-epcis.md §10.3). */
function xmlNamespace(uri: string): string {
  return uri === 'urn:epcglobal:cbv:mda:' ? 'urn:epcglobal:cbv:mda' : uri;
}

function header(head: DocumentHead, version: XmlVersion): string {
  const extensions = version === '1.2' ? extensionsOf(head) : '';
  const master = head.vocabularies.length === 0 ? '' : `<extension>${masterData(head.vocabularies)}</extension>\n`;
  const business = hasSbdh(head) ? sbdh(head) : '';
  if (`${business}${master}${extensions}` === '') return '';
  if (version === '1.2' && business === '') {
    return refuse('sbdh-missing', 'EPCIS 1.2 wants sender, receiver and a message id before it carries a header');
  }
  return `<EPCISHeader>\n${business}${master}${extensions}</EPCISHeader>\n`;
}

function hasSbdh({ sender, receiver, instanceIdentifier }: DocumentHead): boolean {
  return sender !== undefined && receiver !== undefined && instanceIdentifier !== undefined;
}

function sbdh({ sender = '', receiver = '', instanceIdentifier = '', creationDate = '' }: DocumentHead): string {
  const partner = (role: string, id: string) =>
    `<sbdh:${role}><sbdh:Identifier Authority="GS1">${escapeXml(id)}</sbdh:Identifier></sbdh:${role}>\n`;
  return [
    '<sbdh:StandardBusinessDocumentHeader>\n<sbdh:HeaderVersion>1.0</sbdh:HeaderVersion>\n',
    partner('Sender', sender),
    partner('Receiver', receiver),
    '<sbdh:DocumentIdentification>',
    '<sbdh:Standard>EPCglobal</sbdh:Standard><sbdh:TypeVersion>1.0</sbdh:TypeVersion>',
    `<sbdh:InstanceIdentifier>${escapeXml(instanceIdentifier)}</sbdh:InstanceIdentifier>`,
    `<sbdh:Type>Events</sbdh:Type><sbdh:CreationDateAndTime>${escapeXml(creationDate)}</sbdh:CreationDateAndTime>`,
    '</sbdh:DocumentIdentification>\n</sbdh:StandardBusinessDocumentHeader>\n',
  ].join('');
}

function masterData(vocabularies: readonly Vocabulary[]): string {
  const lists = vocabularies.map(({ type, elements }) => {
    const list = elements.map(({ id, attributes, children = [] }) => {
      const values = attributes.map((one) => attribute(one.id, extensionElement('attribute', one.value)));
      const inner = children.map((child) => `<id>${escapeXml(child)}</id>`).join('');
      const below = inner === '' ? '' : `<children>${inner}</children>`;
      return `<VocabularyElement id="${escapeXml(id)}">${values.join('')}${below}</VocabularyElement>\n`;
    });
    return `<Vocabulary type="${escapeXml(type)}"><VocabularyElementList>\n${list.join('')}</VocabularyElementList></Vocabulary>\n`;
  });
  return `<EPCISMasterData><VocabularyList>\n${lists.join('')}</VocabularyList></EPCISMasterData>`;
}

function attribute(id: string, element: string): string {
  return element.replace('<attribute>', `<attribute id="${escapeXml(id)}">`);
}

function extensionsOf({ extensions }: DocumentHead): string {
  return Object.entries(extensions)
    .map(([name, value]) => `${extensionElement(name, value)}\n`)
    .join('');
}

function refuse(rule: string, message: string): never {
  throw new DocumentRefused({ rule, path: '', message: `${message}.`, severity: 'error' });
}
