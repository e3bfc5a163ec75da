import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlatFieldData, PlaneData } from '#contract/calibration.ts';
import type { Point } from '#contract/inspection.ts';
import type { Picture } from '#symbol/picture.ts';
import { findBoard } from '#vision/calibrate/checkerboard.ts';
import {
  advanceCalibration,
  beginCalibration,
  type Calibration,
  type CalibrationTask,
  calibrationSentence,
} from '#vision/calibrate/guide.ts';
import { applied, fitHomography, inverted } from '#vision/calibrate/homography-fit.ts';
import { fitPlane } from '#vision/calibrate/plane.ts';
import { calibrated } from '#vision/calibrate/store.ts';
import { fittingField } from '#vision/grade2d/plate.ts';
import { GAIN_ONE, type GradingProfile } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';
import { cornersIn, placer, renderView, type View } from '../render-1d.ts';

/** Pictures are rendered pixel by pixel: a busy machine may take its time. */
const SLOW = { timeout: 60_000 };

const FRAME = { width: 320, height: 240 };
const BLANK: Picture = { width: 1, height: 1, modules: new Uint8Array(1) };
const FLAT: CalibrationTask = { kind: 'flat-field', profile: 'cam-1', step: 16 };
const PROFILE: GradingProfile = { edition: '15415:2011', aperture: 0.5 };

/** Light that falls from left to right. */
function lamp(x: number): number {
  return 1.3 - (0.6 * x) / FRAME.width;
}

function card(seed: number, view: Partial<View> = {}): GreyImage {
  return renderView(BLANK, { ...FRAME, scale: 1, paper: 0.6, noise: 3, seed, lamp, ...view });
}

/** Goes through a calibration with so many frames. */
function shown(task: CalibrationTask, frames: readonly GreyImage[]): Calibration {
  let state = advanceCalibration(beginCalibration(task), { kind: 'no-dark-frame' });
  for (const image of frames) state = advanceCalibration(state, { kind: 'frame', image, at: 1_700_000_000_000 });
  return state;
}

const SIXTEEN = Array.from({ length: 16 }, (_none, at) => card(at));

describe('the light of a frame', SLOW, () => {
  it('is learnt from sixteen frames of a matte card and makes them even', () => {
    const state = shown(FLAT, SIXTEEN);
    if (state.kind !== 'done' || state.data.kind !== 'flat-field') throw new Error(calibrationSentence(state));
    const profile = calibrated(PROFILE, FRAME, {
      flatField: FlatFieldData.parse(JSON.parse(JSON.stringify(state.data))),
    });
    const field = fittingField(profile.flatField, card(1));
    const even = [10, 80, 160, 240, 310].map((x) => {
      const grey = 0.6 * 255 * lamp(x);
      return Math.round((grey * (field?.gain[120 * FRAME.width + x] ?? 0)) / GAIN_ONE / 15.3);
    });
    expect(even).toEqual([10, 10, 10, 10, 10]);
    expect(calibrationSentence(state)).toBe('The light is known from 16 frames; it differs by 62 % over the frame.');
  });

  it('gives reflectance as well, when that of the card is known', () => {
    const state = shown({ ...FLAT, card: 0.6 }, SIXTEEN);
    const flatField = state.kind === 'done' && state.data.kind === 'flat-field' ? state.data : undefined;
    const { reflectance } = calibrated(PROFILE, FRAME, { flatField });
    expect(reflectance).toEqual({ black: 0, white: expect.closeTo(0.6 * 255, -1), card: 0.6 });
  });

  it('is asked for step by step', () => {
    let state = beginCalibration(FLAT);
    const said = [calibrationSentence(state)];
    const dark = { kind: 'frame', image: card(1, { paper: 0.03, lamp: () => 1 }), at: 0 } as const;
    for (const signal of [
      { ...dark, image: card(2) },
      dark,
      { ...dark, image: card(3) },
      { ...dark, image: card(3) },
    ]) {
      state = advanceCalibration(state, signal);
      said.push(calibrationSentence(state));
    }
    expect(said).toEqual([
      'Switch the light off, or cover the lens.',
      'Switch the light off, or cover the lens. The frame is not dark: 153 grey levels.',
      'Show the matte card; it must fill the frame.',
      'Move the card a little: 1 of 16.',
      'Move the card a little: 1 of 16. The picture did not change.',
    ]);
    expect(advanceCalibration(state, { kind: 'restart' })).toEqual(beginCalibration(FLAT));
  });

  it.each([
    [
      'more than 1 % of the pixels are saturated',
      [card(1, { paper: 0.95 })],
      /^Not calibrated: .* of the pixels are saturated; lower the exposure or the light\. Begin again\.$/,
    ],
    [
      'there is no light',
      SIXTEEN.map((_frame, at) => card(at, { paper: 0.08 })),
      /^Not calibrated: The card is only \d+ grey levels above dark; there is no light\./,
    ],
    [
      'the card is printed',
      SIXTEEN.map((_frame, at) => card(at, { damage: (u) => (Math.floor(u / 4) % 2 === 0 ? 0.2 : 0.6) })),
      /The card is not plain/,
    ],
    ['the frame changes its size', [card(1), { ...card(2), width: 160 }], /The frame has another size/],
  ])('is refused when %s', (_why, frames, sentence) => {
    expect(calibrationSentence(shown(FLAT, frames))).toMatch(sentence);
  });

  it('of another frame size is left out', () => {
    const state = shown(FLAT, SIXTEEN);
    const flatField = state.kind === 'done' && state.data.kind === 'flat-field' ? state.data : undefined;
    expect(calibrated(PROFILE, { width: 640, height: 480 }, { flatField })).toEqual(PROFILE);
    expect(calibrated(PROFILE, FRAME, { flatField: flatField && { ...flatField, gains: 'AAAA' } })).toEqual(PROFILE);
  });
});

