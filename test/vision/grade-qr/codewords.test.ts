import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Picture } from '#symbol/picture.ts';
import { correctWords, qrModules, readWords } from '#vision/grade-qr/codewords.ts';
import { readFormat } from '#vision/grade-qr/information.ts';
import { DATA, qrLayout } from '#vision/grade-qr/layout.ts';
import { blocksOf, QR_LEVELS, type QrLevel } from '#vision/grade-qr/sizes.ts';
import { createBlockCorrector } from '#vision/reed-solomon/correct.ts';
import { QR } from '#vision/reed-solomon/field.ts';
import { allowSlowPictures, qrCode } from '../grading.ts';

allowSlowPictures();

const correct = createBlockCorrector(QR);

/** Each of them with another mask. */
function masked(version: number, level: QrLevel): Picture {
  return qrCode(version, level, String(1 + ((version + QR_LEVELS.indexOf(level)) % 8)));
}

/** Reads a matrix and writes it again. */
function rewritten(picture: Picture, version: number) {
  const layout = qrLayout(version);
  const format = readFormat(picture.modules, layout);
  if (format === undefined) throw new Error('no format information');
  const blocks = blocksOf(version, format.level);
  const corrected = correctWords(
    readWords(picture.modules, layout, { mask: format.mask, count: blocks.words }),
    blocks,
    correct,
  );
  if (corrected === undefined) throw new Error('not correctable');
  return { format, corrected, modules: qrModules(corrected.words, version, format) };
}

const ALL = Array.from({ length: 40 }, (_none, at) => QR_LEVELS.map((level) => [at + 1, level] as const)).flat();

describe('the codec of QR codes', () => {
  it('agrees with an independent encoder on every module of all 40 versions at all 4 levels', () => {
    for (const [version, level] of ALL) {
      const picture = masked(version, level);
      const { format, corrected, modules } = rewritten(picture, version);
      expect([version, format.level, format.wrong]).toEqual([version, level, [0, 0]]);
      expect(corrected.errors.every((count) => count === 0)).toBe(true);
      const differs = modules.findIndex((colour, at) => colour !== DATA && colour !== picture.modules[at]);
      expect(differs, `version ${version}-${level}`).toBe(-1);
    }
  });

  it('counts the wrong words of a block exactly, up to what its level repairs', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL.slice(0, 60)), fc.integer(), ([version, level], seed) => {
        const blocks = blocksOf(version, level);
        const capacity = Math.floor((blocks.checks - blocks.reserved) / 2);
        const wrong = Math.abs(seed) % (capacity + 1);
        const length = blocks.shortLength;
        const block = new Uint8Array(length);
        for (let at = 0; at < wrong; at += 1) block[(at * 7 + Math.abs(seed)) % length] = 1 + ((at * 31) % 255);
        const places = block.filter((word) => word !== 0).length;
        expect(correct(block, blocks)).toBe(places);
        expect(block.every((word) => word === 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('never accepts a damaged symbol as another one: 10 000 blocks beyond their capacity, none repaired to a wrong text', () => {
    const picture = masked(5, 'Q');
    const layout = qrLayout(5);
    const blocks = blocksOf(5, 'Q');
    const { format, corrected } = rewritten(picture, 5);
    const original = readWords(picture.modules, layout, { mask: format.mask, count: blocks.words });
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
    let accepted = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const words = original.slice();
      // Three fifths of all words: every block has more than it can repair.
      for (let at = 0; at < words.length; at += 1) {
        if (random() < 0.6) words[at] = (words[at] ?? 0) ^ (1 + Math.floor(random() * 255));
      }
      if (correctWords(words, blocks, correct) !== undefined) accepted += 1;
    }
    expect(corrected.errors).toEqual([0, 0, 0, 0]);
    expect(accepted).toBe(0);
  });

  it('reads the format information with up to three wrong bits in a copy', () => {
    const { modules } = masked(2, 'H');
    const layout = qrLayout(2);
    for (const wrong of [0, 1, 2, 3]) {
      const damaged = modules.slice();
      for (const place of layout.format[0].subarray(0, wrong)) damaged[place] = 1 - (damaged[place] ?? 0);
      expect(readFormat(damaged, layout)).toMatchObject({ level: 'H', wrong: [wrong, 0] });
    }
  });
});
