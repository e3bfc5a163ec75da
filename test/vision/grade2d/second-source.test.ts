import { describe, expect, it } from 'vitest';
import type { Cause } from '#contract/inspection.ts';
import { drawSymbol } from '#symbol/draw-symbol.ts';
import { toPixels } from '#symbol/picture.ts';
import { renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView } from '#virtual-line/camera/scene.ts';
import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';
import { elementStringWords, padded } from '#vision/ecc200/ascii.ts';
import { createDataMatrixGrader, type DataMatrixGrade } from '#vision/grade2d/grade.ts';
import { goodPrint, PREVIEW, shaken } from '../good-print.ts';

/** A grader that is tried on pictures of one renderer alone may share its blind spots. */
const print = goodPrint(22, 22, 12);

/** What the virtual line's camera sees of a print of half-millimetre modules. */
function onTheLine(defects: Partial<PrintDefects>, camera: Partial<CameraView> = {}): DataMatrixGrade {
  const grid = { width: 22, height: 22, modules: print.art.modules };
  const marks = [{ kind: 'symbol' as const, grid, x: -5.5, y: -5.5, cell: 0.5 }];
  const frame = renderFrame({ marks, print: { ...FLAWLESS, ...defects }, seed: 4 }, cameraView(camera));
  const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = frame.corners;
  const corners = shaken(
    [
      [ax, ay],
      [bx, by],
      [cx, cy],
      [dx, dy],
    ],
    2,
    5,
  );
  return createDataMatrixGrader().grade(frame, corners, print.size, PREVIEW);
}

describe("pictures of the virtual line's camera", () => {
  it('show a flawless print as such', () => {
    const { pcg, data } = onTheLine({});
    expect(pcg).toMatchObject({ overall: 4, wrongModules: [], causes: [] });
    expect(data).toEqual(print.data);
    expect(pcg.parameters.contrast?.value).toBeCloseTo((0.84 * 244) / 255, 1);
  });

  it.each([0, 8, 45, 90, 180])('show a print at %i degrees as good as any other', (rotation) => {
    expect(onTheLine({ rotation }).pcg.overall).toBe(4);
  });

  it.each([0.88, 0.95, 1, 1.05, 1.12])('show a stretch of %f to a thousandth', (x) => {
    const value = onTheLine({ stretch: { x, y: 1 } }).pcg.parameters.axial?.value ?? Number.NaN;
    expect(Math.abs(value - (2 * Math.abs(x - 1)) / (1 + x))).toBeLessThan(0.0015);
  });

  it.each([-0.3, -0.2, 0, 0.2, 0.3])('show growth of %f modules to 0.03', (growth) => {
    const { x = 1, y = 1 } = onTheLine({ growth: { x: growth, y: growth } }).pcg.growth ?? {};
    expect(Math.max(Math.abs(x - growth), Math.abs(y - growth))).toBeLessThan(0.03);
  });

  it.each<[string, Partial<PrintDefects>, Partial<CameraView>, Cause]>([
    ['a dead nozzle', { deadRows: [{ at: 8.5, width: 0.5 }] }, {}, { kind: 'dead-nozzle', row: 8 }],
    ['a missing column', { missingColumns: [{ at: 9.5, width: 1 }] }, {}, { kind: 'dead-column', column: 9 }],
    ['a belt too fast', { stretch: { x: 1.12, y: 1 } }, {}, { kind: 'conveyor-speed' }],
    ['weak ink', { contrast: 0.4 }, {}, { kind: 'low-contrast' }],
    ['dirt in the quiet zone', { quietDirt: 2 }, {}, { kind: 'quiet-zone' }],
    ['a lens out of focus', {}, { blur: 2.2 }, { kind: 'blur' }],
    ['a void in the leg', { blots: [{ x: 0, y: 11, radius: 1.6, ink: 0 }] }, {}, { kind: 'damage' }],
    ['nothing at all', { missing: true }, {}, { kind: 'low-contrast' }],
  ])('tell %s', (_fault, defects, camera, cause) => {
    expect(onTheLine(defects, camera).pcg.causes).toEqual([cause]);
  });

  it('show every dead nozzle of a print that cannot be read', () => {
    const deadRows = [3, 8, 13, 18].map((row) => ({ at: row + 0.5, width: 1 }));
    const { pcg, data } = onTheLine({ deadRows });
    expect([pcg.overall, data]).toEqual([0, undefined]);
    expect(pcg.causes).toEqual([3, 8, 13, 18].map((row) => ({ kind: 'dead-nozzle', row })));
  });

  it.each<[string, Partial<PrintDefects>]>([
    ['half the contrast', { contrast: 0.42 }],
    ['drops', { dots: 0.75 }],
    ['a wrinkle', { wrinkle: 0.4 }],
    ['splatter', { splatter: 20 }],
    ['a smear', { smear: 1 }],
    ['wobbling rows', { wobble: 0.3 }],
    ['banding', { banding: 0.3 }],
  ])('are read through %s', (_fault, defects) => {
    expect(onTheLine(defects).data).toEqual(print.data);
  });
});

describe('a symbol of bwip-js, pixel by pixel', () => {
  it('has grade 4, and the words of its text', () => {
    const elements = [
      { ai: '01', value: '09521234543213' },
      { ai: '17', value: '261231' },
      { ai: '10', value: '4711' },
      { ai: '21', value: '123456' },
    ];
    const drawn = drawSymbol({ kind: 'gs1-data-matrix', size: '24x24' }, elements);
    if (drawn.kind !== 'drawn') throw new Error('it does not draw');
    const { grey, width, height } = toPixels(drawn.picture, { scale: 6, quiet: 3 });
    const side = width - 18;
    const image = { pixels: grey, width, height, stride: width };
    const [a, b, c, d] = [18, side].flatMap((y) => [[18, y] as const, [side, y] as const]);
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new RangeError('four corners');
    const { pcg, data } = createDataMatrixGrader().grade(image, [a, b, d, c], { rows: 24, columns: 24 }, PREVIEW);
    expect(pcg).toMatchObject({ overall: 4, wrongModules: [] });
    const words = elementStringWords(drawn.content);
    expect(data).toEqual(words && padded(words, 36));
  });
});
