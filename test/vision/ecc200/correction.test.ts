import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCorrector, withChecks } from '#vision/ecc200/codewords.ts';
import { ECC200_SIZES, type Ecc200Size } from '#vision/ecc200/sizes.ts';
import { goodPrint } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';
import { seeded } from '../render.ts';

allowSlowPictures();

const correct = createCorrector();

function sizeOf(rows: number, columns: number): Ecc200Size {
  return goodPrint(rows, columns).size;
}

/** Makes so many words of a block wrong, chosen by chance, and answers all words. */
function corrupted(words: Uint8Array, size: Ecc200Size, count: number, random: () => number): Uint8Array {
  const wrong = words.slice();
  const own = Array.from(words.keys()).filter((word) => word % size.blocks === 0);
  for (let done = 0; done < count && own.length > 0; done += 1) {
    const [word = 0] = own.splice(Math.floor(random() * own.length), 1);
    wrong[word] = (wrong[word] ?? 0) ^ (1 + Math.floor(random() * 255));
  }
  return wrong;
}

describe('error correction', () => {
  it('repairs as many wrong words as there are pairs of check words, and counts them exactly', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ECC200_SIZES), fc.nat(), fc.nat(1_000_000), (size, many, seed) => {
        const count = many % (Math.floor(size.ec / size.blocks / 2) + 1);
        const random = seeded(seed);
        const data = Uint8Array.from({ length: size.data }, () => 1 + Math.floor(random() * 255));
        const words = withChecks(data, size);
        const answer = correct(corrupted(words, size, count, random), size);
        expect(answer?.words).toEqual(words);
        expect(answer?.errors).toEqual([count, ...Array.from({ length: size.blocks - 1 }, () => 0)]);
      }),
      { numRuns: 150 },
    );
  });

  it('never makes a text of a symbol that is damaged beyond repair', () => {
    const sizes = [
      [10, 10],
      [12, 12],
      [16, 16],
      [22, 22],
      [26, 26],
      [8, 18],
      [16, 36],
      [52, 52],
    ] as const;
    const random = seeded(2026);
    let accepted = 0;
    for (const [rows, columns] of sizes) {
      const { size, data } = goodPrint(rows, columns, rows * columns);
      const words = withChecks(data, size);
      const checks = size.ec / size.blocks;
      for (let trial = 0; trial < 1250; trial += 1) {
        const least = Math.floor(checks / 2) + 1;
        const count = least + Math.floor(random() * (words.length / size.blocks - least + 1));
        if (correct(corrupted(words, size, count, random), size) !== undefined) accepted += 1;
      }
    }
    expect(accepted).toBe(0);
  });

  it('leaves the words it is given as they are', () => {
    const size = sizeOf(16, 16);
    const words = withChecks(goodPrint(16, 16).data, size);
    const given = corrupted(words, size, 3, seeded(5));
    const before = given.slice();
    expect(correct(given, size)?.errors).toEqual([3]);
    expect(given).toEqual(before);
  });

  it('reads 144×144 whichever way its check words are dealt', () => {
    const { size, data } = goodPrint(144, 144);
    for (const interleave of ['continued', 'restarted'] as const) {
      const words = withChecks(data, size, interleave);
      words[5] = (words[5] ?? 0) ^ 9;
      const answer = correct(words, size);
      expect(answer?.interleave).toBe(interleave);
      expect(answer?.words.slice(0, 1558)).toEqual(data);
      expect(answer?.errors).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
    }
  });

  it('takes no empty label for a message, although it is a code word, nor one with a few spots', () => {
    const size = sizeOf(22, 22);
    expect(correct(new Uint8Array(50), size)).toBeUndefined();
    expect(correct(corrupted(new Uint8Array(50), size, 8, seeded(3)), size)).toBeUndefined();
  });
});
