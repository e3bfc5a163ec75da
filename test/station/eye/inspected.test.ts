import { describe, expect, it } from 'vitest';
import { gradesOf, inspectedBody, inTenths, shortfalls } from '#contract/inspected.ts';
import { codeOf, inspectionOf, pcgOf } from './example-pcg.ts';

describe('what is recorded of an inspection', () => {
  it('is short: values and grades by their place, and only what the profile does not say', () => {
    const pcg = pcgOf(
      { contrast: 4, axial: 2.96 },
      {
        growth: { x: 0.12345, y: -0.05 },
        pixelsPerModule: 5.97,
        flags: ['uncalibrated-geometry', 'uncalibrated-reflectance', 'quiet-zone-not-visible'],
        causes: [{ kind: 'conveyor-speed' }],
      },
    );
    const body = inspectedBody(inspectionOf(1, [codeOf(pcg)]), 'p-1');
    expect(body).toEqual({
      profile: 'p-1',
      readBy: 'zxing',
      reference: true,
      values: [null, 0.4, null, null, null, 0.296],
      grades: [null, 40, null, null, null, 29],
      causes: [{ kind: 'conveyor-speed' }],
      module: 6,
      growth: [0.123, -0.05],
      flags: ['quiet-zone-not-visible'],
    });
    expect(JSON.stringify(body).length).toBeLessThan(300);
  });

  it('names the causes of a picture in which nothing was read', () => {
    expect(inspectedBody(inspectionOf(1, [], { causes: [{ kind: 'dead-nozzle', row: 7 }] }), 'p-1')).toEqual({
      profile: 'p-1',
      causes: [{ kind: 'dead-nozzle', row: 7 }],
    });
  });
});

describe('a limit', () => {
  const grades = gradesOf(pcgOf({ contrast: 4, modulation: 2.5 }));

  it('is reached by its own grade and missed by a tenth less', () => {
    expect(shortfalls(grades, { overall: 2.5, parameters: { modulation: 2.5 } })).toEqual([]);
    expect(shortfalls(grades, { overall: 2.6, parameters: { modulation: 2.6 } })).toEqual([
      { series: 'overall', grade: 25, limit: 26 },
      { series: 'modulation', grade: 25, limit: 26 },
    ]);
  });

  it('says nothing of what was not graded', () => {
    expect(shortfalls(gradesOf(undefined), { overall: 4, parameters: { contrast: 4 } })).toEqual([]);
  });
});

it.each([
  [3.47, 34],
  [2.9, 29],
  [0.3, 3],
  [0.1 + 0.2, 3],
  [4.2, 40],
  [-1, 0],
])('grade %d counts as %d tenths', (grade, tenths) => {
  expect(inTenths(grade)).toBe(tenths);
});