const BOARD = { across: 9, down: 7, square: 5 };

function board(view: Partial<View> = {}): { readonly image: GreyImage; readonly at: (u: number, v: number) => Point } {
  const modules = Uint8Array.from({ length: 63 }, (_none, at) => ((at % 9) + Math.floor(at / 9)) % 2);
  const picture: Picture = { width: 9, height: 7, modules };
  const seen: View = { width: 480, height: 360, scale: 30, blur: 0.8, noise: 3, ...view };
  return { image: renderView(picture, seen), at: placer(picture, seen) };
}

const PLANE: CalibrationTask = { kind: 'plane', profile: 'cam-1', board: BOARD };

describe('the product plane', SLOW, () => {
  it.each([
    ['straight', {}],
    ['turned by 20°', { angle: 20 }],
    ['turned by 90°', { angle: 90 }],
    ['seen at an angle', { keystone: 0.15, angle: 7 }],
    ['blurred', { blur: 2 }],
    ['noisy', { noise: 10 }],
  ])('finds the corners of a board %s', (_how, view) => {
    const { image, at } = board(view);
    const found = findBoard(image, BOARD);
    if (found.kind === 'not-found') throw new Error(found.why);
    const places = Array.from({ length: 48 }, (_none, place) => at((place % 8) + 1, Math.floor(place / 8) + 1));
    const off = found.corners.map(([x, y]) => Math.min(...places.map(([px, py]) => Math.hypot(px - x, py - y))));
    expect(found.corners).toHaveLength(48);
    expect(Math.max(...off)).toBeLessThan(0.25);
  });

  it('is known to a fraction of a pixel, with scale and tilt', () => {
    const { image } = board({ angle: 5 });
    const state = advanceCalibration(beginCalibration(PLANE), { kind: 'frame', image, at: 5 });
    if (state.kind !== 'done' || state.data.kind !== 'plane') throw new Error(calibrationSentence(state));
    const data = PlaneData.parse(JSON.parse(JSON.stringify(state.data)));
    expect(data).toMatchObject({ profile: 'cam-1', at: 5, points: 48 });
    expect(data.residual).toBeLessThan(0.15);
    expect(data.millimetresPerPixel).toBeCloseTo(5 / 30, 3);
    expect(data.aspect).toBeCloseTo(1, 2);
    expect(data.tilt).toBeLessThan(3);
    expect(calibrated(PROFILE, { width: 480, height: 360 }, { plane: data }).toPlane).toEqual(data.toPlane);
  });

  it('knows pixels that are not square', () => {
    const { image } = board({ scaleY: 33 });
    const state = advanceCalibration(beginCalibration(PLANE), { kind: 'frame', image, at: 5 });
    expect(state.kind === 'done' && state.data.kind === 'plane' && state.data.aspect).toBeCloseTo(1.1, 2);
  });

  it('goes on asking while the board is not all in view', () => {
    const { image } = board({ at: [60, 180] });
    const state = advanceCalibration(beginCalibration(PLANE), { kind: 'frame', image, at: 0 });
    expect(calibrationSentence(state)).toMatch(
      /^Lay the board with 9 × 7 squares into the product plane\. \d+ of the 48 inner/,
    );
  });

  it('is refused when points are not where a plane would have them', () => {
    const points = Array.from({ length: 20 }, (_none, at): Point => [(at % 5) * 10, Math.floor(at / 5) * 10]);
    const bent = points.map(([x, y]) => ({ plane: [x, y] as const, pixel: [x, y + 0.4 * Math.sin(x)] as const }));
    expect(fitPlane(bent, [20, 20])).toMatchObject({ kind: 'refused', why: expect.stringMatching(/px is the most/) });
    expect(fitPlane(bent.slice(0, 5), [20, 20])).toMatchObject({ why: '5 points are too few; 12 are needed' });
    const line = bent.map(({ pixel }) => ({ pixel, plane: [pixel[0], 0] as const }));
    expect(fitPlane(line, [20, 20])).toMatchObject({ why: 'the points do not span a plane' });
  });

  it('is known from a printed code as well', () => {
    const modules = Uint8Array.from({ length: 26 * 26 }, (_none, at) => ((at * 7919) >> 3) % 2);
    const picture: Picture = { width: 26, height: 26, modules };
    const view: View = { width: 320, height: 320, scale: 8, angle: 4, keystone: 0.05, blur: 0.8, noise: 3 };
    const card = { corners: cornersIn(picture, view), rows: 26, columns: 26, modules, module: 0.4 };
    const task: CalibrationTask = { kind: 'card', profile: 'cam-1' };
    const image = renderView(picture, view);
    const unread = advanceCalibration(beginCalibration(task), { kind: 'frame', image, at: 0 });
    const state = advanceCalibration(unread, { kind: 'frame', image, at: 1, card });
    expect(calibrationSentence(unread)).toBe('Lay the printed code into the product plane. No code was read.');
    if (state.kind !== 'done' || state.data.kind !== 'plane') throw new Error(calibrationSentence(state));
    expect(state.data.millimetresPerPixel).toBeCloseTo(0.05, 3);
    const [x, y] = applied(state.data.toPlane, placer(picture, view)(20, 5));
    expect([x, y]).toEqual([expect.closeTo(8, 1), expect.closeTo(2, 1)]);
  });
});

