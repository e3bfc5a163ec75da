import { describe, expect, it } from 'vitest';
import { itemScene } from '#virtual-line/camera/label.ts';
import { renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView } from '#virtual-line/camera/scene.ts';
import { PRINT_FAULTS, printOf } from '#virtual-line/kernel/print-quality.ts';
import type { PrintDefects } from '#virtual-line/print-defects.ts';
import { randomStream } from '#virtual-line/random.ts';
import { createDataMatrixGrader } from '#vision/grade2d/grade.ts';

// What the smart reader is told of an item, and what its picture shows, should be the same item: the picture is graded here.

const grader = createDataMatrixGrader();
const camera = cameraView();
const ITEMS = 5;

const sound = (no: number): PrintDefects => printOf(4, randomStream(no, 'print-defects'));

/** The lowest and the highest grade of the pictures of a few items. */
function graded(print: (no: number) => PrintDefects, view: CameraView = camera): readonly [number, number] {
  const grades = Array.from({ length: ITEMS }, (_, no) => {
    const scene = itemScene(`010952123454321321SN0000${no}7919\u001d1728112210LOT1`, {
      print: print(no),
      seed: no + 1,
    });
    const frame = renderFrame(scene, view);
    const { height: rows = 0, width: columns = 0 } = scene.marks[0]?.grid ?? {};
    const profile = { edition: '15415:2024-preview', aperture: 0.5 } as const;
    return grader.grade(frame, frame.corners, { rows, columns }, profile).pcg.overall;
  });
  return [Math.min(...grades), Math.max(...grades)];
}

describe('the picture of a print', () => {
  it.each([4, 3.5, 3, 2.5, 2, 1.5, 1])('has about the grade that physics gave it: %f', (quality) => {
    const [low, high] = graded((no) => printOf(quality, randomStream(no, 'print-defects')));
    expect(low).toBeGreaterThan(quality - 0.4);
    expect(high).toBeLessThan(quality + 0.6);
  });

  it.each([
    ['F07', 0.5, 1.8],
    ['F07-contrast', 0.6, 1.3],
    ['F07-thin-nozzle', 2, 3.4],
    ['F07-position', 3.8, 4],
  ])('of fault %s has a grade between %f and %f', (id, from, to) => {
    const [low, high] = graded((no) => PRINT_FAULTS[id]?.spoil(sound(no), 0) ?? sound(no));
    expect(low).toBeGreaterThanOrEqual(from);
    expect(high).toBeLessThanOrEqual(to);
  });

  it('gets a worse grade as the ink fades', () => {
    const at = (age: number): number =>
      graded((no) => PRINT_FAULTS['F07-fading']?.spoil(sound(no), age) ?? sound(no))[0];
    const grades = [0, 40, 70, 100].map(at);
    expect(grades).toEqual([...grades].sort((a, b) => b - a));
    expect(grades[3]).toBeLessThan(1.5);
  });

  it('has a poor grade when the camera is out of focus', () => {
    expect(graded(sound, { ...camera, blur: 2.6 })[1]).toBeLessThan(1.2);
  });
});
