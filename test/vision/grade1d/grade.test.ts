import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '#contract/inspection.ts';
import { gradeLinear, type LinearGrade } from '#vision/grade1d/grade.ts';
import { GAIN_ONE } from '#vision/grade2d/profile.ts';
import {
  allowSlowPictures,
  amountOf,
  anything,
  drawn,
  expectSteadyFall,
  farthest,
  gradeOf,
  TENTHS,
} from '../grading.ts';
import { cornersIn, readersLine, renderView, type View } from '../render-1d.ts';

allowSlowPictures();

const TEXT = '0109521234543213';
const PICTURE = drawn({ bcid: 'gs1-128', text: '(01)09521234543213', parse: true }, 18);
const VIEW: View = { width: 640, height: 120, scale: 4 };

function graded(view: Partial<View> = {}, profile = TENTHS): LinearGrade {
  const seen = { ...VIEW, ...view };
  return gradeLinear(renderView(PICTURE, seen), readersLine(PICTURE, seen), TEXT, profile);
}

describe('a linear code', () => {
  it('of good print has the best grade in all eight parameters', () => {
    const { pcg } = graded();
    expect(pcg).toMatchObject({ edition: '15416:2016-preview', overall: 4, referenceDecode: true, causes: [] });
    expect(Object.values(pcg.parameters).map(({ grade }) => grade)).toEqual([4, 4, 4, 4, 4, 4, 4, 4]);
    expect(pcg.pixelsPerModule).toBeCloseTo(4, 2);
    expect(pcg.flags).toEqual(['uncalibrated-reflectance']);
    expect(amountOf(graded(), 'contrast')).toBeCloseTo(0.8, 2);
  });

  it.each([
    ['straight', {}],
    ['turned by 3°', { angle: 3 }],
    ['turned by -5°', { angle: -5, scaleY: 6, height: 240 }],
    ['seen at an angle', { keystone: 0.08 }],
    ['blurred', { blur: 1 }],
  ])('has its bars found to their ends: %s', (_how, view) => {
    const { corners, pcg } = graded(view);
    expect(farthest(corners, cornersIn(PICTURE, { ...VIEW, ...view }))).toBeLessThan(2);
    expect(pcg.overall).toBe(4);
  });

  it.each([90, 180, 270])('is graded the same when it is turned by %i°', (angle) => {
    const view = { ...VIEW, width: 640, height: 640, angle };
    const { pcg } = gradeLinear(renderView(PICTURE, view), cornersIn(PICTURE, view), TEXT, TENTHS);
    expect([pcg.overall, pcg.referenceDecode]).toEqual([4, true]);
  });

  it('that is light on dark is graded as such, with a card and under uneven light that are known', () => {
    const inverted = graded({ paper: 0.1, ink: 0.9 }, { ...TENTHS, inverted: true });
    const lamp = (x: number) => 1 - x / 1280;
    const gain = Uint16Array.from({ length: 640 * 120 }, (_none, at) => GAIN_ONE / lamp((at % 640) + 0.5));
    const flatField = { width: 640, height: 120, dark: 0, gain };
    const reflectance = { black: 0, white: 0.9 * 255, card: 0.9 };
    const uneven = graded({ lamp }, { ...TENTHS, flatField, reflectance });
    const blind = graded({ lamp });
    expect([inverted.pcg.overall, uneven.pcg.overall, uneven.pcg.flags]).toEqual([4, 4, []]);
    expect(amountOf(uneven, 'contrast')).toBeCloseTo(0.8, 1);
    expect(amountOf(blind, 'modulation')).toBeLessThan(amountOf(uneven, 'modulation') - 0.2);
  });

  it('that says something else than the reader fails every line', () => {
    const view = { ...VIEW };
    const { pcg } = gradeLinear(renderView(PICTURE, view), readersLine(PICTURE, view), `${TEXT}9`, TENTHS);
    expect([pcg.overall, pcg.referenceDecode, pcg.parameters.decode]).toEqual([0, false, { value: 0, grade: 0 }]);
  });

  it('has whole grades per line in 2000 and tenths in 2016', () => {
    const view = { blur: 1.5 };
    const [whole, tenths] = [graded(view, { ...TENTHS, edition: '15415:2011' }), graded(view)];
    expect(whole.pcg.edition).toBe('15416:2000');
    expect(gradeOf(whole, 'modulation')).toBe(Math.floor(gradeOf(tenths, 'modulation')));
  });

  it('is the mean of its ten lines: a white line across one of them costs a tenth of it', () => {
    // The fifth line runs 0.46 of the height down; a nozzle's width of white there breaks that line only.
    const damage = (u: number, v: number, r: number) => (v > 8.1 && v < 8.6 && u > 100 && u < 112 ? 0.9 : r);
    const { pcg } = graded({ damage });
    expect(pcg.overall).toBeCloseTo(3.6, 5);
    expect(pcg.parameters.decode).toEqual({ value: 0.9, grade: 3.6 });
  });
});

