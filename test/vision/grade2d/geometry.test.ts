import { describe, expect, it } from 'vitest';
import type { Corners, Pcg, Point } from '#contract/inspection.ts';
import { createDataMatrixGrader } from '#vision/grade2d/grade.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import { goodPrint, graded, PREVIEW } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';
import { planeOf, render } from '../render.ts';

allowSlowPictures();

const print = goodPrint(22, 22);
const SIDE = 500;
const PITCH = 8;

/** A camera that looks at a plane tilted about its horizontal axis, from so many symbol sides away. */
function tilted(degrees: number, sides: number, stretch = 1): Corners {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const at = (x: number, y: number): Point => {
    const depth = 1 + (y * sin) / sides;
    const scale = (22 * PITCH) / depth;
    return [SIDE / 2 + x * stretch * scale, SIDE / 2 + y * cos * scale];
  };
  return [at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5)];
}

function seen(corners: Corners, toPlane?: GradingProfile['toPlane']): Pcg {
  const image = render(print.art, { corners, width: SIDE, height: SIDE, blur: 0.6 });
  return createDataMatrixGrader().grade(image, corners, print.size, { ...PREVIEW, toPlane }).pcg;
}

const gridOf = (pcg: Pcg): number => pcg.parameters.grid?.value ?? Number.NaN;
const axialOf = (pcg: Pcg): number => pcg.parameters.axial?.value ?? Number.NaN;

describe('axial non-uniformity', () => {
  it.each([0, 30, 45, 90, 135])('is exact to a thousandth at %i degrees', (angle) => {
    for (const stretch of [1, 1.04, 1.08, 1.118, 0.93]) {
      const { parameters } = graded(print, { angle, stretch, blur: 0.6 }).pcg;
      expect(Math.abs((parameters.axial?.value ?? 1) - (2 * Math.abs(stretch - 1)) / (stretch + 1))).toBeLessThan(
        0.0015,
      );
    }
  });
});

describe('print growth', () => {
  it.each([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3])('of %f modules is measured to 0.025 on both axes', (growth) => {
    const { pcg } = graded(print, { growth: { x: growth, y: -growth / 2 }, blur: 0.6 });
    const { x = 1, y = 1 } = pcg.growth ?? {};
    expect(Math.max(Math.abs(x - growth), Math.abs(y + growth / 2))).toBeLessThan(0.025);
    // Centres of modules stay where they are, the light corner's too.
    expect(gridOf(pcg)).toBeLessThan(0.03);
  });
});

describe('grid non-uniformity of a plane that the camera does not face', () => {
  it.each([
    [0, 0, 0, 0, 0],
    [5, 0.37, 0.18, 0.09, 0.004],
    [10, 0.74, 0.37, 0.18, 0.015],
    [20, 1.5, 0.75, 0.37, 0.062],
  ])('at %i° is %f, %f and %f from 5, 10 and 20 sides away', (degrees, near, middle, far, axial) => {
    const [a, b, c] = [5, 10, 20].map((sides) => seen(tilted(degrees, sides)));
    if (a === undefined || b === undefined || c === undefined) throw new RangeError('three pictures');
    expect(Math.abs(gridOf(a) - near)).toBeLessThan(0.04 + 0.03 * near);
    expect(Math.abs(gridOf(b) - middle)).toBeLessThan(0.03 + 0.03 * middle);
    expect(Math.abs(gridOf(c) - far)).toBeLessThan(0.03);
    expect(Math.abs(axialOf(c) - axial)).toBeLessThan(0.004);
    expect(c.flags).toContain('uncalibrated-geometry');
  });

  it.each([5, 10, 20])('is gone at %i° when the plane is calibrated', (degrees) => {
    const corners = tilted(degrees, 5);
    const pcg = seen(corners, planeOf(corners, { rows: 6.6, columns: 6.6 }));
    expect(gridOf(pcg)).toBeLessThan(0.05);
    expect(axialOf(pcg)).toBeLessThan(0.002);
    expect(pcg.flags).not.toContain('uncalibrated-geometry');
    expect(pcg.overall).toBe(4);
  });

  it('still shows what the print itself is stretched, through a calibrated plane', () => {
    const toPlane = planeOf(tilted(15, 6), { rows: 6.6, columns: 6.6 });
    const pcg = seen(tilted(15, 6, 1.09), toPlane);
    expect(Math.abs(axialOf(pcg) - 0.0861)).toBeLessThan(0.0015);
    expect(pcg.causes).toEqual([{ kind: 'conveyor-speed' }]);
  });

  it('sees columns that the belt did not space evenly', () => {
    const pcg = graded(print, { jitter: (column) => 0.3 * Math.sin(1.1 * column), blur: 0.6 }).pcg;
    expect(gridOf(pcg)).toBeGreaterThan(0.25);
    expect(gridOf(pcg)).toBeLessThan(0.5);
  });
});
