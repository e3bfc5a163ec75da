import { byteAt, intAt } from '#vision/ecc200/at.ts';
import type { QrLayout } from '#vision/grade-qr/layout.ts';
import type { QrLevel } from '#vision/grade-qr/sizes.ts';

/** Format information: level and mask. */
export interface QrFormat {
  readonly level: QrLevel;
  readonly mask: number;
  /** The 15 bits that should stand there, and how many of each copy are wrong. */
  readonly bits: number;
  readonly wrong: readonly [number, number];
}

/** Levels by their two bits. */
const LEVEL_BITS: readonly QrLevel[] = ['M', 'L', 'H', 'Q'];
const FORMAT_XOR = 0x5412;
const FORMAT_GENERATOR = 0x537;
const VERSION_GENERATOR = 0x1f25;
/** Both codes repair three errors. */
const REPAIRABLE = 3;

/** The 15 bits of level and mask: a BCH code, masked (ISO/IEC 18004, 7.9). */
export function formatBits(level: QrLevel, mask: number): number {
  return withChecks((LEVEL_BITS.indexOf(level) << 3) | mask, 10, FORMAT_GENERATOR) ^ FORMAT_XOR;
}

/** The 18 bits of a version from 7 on (ISO/IEC 18004, 7.10). */
export function versionBits(version: number): number {
  return withChecks(version, 12, VERSION_GENERATOR);
}

function withChecks(data: number, checks: number, generator: number): number {
  let rest = data << checks;
  for (let bit = 31 - Math.clz32(rest); bit >= checks; bit -= 1) {
    if ((rest >> bit) & 1) rest ^= generator << (bit - checks);
  }
  return (data << checks) | rest;
}

/** Level and mask as the better copy has them; undefined when neither can be repaired. */
export function readFormat(modules: Uint8Array, { format }: QrLayout): QrFormat | undefined {
  const copies = [bitsAt(modules, format[0]), bitsAt(modules, format[1])] as const;
  let best: QrFormat | undefined;
  let least = REPAIRABLE + 1;
  for (let data = 0; data < 32; data += 1) {
    const level = LEVEL_BITS[data >> 3] ?? 'M';
    const mask = data & 7;
    const bits = formatBits(level, mask);
    const wrong = [onesOf(copies[0] ^ bits), onesOf(copies[1] ^ bits)] as const;
    if (Math.min(...wrong) >= least) continue;
    least = Math.min(...wrong);
    best = { level, mask, bits, wrong };
  }
  return best;
}

function bitsAt(modules: Uint8Array, places: Int32Array): number {
  let bits = 0;
  for (let bit = 0; bit < places.length; bit += 1) bits |= byteAt(modules, intAt(places, bit)) << bit;
  return bits;
}

function onesOf(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
