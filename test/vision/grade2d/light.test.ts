import { describe, expect, it } from 'vitest';
import { GAIN_ONE, type GradingProfile } from '#vision/grade2d/profile.ts';
import { goodPrint, graded, PREVIEW, type Shot } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';
import { framed } from '../render.ts';

allowSlowPictures();

const print = goodPrint(22, 22);
const { width, height } = framed(print.art, { pitch: 6 });
const contrast = (shot: Shot) => graded(print, shot).pcg.parameters.contrast?.value ?? Number.NaN;

describe('reflectance', () => {
  it('is relative without a card, and says so', () => {
    expect(contrast({ ink: 51, paper: 204 })).toBeCloseTo(0.6, 6);
    expect(graded(print).pcg.flags).toContain('uncalibrated-reflectance');
  });

  it('is that of the card where there is one', () => {
    const profile: GradingProfile = { ...PREVIEW, reflectance: { black: 10, white: 210, card: 0.84 } };
    const { pcg } = graded(print, { ink: 35, paper: 210, profile });
    expect(pcg.parameters.contrast?.value).toBeCloseTo((175 / 200) * 0.84, 6);
    expect(pcg.flags).not.toContain('uncalibrated-reflectance');
  });

  it.each([
    [0.7, 4, 3],
    [0.55, 3, 2],
    [0.4, 2, 1],
    [0.2, 1, 0],
  ])('of a contrast of %f reaches its grade exactly, and one level less does not', (share, grade, less) => {
    const profile: GradingProfile = { ...PREVIEW, edition: '15415:2011' };
    const paper = 240;
    // Full scale is 255 levels: 0.7 is 178.5, which no picture has.
    const ink = paper - Math.ceil(255 * share);
    const gradeAt = (level: number) => graded(print, { ink: level, paper, profile }).pcg.parameters.contrast?.grade;
    expect([gradeAt(ink), gradeAt(ink + 1)]).toEqual([grade, less]);
  });
});

describe('a flat field', () => {
  /** The lamp of the picture: bright on the left, weak on the right. */
  const fall = 0.3;
  const lightAt = (x: number) => 1 + fall * (1 - (2 * x) / (width - 1));
  const gain = Uint16Array.from({ length: width * height }, (_none, at) => Math.round(GAIN_ONE / lightAt(at % width)));
  const lit: Shot = { gradient: fall, ink: 30, paper: 180 };

  it('makes unevenly lit paper even', () => {
    const flat = { ...PREVIEW, flatField: { width, height, dark: 0, gain } };
    const evenly = graded(print, { ink: 30, paper: 180 }).pcg;
    const pcg = graded(print, { ...lit, profile: flat }).pcg;
    expect(pcg.parameters.contrast?.value).toBeCloseTo(evenly.parameters.contrast?.value ?? 0, 2);
    expect(pcg.uniformity?.value).toBeGreaterThan(0.9);
    expect(graded(print, lit).pcg.uniformity?.value).toBeLessThan(0.7);
    expect(contrast(lit)).toBeGreaterThan(pcg.parameters.contrast?.value ?? 1);
  });

  it('of another frame size is left out, and reflectance counts as unknown', () => {
    const reflectance = { black: 0, white: 255, card: 1 };
    const flatField = { width: width + 1, height, dark: 0, gain };
    const { pcg } = graded(print, { ...lit, profile: { ...PREVIEW, reflectance, flatField } });
    expect(pcg.flags).toContain('uncalibrated-reflectance');
    expect(pcg.parameters.contrast?.value).toBeCloseTo(contrast(lit), 12);
  });
});
