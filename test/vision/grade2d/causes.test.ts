import { describe, expect, it } from 'vitest';
import { type GoodPrint, goodPrint, graded, PREVIEW, type Shot } from '../good-print.ts';
import { allowSlowPictures } from '../grading.ts';

allowSlowPictures();

const print = goodPrint(22, 22);
const causes = (shot: Shot, of: GoodPrint = print) => graded(of, { blur: 0.6, ...shot }).pcg.causes;
const kinds = (shot: Shot, of?: GoodPrint) => causes(shot, of).map(({ kind }) => kind);

describe('what a print suffers from', () => {
  it.each([0.25, 0.5, 1])('is a dead nozzle where a line of %f modules is missing, by its row', (width) => {
    expect(causes({ deadRows: [{ at: 8.5, width }] })).toEqual([{ kind: 'dead-nozzle', row: 8 }]);
    expect(causes({ deadColumns: [{ at: 13.5, width }] })).toEqual([{ kind: 'dead-column', column: 13 }]);
  });

  it('is every dead nozzle, even where so many are dead that nothing can be read', () => {
    const dead = [2, 6, 11, 14, 18].map((row) => ({ at: row + 0.5, width: 1 }));
    const { pcg } = graded(print, { deadRows: dead, blur: 0.6 });
    expect(pcg.referenceDecode).toBe(false);
    expect(pcg.causes).toEqual([2, 6, 11, 14, 18].map((row) => ({ kind: 'dead-nozzle', row })));
  });

  it('is the belt where one axis is longer', () => {
    expect(kinds({ stretch: 1.1 })).toEqual(['conveyor-speed']);
  });

  it('is ink where growth is alike on both axes, and smear where it is not', () => {
    const [both] = causes({ growth: { x: 0.35, y: 0.35 } });
    expect(both).toMatchObject({ kind: 'print-growth', axis: 'both' });
    expect(both?.kind === 'print-growth' && Math.abs(both.growth - 0.35) < 0.03).toBe(true);
    expect(causes({ growth: { x: 0.45, y: 0 } })).toMatchObject([{ kind: 'print-growth', axis: 'x' }]);
    expect(causes({ growth: { x: 0, y: -0.45 } })).toMatchObject([{ kind: 'print-growth', axis: 'y' }]);
  });

  it.each<[string, Shot, string]>([
    ['faint ink', { ink: 150, paper: 230 }, 'low-contrast'],
    ['a lens out of focus', { blur: 1.9 }, 'blur'],
    ['a lens far out of focus', { blur: 2.3 }, 'blur'],
    [
      'columns out of step',
      { jitter: (column) => 0.42 * Math.sin(0.5 * column), profile: { ...PREVIEW, aperture: 0.3 } },
      'jitter',
    ],
    ['a spot in the quiet zone', { dirt: [[7, -1]] }, 'quiet-zone'],
    [
      'a spot beside a clock track',
      {
        dirt: [
          [-1, 6],
          [-1, 12],
        ],
      },
      'quiet-zone',
    ],
    ['a scratch over the data', { blob: { u: 11, v: 8, radius: 2.6, dark: false } }, 'damage'],
    ['a dark spot over the data', { blob: { u: 11, v: 8, radius: 2.6, dark: true } }, 'damage'],
    [
      'a hole in a leg',
      {
        missing: [
          [9, 0],
          [10, 0],
        ],
      },
      'damage',
    ],
  ])('is told from %s', (_fault, shot, kind) => {
    expect(kinds(shot)).toEqual([kind]);
  });

  it('is several things at once', () => {
    const shot: Shot = {
      deadRows: [{ at: 4.5, width: 1 }],
      stretch: 1.1,
      ink: 140,
      paper: 230,
      dirt: [9, 12, 15].map((row) => [row, -1] as const),
    };
    expect(kinds(shot)).toEqual(['dead-nozzle', 'conveyor-speed', 'quiet-zone']);
  });

  it('is not contrast where something else makes the grade what it is', () => {
    const pale: Shot = { ink: 100, paper: 230 };
    const { pcg } = graded(print, { ...pale, stretch: 1.1, blur: 0.6 });
    expect([pcg.parameters.contrast?.grade, pcg.overall]).toEqual([2.7, 2.2]);
    expect(pcg.causes).toEqual([{ kind: 'conveyor-speed' }]);
    expect(kinds(pale)).toEqual(['low-contrast']);
  });

  it.each<[string, Shot]>([
    ['a perfect print', {}],
    ['a slight blur', { blur: 1 }],
    ['slight growth', { growth: { x: 0.15, y: 0.15 } }],
    ['a slight stretch', { stretch: 1.03 }],
    ['noise', { noise: 10 }],
  ])('is nothing in %s', (_what, shot) => {
    expect(causes(shot)).toEqual([]);
  });

  it('is a dead nozzle in symbols of several data regions too', () => {
    const large = goodPrint(36, 36);
    expect(causes({ deadRows: [{ at: 20.5, width: 0.6 }] }, large)).toContainEqual({ kind: 'dead-nozzle', row: 20 });
  });
});

describe('wrong modules', () => {
  it('are named where they stand, in data and pattern alike', () => {
    const dark = print.art.modules.indexOf(1, 5 * 22 + 3);
    const missing = [
      [Math.floor(dark / 22), dark % 22],
      [12, 0],
    ] as const;
    const { wrongModules } = graded(print, { missing, blur: 0.6 }).pcg;
    expect(wrongModules).toEqual([dark, 12 * 22].sort((a, b) => a - b));
  });

  it('are four hundred at the most', () => {
    const large = goodPrint(144, 144);
    const art = { ...large.art, modules: Uint8Array.from(large.art.modules, (on, at) => (at % 7 === 0 ? 1 - on : on)) };
    const { pcg } = graded({ ...large, art }, { pitch: 4, off: 0.5 });
    expect(pcg.wrongModules.length).toBeLessThanOrEqual(400);
    expect(pcg.referenceDecode).toBe(false);
  });
});
