import type { ChunkValue } from '#devices/camera/genicam/chunk-value.ts';
import {
  allIn,
  type Description,
  FeatureError,
  type GenicamNode,
  numberIn,
  textIn,
} from '#devices/camera/genicam/description.ts';
import type { RegisterPort } from '#devices/camera/genicam/node-read.ts';
import { type NodeValues, nodeValues } from '#devices/camera/genicam/node-values.ts';

/** An enumeration's entry and a text are strings. */
export type FeatureValue = number | string | boolean;

/** What a camera can be asked and told, by name. Every failure is an Error whose message is a sentence. */
export interface Features {
  has(name: string): boolean;
  /** Names of an enumeration's entries; undefined when it is none. */
  entries(name: string): readonly string[] | undefined;
  get(name: string): Promise<FeatureValue>;
  /** The number beneath an enumeration's entry, or any other number. */
  number(name: string): Promise<number>;
  set(name: string, value: FeatureValue): Promise<void>;
  execute(name: string): Promise<void>;
  /** Where an integer lies among what comes with each picture. */
  chunk(name: string): Promise<ChunkValue>;
}

/** What is beneath `pValue` decides whether a node is a number or a text. */
const REFERENCE_LIMIT = 24;

export function featuresOf(nodes: Description, port: RegisterPort): Features {
  const values = nodeValues(nodes, port);

  function nodeOf(name: string): GenicamNode {
    const node = nodes.get(name);
    if (node === undefined) throw new FeatureError(`the camera has no ${name}`);
    return node;
  }

  function isText(name: string): boolean {
    let node = nodes.get(name);
    for (let step = 0; step < REFERENCE_LIMIT && node !== undefined; step++) {
      if (node.tag === 'StringReg') return true;
      if (node.tag === 'Enumeration' || node.tag === 'Boolean') return false;
      node = nodes.get(textIn(node, 'pValue') ?? '');
    }
    return false;
  }

  return {
    has: (name) => nodes.has(name),
    entries(name) {
      const node = nodes.get(name);
      return node?.tag === 'Enumeration' ? entriesOf(node).map(([entry]) => entry) : undefined;
    },
    number: (name) => values.number(name),
    chunk: (name) => values.chunk(name),
    async get(name) {
      const node = nodeOf(name);
      if (isText(name)) return values.text(name);
      const value = await values.number(name);
      if (node.tag === 'Boolean') return value === (numberIn(node, 'OnValue') ?? 1);
      if (node.tag !== 'Enumeration') return value;
      return entriesOf(node).find(([, number]) => number === value)?.[0] ?? String(value);
    },
    async set(name, value) {
      const node = nodeOf(name);
      if (isText(name)) await values.writeText(name, String(value));
      else await values.writeNumber(name, numberFor(node, name, value));
    },
    async execute(name) {
      const node = nodeOf(name);
      if (node.tag !== 'Command') throw new FeatureError(`${name} is no command`);
      await values.writeNumber(name, await commandValue(node, values));
    },
  };
}

async function commandValue(node: GenicamNode, values: NodeValues): Promise<number> {
  const reference = textIn(node, 'pCommandValue');
  return numberIn(node, 'CommandValue') ?? (reference === undefined ? 1 : values.number(reference));
}

function numberFor(node: GenicamNode, name: string, value: FeatureValue): number {
  if (node.tag === 'Boolean')
    return value === true ? (numberIn(node, 'OnValue') ?? 1) : (numberIn(node, 'OffValue') ?? 0);
  if (node.tag === 'Enumeration') {
    const entries = entriesOf(node);
    const entry = entries.find(([known]) => known === value);
    if (entry !== undefined) return entry[1];
    throw new FeatureError(`${name} knows ${entries.map(([known]) => known).join(', ')}, but not ${value}`);
  }
  if (typeof value === 'number') return value;
  throw new FeatureError(`${name} is a number, and ${value} is none`);
}

function entriesOf(node: GenicamNode): readonly (readonly [string, number])[] {
  return allIn(node, 'EnumEntry').flatMap((entry) => {
    const [name, value] = [entry.attributes.get('Name'), numberIn(entry, 'Value')];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
}
