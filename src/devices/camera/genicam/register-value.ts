import { allIn, type GenicamNode, numberIn, textIn } from '#devices/camera/genicam/description.ts';

/** How the bytes of a register are to be understood. */
export interface Layout {
  readonly length: number;
  readonly isBigEndian: boolean;
  readonly isSigned: boolean;
  /** Position of the lowest bit and number of bits, counted from the lowest of the register. */
  readonly low: number;
  readonly width: number;
}

const LONGEST = 8;

/** Layout of an integer register; undefined when it cannot be one. */
export function integerLayout(node: GenicamNode, length: number): Layout | undefined {
  if (!Number.isInteger(length) || length < 1 || length > LONGEST) return undefined;
  const isBigEndian = textIn(node, 'Endianess') === 'BigEndian';
  const isSigned = textIn(node, 'Sign') === 'Signed';
  const bits = length * 8;
  const bit = numberIn(node, 'Bit');
  const [one, other] = [bit ?? numberIn(node, 'LSB') ?? 0, bit ?? numberIn(node, 'MSB') ?? bits - 1];
  if (node.tag !== 'MaskedIntReg') return { length, isBigEndian, isSigned, low: 0, width: bits };
  // In a big-endian register bit 0 is the highest.
  const places = isBigEndian && hasBits(node) ? [bits - 1 - one, bits - 1 - other] : [one, other];
  const [low, high] = [Math.min(...places), Math.max(...places)];
  if (!Number.isInteger(low) || !Number.isInteger(high) || low < 0 || high >= bits) return undefined;
  return { length, isBigEndian, isSigned, low, width: high - low + 1 };
}

function hasBits(node: GenicamNode): boolean {
  return ['Bit', 'LSB', 'MSB'].some((tag) => allIn(node, tag).length > 0);
}

/** The integer in the register. Beyond 53 bits it is the nearest number. */
export function readInteger(bytes: Buffer, { isBigEndian, isSigned, low, width }: Layout): number {
  const field = BigInt.asUintN(width, whole(bytes, isBigEndian) >> BigInt(low));
  return Number(isSigned ? BigInt.asIntN(width, field) : field);
}

/** The register with the integer in it, its other bits as they were; undefined when the number does not fit. */
export function writeInteger(before: Buffer, layout: Layout, value: number): Buffer | undefined {
  const { length, isBigEndian, isSigned, low, width } = layout;
  if (!Number.isInteger(value)) return undefined;
  const [most, least] = isSigned ? [2 ** (width - 1), -(2 ** (width - 1))] : [2 ** width, 0];
  if (value < least || value >= most) return undefined;
  const mask = ((1n << BigInt(width)) - 1n) << BigInt(low);
  const rest = whole(before, isBigEndian) & ~mask;
  const all = BigInt.asUintN(length * 8, rest | (BigInt.asUintN(width, BigInt(value)) << BigInt(low)));
  const bytes = Buffer.from(all.toString(16).padStart(length * 2, '0'), 'hex');
  return isBigEndian ? bytes : bytes.reverse();
}

function whole(bytes: Buffer, isBigEndian: boolean): bigint {
  const ordered = isBigEndian ? bytes : Buffer.from(bytes).reverse();
  return ordered.length === 0 ? 0n : BigInt(`0x${ordered.toString('hex')}`);
}

/** A float of 4 or 8 bytes. */
export function readFloat(bytes: Buffer, isBigEndian: boolean): number | undefined {
  if (bytes.length === 4) return isBigEndian ? bytes.readFloatBE(0) : bytes.readFloatLE(0);
  if (bytes.length === 8) return isBigEndian ? bytes.readDoubleBE(0) : bytes.readDoubleLE(0);
  return undefined;
}

export function writeFloat(length: number, isBigEndian: boolean, value: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  if (length === 4) isBigEndian ? bytes.writeFloatBE(value) : bytes.writeFloatLE(value);
  else if (length === 8) isBigEndian ? bytes.writeDoubleBE(value) : bytes.writeDoubleLE(value);
  else return undefined;
  return bytes;
}
