import type { Corners, Pcg } from '#contract/inspection.ts';
import { matrixOf } from '#vision/ecc200/codewords.ts';
import { type Ecc200Size, ecc200Size } from '#vision/ecc200/sizes.ts';
import { createDataMatrixGrader, type DataMatrixGrade } from '#vision/grade2d/grade.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import { type Artwork, framed, type Placing, render, type Scenery, seeded } from './render.ts';

/** A symbol of a size with words of chance, as it should be printed. */
export interface GoodPrint {
  readonly size: Ecc200Size;
  readonly data: Uint8Array;
  readonly art: Artwork;
}

export function goodPrint(rows: number, columns: number, seed = 1): GoodPrint {
  const size = ecc200Size(rows, columns);
  if (size === undefined) throw new RangeError(`no symbol has ${rows} by ${columns} modules`);
  const random = seeded(seed);
  const data = Uint8Array.from({ length: size.data }, () => 1 + Math.floor(random() * 255));
  return { size, data, art: { rows, columns, modules: matrixOf(data, size) } };
}

const grader = createDataMatrixGrader();

/** Aperture and edition of a test, where it does not name its own: decimals show more than whole grades. */
export const PREVIEW: GradingProfile = { edition: '15415:2024-preview', aperture: 0.8 };
export const WHOLE: GradingProfile = { edition: '15415:2011', aperture: 0.8 };

export interface Shot extends Partial<Scenery>, Partial<Omit<Placing, 'x' | 'y'>> {
  readonly profile?: GradingProfile;
  /** How far off the corners are that the grader is given, in pixels, and the seed of that. */
  readonly off?: number;
  readonly offSeed?: number;
}

/** Takes a picture of a print and grades it. */
export function graded({ art, size }: GoodPrint, shot: Shot = {}): DataMatrixGrade {
  const { pitch = 6, angle = 0, stretch = 1, profile = PREVIEW, off = 2, offSeed = 3, ...defects } = shot;
  const scenery = { ...framed(art, { pitch, angle, stretch }), ...defects };
  return grader.grade(render(art, scenery), shaken(scenery.corners, off, offSeed), size, profile);
}

/** Corners as a reader gives them: off by so many pixels at the most. */
export function shaken(corners: Corners, off: number, seed: number): Corners {
  const random = seeded(seed);
  const [a, b, c, d] = corners.map(([x, y]): [number, number] => [
    x + (2 * random() - 1) * off,
    y + (2 * random() - 1) * off,
  ]);
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new RangeError('four corners');
  return [a, b, c, d];
}

/** Grades by parameter. */
export function gradesOf({ parameters }: Pcg): Record<string, number> {
  return Object.fromEntries(Object.entries(parameters).map(([name, { grade }]) => [name, grade]));
}

/** Values and wholes of a sweep: how much a grade rose at the most from one step to the next. */
export function largestRise(grades: readonly number[]): number {
  return Math.max(0, ...grades.slice(1).map((grade, at) => grade - (grades[at] ?? 0)));
}
