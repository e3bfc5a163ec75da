import fc from 'fast-check';
import { expect, vi } from 'vitest';
import type { Corners, Parameter, Pcg } from '#contract/inspection.ts';
import { askBwip } from '#symbol/bwip.ts';
import type { Picture } from '#symbol/picture.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';
import { seeded } from './render.ts';

/** Pictures take a while to draw on a busy machine; nothing of them is measured in time. To be called once in a file. */
export function allowSlowPictures(): void {
  vi.setConfig({ testTimeout: 60_000 });
}

/** Decimals show more than whole grades. */
export const TENTHS: GradingProfile = { edition: '15415:2024-preview', aperture: 0.5 };
export const WHOLE_GRADES: GradingProfile = { ...TENTHS, edition: '15415:2011' };

/** A symbol as an independent encoder draws it. `height`: of bars, in modules. */
export function drawn(question: Parameters<typeof askBwip>[0], height = 1): Picture {
  const answer = askBwip(question, height);
  if (answer.kind !== 'drawn') throw new Error(`not drawn: ${JSON.stringify(question)}`);
  return answer.picture;
}

/** A QR code of a version and level. A mask that is given saves the encoder trying all eight. */
export function qrCode(version: number, eclevel = 'M', mask = '3'): Picture {
  const question = { bcid: 'qrcode', text: 'LINE1', version: String(version), eclevel, fixedeclevel: true, mask };
  return drawn(question);
}

/** What a grader answers, as far as tests of all symbologies look at it. */
interface Graded {
  readonly pcg: Pcg;
}

/** -1 where it was not graded. */
export function gradeOf({ pcg }: Graded, parameter: Parameter): number {
  return pcg.parameters[parameter]?.grade ?? -1;
}

export function amountOf({ pcg }: Graded, parameter: Parameter): number {
  return pcg.parameters[parameter]?.value ?? -1;
}

/** How far the worst of four corners is from where it should be, in pixels. */
export function farthest(corners: Corners, truth: Corners): number {
  return Math.max(...corners.map(([x, y], at) => Math.hypot(x - (truth[at]?.[0] ?? 0), y - (truth[at]?.[1] ?? 0))));
}

/** Grades a defect from none (0) to all of it (1): the parameter begins at 4, never rises by a tenth, and ends below 3. */
export function expectSteadyFall(gradeAt: (strength: number) => number): void {
  const steps = Array.from({ length: 9 }, (_none, at) => gradeAt(at / 8));
  const rises = steps.filter((grade, at) => at > 0 && grade > (steps[at - 1] ?? 0) + 0.101);
  expect([rises, steps[0], (steps.at(-1) ?? 4) < 3]).toEqual([[], 4, true]);
}

/** Frames and corners of any kind: noise, pictures that are shorter than they say, none at all; and a good one. */
export function anything(
  good: GreyImage,
  seed: number,
): { images: fc.Arbitrary<GreyImage>; corners: fc.Arbitrary<Corners> } {
  const random = seeded(seed);
  const noise: GreyImage = {
    width: 64,
    height: 48,
    stride: 70,
    pixels: Uint8Array.from({ length: 3360 }, () => random() * 256),
  };
  const images = fc.constantFrom(
    noise,
    { ...noise, pixels: new Uint8Array(10) },
    { ...noise, width: 0, height: 0 },
    good,
  );
  const number = fc.oneof(fc.double(), fc.double({ min: -100, max: 700 }));
  const point = fc.tuple(number, number);
  return { images, corners: fc.tuple(point, point, point, point) };
}
