import { byteAt } from '#vision/ecc200/at.ts';
import { divide, logarithm, multiply, ORDER, power } from '#vision/ecc200/galois.ts';

/** The most error-correction words in one block: 48×48. */
const MOST = 68;

/**
 * The error-correction words of one block (ISO/IEC 16022, annex E): the remainder of its data, as a polynomial, by the
 * generator with the roots α¹ … αⁿ.
 */
export function checkWords(data: Uint8Array, count: number): Uint8Array {
  const generator = generatorOf(count);
  const rest = new Uint8Array(count);
  for (const word of data) {
    const factor = word ^ byteAt(rest, 0);
    rest.copyWithin(0, 1);
    rest[count - 1] = 0;
    for (let i = 0; i < count; i += 1) rest[i] = byteAt(rest, i) ^ multiply(factor, byteAt(generator, i + 1));
  }
  return rest;
}

const generators = new Map<number, Uint8Array>();

/** Coefficients, the leading one first. */
function generatorOf(count: number): Uint8Array {
  const known = generators.get(count);
  if (known !== undefined) return known;
  const made = new Uint8Array(count + 1);
  made[0] = 1;
  for (let root = 1; root <= count; root += 1) {
    for (let i = root; i > 0; i -= 1) made[i] = byteAt(made, i) ^ multiply(byteAt(made, i - 1), power(root));
  }
  generators.set(count, made);
  return made;
}

/** Corrects a block in place, and tells how many of its words were wrong; undefined when that cannot be known. */
export type BlockCorrector = (block: Uint8Array, checks: number) => number | undefined;

/** Working memory of one correction: polynomials by rising power. */
interface Scratch {
  readonly syndromes: Uint8Array;
  readonly locator: Uint8Array;
  readonly previous: Uint8Array;
  readonly kept: Uint8Array;
  readonly evaluator: Uint8Array;
  readonly places: Uint8Array;
}

/** A corrector with its own working memory. */
export function createBlockCorrector(): BlockCorrector {
  const scratch: Scratch = {
    syndromes: new Uint8Array(MOST),
    locator: new Uint8Array(MOST + 1),
    previous: new Uint8Array(MOST + 1),
    kept: new Uint8Array(MOST + 1),
    evaluator: new Uint8Array(MOST),
    places: new Uint8Array(MOST),
  };
  return (block, checks) => correctBlock(scratch, block, checks);
}

function correctBlock(scratch: Scratch, block: Uint8Array, checks: number): number | undefined {
  if (!takeSyndromes(scratch.syndromes, block, checks)) return 0;
  const degree = findLocator(scratch, checks);
  if (2 * degree > checks) return undefined;
  if (findPlaces(scratch, degree, block.length) !== degree) return undefined;
  repair(scratch, block, { degree, checks });
  // A correction that does not lead to a codeword is none: this is what others have been seen to accept.
  return takeSyndromes(scratch.syndromes, block, checks) ? undefined : degree;
}

/** Values of the received polynomial at α¹ … αⁿ; whether any of them is not zero. */
function takeSyndromes(syndromes: Uint8Array, block: Uint8Array, checks: number): boolean {
  let any = 0;
  for (let root = 0; root < checks; root += 1) {
    let sum = 0;
    for (let i = 0; i < block.length; i += 1) {
      sum = (sum === 0 ? 0 : power(logarithm(sum) + root + 1)) ^ byteAt(block, i);
    }
    syndromes[root] = sum;
    any |= sum;
  }
  return any !== 0;
}

/** Berlekamp–Massey: the shortest recurrence of the syndromes is the error locator. Answers its degree. */
function findLocator({ syndromes, locator, previous, kept }: Scratch, checks: number): number {
  locator.fill(0);
  previous.fill(0);
  locator[0] = 1;
  previous[0] = 1;
  let degree = 0;
  let gap = 1;
  let last = 1;
  for (let step = 0; step < checks; step += 1) {
    const miss = discrepancy(syndromes, locator, { step, degree });
    if (miss === 0) {
      gap += 1;
      continue;
    }
    kept.set(locator);
    const factor = divide(miss, last);
    for (let i = gap; i <= checks; i += 1)
      locator[i] = byteAt(locator, i) ^ multiply(factor, byteAt(previous, i - gap));
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

function discrepancy(syndromes: Uint8Array, locator: Uint8Array, at: { step: number; degree: number }): number {
  let sum = byteAt(syndromes, at.step);
  for (let i = 1; i <= at.degree; i += 1) sum ^= multiply(byteAt(locator, i), byteAt(syndromes, at.step - i));
  return sum;
}

/** Chien search: powers p, counted from the last word, for which α⁻ᵖ is a root of the locator. Answers how many. */
function findPlaces({ locator, places }: Scratch, degree: number, length: number): number {
  let found = 0;
  for (let place = 0; place < length && found < degree; place += 1) {
    if (valueAt(locator, degree, (ORDER - place) % ORDER) !== 0) continue;
    places[found] = place;
    found += 1;
  }
  return found;
}

/** A polynomial up to a degree, at α to an exponent from 0 to 254. */
function valueAt(polynomial: Uint8Array, degree: number, exponent: number): number {
  let sum = 0;
  for (let i = degree; i >= 0; i -= 1) {
    sum = (sum === 0 ? 0 : power(logarithm(sum) + exponent)) ^ byteAt(polynomial, i);
  }
  return sum;
}

/** Forney: error = evaluator / derivative of the locator, both at α⁻ᵖ. */
function repair(scratch: Scratch, block: Uint8Array, { degree, checks }: { degree: number; checks: number }): void {
  const { syndromes, locator, evaluator, places } = scratch;
  for (let i = 0; i < checks; i += 1) {
    let sum = byteAt(syndromes, i);
    for (let j = 1; j <= Math.min(i, degree); j += 1) sum ^= multiply(byteAt(locator, j), byteAt(syndromes, i - j));
    evaluator[i] = sum;
  }
  for (let found = 0; found < degree; found += 1) {
    const place = byteAt(places, found);
    const inverse = (ORDER - place) % ORDER;
    let slope = 0;
    for (let i = 1; i <= degree; i += 2) slope ^= multiply(byteAt(locator, i), power((inverse * (i - 1)) % ORDER));
    // A double root leaves the block as it is, and the check of the syndromes refuses it.
    if (slope === 0) continue;
    const at = block.length - 1 - place;
    block[at] = byteAt(block, at) ^ divide(valueAt(evaluator, checks - 1, inverse), slope);
  }
}
