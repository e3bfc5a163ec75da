import type { Corners, Point } from '#contract/inspection.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { type Extent, type Pose, pitchOf, pointOf, poseOf } from '#vision/grade2d/grid/homography.ts';
import { cutPlate, emptyPlate, fillPlate, type Plate, reflectanceAt } from '#vision/grade2d/plate.ts';
import type { Homography } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

/** Where a search looks around a rough pose. */
export interface Search {
  /** How far the symbol may be off, in modules. */
  readonly reach: number;
  /** How far it may be turned, in degrees. */
  readonly turn: number;
  /** The print is light on dark. */
  readonly inverted?: boolean | undefined;
}

/** A pose that a finder pattern was seen in. */
export interface FoundPose {
  readonly corners: Corners;
  /** How well the pattern fits: 1 is perfect, 0 is chance. */
  readonly likeness: number;
}

export interface PoseFinder {
  /**
   * Looks for the finder pattern of a Data Matrix near a rough pose, such as a station's template: the L, the clock tracks
   * and the quiet zone around them. Half a module is what the grader's own fit bears (vision.md §3.2); this is for more.
   * Undefined when the pose is none, or lies outside the frame.
   */
  find(image: GreyImage, corners: Corners, extent: Extent, search: Search): FoundPose | undefined;
}

/** Shift along both axes in modules, turn in degrees, and stretch of both axes. */
type Change = readonly [number, number, number, number, number];
const UNCHANGED: Change = [0, 0, 0, 0, 0];

/** Steps of the first, wide search, and of the narrower ones that follow. */
const WIDE = { shift: 0.5, turn: 1 } as const;
const NARROW: readonly Change[] = [
  [0.25, 0.25, 0.5, 0.01, 0.01],
  [0.12, 0.12, 0.25, 0.005, 0.005],
  [0.06, 0.06, 0.12, 0.0025, 0.0025],
];
/** A narrow search ends after so many improvements. */
const MOST_STEPS = 12;
/** More than this is not a rough pose: it would take seconds. */
const MOST_REACH = 6;
const MOST_TURN = 10;
/** How far outside the symbol its quiet zone is looked at, in modules. */
const OUTSIDE = 0.7;

/** A finder with its own memory. */
export function createPoseFinder(): PoseFinder {
  const plate = emptyPlate();
  return {
    find(image, corners, extent, search) {
      const rough = poseOf(corners, extent);
      const { x, y } = pitchOf(corners, extent);
      const reach = Math.min(MOST_REACH, Math.max(0, search.reach));
      if (rough === undefined || !(x >= 1 && y >= 1)) return undefined;
      if (!cutPlate(plate, image, { corners, margin: (reach + 3) * Math.max(x, y) })) return undefined;
      fillPlate(plate, image, { edition: '15415:2011', aperture: 0, inverted: search.inverted });
      const task: Task = { plate, rough, extent, marks: marksOf(extent) };
      const turn = Math.min(MOST_TURN, Math.max(0, search.turn));
      const best = NARROW.reduce((from, steps) => climb(task, from, steps), sweep(task, reach, turn));
      return { corners: changedCorners(rough, extent, best.change), likeness: best.likeness };
    },
  };
}

interface Task {
  readonly plate: Plate;
  readonly rough: Pose;
  readonly extent: Extent;
  readonly marks: Marks;
}

interface Candidate {
  readonly change: Change;
  readonly likeness: number;
}

/** Tries every shift and turn within reach. */
function sweep(task: Task, reach: number, turn: number): Candidate {
  let best: Candidate = { change: UNCHANGED, likeness: likenessOf(task, UNCHANGED) };
  const shifts = Math.ceil(reach / WIDE.shift);
  const turns = Math.ceil(turn / WIDE.turn);
  for (let a = -turns; a <= turns; a += 1) {
    for (let y = -shifts; y <= shifts; y += 1) {
      for (let x = -shifts; x <= shifts; x += 1) {
        best = better(task, best, [x * WIDE.shift, y * WIDE.shift, a * WIDE.turn, 0, 0]);
      }
    }
  }
  return best;
}

