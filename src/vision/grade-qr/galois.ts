/** GF(256) with the polynomial x⁸ + x⁴ + x³ + x² + 1 and the generator 2 (ISO/IEC 18004, 7.5.2). */
const POLYNOMIAL = 0x11d;
export const ORDER = 255;

const EXP = new Uint8Array(2 * ORDER);
const LOG = new Uint8Array(256);
fill();

function fill(): void {
  let value = 1;
  for (let exponent = 0; exponent < ORDER; exponent += 1) {
    EXP[exponent] = value;
    EXP[exponent + ORDER] = value;
    LOG[value] = exponent;
    value = value < 128 ? value << 1 : (value << 1) ^ POLYNOMIAL;
  }
}

/** 2 to a power that is not negative. */
export function power(exponent: number): number {
  return EXP[exponent % ORDER] ?? 0;
}

export function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (EXP[(LOG[a] ?? 0) + (LOG[b] ?? 0)] ?? 0);
}

/** `b` is not 0. */
export function divide(a: number, b: number): number {
  return a === 0 ? 0 : (EXP[(LOG[a] ?? 0) + ORDER - (LOG[b] ?? 0)] ?? 0);
}
