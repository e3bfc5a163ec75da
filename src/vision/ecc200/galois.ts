import { byteAt } from '#vision/ecc200/at.ts';

/** The field of ISO/IEC 16022: GF(256) modulo x⁸ + x⁵ + x³ + x² + 1. */
const POLYNOMIAL = 0x12d;
/** Elements other than zero: powers of α repeat after so many. */
export const ORDER = 255;

const exponentials = new Uint8Array(2 * ORDER);
const logarithms = new Uint8Array(ORDER + 1);
for (let power = 0, value = 1; power < ORDER; power += 1) {
  exponentials[power] = value;
  exponentials[power + ORDER] = value;
  logarithms[value] = power;
  value <<= 1;
  if (value > ORDER) value ^= POLYNOMIAL;
}

/** α to a power from 0 to 509. */
export function power(exponent: number): number {
  return byteAt(exponentials, exponent);
}

/** The power of α that an element other than zero is. */
export function logarithm(element: number): number {
  return byteAt(logarithms, element);
}

export function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : power(logarithm(a) + logarithm(b));
}

/** a / b; b is not zero. */
export function divide(a: number, b: number): number {
  return a === 0 ? 0 : power(logarithm(a) + ORDER - logarithm(b));
}