it('finds back any plane that is not seen edge on', SLOW, () => {
  const part = fc.double({ min: -0.2, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(part, part, part, part, (a, b, g, h) => {
      const truth = [1 + a, b, 5, -b, 1 - a, 9, g / 100, h / 100, 1] as const;
      const from = Array.from({ length: 25 }, (_none, at): Point => [(at % 5) * 4, Math.floor(at / 5) * 4]);
      const found = fitHomography(
        from,
        from.map((point) => applied(truth, point)),
      );
      expect(found?.map((value, at) => value - (truth[at] ?? 0)).every((off) => Math.abs(off) < 1e-6)).toBe(true);
      const back = found && inverted(found);
      expect(back && applied(back, applied(truth, [3, 7]))).toEqual([expect.closeTo(3, 6), expect.closeTo(7, 6)]);
    }),
  );
});

it('says something of any frame without failing', SLOW, () => {
  const size = fc.integer({ min: 0, max: 60 });
  const frames = fc.record({ width: size, height: size, stride: size, pixels: fc.uint8Array({ maxLength: 3600 }) });
  const broken = {
    corners: cornersIn(BLANK, { ...FRAME, scale: 9 }),
    rows: 1,
    columns: 1,
    modules: new Uint8Array(0),
    module: 0,
  };
  const tasks: readonly CalibrationTask[] = [FLAT, PLANE, { kind: 'card', profile: 'cam-1' }];
  fc.assert(
    fc.property(frames, fc.constantFrom(...tasks), (image, task) => {
      const said = Array.from({ length: 3 }, () => image).reduce<Calibration>(
        (state, each) => advanceCalibration(state, { kind: 'frame', image: each, at: 0, card: broken }),
        advanceCalibration(beginCalibration(task), { kind: 'no-dark-frame' }),
      );
      expect(calibrationSentence(said)).toMatch(/\.$/);
    }),
    { numRuns: 60 },
  );
});
