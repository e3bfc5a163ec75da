import { describe, expect, it } from 'vitest';
import { drawingIn } from '#contract/drawn.ts';
import { gradesOf, type InspectedAbout, inspectedBody, inTenths, shortfalls } from '#contract/inspected.ts';
import { codeOf, inspectionOf, pcgOf } from './example-pcg.ts';

const ABOUT: InspectedAbout = { profile: 'p-1', limitOf: () => 0 };
const SEARCH = { x: 50, y: 40, width: 240, height: 250.5 };

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
    const body = inspectedBody(inspectionOf(1, [codeOf(pcg)]), ABOUT);
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
    expect(inspectedBody(inspectionOf(1, [], { causes: [{ kind: 'dead-nozzle', row: 7 }] }), ABOUT)).toEqual({
      profile: 'p-1',
      causes: [{ kind: 'dead-nozzle', row: 7 }],
    });
  });
});

describe('what is drawn over a kept picture', () => {
  const pcg = pcgOf({ contrast: 4, modulation: 1 }, { size: { rows: 22, columns: 24 }, wrongModules: [168, 170] });
  const corners = [
    [100.04, 50],
    [200, 50.06],
    [200, 150],
    [99.96, -0.5],
  ] as const;
  /** The same to a tenth of a pixel, as the record keeps them. */
  const kept = [
    [100, 50],
    [200, 50.1],
    [200, 150],
    [100, -0.5],
  ];
  const seen = inspectionOf(1, [codeOf(pcg, { corners })], {
    checks: [
      { kind: 'placement', isMet: false, wanted: [180, 126], tolerance: 4, found: [166.04, 126], turn: -1.26 },
      { kind: 'presence', name: 'seal', isMet: true, window: SEARCH, contrast: 0.2504, least: 0.2 },
      { kind: 'presence', name: 'cap', isMet: false, window: SEARCH, least: 0.2 },
      {
        kind: 'text',
        name: 'lot',
        isMet: false,
        window: SEARCH,
        line: { ...SEARCH, x: 60 },
        found: 'character 1 reads 8',
      },
      { kind: 'text', name: 'expiry', isMet: true, window: SEARCH },
    ],
  });

  it('is on record in tenths of pixels, with the limits that the item missed', () => {
    const body = inspectedBody(seen, {
      ...ABOUT,
      limitOf: (name) => (name === 'modulation' ? 1.5 : 0),
      search: SEARCH,
    });
    const area = [500, 400, 2400, 2505];
    expect(body.below).toEqual({ modulation: 15 });
    expect(body.drawn).toEqual({
      v: 1,
      search: area,
      codes: [
        {
          readBy: 'zxing',
          symbology: 'DataMatrix',
          corners: [1000, 500, 2000, 501, 2000, 1500, 1000, -5],
          size: [22, 24],
          wrong: [168, 170],
        },
      ],
      checks: [
        { kind: 'placement', met: false, wanted: [1800, 1260], tolerance: 40, found: [1660, 1260], turn: -13 },
        { kind: 'presence', name: 'seal', met: true, window: area, contrast: 250, least: 200 },
        { kind: 'presence', name: 'cap', met: false, window: area, least: 200 },
        {
          kind: 'text',
          name: 'lot',
          met: false,
          window: area,
          line: [600, 400, 2400, 2505],
          found: 'character 1 reads 8',
        },
        { kind: 'text', name: 'expiry', met: true, window: area },
      ],
    });
  });

  it('comes back from the record where it was seen', () => {
    const { drawn } = inspectedBody(seen, { ...ABOUT, search: SEARCH });
    expect(drawingIn(JSON.parse(JSON.stringify(drawn)))).toEqual({
      window: SEARCH,
      codes: [
        {
          readBy: 'zxing',
          symbology: 'DataMatrix',
          corners: kept,
          size: { rows: 22, columns: 24 },
          wrongModules: [168, 170],
        },
      ],
      checks: [
        { kind: 'placement', isMet: false, wanted: [180, 126], tolerance: 4, found: [166, 126], turn: -1.3 },
        { kind: 'presence', name: 'seal', isMet: true, window: SEARCH, contrast: 0.25, least: 0.2 },
        { kind: 'presence', name: 'cap', isMet: false, window: SEARCH, least: 0.2 },
        {
          kind: 'text',
          name: 'lot',
          isMet: false,
          window: SEARCH,
          line: { ...SEARCH, x: 60 },
          found: 'character 1 reads 8',
        },
        { kind: 'text', name: 'expiry', isMet: true, window: SEARCH },
      ],
    });
  });

  it('comes back with the place of a code that was not read', () => {
    const unread = { corners, size: { rows: 22, columns: 24 } } as const;
    const about = { ...ABOUT, search: SEARCH };
    const { drawn } = inspectedBody(inspectionOf(1, [], { unread }), about);
    expect(drawn).toMatchObject({
      codes: [],
      unread: { corners: [1000, 500, 2000, 501, 2000, 1500, 1000, -5], size: [22, 24] },
    });
    expect(drawingIn(JSON.parse(JSON.stringify(drawn)))).toMatchObject({
      codes: [],
      unread: {
        corners: kept,
        size: { rows: 22, columns: 24 },
      },
    });
    const nowhere = { ...unread, corners: [corners[0], corners[1], corners[2], [Number.NaN, 1]] } as const;
    expect(inspectedBody(inspectionOf(1, [], { unread: nowhere }), about).drawn).not.toHaveProperty('unread');
  });

  it('takes some 150 bytes for one code, and nothing where no picture is kept', () => {
    const plain = inspectionOf(1, [codeOf(pcgOf({ contrast: 4 }, { size: { rows: 22, columns: 22 } }))]);
    expect(inspectedBody(plain, ABOUT).drawn).toBeUndefined();
    expect(JSON.stringify(inspectedBody(plain, { ...ABOUT, search: SEARCH }).drawn).length).toBeLessThan(180);
  });

  it('leaves out a code whose corners are no numbers', () => {
    const nowhere = codeOf(undefined, { corners: [corners[0], corners[1], corners[2], [Number.NaN, 1]] });
    const { drawn } = inspectedBody(inspectionOf(1, [nowhere]), { ...ABOUT, search: SEARCH });
    expect(drawn).toEqual({ v: 1, search: [500, 400, 2400, 2505], codes: [] });
  });

  it.each([
    ['was recorded before there were drawings', undefined],
    ['has a form that a later version writes', { v: 2, search: [0, 0, 1, 1], codes: [] }],
    ['is garbled', { v: 1, search: 'everywhere' }],
  ])('is nothing where the body %s', (_which, drawn) => {
    expect(drawingIn(drawn)).toBeUndefined();
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
