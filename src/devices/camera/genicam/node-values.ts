import {
  type Description,
  FeatureError,
  type GenicamNode,
  numberIn,
  textIn,
} from '#devices/camera/genicam/description.ts';
import { type FormulaUse, formulaValue } from '#devices/camera/genicam/node-formula.ts';
import { type Place, placeOf } from '#devices/camera/genicam/node-place.ts';
import {
  integerLayout,
  readFloat,
  readInteger,
  writeFloat,
  writeInteger,
} from '#devices/camera/genicam/register-value.ts';

/** The camera's memory. */
export interface RegisterPort {
  read(address: number, length: number): Promise<Buffer>;
  write(address: number, bytes: Buffer): Promise<void>;
}

/** Reads and writes nodes. */
export interface NodeValues {
  number(name: string): Promise<number>;
  text(name: string): Promise<string>;
  writeNumber(name: string, value: number): Promise<void>;
  writeText(name: string, value: string): Promise<void>;
}

const REFERENCE_LIMIT = 24;
const TEXT_LIMIT = 512;

export function nodeValues(nodes: Description, port: RegisterPort): NodeValues {
  /** Values of nodes that have their own, once they were written. */
  const own = new Map<string, number>();

  /** Nodes refer to each other; a description that does so in a circle is caught by the depth. */
  function nodeOf(name: string, depth: number): GenicamNode {
    if (depth > REFERENCE_LIMIT) throw new FeatureError(`${name} refers to itself`);
    const node = nodes.get(name);
    if (node === undefined) throw new FeatureError(`the camera has no ${name}`);
    return node;
  }

  async function number(name: string, depth: number): Promise<number> {
    const node = nodeOf(name, depth);
    switch (node.tag) {
      case 'IntReg':
      case 'MaskedIntReg':
        return integer(node, name, depth);
      case 'FloatReg':
        return float(node, name, depth);
      case 'Converter':
      case 'IntConverter':
        return converted(node, name, depth);
      case 'SwissKnife':
      case 'IntSwissKnife':
        return formula(node, { tag: 'Formula', depth });
      default:
        return plain(node, name, depth);
    }
  }

  async function plain(node: GenicamNode, name: string, depth: number): Promise<number> {
    const reference = textIn(node, 'pValue');
    if (reference !== undefined) return number(reference, depth + 1);
    const value = own.get(name) ?? numberIn(node, 'Value');
    if (value === undefined) throw new FeatureError(`${name} has no value`);
    return value;
  }

  async function integer(node: GenicamNode, name: string, depth: number): Promise<number> {
    const place = await placeOf(node, depth, number);
    const layout = integerLayout(node, place.length);
    if (layout === undefined) throw new FeatureError(`${name} is no integer of 1 to 8 bytes`);
    return readInteger(await port.read(place.address, place.length), layout);
  }

  async function float(node: GenicamNode, name: string, depth: number): Promise<number> {
    const { address, length } = await placeOf(node, depth, number);
    const value = readFloat(await port.read(address, length), isBigEndian(node));
    if (value === undefined) throw new FeatureError(`${name} is no number of 4 or 8 bytes`);
    return value;
  }

  async function converted(node: GenicamNode, name: string, depth: number): Promise<number> {
    const raw = await number(referenceOf(node, name), depth + 1);
    return formula(node, { tag: 'FormulaFrom', depth, known: ['TO', raw] });
  }

  function formula(node: GenicamNode, use: FormulaUse): Promise<number> {
    return formulaValue(node, use, number);
  }

  async function writeNumber(name: string, value: number, depth: number): Promise<void> {
    const node = nodeOf(name, depth);
    await requireWritable(node, name, depth);
    switch (node.tag) {
      case 'IntReg':
      case 'MaskedIntReg':
        return writeIntegerTo(node, name, { value, depth });
      case 'FloatReg': {
        const { address, length } = await placeOf(node, depth, number);
        return port.write(address, fits(writeFloat(length, isBigEndian(node), value), name, value));
      }
      case 'Converter':
      case 'IntConverter': {
        const raw = await formula(node, { tag: 'FormulaTo', depth, known: ['FROM', value] });
        return writeNumber(referenceOf(node, name), await rawFor(node, raw, depth), depth + 1);
      }
      case 'SwissKnife':
      case 'IntSwissKnife':
        throw new FeatureError(`${name} can only be read`);
      default:
        return writePlain(node, name, { value, depth });
    }
  }

  async function writePlain(node: GenicamNode, name: string, { value, depth }: Writing): Promise<void> {
    const reference = textIn(node, 'pValue');
    if (reference === undefined) own.set(name, value);
    else await writeNumber(reference, value, depth + 1);
  }

  async function writeIntegerTo(node: GenicamNode, name: string, { value, depth }: Writing): Promise<void> {
    const place = await placeOf(node, depth, number);
    const layout = integerLayout(node, place.length);
    if (layout === undefined) throw new FeatureError(`${name} is no integer of 1 to 8 bytes`);
    const isAll = layout.width === place.length * 8;
    const before = isAll ? Buffer.alloc(place.length) : await port.read(place.address, place.length);
    await port.write(place.address, fits(writeInteger(before, layout, value), name, value));
  }

  /** What a formula gives is rounded when a register of integers is to hold it. */
  async function rawFor(node: GenicamNode, raw: number, depth: number): Promise<number> {
    let name = textIn(node, 'pValue') ?? '';
    for (let step = depth; ; step++) {
      const target = nodeOf(name, step);
      if (target.tag === 'Float' && textIn(target, 'pValue') !== undefined) name = textIn(target, 'pValue') ?? '';
      else return ['FloatReg', 'Float', 'Converter'].includes(target.tag) ? raw : Math.round(raw);
    }
  }

  async function requireWritable(node: GenicamNode, name: string, depth: number): Promise<void> {
    await requireThere(node, name, depth);
    const mode = textIn(node, 'ImposedAccessMode') ?? textIn(node, 'AccessMode');
    if (mode === 'RO') throw new FeatureError(`${name} can only be read`);
    const lock = textIn(node, 'pIsLocked');
    if (lock !== undefined && (await number(lock, depth + 1)) !== 0) {
      throw new FeatureError(`${name} is locked by the camera (${lock})`);
    }
  }

  async function requireThere(node: GenicamNode, name: string, depth: number): Promise<void> {
    for (const tag of ['pIsImplemented', 'pIsAvailable']) {
      const reference = textIn(node, tag);
      if (reference !== undefined && (await number(reference, depth + 1)) === 0) {
        throw new FeatureError(`${name} is not available in this camera (${reference})`);
      }
    }
  }

  /** Where a text ends up: a StringReg, or what refers to one. */
  async function textPlace(name: string, depth: number): Promise<Place & { readonly node: GenicamNode }> {
    const node = nodeOf(name, depth);
    if (node.tag === 'StringReg') {
      const place = await placeOf(node, depth, number);
      if (place.length <= TEXT_LIMIT) return { ...place, node };
    }
    const reference = textIn(node, 'pValue');
    if (reference === undefined) throw new FeatureError(`${name} is no text`);
    return textPlace(reference, depth + 1);
  }

  return {
    async number(name) {
      await requireThere(nodeOf(name, 0), name, 0);
      return number(name, 0);
    },
    async text(name) {
      const { address, length } = await textPlace(name, 0);
      return (await port.read(address, length)).toString('utf8').replace(/\0[\s\S]*$/, '');
    },
    writeNumber: (name, value) => writeNumber(name, value, 0),
    async writeText(name, value) {
      const { address, length, node } = await textPlace(name, 0);
      await requireWritable(node, name, 0);
      const bytes = Buffer.alloc(length);
      if (bytes.write(value, 'utf8') < Buffer.byteLength(value)) {
        throw new FeatureError(`${name} holds ${length} bytes, which is too few for "${value}"`);
      }
      await port.write(address, bytes);
    },
  };
}

interface Writing {
  readonly value: number;
  readonly depth: number;
}

function isBigEndian(node: GenicamNode): boolean {
  return textIn(node, 'Endianess') === 'BigEndian';
}

function referenceOf(node: GenicamNode, name: string): string {
  const reference = textIn(node, 'pValue');
  if (reference === undefined) throw new FeatureError(`${name} refers to nothing`);
  return reference;
}

function fits(bytes: Buffer | undefined, name: string, value: number): Buffer {
  if (bytes === undefined) throw new FeatureError(`${name} can not hold ${value}`);
  return bytes;
}
