import { describe, expect, it } from 'vitest';
import type { Corners } from '#contract/inspection.ts';
import { elementString } from '#gs1/element-string.ts';
import { itemScene, type SymbolKind, symbolOf } from '#virtual-line/camera/label.ts';
import { type Rendered, renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView } from '#virtual-line/camera/scene.ts';
import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';
import { createQrGrader } from '#vision/grade-qr/grade.ts';
import { gradeLinear } from '#vision/grade1d/grade.ts';
import { allowSlowPictures, TENTHS } from '../grading.ts';

allowSlowPictures();

const CONTENT = elementString([
  { ai: '01', value: '09521234543213' },
  { ai: '10', value: 'LOT8' },
]);

interface Changes {
  readonly print?: Partial<PrintDefects>;
  readonly view?: Partial<CameraView>;
}

/** A picture of the virtual line's own camera, which shares no code with the grader or with the other pictures. */
function picture(symbol: SymbolKind, { print = {}, view = {} }: Changes): Rendered {
  const module = symbol === 'qr' ? 0.5 : 0.4;
  const scene = itemScene(CONTENT, {
    print: { ...FLAWLESS, ...print },
    seed: 3,
    label: { symbol, module, hasText: false },
  });
  return renderFrame(scene, cameraView({ width: 1100, cartonWidth: 88, ...view }));
}

function qr(changes: Changes = {}) {
  const image = picture('qr', changes);
  const side = symbolOf(CONTENT, 'qr').width;
  return createQrGrader().grade(image, image.corners, side, TENTHS).pcg;
}

function linear(changes: Changes = {}) {
  const image = picture('gs1-128', changes);
  const [a, b, c, d] = image.corners;
  const at = (one: readonly [number, number], other: readonly [number, number], share: number) =>
    [one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share] as const;
  const line: Corners = [at(a, d, 0.5), at(b, c, 0.5), at(b, c, 0.51), at(a, d, 0.51)];
  return gradeLinear(image, line, CONTENT, TENTHS).pcg;
}

describe('on pictures of the virtual line', () => {
  it('good print is good', () => {
    const [two, one] = [qr(), linear()];
    expect([two.overall, two.referenceDecode, one.overall, one.referenceDecode]).toEqual([4, true, 4, true]);
  });

  it.each([
    ['less contrast', 'contrast', [0.84, 0.65, 0.5, 0.35].map((contrast) => ({ print: { contrast } }))],
    ['blur', 'modulation', [0.6, 1.4, 2, 2.6].map((blur) => ({ view: { blur } }))],
  ] as const)('%s lowers its own parameter of both', (_what, parameter, steps) => {
    for (const graded of [qr, linear]) {
      const grades = steps.map((changes) => graded(changes).parameters[parameter]?.grade ?? 0);
      expect(grades).toEqual(grades.toSorted((a, b) => b - a));
      expect((grades[0] ?? 0) - (grades.at(-1) ?? 0)).toBeGreaterThan(1);
    }
  });

  it('growing ink is measured along both axes', () => {
    const { growth } = qr({ print: { growth: { x: 0.2, y: 0.2 } } });
    const bars = linear({ print: { growth: { x: 0.2, y: 0 } } }).growth;
    expect([growth, bars]).toEqual([
      { x: expect.closeTo(0.2, 1), y: expect.closeTo(0.2, 1) },
      { x: expect.closeTo(0.2, 1), y: 0 },
    ]);
  });

  it('a nozzle that does not fire is named, and the modules it left out are counted', () => {
    const { causes, parameters } = qr({ print: { deadRows: [{ at: 10.5, width: 1 }] } });
    expect(causes).toContainEqual({ kind: 'dead-nozzle', row: 10 });
    expect(parameters['unused-correction']?.grade).toBeLessThan(4);
  });

  it('a stretched print is an axial fault', () => {
    const { parameters } = qr({ print: { stretch: { x: 1.1, y: 1 } } });
    expect(parameters.axial?.value).toBeCloseTo(0.095, 2);
  });
});
