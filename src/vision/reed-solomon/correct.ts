import { byteAt } from '#vision/ecc200/at.ts';
import { type Code, divide, type Field, multiply, ORDER } from '#vision/reed-solomon/field.ts';

/** The most error-correction words in one block: DataMatrix 48×48. QR codes have 30 at the most. */
const MOST = 68;

/** Error-correction words of a block. `reserved`: so many of them only detect errors, and repair none. */
export interface Checks {
  readonly checks: number;
  readonly reserved?: number;
}

/** Corrects a block in place, and tells how many of its words were wrong; undefined when that cannot be known. */
export type BlockCorrector = (block: Uint8Array, words: Checks) => number | undefined;

/** What one correction works with: polynomials by rising power. */
interface Work {
  readonly field: Field;
  readonly firstRoot: number;
  readonly syndromes: Uint8Array;
  readonly locator: Uint8Array;
  readonly previous: Uint8Array;
  readonly kept: Uint8Array;
  readonly evaluator: Uint8Array;
  readonly places: Uint8Array;
}

/** A corrector with its own working memory. The first word of a block has the highest power. */
export function createBlockCorrector({ field, firstRoot }: Code): BlockCorrector {
  const work: Work = {
    field,
    firstRoot,
    syndromes: new Uint8Array(MOST),
    locator: new Uint8Array(MOST + 1),
    previous: new Uint8Array(MOST + 1),
    kept: new Uint8Array(MOST + 1),
    evaluator: new Uint8Array(MOST),
    places: new Uint8Array(MOST),
  };
  return (block, { checks, reserved = 0 }) => {
    if (!takeSyndromes(work, block, checks)) return 0;
    const degree = findLocator(work, checks);
    if (2 * degree > checks - reserved) return undefined;
    if (findPlaces(work, degree, block.length) !== degree) return undefined;
    repair(work, block, degree);
    // A correction that does not lead to a codeword is none: this is what others have been seen to accept.
    return takeSyndromes(work, block, checks) ? undefined : degree;
  };
}

/** Values of the received polynomial at the roots; whether any of them is not zero. */
function takeSyndromes({ field, firstRoot, syndromes }: Work, block: Uint8Array, checks: number): boolean {
  const { exponentials, logarithms } = field;
  let any = 0;
  for (let step = 0; step < checks; step += 1) {
    const root = step + firstRoot;
    let sum = 0;
    for (let i = 0; i < block.length; i += 1) {
      sum = (sum === 0 ? 0 : byteAt(exponentials, byteAt(logarithms, sum) + root)) ^ byteAt(block, i);
    }
    syndromes[step] = sum;
    any |= sum;
  }
  return any !== 0;
}

/** Berlekamp–Massey: the shortest recurrence of the syndromes is the error locator. Answers its degree. */
function findLocator(work: Work, checks: number): number {
  const { field, locator, previous, kept } = work;
  locator.fill(0);
  previous.fill(0);
  locator[0] = 1;
  previous[0] = 1;
  let degree = 0;
  let gap = 1;
  let last = 1;
  for (let step = 0; step < checks; step += 1) {
    const miss = discrepancy(work, step, degree);
    if (miss === 0) {
      gap += 1;
      continue;
    }
    kept.set(locator);
    const factor = divide(field, miss, last);
    for (let i = gap; i <= checks; i += 1) {
      locator[i] = byteAt(locator, i) ^ multiply(field, factor, byteAt(previous, i - gap));
    }
    if (2 * degree > step) {
      gap += 1;
      continue;
    }
    degree = step + 1 - degree;
    previous.set(kept);
    last = miss;
    gap = 1;
  }
  return degree;
}

function discrepancy({ field, syndromes, locator }: Work, step: number, degree: number): number {
  let sum = byteAt(syndromes, step);
  for (let i = 1; i <= degree; i += 1) sum ^= multiply(field, byteAt(locator, i), byteAt(syndromes, step - i));
  return sum;
}

/** Chien search: powers p, counted from the last word, for which α⁻ᵖ is a root of the locator. Answers how many. */
function findPlaces({ field, locator, places }: Work, degree: number, length: number): number {
  let found = 0;
  for (let place = 0; place < length && found < degree; place += 1) {
    if (valueAt(field, locator, { degree, exponent: (ORDER - place) % ORDER }) !== 0) continue;
    places[found] = place;
    found += 1;
  }
  return found;
}

/** A polynomial up to a degree, at α to an exponent from 0 to 254. */
function valueAt(
  { exponentials, logarithms }: Field,
  polynomial: Uint8Array,
  { degree, exponent }: { readonly degree: number; readonly exponent: number },
): number {
  let sum = 0;
  for (let i = degree; i >= 0; i -= 1) {
    sum = (sum === 0 ? 0 : byteAt(exponentials, byteAt(logarithms, sum) + exponent)) ^ byteAt(polynomial, i);
  }
  return sum;
}

/** Forney: error = X¹⁻ᵇ · evaluator / derivative of the locator, both at X⁻¹ = α⁻ᵖ; αᵇ is the first root. */
function repair(work: Work, block: Uint8Array, degree: number): void {
  const { field, firstRoot, locator, evaluator, places } = work;
  const { exponentials } = field;
  takeEvaluator(work, degree);
  for (let found = 0; found < degree; found += 1) {
    const place = byteAt(places, found);
    const inverse = (ORDER - place) % ORDER;
    let slope = 0;
    for (let i = 1; i <= degree; i += 2) {
      slope ^= multiply(field, byteAt(locator, i), byteAt(exponentials, (inverse * (i - 1)) % ORDER));
    }
    // A double root leaves the block as it is, and the check of the syndromes refuses it.
    if (slope === 0) continue;
    const error = divide(field, valueAt(field, evaluator, { degree: degree - 1, exponent: inverse }), slope);
    const at = block.length - 1 - place;
    block[at] = byteAt(block, at) ^ (firstRoot === 1 ? error : multiply(field, error, byteAt(exponentials, place)));
  }
}

/** The product of syndromes and locator. From its power `degree` on it is zero: that is what makes the locator one. */
function takeEvaluator({ field, syndromes, locator, evaluator }: Work, degree: number): void {
  for (let i = 0; i < degree; i += 1) {
    let sum = byteAt(syndromes, i);
    for (let j = 1; j <= i; j += 1) sum ^= multiply(field, byteAt(locator, j), byteAt(syndromes, i - j));
    evaluator[i] = sum;
  }
}
