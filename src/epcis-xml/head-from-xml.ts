import type { DocumentHead, Extension, Namespaces, Vocabulary } from '#epcis/event-model.ts';
import type { Element } from '#epcis-xml/element.ts';
import { extension } from '#epcis-xml/event-from-xml.ts';

/** What was gathered around the events. */
export interface Gathered {
  readonly root: Element | undefined;
  readonly header: Element | undefined;
  readonly namespaces: Namespaces;
  /** Elements of other namespaces beside header and body. */
  readonly extensions: Readonly<Record<string, Extension>>;
}

/** The head of a document: root attributes, business header (SBDH), master data, what else stands in the header. */
export function headFromXml({ root, header, namespaces, extensions }: Gathered): DocumentHead {
  const sbdh = header?.children.find(({ name }) => name === 'sbdh:StandardBusinessDocumentHeader');
  const creationDate = root?.attributes['creationDate'];
  const inHeader = (header?.children ?? []).filter(({ name }) => name.includes(':') && !name.startsWith('sbdh:'));
  return {
    kind: root?.name === 'epcisq:EPCISQueryDocument' ? 'query' : 'document',
    schemaVersion: root?.attributes['schemaVersion'] ?? '',
    ...(creationDate === undefined ? {} : { creationDate }),
    ...partner('sender', sbdh, ['sbdh:Sender', 'sbdh:Identifier']),
    ...partner('receiver', sbdh, ['sbdh:Receiver', 'sbdh:Identifier']),
    ...partner('instanceIdentifier', sbdh, ['sbdh:DocumentIdentification', 'sbdh:InstanceIdentifier']),
    namespaces: { ...namespaces },
    vocabularies: vocabularies(header),
    extensions: { ...Object.fromEntries(inHeader.map((one) => [one.name, extension(one)])), ...extensions },
  };
}

function partner(field: string, sbdh: Element | undefined, path: readonly string[]): Record<string, string> {
  const found = path.reduce<Element | undefined>((at, step) => child(at, step), sbdh);
  return found === undefined || found.text === '' ? {} : { [field]: found.text };
}

function vocabularies(header: Element | undefined): Vocabulary[] {
  const list = child(child(child(header, 'extension'), 'EPCISMasterData'), 'VocabularyList');
  return (list?.children ?? []).map((vocabulary) => ({
    type: vocabulary.attributes['type'] ?? '',
    elements: (child(vocabulary, 'VocabularyElementList')?.children ?? []).map((element) => {
      const inner = child(element, 'children')?.children.map(({ text }) => text) ?? [];
      return {
        id: element.attributes['id'] ?? '',
        attributes: element.children
          .filter(({ name }) => name === 'attribute')
          .map((attribute) => ({ id: attribute.attributes['id'] ?? '', value: attributeValue(attribute) })),
        ...(inner.length === 0 ? {} : { children: inner }),
      };
    }),
  }));
}

/** The value of a master data attribute: text, or elements; its id is no part of it. */
function attributeValue({ name, text, children }: Element): Extension {
  return extension({ name, text, children, attributes: {} });
}

function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one) => one.name === name);
}
