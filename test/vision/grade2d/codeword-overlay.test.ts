import { describe, expect, it } from 'vitest';
import { withChecks } from '#vision/ecc200/codewords.ts';
import { layoutOf, modulesOf } from '#vision/ecc200/layout.ts';
import { moduleOverlay, type Words } from '#vision/grade2d/overlay.ts';
import { type GoodPrint, goodPrint, graded, WHOLE } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';

allowSlowPictures();

const print = goodPrint(22, 22);

/** Every module of so many words is worth so much, the rest is perfect. */
function worth(words: readonly (readonly [number, number])[], { size }: GoodPrint = print): Float64Array {
  const values = new Float64Array(size.rows * size.columns).fill(1);
  for (const [word, value] of words) values[layoutOf(size).modules[8 * word + 3] ?? 0] = value;
  return values;
}

const some = (count: number, value: number, from = 0) =>
  Array.from({ length: count }, (_none, i) => [from + i, value] as const);

function wholes(values: Float64Array, of: GoodPrint = print): number {
  const words: Words = { size: of.size, interleave: 'continued', edition: '15415:2011' };
  return moduleOverlay(values, words).grade;
}

describe('the modulation of a symbol', () => {
  it.each([
    ['is perfect when all words are', [], 4],
    ['does not care about three lost words of fifty', some(3, 0), 4],
    ['falls to what correction is left over', some(4, 0), 3],
    ['falls further with each', some(6, 0), 2],
    ['falls to 1', some(7, 0), 1],
    ['falls to 0', some(8, 0), 0],
    ['is that of many weak words, where they are too many to be written off', some(30, 0.35), 2],
    ['is 3 when some are weak and some lost', [...some(3, 0), ...some(20, 0.45, 10)], 3],
    ['is what the lost leave when a few more are weak', [...some(4, 0), ...some(2, 0.35, 10)], 2],
  ])('%s', (_does, words, grade) => {
    expect(wholes(worth(words))).toBe(grade);
  });

  it('is that of the worst block', () => {
    const large = goodPrint(52, 52);
    // 42 check words in each of two blocks: even words belong to the first.
    const first = Array.from({ length: 14 }, (_none, i) => [2 * i, 0] as const);
    expect(wholes(worth(first, large), large)).toBe(0 + gradeAt(1 - 28 / 42));
    const both = first.map(([word], i) => [word + (i % 2), 0] as const);
    expect(wholes(worth(both, large), large)).toBe(gradeAt(1 - 14 / 42));
  });

  it('reports the lowest value that was not written off', () => {
    const words: Words = { size: print.size, interleave: 'continued', edition: '15415:2024-preview' };
    expect(moduleOverlay(worth([...some(2, 0.1), ...some(40, 0.46, 5)]), words)).toEqual({ value: 0.46, grade: 3.6 });
  });
});

function gradeAt(unused: number): number {
  if (unused >= 0.62) return 4;
  if (unused >= 0.5) return 3;
  return unused >= 0.37 ? 2 : Number(unused >= 0.25);
}

describe('unused error correction', () => {
  it.each([
    [0, 1, 4],
    [3, 0.7, 4],
    [4, 0.6, 3],
    [5, 0.5, 3],
    [6, 0.4, 2],
    [7, 0.3, 1],
    [8, 0.2, 0],
    [10, 0, 0],
  ])('with %i wrong words of 22×22 is %f: grade %i', (wrong, value, grade) => {
    const words = withChecks(print.data, print.size);
    for (let i = 0; i < wrong; i += 1) words[4 * i + 1] = (words[4 * i + 1] ?? 0) ^ (1 << (i % 8));
    const art = { ...print.art, modules: modulesOf(words, print.size) };
    const { pcg, data, errors } = graded({ ...print, art }, { profile: WHOLE, blur: 0.5 });
    expect(pcg.parameters['unused-correction']?.value).toBeCloseTo(value, 12);
    expect(pcg).toMatchObject({ overall: grade, referenceDecode: true });
    expect([data, errors, pcg.wrongModules.length]).toEqual([print.data, wrong, wrong]);
    expect(pcg.parameters.modulation?.grade).toBe(4);
    expect(pcg.parameters.margin?.grade).toBe(grade);
  });

  it('is that of the block with most wrong words', () => {
    const large = goodPrint(52, 52);
    const words = withChecks(large.data, large.size);
    for (const word of [0, 20, 40, 60, 80, 81]) words[word] = (words[word] ?? 0) ^ 0x11;
    const art = { ...large.art, modules: modulesOf(words, large.size) };
    const { pcg, errors } = graded({ ...large, art }, { profile: WHOLE });
    expect(pcg.parameters['unused-correction']?.value).toBeCloseTo(1 - 10 / 42, 12);
    expect(errors).toBe(6);
  });

  it('is none where eleven words are wrong: no message, grade 0', () => {
    const words = withChecks(print.data, print.size);
    for (let i = 0; i < 11; i += 1) words[4 * i + 1] = (words[4 * i + 1] ?? 0) ^ 0x21;
    const art = { ...print.art, modules: modulesOf(words, print.size) };
    const { pcg, data } = graded({ ...print, art });
    expect(pcg).toMatchObject({ overall: 0, referenceDecode: false, causes: [{ kind: 'damage' }] });
    expect([data, pcg.parameters.margin]).toEqual([undefined, undefined]);
  });
});
