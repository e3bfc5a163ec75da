import type { Corners } from '#contract/inspection.ts';
import { FROM_FIT, FROM_READER, fitQr, type QrFit, type QrScene } from '#vision/grade-qr/fit.ts';
import { emptyQrGrid, layQrGrid, type QrGrid, QUIET } from '#vision/grade-qr/grid.ts';
import { landmarksOf } from '#vision/grade-qr/landmarks.ts';
import { emptyQrSamples, type QrSamples, sampleQr } from '#vision/grade-qr/samples.ts';
import { sideOf } from '#vision/grade-qr/sizes.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { finenessOf } from '#vision/grade2d/grid/fineness.ts';
import { type Pose, pitchOf, pointOf, poseOf, xOf, yOf } from '#vision/grade2d/grid/homography.ts';
import { cutPlate, emptyPlate, fillPlate, type Plate, reflectanceAt } from '#vision/grade2d/plate.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

/** Memory of one grader, kept from frame to frame. */
export interface QrWorkspace {
  readonly plate: Plate;
  readonly grid: QrGrid;
  readonly samples: QrSamples;
}

export function emptyQrWorkspace(): QrWorkspace {
  return { plate: emptyPlate(), grid: emptyQrGrid(), samples: emptyQrSamples() };
}

/** A symbol whose modules were found and sampled: grid and samples stand in the workspace. */
export interface LocatedQr {
  readonly fit: QrFit;
  readonly corners: Corners;
  /** Global threshold of the samples. */
  readonly threshold: number;
  readonly pixelsPerModule: number;
}

/** Modules looked at around the symbol: its quiet zone, and slack. */
const MARGIN = QUIET + 1;
const SMALLEST = 1;
const LARGEST = 400;
/** A picture with less difference between light and dark shows nothing, as a share of full scale. */
const LEAST_CONTRAST = 0.01;

/** Finds a symbol's modules from the reader's corners; undefined when there is nothing to measure. */
export function locateQr(
  work: QrWorkspace,
  image: GreyImage,
  {
    corners,
    version,
    profile,
  }: { readonly corners: Corners; readonly version: number; readonly profile: GradingProfile },
): LocatedQr | undefined {
  const side = sideOf(version);
  const extent = { rows: side, columns: side };
  const rough = poseOf(corners, extent);
  const pitch = pitchIn(corners, side);
  if (rough === undefined || !(pitch >= SMALLEST && pitch <= LARGEST)) return undefined;
  if (!cutPlate(work.plate, image, { corners, margin: MARGIN * pitch })) return undefined;
  fillPlate(work.plate, image, profile);
  const range = finderRange(work.plate, rough, side);
  if (!(range.light - range.dark >= LEAST_CONTRAST)) return undefined;
  const landmarks = landmarksOf(version);
  const scene: QrScene = { plate: work.plate, threshold: (range.light + range.dark) / 2, fine: finenessOf(pitch) };
  const first = fitQr(scene, rough, { landmarks, reaches: FROM_READER });
  if (first === undefined) return undefined;
  const radius = (profile.aperture * pitch) / 2;
  const threshold = sampled(work, first, { version, radius });
  // The threshold of all modules is better than that of the finders where the light is uneven.
  const fit = fitQr({ ...scene, threshold }, first.pose, { landmarks, reaches: FROM_FIT }) ?? first;
  const last = sampled(work, fit, { version, radius });
  const found = cornersOf(fit.pose, side);
  return { fit, corners: found, threshold: last, pixelsPerModule: pitchIn(found, side) };
}

function pitchIn(corners: Corners, side: number): number {
  const { x, y } = pitchOf(corners, { rows: side, columns: side });
  return (x + y) / 2;
}

function cornersOf(pose: Pose, side: number): Corners {
  return [pointOf(pose, 0, 0), pointOf(pose, side, 0), pointOf(pose, side, side), pointOf(pose, 0, side)];
}

function sampled(
  { grid, samples, plate }: QrWorkspace,
  fit: QrFit,
  { version, radius }: { readonly version: number; readonly radius: number },
): number {
  const side = sideOf(version);
  layQrGrid(grid, fit, { landmarks: landmarksOf(version), side });
  sampleQr(samples, plate, { grid, side, radius });
  return (samples.lightest + samples.darkest) / 2;
}

/** Light and dark of the three finders: 5 and 95 % of what lies in and around them. */
function finderRange(plate: Plate, pose: Pose, side: number): { readonly light: number; readonly dark: number } {
  const values: number[] = [];
  for (const [left, top] of [
    [0, 0],
    [side - 7, 0],
    [0, side - 7],
  ] as const) {
    for (let at = 0; at < 196; at += 1) {
      const [u, v] = [left + ((at % 14) + 0.5) / 2, top + (Math.floor(at / 14) + 0.5) / 2];
      values.push(reflectanceAt(plate, xOf(pose, u, v), yOf(pose, u, v)));
    }
  }
  const sorted = Float64Array.from(values).sort();
  const part = Math.floor(sorted.length / 20);
  return { dark: realAt(sorted, part), light: realAt(sorted, sorted.length - 1 - part) };
}
