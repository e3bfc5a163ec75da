import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Corners, Parameter } from '#contract/inspection.ts';
import type { Picture } from '#symbol/picture.ts';
import { createQrGrader, type QrGrade } from '#vision/grade-qr/grade.ts';
import { qrLayout } from '#vision/grade-qr/layout.ts';
import {
  allowSlowPictures,
  anything,
  expectSteadyFall,
  farthest,
  gradeOf,
  qrCode,
  TENTHS,
  WHOLE_GRADES,
} from '../grading.ts';
import { cornersIn, renderView, type View } from '../render-1d.ts';

allowSlowPictures();

const GRADER = createQrGrader();

const PICTURE = qrCode(3);
const VIEW: View = { width: 260, height: 260, scale: 6 };

/** Corners as a reader gives them: off by up to so many pixels. */
function roughly(corners: Corners, by: number): Corners {
  const [a, b, c, d] = corners;
  return [
    [a[0] + by, a[1] - 0.6 * by],
    [b[0] - by, b[1] + by],
    [c[0] + 0.5 * by, c[1] - by],
    [d[0] - 0.7 * by, d[1] + 0.8 * by],
  ];
}

function graded(view: Partial<View> = {}, picture = PICTURE, profile = TENTHS): QrGrade {
  const seen = { ...VIEW, ...view };
  return GRADER.grade(renderView(picture, seen), roughly(cornersIn(picture, seen), 1.5), picture.width, profile);
}

/** The picture with so many words of the symbol turned over, one module each, from a word on. */
function damaged(picture: Picture, version: number, words: number): Picture {
  const modules = picture.modules.slice();
  const { bits } = qrLayout(version);
  for (let word = 0; word < words; word += 1) {
    const place = bits[word * 8 + 3] ?? 0;
    modules[place] = 1 - (modules[place] ?? 0);
  }
  return { ...picture, modules };
}

describe('a QR code', () => {
  it('of good print has the best grade in all parameters, and says what is not verified', () => {
    const { pcg, errors } = graded();
    expect(Object.values(pcg.parameters).map(({ grade }) => grade)).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 4]);
    expect([pcg.overall, pcg.referenceDecode, pcg.size, errors, pcg.causes]).toEqual([
      4,
      true,
      { rows: 29, columns: 29 },
      0,
      [],
    ]);
    expect(pcg.flags).toEqual(['uncalibrated-geometry', 'uncalibrated-reflectance', 'segment-map-unverified']);
  });

  it.each([1, 2, 6, 7, 14, 25, 40])('of version %i has grade 4 when it is clean', (version) => {
    const picture = qrCode(version);
    const side = Math.ceil((picture.width + 12) * 4);
    const { pcg } = graded({ width: side, height: side, scale: 4 }, picture);
    expect([pcg.overall, pcg.referenceDecode, pcg.parameters['version-information']?.grade]).toEqual([
      4,
      true,
      version >= 7 ? 4 : undefined,
    ]);
  });

  it.each([
    ['turned by 17°', { angle: 17, width: 330, height: 330 }],
    ['turned by 180°', { angle: 180 }],
    ['seen at an angle', { keystone: 0.1 }],
    ['blurred', { blur: 1.5 }],
    ['noisy', { noise: 12 }],
  ])('is found to a fifth of a pixel: %s', (_how, view) => {
    expect(farthest(graded(view).corners, cornersIn(PICTURE, { ...VIEW, ...view }))).toBeLessThan(0.2);
  });

  it('that is light on dark is graded as such', () => {
    const { pcg } = graded({ paper: 0.1, ink: 0.9 }, PICTURE, { ...TENTHS, inverted: true });
    expect([pcg.overall, pcg.referenceDecode]).toEqual([4, true]);
  });

  it('has exactly the unused correction that its wrong words leave', () => {
    // 3-M: one block with 26 words of correction.
    const unused = [0, 1, 4, 5, 6, 7, 8, 13].map((words) => {
      const { pcg, errors } = graded({}, damaged(PICTURE, 3, words), WHOLE_GRADES);
      return [
        errors,
        pcg.parameters['unused-correction']?.grade,
        Math.round((pcg.parameters['unused-correction']?.value ?? 0) * 26),
      ];
    });
    expect(unused).toEqual([
      [0, 4, 26],
      [1, 4, 24],
      [4, 4, 18],
      [5, 3, 16],
      [6, 3, 14],
      [7, 2, 12],
      [8, 2, 10],
      [13, 0, 0],
    ]);
    const beyond = graded({}, damaged(PICTURE, 3, 14), WHOLE_GRADES);
    expect([beyond.data, beyond.pcg.overall, beyond.pcg.referenceDecode]).toEqual([undefined, 0, false]);
  });

  it('keeps words back in the smallest versions: 1-L repairs two of its seven', () => {
    const small = qrCode(1, 'L');
    const decodes = [2, 3].map((words) => graded({}, damaged(small, 1, words)).pcg.referenceDecode);
    expect(decodes).toEqual([true, false]);
  });

  it('loses margin, and no modulation, to wrong modules of good print', () => {
    const grade = graded({}, damaged(PICTURE, 3, 6), WHOLE_GRADES);
    expect([gradeOf(grade, 'modulation'), gradeOf(grade, 'margin'), gradeOf(grade, 'unused-correction')]).toEqual([
      4, 3, 3,
    ]);
    expect(grade.pcg.wrongModules).toHaveLength(6);
  });

  it.each([
    [
      'finder pattern',
      [
        [0, 0],
        [1, 1],
        [2, 0],
        [0, 2],
      ],
      [4, 3, 2, 1, 0],
    ],
    [
      'timing pattern',
      [
        [6, 8],
        [6, 10],
        [6, 12],
        [6, 14],
      ],
      [4, 2, 0, 0, 0],
    ],
  ])('loses grades for each wrong module of a %s', (_what, places, grades) => {
    const found = Array.from({ length: 5 }, (_none, count) => {
      const modules = PICTURE.modules.slice();
      for (const [row = 0, column = 0] of places.slice(0, count)) {
        const at = row * 29 + column;
        modules[at] = 1 - (modules[at] ?? 0);
      }
      return gradeOf(graded({}, { ...PICTURE, modules }, WHOLE_GRADES), 'fixed-pattern');
    });
    expect(found).toEqual(grades);
  });

  it('on paper that bulges is followed from one alignment pattern to the next, and the bulge is measured', () => {
    const picture = qrCode(14);
    const bulge = (u: number, v: number) => 0.8 * Math.sin((Math.PI * u) / 73) * Math.sin((Math.PI * v) / 73);
    const { pcg } = graded({ width: 330, height: 330, scale: 4, bulge }, picture);
    expect([pcg.referenceDecode, pcg.parameters.margin?.grade]).toEqual([true, 4]);
    expect(pcg.parameters.grid?.value).toBeGreaterThan(0.3);
    expect(pcg.parameters.grid?.value).toBeLessThan(0.9);
  });

  it('counts the wrong bits of its format information', () => {
    const grades = [0, 1, 2, 3, 4].map((count) => {
      const modules = PICTURE.modules.slice();
      for (const place of qrLayout(3).format[0].subarray(0, count)) modules[place] = 1 - (modules[place] ?? 0);
      return gradeOf(graded({}, { ...PICTURE, modules }, WHOLE_GRADES), 'format-information');
    });
    // The mean of this copy and the perfect other one, cut down.
    expect(grades).toEqual([4, 3, 3, 2, 2]);
  });
});

