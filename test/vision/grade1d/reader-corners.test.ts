import { beforeAll, describe, expect, it } from 'vitest';
import type { Symbology } from '#contract/camera-job.ts';
import type { Picture } from '#symbol/picture.ts';
import { openReader, type Reader } from '#vision/decode/reader.ts';
import { compileDecoder } from '#vision/decode/wasm.ts';
import { createQrGrader } from '#vision/grade-qr/grade.ts';
import { gradeLinear } from '#vision/grade1d/grade.ts';
import { allowSlowPictures, drawn, farthest, WHOLE_GRADES } from '../grading.ts';
import { cornersIn, renderView, type View } from '../render-1d.ts';

allowSlowPictures();

const TEXT = '(01)09521234543213(10)LOT8(21)ABC';
const LINEAR = drawn({ bcid: 'gs1-128', text: TEXT, parse: true }, 25);
const QR = drawn({ bcid: 'gs1qrcode', text: TEXT, parse: true });

let reader: Reader;
beforeAll(async () => {
  reader = await openReader(await compileDecoder());
});

/** What the reader finds in a view. */
function read(picture: Picture, view: View, symbology: Symbology) {
  const image = renderView(picture, view);
  const window = { x: 0, y: 0, width: view.width, height: view.height };
  const [reading] = reader.read(image, window, { pass: 'first', symbologies: [symbology], most: 1 });
  if (reading === undefined) throw new Error('the reader reads nothing');
  return { image, reading };
}

const VIEWS: readonly (readonly [string, Partial<View>])[] = [
  ['straight', {}],
  ['turned by 2°', { angle: 2 }],
  ['turned by 4°', { angle: 4 }],
  ['upside down', { angle: 180 }],
  ['noisy and blurred', { noise: 6, blur: 0.4 }],
];

describe('from the corners of the real reader', () => {
  it.each(VIEWS)('the bars of a linear code are found to a pixel and graded: %s', (_how, changes) => {
    const view: View = { width: 860, height: 200, scale: 3, ...changes };
    const { image, reading } = read(LINEAR, view, 'Code128');
    const { pcg, corners } = gradeLinear(image, reading.corners, reading.text, WHOLE_GRADES);
    expect([pcg.overall, pcg.referenceDecode]).toEqual([4, true]);
    expect(farthest(corners, cornersIn(LINEAR, view))).toBeLessThan(1.5);
  });

  it.each(VIEWS)('a QR code is found to a fifth of a pixel and graded: %s', (_how, changes) => {
    const view: View = { width: 240, height: 240, scale: 5, ...changes };
    const { image, reading } = read(QR, view, 'QRCode');
    const { pcg, corners } = createQrGrader().grade(image, reading.corners, reading.rows, WHOLE_GRADES);
    expect([pcg.overall, pcg.referenceDecode]).toEqual([4, true]);
    expect(farthest(corners, cornersIn(QR, view))).toBeLessThan(0.2);
  });
});
