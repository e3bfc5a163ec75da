import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Corners } from '#contract/inspection.ts';
import { createDataMatrixGrader } from '#vision/grade2d/grade.ts';
import { createPoseFinder } from '#vision/grade2d/pose.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import { goodPrint, graded, PREVIEW, shaken, WHOLE } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';
import { framed, render } from '../render.ts';

allowSlowPictures();

const print = goodPrint(22, 22);
const scenery = framed(print.art, { pitch: 6 });
const picture = render(print.art, scenery);
const grader = createDataMatrixGrader();
const finder = createPoseFinder();

const strange = fc.oneof(
  fc.double({ min: -1000, max: 1000 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -0, 0, 5e-324),
);
const point = fc.tuple(strange, strange);
const corners = fc.tuple(point, point, point, point);
const sides = fc.oneof(fc.constantFrom(0, -1, 8, 10, 18, 22, 144, Number.NaN, 1e9), fc.integer({ min: 0, max: 150 }));

describe('whatever a grader is given', () => {
  it('it answers, and never with more than was seen', () => {
    fc.assert(
      fc.property(corners, sides, sides, (where, rows, columns) => {
        const { pcg, data } = grader.grade(picture, where, { rows, columns }, PREVIEW);
        expect(pcg.overall).toBe(Math.min(...Object.values(pcg.parameters).map(({ grade }) => grade)));
        expect(data === undefined).toBe(!pcg.referenceDecode);
        if (data === undefined) expect(pcg.overall).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('a search near any corners answers, or says that there is nothing', () => {
    fc.assert(
      fc.property(corners, strange, strange, (where, reach, turn) => {
        const found = finder.find(picture, where, { rows: 22, columns: 22 }, { reach: Math.min(1, reach), turn });
        expect(found === undefined || Number.isFinite(found.likeness)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['no pixels', { pixels: new Uint8Array(0), width: 0, height: 0, stride: 0 }],
    ['one pixel', { pixels: new Uint8Array(1), width: 1, height: 1, stride: 1 }],
    ['two by two pixels', { pixels: Uint8Array.of(0, 255, 255, 0), width: 2, height: 2, stride: 2 }],
    ['fewer pixels than it says', { pixels: new Uint8Array(10), width: 174, height: 174, stride: 174 }],
    ['a stride shorter than its rows', { pixels: new Uint8Array(40_000), width: 174, height: 174, stride: 100 }],
    ['a size that is no number', { pixels: new Uint8Array(40_000), width: Number.NaN, height: 174, stride: 174 }],
    ['nothing but black', { pixels: new Uint8Array(40_000), width: 174, height: 174, stride: 174 }],
    ['nothing but white', { pixels: new Uint8Array(40_000).fill(255), width: 174, height: 174, stride: 174 }],
  ])('a picture of %s has grade 0', (_what, image) => {
    const { pcg, data } = grader.grade(image, scenery.corners, print.size, WHOLE);
    expect(pcg).toMatchObject({ overall: 0, referenceDecode: false, edition: '15415:2011' });
    expect(data).toBeUndefined();
  });

  it.each<[string, Partial<GradingProfile>]>([
    ['an aperture that is no number', { aperture: Number.NaN }],
    ['an aperture of many modules', { aperture: 40 }],
    ['a card as light as the dark', { reflectance: { black: 80, white: 80, card: 0.9 } }],
    ['a plane that is none', { toPlane: [0, 0, 0, 0, 0, 0, 0, 0, 0] }],
    ['a plane of what is no number', { toPlane: [Number.NaN, 0, 0, 0, 1, 0, 0, 0, 1] }],
    ['a flat field without gains', { flatField: { width: 174, height: 174, dark: 0, gain: new Uint16Array(0) } }],
  ])('%s leaves values that are numbers', (_what, changed) => {
    const { pcg } = grader.grade(picture, scenery.corners, print.size, { ...PREVIEW, ...changed });
    const values = Object.values(pcg.parameters).flatMap(({ value, grade }) => [value, grade]);
    expect(values.every(Number.isFinite), JSON.stringify(pcg.parameters)).toBe(true);
    expect([pcg.overall, pcg.pixelsPerModule].every(Number.isFinite)).toBe(true);
  });

  it('a size that no symbol has is grade 0', () => {
    const { pcg } = grader.grade(picture, scenery.corners, { rows: 22, columns: 24 }, WHOLE);
    expect(pcg).toMatchObject({ overall: 0, parameters: { decode: { value: 0, grade: 0 } }, causes: [] });
  });

  it('the wrong size of a symbol that is there is never read', () => {
    for (const [rows, columns] of [
      [20, 20],
      [24, 24],
      [16, 36],
      [144, 144],
    ] as const) {
      const { pcg } = grader.grade(picture, scenery.corners, { rows, columns }, WHOLE);
      expect(pcg).toMatchObject({ overall: 0, referenceDecode: false });
    }
  });

  it('noise alone is never read', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const noise = render({ ...print.art, modules: new Uint8Array(484) }, { ...scenery, paper: 128, noise: 60, seed });
      const { pcg } = grader.grade(noise, shaken(scenery.corners, 3, seed), print.size, WHOLE);
      expect(pcg).toMatchObject({ overall: 0, referenceDecode: false });
    }
  });
});

describe('a symbol at the edge of the frame', () => {
  /** Cuts columns off the left of the picture. */
  function cut(left: number): { overall: number; flags: readonly string[]; read: boolean } {
    const { width, height, stride } = picture;
    const pixels = picture.pixels.subarray(left);
    const moved: Corners = shaken(scenery.corners, 0, 1);
    const [a, b, c, d] = moved;
    const by = ([x, y]: readonly [number, number]): [number, number] => [x - left, y];
    const image = { pixels, width: width - left, height, stride };
    const { pcg } = grader.grade(image, [by(a), by(b), by(c), by(d)], print.size, WHOLE);
    return { overall: pcg.overall, flags: pcg.flags, read: pcg.referenceDecode };
  }

  it('is graded as long as its quiet zone is in view', () => {
    const { overall, flags } = cut(12);
    expect([overall, flags.includes('quiet-zone-not-visible')]).toEqual([4, false]);
  });

  it('is read, but has grade 0 where its quiet zone is not in view', () => {
    const first = Math.ceil(scenery.corners[0][0]);
    expect(cut(first)).toMatchObject({ overall: 0, read: true });
    expect(cut(first).flags).toContain('quiet-zone-not-visible');
    // A third of a module of clean paper is seen, but not where the quiet zone is looked at.
    expect(cut(first - 2)).toMatchObject({ overall: 0, read: true });
  });

  it('is neither blamed for its print nor for its quiet zone by what nobody saw', () => {
    const { pcg } = graded(print, { width: 20, height: 20 });
    expect(pcg.overall).toBe(0);
  });
});