const SWEEPS: readonly (readonly [string, Parameter, (strength: number) => Partial<View>])[] = [
  ['paper that grows darker', 'contrast', (s) => ({ paper: 0.9 - 0.75 * s })],
  ['blur', 'modulation', (s) => ({ blur: 0.5 + 2.3 * s })],
  ['print that is stretched', 'axial', (s) => ({ scaleY: 6 + 0.8 * s })],
  ['a camera that is tilted', 'grid', (s) => ({ keystone: 0.1 * s })],
  [
    'a blot on a finder',
    'fixed-pattern',
    (s) => ({ damage: (u, v, r) => (Math.hypot(u - 1.5, v - 1.5) < 0.05 + 2.2 * s ? 0.1 : r) }),
  ],
];

describe.each(SWEEPS)('%s', (_defect, parameter, viewOf) => {
  it(`lowers ${parameter} steadily`, () => {
    expectSteadyFall((strength) => gradeOf(graded(viewOf(strength)), parameter));
  });
});

describe('what is wrong with a QR code is named', () => {
  it.each([
    [
      'a dead nozzle',
      { damage: (_u: number, v: number, r: number) => (v > 20 && v < 21 ? 0.9 : r) },
      { kind: 'dead-nozzle', row: 20 },
    ],
    [
      'a dead column',
      { damage: (u: number, _v: number, r: number) => (u > 12 && u < 13 ? 0.9 : r) },
      { kind: 'dead-column', column: 12 },
    ],
    ['low contrast', { paper: 0.5 }, { kind: 'low-contrast' }],
    ['blur', { blur: 2.3 }, { kind: 'blur' }],
    ['a belt that runs too fast', { scaleY: 6.6 }, { kind: 'conveyor-speed' }],
    [
      'dirt in the quiet zone',
      { damage: (u: number, v: number, r: number) => (v < -1 && v > -3 && u > 3 && u < 6 ? 0.1 : r) },
      { kind: 'quiet-zone' },
    ],
  ])('%s', (_what, view, cause) => {
    expect(graded(view).pcg.causes).toContainEqual(cause);
  });

  it('a quiet zone outside the frame', () => {
    const grade = graded({ at: [100, 130] });
    expect(grade.pcg.flags).toContain('quiet-zone-not-visible');
    expect(gradeOf(grade, 'fixed-pattern')).toBe(0);
  });
});

it('says something of any frame and any corners without failing', () => {
  const { images, corners } = anything(renderView(PICTURE, VIEW), 5);
  fc.assert(
    fc.property(images, corners, fc.constantFrom(0, 21, 29, 30, 177, -4, Number.NaN), (image, where, modules) => {
      const { pcg } = GRADER.grade(image, where, modules, TENTHS);
      expect(pcg.overall >= 0 && pcg.overall <= 4).toBe(true);
    }),
    { numRuns: 100 },
  );
});
