import { type ChunkValue, chunkValueOf } from '#devices/camera/genicam/chunk-value.ts';
import { type Description, FeatureError, type GenicamNode, textIn } from '#devices/camera/genicam/description.ts';
import { type Place, placeOf } from '#devices/camera/genicam/node-place.ts';
import {
  type NodeContext,
  nodeOf,
  numberOf,
  type RegisterPort,
  readNumber,
  requireThere,
} from '#devices/camera/genicam/node-read.ts';
import { requireWritable, writeNumber } from '#devices/camera/genicam/node-write.ts';

/** Reads and writes nodes by name. What does not work rejects with an Error whose message is a sentence. */
export interface NodeValues {
  number(name: string): Promise<number>;
  text(name: string): Promise<string>;
  writeNumber(name: string, value: number): Promise<void>;
  writeText(name: string, value: string): Promise<void>;
  /** Where an integer lies among what comes with each picture. */
  chunk(name: string): Promise<ChunkValue>;
}

const TEXT_LIMIT = 512;

export function nodeValues(nodes: Description, port: RegisterPort): NodeValues {
  const context: NodeContext = { nodes, port, own: new Map() };
  return {
    async number(name) {
      await requireThere(context, nodeOf(context, name, 0), 0);
      return readNumber(context, name, 0);
    },
    async text(name) {
      const { address, length } = await textPlace(context, name, 0);
      return (await port.read(address, length)).toString('utf8').replace(/\0[\s\S]*$/, '');
    },
    chunk: (name) => chunkValueOf(context, name),
    writeNumber: (name, value) => writeNumber(context, name, { value, depth: 0 }),
    async writeText(name, value) {
      const { address, length, node } = await textPlace(context, name, 0);
      await requireWritable(context, node, 0);
      const bytes = Buffer.alloc(length);
      if (bytes.write(value, 'utf8') < Buffer.byteLength(value)) {
        throw new FeatureError(`${name} holds ${length} bytes, which is too few for "${value}"`);
      }
      await port.write(address, bytes);
    },
  };
}

/** Where a text ends up: a StringReg, or what refers to one. */
async function textPlace(
  context: NodeContext,
  name: string,
  depth: number,
): Promise<Place & { readonly node: GenicamNode }> {
  const node = nodeOf(context, name, depth);
  if (node.tag === 'StringReg') {
    const place = await placeOf(node, depth, numberOf(context));
    if (place.length <= TEXT_LIMIT) return { ...place, node };
  }
  const reference = textIn(node, 'pValue');
  if (reference === undefined) throw new FeatureError(`${name} is no text`);
  return textPlace(context, reference, depth + 1);
}
