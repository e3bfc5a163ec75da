import { CameraJob } from '#contract/camera-job.ts';
import type { CodeFound } from '#contract/inspection.ts';
import { placeOf, windowAround } from '#vision/decode/place.ts';
import type { Reader } from '#vision/decode/reader.ts';
import { wholeOf } from '#vision/decode/region.ts';
import { createGraders, profileOf } from '#vision/inspect/grading.ts';
import { median } from '../statistics.ts';
import { type Format, jobText, type Picture, pictureOf } from './frames.ts';

/** Medians in milliseconds, one run, one thread. */
export interface Times {
  readonly full: number;
  readonly noisy: number;
  /** In a window of 1.35 times the code. */
  readonly region: number;
  readonly grade: number;
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

export function measureTimes(reader: Reader, format: Format, rounds: number): Times {
  const clean = SEEDS.map((seed) => pictureOf({ name: 'clean' }, format, seed));
  const noisy = SEEDS.map((seed) => pictureOf({ name: 'noise 16', camera: { noise: 16 } }, format, seed));
  const job = CameraJob.parse(jobText(format));
  const [graders, profile] = [createGraders(), profileOf(job, {})];
  const wish = { pass: 'first', symbologies: ['DataMatrix'], most: 1 } as const;
  const found = clean.map(({ image }) => {
    const [reading] = reader.read(image, wholeOf(image), wish);
    if (reading === undefined) throw new Error('a clean picture was not read');
    return { image, reading, window: windowAround(placeOf(reading as unknown as CodeFound), image) ?? wholeOf(image) };
  });
  const timed = <T>(of: readonly T[], work: (each: T) => unknown): number =>
    median(of.map((each) => took(() => work(each))));
  const full: number[] = [];
  const noise: number[] = [];
  const region: number[] = [];
  const grade: number[] = [];
  // In turns: what the machine does meanwhile falls on all of them.
  for (let round = 0; round < rounds; round += 1) {
    full.push(timed(clean, ({ image }: Picture) => reader.read(image, wholeOf(image), wish)));
    noise.push(timed(noisy, ({ image }: Picture) => reader.read(image, wholeOf(image), wish)));
    region.push(timed(found, ({ image, window }) => reader.read(image, window, wish)));
    grade.push(
      timed(found, ({ image, reading }) => graders.dataMatrix.grade(image, reading.corners, reading, profile)),
    );
  }
  return { full: median(full), noisy: median(noise), region: median(region), grade: median(grade) };
}

function took(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
