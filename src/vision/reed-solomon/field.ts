import { byteAt } from '#vision/ecc200/at.ts';

/** Elements other than zero: powers of α repeat after so many. */
export const ORDER = 255;

/** GF(256) as tables: α to a power from 0 to 509, and the power of α that an element other than zero is. */
export interface Field {
  readonly exponentials: Uint8Array;
  readonly logarithms: Uint8Array;
}

/** Reed–Solomon codes differ in their field, and in the power of α with which the roots of their generator begin. */
export interface Code {
  readonly field: Field;
  readonly firstRoot: 0 | 1;
}

/** ISO/IEC 16022, annex E: x⁸ + x⁵ + x³ + x² + 1, roots α¹ … αⁿ. */
export const ECC200: Code = { field: fieldOf(0x12d), firstRoot: 1 };
/** ISO/IEC 18004, 7.5.2: x⁸ + x⁴ + x³ + x² + 1, roots α⁰ … αⁿ⁻¹. */
export const QR: Code = { field: fieldOf(0x11d), firstRoot: 0 };

function fieldOf(polynomial: number): Field {
  const exponentials = new Uint8Array(2 * ORDER);
  const logarithms = new Uint8Array(ORDER + 1);
  for (let power = 0, value = 1; power < ORDER; power += 1) {
    exponentials[power] = value;
    exponentials[power + ORDER] = value;
    logarithms[value] = power;
    value <<= 1;
    if (value > ORDER) value ^= polynomial;
  }
  return { exponentials, logarithms };
}

export function multiply({ exponentials, logarithms }: Field, a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : byteAt(exponentials, byteAt(logarithms, a) + byteAt(logarithms, b));
}

/** a / b; b is not zero. */
export function divide({ exponentials, logarithms }: Field, a: number, b: number): number {
  return a === 0 ? 0 : byteAt(exponentials, byteAt(logarithms, a) + ORDER - byteAt(logarithms, b));
}
