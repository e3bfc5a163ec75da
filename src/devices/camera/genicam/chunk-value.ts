import { FeatureError, type GenicamNode, textIn } from '#devices/camera/genicam/description.ts';
import { placeOf } from '#devices/camera/genicam/node-place.ts';
import { layoutOf, type NodeContext, nameOf, nodeOf, numberOf } from '#devices/camera/genicam/node-read.ts';
import type { Layout } from '#devices/camera/genicam/register-value.ts';

/** An integer that comes with each picture: in which chunk, where in it, and how it is to be read. */
export interface ChunkValue {
  readonly id: number;
  readonly address: number;
  readonly layout: Layout;
}

const INTEGERS: ReadonlySet<string> = new Set(['IntReg', 'MaskedIntReg']);
const CHUNK_ID = /^(?:0x)?([0-9a-f]{1,8})$/i;

/** Finds an integer whose register lies behind a port with a ChunkID. Throws a FeatureError. */
export async function chunkValueOf(context: NodeContext, name: string, depth = 0): Promise<ChunkValue> {
  const node = nodeOf(context, name, depth);
  if (!INTEGERS.has(node.tag)) {
    const reference = node.tag === 'Integer' ? textIn(node, 'pValue') : undefined;
    if (reference === undefined) throw new FeatureError(`${nameOf(node)} is no integer in a chunk`);
    return chunkValueOf(context, reference, depth + 1);
  }
  const id = chunkIdOf(context, node, depth);
  const { address, length } = await placeOf(node, depth, numberOf(context));
  return { id, address, layout: layoutOf(node, length) };
}

function chunkIdOf(context: NodeContext, node: GenicamNode, depth: number): number {
  const port = nodeOf(context, textIn(node, 'pPort') ?? '', depth + 1);
  const digits = CHUNK_ID.exec(textIn(port, 'ChunkID') ?? '')?.[1];
  if (digits === undefined) throw new FeatureError(`${nameOf(node)} lies in no chunk`);
  return Number.parseInt(digits, 16);
}
