import { byteAt } from '#vision/ecc200/at.ts';
import { type Code, multiply } from '#vision/reed-solomon/field.ts';

/** Makes the error-correction words of one block: as many as `count`. */
export type CheckWords = (data: Uint8Array, count: number) => Uint8Array;

/** The remainder of a block's data, as a polynomial, by the generator of a code. Generators are kept. */
export function createCheckWords(code: Code): CheckWords {
  const { field } = code;
  const generators = new Map<number, Uint8Array>();
  return (data, count) => {
    const generator = generators.get(count) ?? generatorOf(code, count);
    generators.set(count, generator);
    const rest = new Uint8Array(count);
    for (const word of data) {
      const factor = word ^ byteAt(rest, 0);
      rest.copyWithin(0, 1);
      rest[count - 1] = 0;
      for (let i = 0; i < count; i += 1) rest[i] = byteAt(rest, i) ^ multiply(field, factor, byteAt(generator, i + 1));
    }
    return rest;
  };
}

/** Coefficients, the leading one first. */
function generatorOf({ field, firstRoot }: Code, count: number): Uint8Array {
  const made = new Uint8Array(count + 1);
  made[0] = 1;
  for (let degree = 1; degree <= count; degree += 1) {
    const root = byteAt(field.exponentials, degree - 1 + firstRoot);
    for (let i = degree; i > 0; i -= 1) made[i] = byteAt(made, i) ^ multiply(field, byteAt(made, i - 1), root);
  }
  return made;
}
