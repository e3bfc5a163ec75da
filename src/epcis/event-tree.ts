import { type EpcisEvent, LOCAL, type Namespaces } from '#epcis/event-model.ts';
import { type CbvRole, cbvWebUri, GS1_VOC } from '#epcis/vocabulary.ts';

/** An event as the event hash sees it: what XML would have, with names as `{namespace}local`. */
export interface Node {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Node[];
}

/** Lists of the JSON binding, and the name each item has in XML. An empty name: the item's parts follow each other. */
const ITEM_NAMES: Readonly<Record<string, string>> = {
  epcList: 'epc',
  childEPCs: 'epc',
  inputEPCList: 'epc',
  outputEPCList: 'epc',
  quantityList: 'quantityElement',
  childQuantityList: 'quantityElement',
  inputQuantityList: 'quantityElement',
  outputQuantityList: 'quantityElement',
  sensorElementList: 'sensorElement',
  bizTransactionList: '',
  sourceList: '',
  destinationList: '',
};

/** Bare words have a meaning in these places only. */
const ROLES: Readonly<Record<string, CbvRole>> = {
  bizStep: 'bizStep',
  disposition: 'disposition',
  'persistentDisposition/set': 'disposition',
  'persistentDisposition/unset': 'disposition',
  'bizTransactionList/type': 'transaction',
  'sourceList/type': 'party',
  'destinationList/type': 'party',
  'sensorReport/component': 'component',
};

const WEB_VOCABULARY: ReadonlySet<string> = new Set(['sensorReport/type', 'sensorReport/exception']);

/** Comments, and what belongs to JSON-LD. */
const IGNORED: ReadonlySet<string> = new Set(['rdfs:comment', 'comment', '@context', '#text']);

/** Turns an event into the tree that is hashed. `namespaces` are those of its document. */
export function eventTree(event: EpcisEvent, namespaces: Namespaces): Node {
  return { name: event.type, text: '', children: membersOf(event, '', namespaces) };
}

function membersOf(value: object, parent: string, namespaces: Namespaces): Node[] {
  return Object.entries(value)
    .filter(([key]) => !IGNORED.has(key))
    .flatMap(([key, member]) => nodesOf(key, member, parent, namespaces));
}

function nodesOf(key: string, value: unknown, parent: string, namespaces: Namespaces): Node[] {
  const name = qualified(key, namespaces);
  const item = parent === '' && Object.hasOwn(ITEM_NAMES, key) ? ITEM_NAMES[key] : undefined;
  if (item !== undefined && Array.isArray(value)) {
    return [{ name, text: '', children: value.map((one) => itemNode(item, key, one, namespaces)) }];
  }
  if (Array.isArray(value)) return value.flatMap((one) => nodesOf(key, one, parent, namespaces));
  if (typeof value === 'object' && value !== null) {
    return [{ name, text: textOf(value), children: membersOf(value, key, namespaces) }];
  }
  return [{ name, text: worded(`${parent}/${key}`, key, parent, String(value)), children: [] }];
}

/** Of a transaction, a source or a destination the type comes first, whatever the order in the document. */
function itemNode(name: string, list: string, value: unknown, namespaces: Namespaces): Node {
  if (typeof value !== 'object' || value === null) return { name, text: String(value), children: [] };
  const children = membersOf(value, list, namespaces);
  if (name !== '') return { name, text: '', children };
  const isType = (node: Node) => node.name === 'type';
  return { name, text: '', children: [...children.filter(isType), ...children.filter((node) => !isType(node))] };
}

function worded(place: string, key: string, parent: string, text: string): string {
  const spot = parent === '' ? key : place;
  const role = Object.hasOwn(ROLES, spot) ? ROLES[spot] : undefined;
  if (role !== undefined) return cbvWebUri(role, text);
  return WEB_VOCABULARY.has(place) && !text.includes(':') ? `${GS1_VOC}${text}` : text;
}

/** Text of an XML element that has attributes too. */
function textOf(value: object): string {
  return '#text' in value ? String(value['#text']) : '';
}

/** A prefix that the document does not declare stays as it is, and the hash is another one (gs1-epcis.md §12.3). */
function qualified(key: string, namespaces: Namespaces): string {
  if (key.startsWith(LOCAL)) return key.slice(LOCAL.length);
  const at = key.indexOf(':');
  const prefix = key.slice(0, Math.max(at, 0));
  const namespace = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
  return namespace === undefined ? key : `{${namespace}}${key.slice(at + 1)}`;
}
