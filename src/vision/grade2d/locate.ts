import type { Corners } from '#contract/inspection.ts';
import type { Ecc200Size } from '#vision/ecc200/sizes.ts';
import { finenessOf } from '#vision/grade2d/grid/fineness.ts';
import { type Pose, pitchOf, poseOf } from '#vision/grade2d/grid/homography.ts';
import { emptyGrid, layGrid, layPlainGrid, type ModuleGrid } from '#vision/grade2d/grid/module-grid.ts';
import { emptyFit, type Fit, measureTracks, type Refit, refit } from '#vision/grade2d/grid/refit.ts';
import type { Scene } from '#vision/grade2d/grid/side-edges.ts';
import { cutPlate, emptyPlate, fillPlate, type Plate } from '#vision/grade2d/plate.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import { coarseThreshold, emptySamples, globalThreshold, type Samples, takeSamples } from '#vision/grade2d/samples.ts';
import type { GreyImage } from '#vision/image.ts';

/** Memory of one grader: everything that depends on a frame, kept from frame to frame. */
export interface Workspace {
  readonly plate: Plate;
  readonly fit: Fit;
  readonly grid: ModuleGrid;
  readonly samples: Samples;
  readonly sorted: Float64Array;
}

export function emptyWorkspace(): Workspace {
  return {
    plate: emptyPlate(),
    fit: emptyFit(),
    grid: emptyGrid(),
    samples: emptySamples(),
    sorted: new Float64Array(146 * 146),
  };
}

/** A symbol whose modules were found: samples and grid stand in the workspace. */
export interface Located {
  readonly corners: Corners;
  readonly pose: Pose;
  /** Global threshold of the samples. */
  readonly threshold: number;
  readonly pixelsPerModule: number;
}

/** What stands around a symbol and is looked at: quiet zone and some slack, in modules. */
const MARGIN = 2.6;
/** Smaller modules cannot be told apart, larger ones are no modules; in pixels. */
const SMALLEST = 1;
const LARGEST = 400;
/** A picture with less difference between light and dark shows nothing, as a share of full scale. */
const LEAST_CONTRAST = 0.01;

/** Finds a symbol's modules from a rough pose (vision.md §5.7, steps 1 to 8). Undefined: there is nothing to measure. */
export function locate(
  work: Workspace,
  image: GreyImage,
  { corners, size, profile }: { corners: Corners; size: Ecc200Size; profile: GradingProfile },
): Located | undefined {
  const pose = poseOf(corners, size);
  const pitch = meanPitch(corners, size);
  if (pose === undefined || !(pitch >= SMALLEST && pitch <= LARGEST)) return undefined;
  if (!cutPlate(work.plate, image, { corners, margin: MARGIN * pitch })) return undefined;
  fillPlate(work.plate, image, profile);
  layPlainGrid(work.grid, pose, size);
  const rough = sceneOf(work, { pose, size, threshold: 0, pitch });
  const threshold = takeCoarse(work, size);
  const first = threshold === undefined ? undefined : refit(work.fit, { ...rough, threshold });
  if (first === undefined) return undefined;
  const exact = sampled(work, first, { size, profile });
  const second = refit(work.fit, sceneOf(work, { pose: first.pose, size, threshold: exact, pitch })) ?? first;
  const last = sampled(work, second, { size, profile });
  return {
    corners: second.corners,
    pose: second.pose,
    threshold: last,
    pixelsPerModule: meanPitch(second.corners, size),
  };
}

function meanPitch(corners: Corners, size: Ecc200Size): number {
  const { x, y } = pitchOf(corners, size);
  return (x + y) / 2;
}

function sceneOf(
  { plate }: Workspace,
  { pose, size, threshold, pitch }: { pose: Pose; size: Ecc200Size; threshold: number; pitch: number },
): Scene {
  return { plate, pose, extent: size, threshold, fine: finenessOf(pitch) };
}

/** Takes samples of single pixels for a first threshold; undefined when the picture is empty. */
function takeCoarse(work: Workspace, size: Ecc200Size): number | undefined {
  takeSamples(work.samples, work.plate, { grid: work.grid, extent: size, radius: 0 });
  if (!(work.samples.lightest - work.samples.darkest >= LEAST_CONTRAST)) return undefined;
  return coarseThreshold(work.samples, (size.rows + 2) * (size.columns + 2), work.sorted);
}

/** Lays the grid between the clock tracks of a fit and samples it through the aperture. Answers the global threshold. */
function sampled(
  work: Workspace,
  found: Refit,
  { size, profile }: { size: Ecc200Size; profile: GradingProfile },
): number {
  const pitch = meanPitch(found.corners, size);
  const threshold = work.samples.lightest > work.samples.darkest ? globalThreshold(work.samples) : 0;
  measureTracks(work.fit, sceneOf(work, { pose: found.pose, size, threshold, pitch }));
  layGrid(work.grid, work.fit, { refit: found, extent: size });
  takeSamples(work.samples, work.plate, { grid: work.grid, extent: size, radius: (profile.aperture * pitch) / 2 });
  return globalThreshold(work.samples);
}