/** A sweep of one defect: its parameter never rises while it grows, and ends well below where it began. */
const SWEEPS: readonly (readonly [string, Parameter, (strength: number) => Partial<View>])[] = [
  ['paper that grows darker', 'contrast', (s) => ({ paper: 0.9 - 0.75 * s })],
  ['blur', 'modulation', (s) => ({ blur: 0.4 + 2 * s })],
  ['blur', 'edge-contrast', (s) => ({ blur: 0.4 + 2.4 * s })],
  ['ink that grows', 'decodability', (s) => ({ growth: { x: 0.5 * s, y: 0 } })],
  ['ink that shrinks', 'decodability', (s) => ({ growth: { x: -0.5 * s, y: 0 } })],
  [
    'a void in a bar',
    'defects',
    (s) => ({ damage: (u, _v, r) => (u > 11.6 && u < 12.4 && r < 0.5 ? 0.1 + 0.35 * s : r) }),
  ],
  ['a spot in the quiet zone', 'defects', (s) => ({ damage: (u, _v, r) => (u > -6 && u < -5 ? 0.9 - 0.38 * s : r) })],
  [
    'a blot that swallows spaces',
    'defects',
    (s) => ({ damage: (u, v, r) => (v > 4 && Math.hypot(u - 14.5, (v - 9) / 2) < 4 * s ? 0.1 : r) }),
  ],
  ['ink that grows lighter', 'minimum-reflectance', (s) => ({ ink: 0.1 + 0.6 * s })],
];

describe.each(SWEEPS)('%s', (_defect, parameter, viewOf) => {
  it(`lowers ${parameter} steadily`, () => {
    expectSteadyFall((strength) => gradeOf(graded(viewOf(strength)), parameter));
  });
});

describe('what is wrong is named', () => {
  it.each([
    ['low contrast', { paper: 0.5 }, [{ kind: 'low-contrast' }]],
    ['blur', { blur: 1.7 }, [{ kind: 'blur' }]],
    [
      'growing ink',
      { growth: { x: 0.35, y: 0 } },
      [{ kind: 'print-growth', axis: 'x', growth: expect.closeTo(0.35, 1) }],
    ],
    [
      'a bar in the quiet zone',
      { damage: (u: number, _v: number, r: number) => (u > -6 && u < -5 ? 0.1 : r) },
      [{ kind: 'quiet-zone' }],
    ],
  ])('%s', (_what, view, causes) => {
    expect(graded(view).pcg.causes).toEqual(causes);
  });

  it('a quiet zone outside the frame is not seen, and never good', () => {
    const grade = graded({ width: 560, at: [240, 60] });
    expect(gradeOf(grade, 'quiet-zone')).toBe(0);
    expect(grade.pcg.flags).toContain('quiet-zone-not-visible');
  });

  it('too few pixels for a module are flagged', () => {
    expect(graded({ scale: 2.5 }).pcg.flags).toContain('insufficient-resolution');
  });
});

it('measures growth to a few hundredths of a module', () => {
  for (const x of [-0.3, -0.15, 0, 0.15, 0.3]) expect(graded({ growth: { x, y: 0 } }).pcg.growth?.x).toBeCloseTo(x, 1);
});

it('says something of any frame and any corners without failing', () => {
  const { images, corners } = anything(renderView(PICTURE, VIEW), 3);
  fc.assert(
    fc.property(images, corners, (image, where) => {
      const { pcg } = gradeLinear(image, where, TEXT, TENTHS);
      expect(pcg.overall >= 0 && pcg.overall <= 4).toBe(true);
    }),
    { numRuns: 150 },
  );
});