/** Changes one thing at a time as long as that helps. */
function climb(task: Task, from: Candidate, steps: Change): Candidate {
  let best = from;
  for (let round = 0; round < MOST_STEPS; round += 1) {
    const before = best;
    for (let axis = 0; axis < steps.length; axis += 1) {
      for (const sign of [-1, 1]) best = better(task, best, moved(before.change, axis, sign * (steps[axis] ?? 0)));
    }
    if (best === before) break;
  }
  return best;
}

function moved([dx, dy, turn, sx, sy]: Change, axis: number, step: number): Change {
  const by = (which: number): number => (which === axis ? step : 0);
  return [dx + by(0), dy + by(1), turn + by(2), sx + by(3), sy + by(4)];
}

function better(task: Task, best: Candidate, change: Change): Candidate {
  const likeness = likenessOf(task, change);
  return likeness > best.likeness ? { change, likeness } : best;
}

/** Places whose colour is known whatever the message, in modules: 1 is dark, −1 light. */
interface Marks {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly dark: Float64Array;
  /** Mean of `dark`. */
  readonly mean: number;
}

function marksOf({ rows, columns }: Extent): Marks {
  const all: [number, number, number][] = [];
  for (let row = 0; row < rows; row += 1) {
    const v = row + 0.5;
    all.push([0.5, v, 1], [-OUTSIDE, v, -1], [columns - 0.5, v, row % 2 === 1 ? 1 : -1], [columns + OUTSIDE, v, -1]);
  }
  for (let column = 0; column < columns; column += 1) {
    const u = column + 0.5;
    all.push([u, rows - 0.5, 1], [u, rows + OUTSIDE, -1], [u, 0.5, column % 2 === 0 ? 1 : -1], [u, -OUTSIDE, -1]);
  }
  return {
    u: Float64Array.from(all, ([u]) => u),
    v: Float64Array.from(all, ([, v]) => v),
    dark: Float64Array.from(all, ([, , dark]) => dark),
    mean: all.reduce((sum, [, , dark]) => sum + dark, 0) / all.length,
  };
}

/** Correlation of what is seen at the marks with what should be there: −1..1; 0 where nothing can be seen. */
function likenessOf({ plate, rough, extent, marks }: Task, change: Change): number {
  const pose = poseOf(changedCorners(rough, extent, change), extent);
  if (pose === undefined) return 0;
  const count = marks.u.length;
  const [a, b, c, d, e, f, g, h, i] = valuesOf(pose);
  let sum = 0;
  let squares = 0;
  let product = 0;
  for (let mark = 0; mark < count; mark += 1) {
    const u = realAt(marks.u, mark);
    const v = realAt(marks.v, mark);
    const share = 1 / (g * u + h * v + i);
    const value = reflectanceAt(plate, (a * u + b * v + c) * share, (d * u + e * v + f) * share);
    sum += value;
    squares += value * value;
    product += value * realAt(marks.dark, mark);
  }
  const spread = squares / count - (sum / count) ** 2;
  const both = Math.sqrt(spread * (1 - marks.mean * marks.mean));
  return both > 1e-6 ? ((sum / count) * marks.mean - product / count) / both : 0;
}

/** The nine values of a pose, out of the loop that would look each up for every mark. */
function valuesOf(pose: Pose): Homography {
  const at = (place: number): number => realAt(pose, place);
  return [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)];
}

function changedCorners(rough: Pose, { rows, columns }: Extent, [dx, dy, turn, sx, sy]: Change): Corners {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const at = (right: 0 | 1, down: 0 | 1): Point => {
    const x = (right - 0.5) * columns * (1 + sx);
    const y = (down - 0.5) * rows * (1 + sy);
    return pointOf(rough, columns / 2 + dx + cos * x - sin * y, rows / 2 + dy + sin * x + cos * y);
  };
  return [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
}
