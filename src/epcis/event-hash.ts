import type { EpcisEvent, Namespaces } from '#epcis/event-model.ts';
import { eventTree, type Node } from '#epcis/event-tree.ts';
import { hashTime, hashValue } from '#epcis/hash-value.ts';
import type { Hash } from '#epcis/life-events.ts';

/** A place in the order of the pre-hash: a name, and the order inside. */
interface Rank {
  readonly name: string;
  readonly inner?: readonly Rank[];
}

const EPCS: readonly Rank[] = [{ name: 'epc' }];
const QUANTITIES: readonly Rank[] = [{ name: 'quantityElement', inner: ranks('epcClass quantity uom') }];
const PLACE = ranks('id');

/** As in the published vectors; the printed table of CBV 2.0 §8.9 differs in places (docs/epcis-mapping.md). */
const ORDER: readonly Rank[] = [
  ...ranks('eventTime eventTimeZoneOffset certificationInfo parentID'),
  { name: 'epcList', inner: EPCS },
  { name: 'inputEPCList', inner: EPCS },
  { name: 'childEPCs', inner: EPCS },
  { name: 'quantityList', inner: QUANTITIES },
  { name: 'childQuantityList', inner: QUANTITIES },
  { name: 'inputQuantityList', inner: QUANTITIES },
  { name: 'outputEPCList', inner: EPCS },
  { name: 'outputQuantityList', inner: QUANTITIES },
  ...ranks('action transformationID bizStep disposition'),
  { name: 'persistentDisposition', inner: ranks('set unset') },
  { name: 'readPoint', inner: PLACE },
  { name: 'bizLocation', inner: PLACE },
  {
    name: 'sensorElementList',
    inner: [
      {
        name: 'sensorElement',
        inner: [
          {
            name: 'sensorMetadata',
            inner: ranks('time startTime endTime deviceID deviceMetadata rawData dataProcessingMethod bizRules'),
          },
          {
            name: 'sensorReport',
            inner: ranks(`type exception deviceID deviceMetadata rawData dataProcessingMethod time microorganism
              chemicalSubstance value component stringValue booleanValue hexBinaryValue uriValue minValue maxValue
              meanValue sDev percRank percValue uom coordinateReferenceSystem`),
          },
        ],
      },
    ],
  },
];

/** Never part of the hash: what changes while the event stays the same. */
const IGNORED: ReadonlySet<string> = new Set(['recordTime', 'eventID', 'type', 'errorDeclaration']);

/** The text that is hashed: every field in the canonical order, nothing between them (CBV 2.0 §8.9.2). */
export function preHash(event: EpcisEvent, namespaces: Namespaces): string {
  const { name, children } = eventTree(event, namespaces);
  const { text, rest } = ranked(children, ORDER, true);
  const others = rest.filter((node) => !IGNORED.has(node.name) && !isEmptyList(node));
  return `eventType=${name}${text}${unranked(others)}`;
}

/** The event hash id of CBV 2.0 §8.9, `ni:///sha-256;…?ver=CBV2.0`. Equal for the same event in any syntax without ILMD. */
export function eventHash(event: EpcisEvent, namespaces: Namespaces, sha256: Hash): string {
  const hex = Array.from(sha256(preHash(event, namespaces)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `ni:///sha-256;${hex}?ver=CBV2.0`;
}

interface Ranked {
  readonly text: string;
  /** What the order does not name. */
  readonly rest: readonly Node[];
}

function ranked(nodes: readonly Node[], order: readonly Rank[], isEvent = false): Ranked {
  const isInPlace = (node: Node) => !isEvent && nodes.length > 1 && isEnclosedExtension(node);
  const others = nodes.filter((node) => !isInPlace(node));
  const known = new Set(order.map(({ name }) => name));
  const rest = others.filter((node) => !known.has(node.name));
  let text = '';
  for (const rank of order) {
    const parts = others.filter((node) => node.name === rank.name).map((node) => rankedNode(node, rank));
    text += parts
      .map((part) => part.text)
      .sort(byCodePoint)
      .join('');
    for (const part of parts) for (const node of part.left) rest.push(node);
  }
  return { text: text + unranked(nodes.filter(isInPlace)), rest };
}

function rankedNode(node: Node, { inner }: Rank): { readonly text: string; readonly left: readonly Node[] } {
  const within = inner === undefined ? { text: '', rest: node.children } : ranked(node.children, inner);
  const value = node.text === '' ? '' : `=${isTime(node.name) ? hashTime(node.text.trim()) : hashValue(node.text)}`;
  const text = value === '' && within.text === '' ? '' : `${node.name}${value}${within.text}`;
  return { text, left: within.rest.length === 0 ? [] : [{ ...node, children: within.rest }] };
}

/** What no order names: name, value, content, sorted. The parts of a transaction, a source, a destination stay put. */
function unranked(nodes: readonly Node[]): string {
  const texts = nodes.map((node) => {
    const value = node.text.trim() === '' ? '' : `=${hashValue(node.text)}`;
    const within = node.name === '' ? node.children.map((part) => unranked([part])).join('') : unranked(node.children);
    return `${node.name}${value}${within}`;
  });
  return texts.sort(byCodePoint).join('');
}

/** Extensions inside a place or a sensor element stay with it, if their namespace ends with a slash (measured). */
function isEnclosedExtension({ name }: Node): boolean {
  return name.includes('/}');
}

function isEmptyList({ name, text, children }: Node): boolean {
  return text === '' && children.length === 0 && !name.startsWith('{');
}

function isTime(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.includes('time') && !lower.includes('offset');
}

/** Order of Unicode code points. JavaScript compares halves of pairs, and puts those before the end of the plane. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return isHalf(left) === isHalf(right) ? left - right : isHalf(left) ? 1 : -1;
  }
  return a.length - b.length;
}

function isHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

function ranks(names: string): readonly Rank[] {
  return names.split(/\s+/).map((name) => ({ name }));
}
