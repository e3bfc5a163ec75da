import { byteAt } from '#vision/ecc200/at.ts';
import { modulesOf } from '#vision/ecc200/layout.ts';
import type { Ecc200Size } from '#vision/ecc200/sizes.ts';
import { createCheckWords } from '#vision/reed-solomon/check-words.ts';
import { createBlockCorrector } from '#vision/reed-solomon/correct.ts';
import { ECC200 } from '#vision/reed-solomon/field.ts';

const checkWords = createCheckWords(ECC200);

/**
 * How error-correction words are dealt to blocks. It matters in 144×144 only, whose data are not a multiple of its
 * blocks: `continued` goes on where the data stopped, as most of the industry does; `restarted` begins with the first
 * block, as the clarified standard says (vision.md §5.8).
 */
export type Interleave = 'continued' | 'restarted';

/** The block of a codeword, both counted from zero. */
export function blockOf(size: Ecc200Size, word: number, interleave: Interleave): number {
  return interleave === 'continued' || word < size.data ? word % size.blocks : (word - size.data) % size.blocks;
}

/** Data words with their error-correction words behind them. Missing data words count as zero. */
export function withChecks(data: Uint8Array, size: Ecc200Size, interleave: Interleave = 'continued'): Uint8Array {
  const words = new Uint8Array(size.data + size.ec);
  words.set(data.subarray(0, size.data));
  for (let block = 0; block < size.blocks; block += 1) {
    const places = placesOf(size, block, interleave);
    const checks = size.ec / size.blocks;
    const dataPlaces = places.slice(0, places.length - checks);
    const made = checkWords(
      Uint8Array.from(dataPlaces, (place) => byteAt(words, place)),
      checks,
    );
    made.forEach((word, at) => {
      words[places[dataPlaces.length + at] ?? words.length] = word;
    });
  }
  return words;
}

/** The symbol that carries these data words, padded already: 1 is dark, row by row, no quiet zone. */
export function matrixOf(data: Uint8Array, size: Ecc200Size, interleave: Interleave = 'continued'): Uint8Array {
  return modulesOf(withChecks(data, size, interleave), size);
}

/** Codewords after correction. */
export interface Corrected {
  /** All words, error correction included. */
  readonly words: Uint8Array;
  /** Wrong words of each block. */
  readonly errors: readonly number[];
  readonly interleave: Interleave;
}

/**
 * Corrects all blocks of a symbol, or refuses: a symbol is read as a whole or not at all. A message whose first word is 0
 * is refused too: no message begins so, but paper without a symbol corrects to words that are all zero.
 */
export type Corrector = (words: Uint8Array, size: Ecc200Size) => Corrected | undefined;

/** A corrector with its own working memory. It leaves what it is given as it is. */
export function createCorrector(): Corrector {
  const correctBlock = createBlockCorrector(ECC200);
  const attempt = (words: Uint8Array, size: Ecc200Size, interleave: Interleave): Corrected | undefined => {
    const corrected = words.slice(0, size.data + size.ec);
    const errors: number[] = [];
    for (let block = 0; block < size.blocks; block += 1) {
      const places = placesOf(size, block, interleave);
      const own = Uint8Array.from(places, (place) => byteAt(words, place));
      const wrong = correctBlock(own, { checks: size.ec / size.blocks });
      if (wrong === undefined) return undefined;
      errors.push(wrong);
      places.forEach((place, at) => {
        corrected[place] = byteAt(own, at);
      });
    }
    return { words: corrected, errors, interleave };
  };
  return (words, size) => {
    const usual = attempt(words, size, 'continued');
    const isOnlyOrder = size.data % size.blocks === 0;
    const answer = usual !== undefined || isOnlyOrder ? usual : attempt(words, size, 'restarted');
    return answer === undefined || byteAt(answer.words, 0) === 0 ? undefined : answer;
  };
}

const placed = new Map<string, readonly number[]>();

/** The codewords of one block, data first, in their order. */
function placesOf(size: Ecc200Size, block: number, interleave: Interleave): readonly number[] {
  const key = `${size.rows}x${size.columns}/${block}/${interleave}`;
  const known = placed.get(key);
  if (known !== undefined) return known;
  const places: number[] = [];
  for (let word = 0; word < size.data + size.ec; word += 1) {
    if (blockOf(size, word, interleave) === block) places.push(word);
  }
  placed.set(key, places);
  return places;
}
