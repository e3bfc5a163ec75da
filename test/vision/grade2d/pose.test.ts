import { describe, expect, it } from 'vitest';
import type { Corners } from '#contract/inspection.ts';
import { createDataMatrixGrader } from '#vision/grade2d/grade.ts';
import { createPoseFinder } from '#vision/grade2d/pose.ts';
import { goodPrint, graded, PREVIEW, type Shot, shaken } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';
import { cornersAt, framed, render, seeded } from '../render.ts';

allowSlowPictures();

const print = goodPrint(22, 22);
const column = Array.from({ length: 22 }, (_none, row) => [row, 0] as const);

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('where a symbol stands', () => {
  it('does not matter to its grade at any angle', () => {
    for (const defect of [{ blur: 0.7 }, { blur: 1.7 }, { growth: { x: 0.28, y: 0.28 }, blur: 0.7 }]) {
      const angles = Array.from({ length: 13 }, (_none, i) => 15 * i);
      const pcgs = angles.map((angle) => graded(print, { angle, ...defect }).pcg);
      const overall = pcgs.map((pcg) => pcg.overall);
      expect(Math.max(...overall) - Math.min(...overall), overall.join(' ')).toBeLessThanOrEqual(0.4);
      const lowest = pcgs.map(({ uniformity }) => uniformity?.value ?? 0);
      expect(Math.max(...lowest) - Math.min(...lowest)).toBeLessThan(0.06);
    }
  });

  it('is found to a sixth of a pixel, from corners that are half a module off', () => {
    const scenery = { ...framed(print.art, { pitch: 6, angle: 12 }), blur: 0.7 };
    const image = render(print.art, scenery);
    const worst = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
      const grade = createDataMatrixGrader().grade(image, shaken(scenery.corners, 3, seed), print.size, PREVIEW);
      return Math.max(...grade.corners.map(([x, y], i) => distance([x, y], scenery.corners[i])));
    });
    expect(Math.max(...worst)).toBeLessThan(0.16);
  });

  it('does not matter to its grade when it is looked at again and again', () => {
    const shots: Shot[] = [
      { pitch: 6, noise: 4, blur: 0.7 },
      { pitch: 5, noise: 4, blur: 1.3 },
      { pitch: 6, noise: 4, growth: { x: 0.3, y: 0.3 }, blur: 0.7 },
    ];
    for (const shot of shots) {
      const overall = Array.from({ length: 24 }, (_none, i) => {
        return graded(print, { ...shot, angle: i / 7, seed: i, offSeed: i, off: 2.4 }).pcg.overall;
      });
      expect(spreadOf(overall), overall.join(' ')).toBeLessThanOrEqual(0.2);
    }
  });
});

function distance([x, y]: readonly [number, number], to: readonly [number, number] | undefined): number {
  return Math.hypot(x - (to?.[0] ?? 0), y - (to?.[1] ?? 0));
}

describe('a print that no reader reads', () => {
  const faults: [string, Shot][] = [
    ['has a dead nozzle through its left leg', { deadRows: [{ at: 8.5, width: 0.5 }] }],
    ['has two dead nozzles', { deadRows: [8.5, 15.2].map((at) => ({ at, width: 0.5 })) }],
    ['is made of dots', { dots: 0.75 }],
    ['has a hole in its left leg', { blob: { u: 0, v: 10, radius: 1.6, dark: false } }],
    ['has no left leg at all', { missing: column }],
  ];

  it.each(faults)('is read from a pose half a module off: it %s', (_what, shot) => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const { data } = graded(print, { ...shot, blur: 0.7, noise: 4, off: 3, offSeed: seed, angle: 5 * seed });
      expect(data, `pose ${seed}`).toEqual(print.data);
    }
  });

  it.each(faults.slice(0, 4))('is found two modules from its template, a little turned: it %s', (_what, shot) => {
    const finder = createPoseFinder();
    const random = seeded(7);
    for (let trial = 0; trial < 6; trial += 1) {
      const angle = 360 * random();
      const corners = cornersAt(print.art, { x: 160, y: 150, pitch: 6, angle });
      const image = render(print.art, { blur: 0.7, ...shot, corners, width: 320, height: 300 });
      const [x, y] = [160 + 24 * (random() - 0.5), 150 + 24 * (random() - 0.5)];
      const template = cornersAt(print.art, { x, y, pitch: 6.05, angle: angle + 4 * (random() - 0.5) });
      const found = finder.find(image, template, print.size, { reach: 2, turn: 2 });
      expect(found?.likeness).toBeGreaterThan(0.5);
      expect(read(image, found?.corners)).toEqual(print.data);
    }
  });

  it('is not found where there is nothing', () => {
    const image = { pixels: new Uint8Array(300 * 200).fill(200), width: 300, height: 200, stride: 300 };
    const corners = cornersAt(print.art, { x: 150, y: 100, pitch: 6 });
    expect(createPoseFinder().find(image, corners, print.size, { reach: 1, turn: 1 })?.likeness).toBe(0);
  });

  it.each<[string, Corners]>([
    [
      'not numbers',
      [
        [Number.NaN, 0],
        [9, 0],
        [9, 9],
        [0, 9],
      ],
    ],
    [
      'outside the frame',
      [
        [900, 900],
        [990, 900],
        [990, 990],
        [900, 990],
      ],
    ],
    [
      'all in one place',
      [
        [5, 5],
        [5, 5],
        [5, 5],
        [5, 5],
      ],
    ],
  ])('is not looked for at corners that are %s', (_what, corners) => {
    const image = { pixels: new Uint8Array(300 * 200).fill(200), width: 300, height: 200, stride: 300 };
    expect(createPoseFinder().find(image, corners, print.size, { reach: 2, turn: 2 })).toBeUndefined();
  });
});

function read(image: Parameters<ReturnType<typeof createDataMatrixGrader>['grade']>[0], corners: Corners | undefined) {
  return corners && createDataMatrixGrader().grade(image, corners, print.size, PREVIEW).data;
}
