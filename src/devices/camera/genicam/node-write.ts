import { FeatureError, type GenicamNode, textIn } from '#devices/camera/genicam/description.ts';
import { formulaValue } from '#devices/camera/genicam/node-formula.ts';
import { placeOf } from '#devices/camera/genicam/node-place.ts';
import {
  isBigEndian,
  layoutOf,
  type NodeContext,
  nameOf,
  nodeOf,
  numberOf,
  readNumber,
  referenceOf,
  requireThere,
} from '#devices/camera/genicam/node-read.ts';
import { writeFloat, writeInteger } from '#devices/camera/genicam/register-value.ts';

/** A number on its way to a node. */
interface Writing {
  readonly value: number;
  readonly depth: number;
}

export async function writeNumber(context: NodeContext, name: string, { value, depth }: Writing): Promise<void> {
  const node = nodeOf(context, name, depth);
  await requireWritable(context, node, depth);
  switch (node.tag) {
    case 'IntReg':
    case 'MaskedIntReg':
      return writeIntegerAt(context, node, { value, depth });
    case 'FloatReg': {
      const { address, length } = await placeOf(node, depth, numberOf(context));
      return context.port.write(address, fitting(writeFloat(length, isBigEndian(node), value), node, value));
    }
    case 'Converter':
    case 'IntConverter': {
      const raw = await formulaValue(node, { tag: 'FormulaTo', depth, known: ['FROM', value] }, numberOf(context));
      return writeNumber(context, referenceOf(node), { value: rawFor(context, node, raw), depth: depth + 1 });
    }
    case 'SwissKnife':
    case 'IntSwissKnife':
      throw new FeatureError(`${name} can only be read`);
    default:
      return writePlain(context, node, { value, depth });
  }
}

async function writePlain(context: NodeContext, node: GenicamNode, { value, depth }: Writing): Promise<void> {
  const reference = textIn(node, 'pValue');
  if (reference === undefined) context.own.set(nameOf(node), value);
  else await writeNumber(context, reference, { value, depth: depth + 1 });
}

async function writeIntegerAt(context: NodeContext, node: GenicamNode, { value, depth }: Writing): Promise<void> {
  const { address, length } = await placeOf(node, depth, numberOf(context));
  const layout = layoutOf(node, length);
  const isAll = layout.width === length * 8;
  const before = isAll ? Buffer.alloc(length) : await context.port.read(address, length);
  await context.port.write(address, fitting(writeInteger(before, layout, value), node, value));
}

const TAKES_FRACTIONS: ReadonlySet<string> = new Set(['Float', 'FloatReg', 'Converter']);

/** What a formula gives is rounded when a register of integers is to hold it. */
function rawFor(context: NodeContext, node: GenicamNode, raw: number): number {
  let target = nodeOf(context, referenceOf(node), 0);
  for (let depth = 1; target.tag === 'Float' && textIn(target, 'pValue') !== undefined; depth++) {
    target = nodeOf(context, referenceOf(target), depth);
  }
  return TAKES_FRACTIONS.has(target.tag) ? raw : Math.round(raw);
}

/** Whether a node may be written now. */
export async function requireWritable(context: NodeContext, node: GenicamNode, depth: number): Promise<void> {
  await requireThere(context, node, depth);
  const mode = textIn(node, 'ImposedAccessMode') ?? textIn(node, 'AccessMode');
  if (mode === 'RO') throw new FeatureError(`${nameOf(node)} can only be read`);
  const lock = textIn(node, 'pIsLocked');
  if (lock !== undefined && (await readNumber(context, lock, depth + 1)) !== 0) {
    throw new FeatureError(`${nameOf(node)} is locked by the camera (${lock})`);
  }
}

function fitting(bytes: Buffer | undefined, node: GenicamNode, value: number): Buffer {
  if (bytes === undefined) throw new FeatureError(`${nameOf(node)} can not hold ${value}`);
  return bytes;
}
