import type { Corners, Point } from '#contract/inspection.ts';
import { emptyTrack, measureTrack, type Track } from '#vision/grade2d/grid/clock-track.ts';
import { type Extent, type Pose, pointOf, poseOf } from '#vision/grade2d/grid/homography.ts';
import { fitLine, type Line, type SidePoints, sidePoints } from '#vision/grade2d/grid/line-fit.ts';
import { findSide, type Scene, type Side } from '#vision/grade2d/grid/side-edges.ts';

const SIDES: readonly Side[] = ['left', 'bottom', 'top', 'right'];
/** The largest symbol has 144 modules, two points each. */
const MOST_POINTS = 288;

/** Working memory of the fit, and what it found: side points and tracks of the last round. */
export interface Fit {
  readonly points: Readonly<Record<Side, SidePoints>>;
  readonly top: Track;
  readonly right: Track;
  readonly sorted: Float64Array;
}

export function emptyFit(): Fit {
  return {
    points: {
      left: sidePoints(MOST_POINTS),
      bottom: sidePoints(MOST_POINTS),
      top: sidePoints(MOST_POINTS),
      right: sidePoints(MOST_POINTS),
    },
    top: emptyTrack(),
    right: emptyTrack(),
    sorted: new Float64Array(MOST_POINTS),
  };
}

type Lines = Readonly<Record<Side, Line>>;

/** One round's answer: where the corners are, and the lines as they were fitted to the printed edges. */
export interface Refit {
  readonly corners: Corners;
  readonly pose: Pose;
  readonly lines: Lines;
}

/**
 * Finds the symbol's four sides at sub-pixel level from a rough pose, and its corners where they cross. Then the clock
 * tracks say where the sides would be without print growth, and without the blur that pulls isolated modules in: the
 * centres of modules stay where they are. Undefined when the sides do not close.
 */
export function refit(fit: Fit, scene: Scene): Refit | undefined {
  const lines = fitSides(fit, scene);
  const printed = cornersOf(scene.pose, borders(scene.extent, lines));
  const pose = poseOf(printed, scene.extent);
  if (pose === undefined) return undefined;
  measureTracks(fit, { ...scene, pose });
  const corners = cornersOf(pose, balanced(fit, scene.extent));
  const settled = poseOf(corners, scene.extent);
  return settled && { corners, pose: settled, lines };
}

/** Measures both clock tracks in a pose. */
export function measureTracks(fit: Fit, scene: Scene): void {
  measureTrack(scene, 'top', fit.top);
  measureTrack(scene, 'right', fit.right);
}

function fitSides(fit: Fit, scene: Scene): Lines {
  for (const side of SIDES) findSide(scene, side, fit.points[side]);
  const { left, bottom, top, right } = fit.points;
  return {
    left: fitLine(left, fit.sorted),
    bottom: fitLine(bottom, fit.sorted),
    top: fitLine(top, fit.sorted),
    right: fitLine(right, fit.sorted),
  };
}

/** Sides as lines of module coordinates: u over v on the left and right, v over u at the top and bottom. */
function borders({ rows, columns }: Extent, { left, right, top, bottom }: Lines): Lines {
  // What was found is counted inwards.
  return {
    left,
    top,
    right: { start: columns - right.start, slope: -right.slope },
    bottom: { start: rows - bottom.start, slope: -bottom.slope },
  };
}

/** Sides where a line through the centres of each clock track ends. */
function balanced({ top, right, sorted }: Fit, { rows, columns }: Extent): Lines {
  const across = fitLine(top.centres, sorted);
  const down = fitLine(right.centres, sorted);
  return {
    left: { start: across.start, slope: 0 },
    right: { start: columns + across.start + across.slope * columns, slope: 0 },
    top: { start: down.start, slope: 0 },
    bottom: { start: rows + down.start + down.slope * rows, slope: 0 },
  };
}

function cornersOf(pose: Pose, { left, right, top, bottom }: Lines): Corners {
  return [
    crossOf(pose, left, top),
    crossOf(pose, right, top),
    crossOf(pose, right, bottom),
    crossOf(pose, left, bottom),
  ];
}

/** Where u = a + b·v and v = c + d·u meet. */
function crossOf(pose: Pose, upright: Line, level: Line): Point {
  const u = (upright.start + upright.slope * level.start) / (1 - upright.slope * level.slope);
  return pointOf(pose, u, level.start + level.slope * u);
}
