import { describe, expect, it } from 'vitest';
import { withChecks } from '#vision/ecc200/codewords.ts';
import { modulesOf } from '#vision/ecc200/layout.ts';
import { ECC200_SIZES } from '#vision/ecc200/sizes.ts';
import { createDataMatrixGrader } from '#vision/grade2d/grade.ts';
import { goodPrint, graded, gradesOf, PREVIEW, WHOLE } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';
import { type Artwork, framed, render } from '../render.ts';

allowSlowPictures();

const ALL_FOUR = {
  decode: 4,
  contrast: 4,
  modulation: 4,
  margin: 4,
  'fixed-pattern': 4,
  axial: 4,
  grid: 4,
  'unused-correction': 4,
};

describe('a clean print', () => {
  it.each(ECC200_SIZES.map(({ rows, columns }) => [rows, columns] as const))(
    'of %i×%i modules has grade 4 in everything, and its words are read',
    (rows, columns) => {
      const print = goodPrint(rows, columns, rows + columns);
      const { pcg, data, errors } = graded(print, { pitch: rows > 80 ? 5 : 6, off: 1.5 });
      expect(gradesOf(pcg)).toEqual(ALL_FOUR);
      expect(pcg).toMatchObject({
        overall: 4,
        referenceDecode: true,
        size: { rows, columns },
        wrongModules: [],
        causes: [],
      });
      expect([data, errors]).toEqual([print.data, 0]);
    },
  );

  it('says what it was graded by, and what is not known about camera and light', () => {
    const { pcg } = graded(goodPrint(22, 22), { profile: WHOLE });
    expect(pcg).toMatchObject({
      edition: '15415:2011',
      flags: ['uncalibrated-geometry', 'uncalibrated-reflectance'],
    });
    expect(pcg.pixelsPerModule).toBeCloseTo(6, 2);
    expect(graded(goodPrint(32, 32)).pcg.flags).toContain('segment-map-unverified');
  });

  it('is flagged where pixels are too few, and only there', () => {
    const flagsAt = (pitch: number) => graded(goodPrint(22, 22), { pitch, off: 0.5 }).pcg.flags;
    expect(flagsAt(3.9)).toContain('insufficient-resolution');
    expect(flagsAt(4.1)).not.toContain('insufficient-resolution');
  });

  it('keeps its grade down to four pixels per module, and is read at three', () => {
    const at = (pitch: number) => graded(goodPrint(22, 22), { pitch, blur: 0.5, off: 0.3 * pitch }).pcg;
    expect([12, 8, 6, 5, 4].map((pitch) => at(pitch).overall)).toEqual([4, 4, 4, 4, 4]);
    expect(at(3)).toMatchObject({ referenceDecode: true });
  });

  it('is graded when it is printed light on dark', () => {
    const shot = { ink: 220, paper: 30, profile: { ...PREVIEW, inverted: true } };
    expect(graded(goodPrint(22, 22), shot).pcg.overall).toBe(4);
    expect(graded(goodPrint(22, 22), { ink: 220, paper: 30 }).pcg).toMatchObject({
      overall: 0,
      referenceDecode: false,
    });
  });

  it('is graded in the mirror', () => {
    const { art, size, data } = goodPrint(16, 48);
    const mirrored = { rows: 48, columns: 16, modules: new Uint8Array(16 * 48) };
    art.modules.forEach((dark, at) => {
      mirrored.modules[(at % 48) * 16 + Math.floor(at / 48)] = dark;
    });
    expect(modulesOf(withChecks(data, size), size)).toEqual(art.modules);
    const answer = mirroredGrade(mirrored, size);
    expect(answer).toMatchObject({ overall: 4, read: [...data] });
  });
});

/** The transposed picture's corners, in the order of the symbol: its top right is the picture's bottom left. */
function mirroredGrade(art: Artwork, size: { rows: number; columns: number }): { overall: number; read: number[] } {
  const scenery = framed(art, { pitch: 6 });
  const [a, b, c, d] = scenery.corners;
  const { pcg, data } = createDataMatrixGrader().grade(render(art, scenery), [a, d, c, b], size, PREVIEW);
  return { overall: pcg.overall, read: [...(data ?? [])] };
}
