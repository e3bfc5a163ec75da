import { byteAt } from '#vision/ecc200/at.ts';
import { divide, multiply, ORDER, power } from '#vision/grade-qr/galois.ts';

/** The most error-correction words in one block. */
const MOST = 30;

/** Corrects a block in place and tells how many of its words were wrong; undefined when that cannot be known. */
export type QrCorrector = (
  block: Uint8Array,
  words: { readonly checks: number; readonly reserved: number },
) => number | undefined;

/** A corrector with its own memory. Roots of the generator: 2⁰, 2¹, …; the first word has the highest power. */
export function createQrCorrector(): QrCorrector {
  const syndromes = new Uint8Array(MOST);
  const locator = new Uint8Array(MOST + 2);
  const previous = new Uint8Array(MOST + 2);
  const saved = new Uint8Array(MOST + 2);

  return (block, { checks, reserved }) => {
    if (!fillSyndromes(syndromes, block, checks)) return 0;
    const degree = berlekampMassey({ syndromes, locator, previous, saved }, checks);
    if (2 * degree > checks - reserved) return undefined;
    const count = repair(block, { syndromes, locator, checks, degree });
    // A word of another code may look repaired: it must also be a word of this one.
    return count !== undefined && !fillSyndromes(syndromes, block, checks) ? count : undefined;
  };
}

/** Values of the block at the roots. Answers whether any of them is not 0. */
function fillSyndromes(syndromes: Uint8Array, block: Uint8Array, checks: number): boolean {
  let any = 0;
  for (let root = 0; root < checks; root += 1) {
    const at = power(root);
    let value = 0;
    for (const word of block) value = multiply(value, at) ^ word;
    syndromes[root] = value;
    any |= value;
  }
  return any !== 0;
}

interface Work {
  readonly syndromes: Uint8Array;
  readonly locator: Uint8Array;
  readonly previous: Uint8Array;
  readonly saved: Uint8Array;
}

/** The shortest register that makes the syndromes; its length is the number of errors. */
function berlekampMassey({ syndromes, locator, previous, saved }: Work, checks: number): number {
  locator.fill(0);
  previous.fill(0);
  locator[0] = 1;
  previous[0] = 1;
  let [length, gap, last] = [0, 1, 1];
  for (let step = 0; step < checks; step += 1) {
    let discrepancy = byteAt(syndromes, step);
    for (let i = 1; i <= length; i += 1) discrepancy ^= multiply(byteAt(locator, i), byteAt(syndromes, step - i));
    if (discrepancy === 0) {
      gap += 1;
      continue;
    }
    saved.set(locator);
    const factor = divide(discrepancy, last);
    for (let i = 0; i + gap < locator.length; i += 1) {
      locator[i + gap] = byteAt(locator, i + gap) ^ multiply(factor, byteAt(previous, i));
    }
    if (2 * length > step) {
      gap += 1;
      continue;
    }
    length = step + 1 - length;
    previous.set(saved);
    last = discrepancy;
    gap = 1;
  }
  return length;
}

interface Errors {
  readonly syndromes: Uint8Array;
  readonly locator: Uint8Array;
  readonly checks: number;
  readonly degree: number;
}

/** Finds the roots of the locator (Chien) and what stood wrong there (Forney). */
function repair(block: Uint8Array, errors: Errors): number | undefined {
  let found = 0;
  for (let at = 0; at < block.length; at += 1) {
    const exponent = block.length - 1 - at;
    const inverse = power(ORDER - (exponent % ORDER));
    if (evaluate(errors.locator, errors.degree, inverse) !== 0) continue;
    const size = magnitude(errors, inverse, exponent);
    if (size === undefined) return undefined;
    block[at] = byteAt(block, at) ^ size;
    found += 1;
  }
  return found === errors.degree ? found : undefined;
}

function evaluate(polynomial: Uint8Array, degree: number, at: number): number {
  let value = 0;
  for (let i = degree; i >= 0; i -= 1) value = multiply(value, at) ^ byteAt(polynomial, i);
  return value;
}

/** e = X · Ω(X⁻¹) / Λ'(X⁻¹), because the roots begin with 2⁰. */
function magnitude(
  { syndromes, locator, checks, degree }: Errors,
  inverse: number,
  exponent: number,
): number | undefined {
  let omega = 0;
  let at = 1;
  for (let i = 0; i < Math.min(checks, degree); i += 1) {
    let term = 0;
    for (let j = 0; j <= i; j += 1) term ^= multiply(byteAt(locator, j), byteAt(syndromes, i - j));
    omega ^= multiply(term, at);
    at = multiply(at, inverse);
  }
  let slope = 0;
  at = 1;
  const square = multiply(inverse, inverse);
  for (let i = 1; i <= degree; i += 2) {
    slope ^= multiply(byteAt(locator, i), at);
    at = multiply(at, square);
  }
  return slope === 0 ? undefined : multiply(power(exponent), divide(omega, slope));
}
