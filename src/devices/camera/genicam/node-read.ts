import {
  type Description,
  FeatureError,
  type GenicamNode,
  numberIn,
  textIn,
} from '#devices/camera/genicam/description.ts';
import { formulaValue, type NumberOf } from '#devices/camera/genicam/node-formula.ts';
import { placeOf } from '#devices/camera/genicam/node-place.ts';
import { integerLayout, type Layout, readFloat, readInteger } from '#devices/camera/genicam/register-value.ts';

/** The camera's memory. */
export interface RegisterPort {
  read(address: number, length: number): Promise<Buffer>;
  write(address: number, bytes: Buffer): Promise<void>;
}

/** A camera's nodes and the memory they describe. */
export interface NodeContext {
  readonly nodes: Description;
  readonly port: RegisterPort;
  /** Values of nodes that have their own, once they were written. */
  readonly own: Map<string, number>;
}

const REFERENCE_LIMIT = 24;

/** Nodes refer to each other; a description that does so in a circle is caught by the depth. */
export function nodeOf({ nodes }: NodeContext, name: string, depth: number): GenicamNode {
  if (depth > REFERENCE_LIMIT) throw new FeatureError(`${name} refers to itself`);
  const node = nodes.get(name);
  if (node === undefined) throw new FeatureError(`the camera has no ${name}`);
  return node;
}

/** Reads numbers of this camera: for formulas and addresses. */
export function numberOf(context: NodeContext): NumberOf {
  return (name, depth) => readNumber(context, name, depth);
}

export async function readNumber(context: NodeContext, name: string, depth: number): Promise<number> {
  const node = nodeOf(context, name, depth);
  switch (node.tag) {
    case 'IntReg':
    case 'MaskedIntReg':
      return readIntegerAt(context, node, depth);
    case 'FloatReg':
      return readFloatAt(context, node, depth);
    case 'Converter':
    case 'IntConverter': {
      const raw = await readNumber(context, referenceOf(node), depth + 1);
      return formulaValue(node, { tag: 'FormulaFrom', depth, known: ['TO', raw] }, numberOf(context));
    }
    case 'SwissKnife':
    case 'IntSwissKnife':
      return formulaValue(node, { tag: 'Formula', depth }, numberOf(context));
    default:
      return readPlain(context, node, depth);
  }
}

async function readPlain(context: NodeContext, node: GenicamNode, depth: number): Promise<number> {
  const reference = textIn(node, 'pValue');
  if (reference !== undefined) return readNumber(context, reference, depth + 1);
  const value = context.own.get(nameOf(node)) ?? numberIn(node, 'Value');
  if (value === undefined) throw new FeatureError(`${nameOf(node)} has no value`);
  return value;
}

async function readIntegerAt(context: NodeContext, node: GenicamNode, depth: number): Promise<number> {
  const { address, length } = await placeOf(node, depth, numberOf(context));
  return readInteger(await context.port.read(address, length), layoutOf(node, length));
}

async function readFloatAt(context: NodeContext, node: GenicamNode, depth: number): Promise<number> {
  const { address, length } = await placeOf(node, depth, numberOf(context));
  const value = readFloat(await context.port.read(address, length), isBigEndian(node));
  if (value === undefined) throw new FeatureError(`${nameOf(node)} is no number of 4 or 8 bytes`);
  return value;
}

/** Whether a feature is there at all, in this camera and now. */
export async function requireThere(context: NodeContext, node: GenicamNode, depth: number): Promise<void> {
  for (const tag of ['pIsImplemented', 'pIsAvailable']) {
    const reference = textIn(node, tag);
    if (reference !== undefined && (await readNumber(context, reference, depth + 1)) === 0) {
      throw new FeatureError(`${nameOf(node)} is not available in this camera (${reference})`);
    }
  }
}

export function layoutOf(node: GenicamNode, length: number): Layout {
  const layout = integerLayout(node, length);
  if (layout === undefined) throw new FeatureError(`${nameOf(node)} is no integer of 1 to 8 bytes`);
  return layout;
}

export function isBigEndian(node: GenicamNode): boolean {
  return textIn(node, 'Endianess') === 'BigEndian';
}

export function referenceOf(node: GenicamNode): string {
  const reference = textIn(node, 'pValue');
  if (reference === undefined) throw new FeatureError(`${nameOf(node)} refers to nothing`);
  return reference;
}

export function nameOf(node: GenicamNode): string {
  return node.attributes.get('Name') ?? node.tag;
}
