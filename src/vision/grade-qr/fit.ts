import type { Landmarks } from '#vision/grade-qr/landmarks.ts';
import { addEquation, emptyNormal, solveNormal } from '#vision/grade-qr/solve.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { type Pose, xOf, yOf } from '#vision/grade2d/grid/homography.ts';
import { type Plate, reflectanceAt } from '#vision/grade2d/plate.ts';

/** Where a symbol was found. */
export interface QrFit {
  readonly pose: Pose;
  /** Print growth per axis in X. */
  readonly growth: { readonly x: number; readonly y: number };
  /** How far each landmark lies off the fit along its axis, in modules; not a number where it was not seen. */
  readonly off: Float64Array;
  /** Share of the landmarks that were seen. */
  readonly seen: number;
}

/** What is looked at, and the reflectance between dark and light. */
export interface QrScene {
  readonly plate: Plate;
  readonly threshold: number;
  /** Samples per module of an edge search. */
  readonly fine: number;
}

/** How far from its place an edge is looked for, in modules, first and then; and once it is known. */
export const FROM_READER = [0.95, 0.6, 0.45] as const;
export const FROM_FIT = [0.45] as const;
/** How far a pattern may be displaced: edges that look the same are two modules apart. */
const DISPLACED = 0.95;
/** With fewer landmarks nothing is known. */
const LEAST_SEEN = 0.3;
const ROBUST_ROUNDS = 4;

/**
 * Moves a rough pose onto the printed edges of finders, timing and alignment patterns: a homography and the print growth
 * of both axes, by least squares with weights that fall smoothly (vision.md §5.7). Undefined when too few edges are seen.
 */
export function fitQr(
  scene: QrScene,
  rough: Pose,
  { landmarks, reaches }: { readonly landmarks: Landmarks; readonly reaches: readonly number[] },
): QrFit | undefined {
  let pose = rough;
  let growth = { x: 0, y: 0 };
  const off = new Float64Array(landmarks.count);
  for (const reach of reaches) {
    const seen = measure(scene, pose, landmarks, { reach, off });
    if (seen < LEAST_SEEN * landmarks.count) return undefined;
    const change = changeOf(landmarks, off);
    if (change === undefined) return undefined;
    pose = composed(pose, change.map);
    growth = change.growth;
  }
  const seen = measure(scene, pose, landmarks, { reach: DISPLACED, off });
  for (let at = 0; at < landmarks.count; at += 1) {
    // What is left is displacement: growth moves both edges of a bar apart, and is no displacement.
    const own = landmarks.axis[at] === 0 ? growth.x : growth.y;
    off[at] = realAt(off, at) + ((landmarks.way[at] ?? 0) * own) / 2;
  }
  return { pose, growth, off, seen: seen / landmarks.count };
}

interface Measuring {
  readonly reach: number;
  readonly off: Float64Array;
}

/** How far each edge is from where it should be; answers how many were seen. */
function measure(scene: QrScene, pose: Pose, landmarks: Landmarks, { reach, off }: Measuring): number {
  let seen = 0;
  for (let at = 0; at < landmarks.count; at += 1) {
    const found = crossing(
      scene,
      pose,
      { u: realAt(landmarks.u, at), v: realAt(landmarks.v, at) },
      {
        reach,
        isDown: landmarks.axis[at] === 1,
        way: landmarks.way[at] ?? 1,
      },
    );
    off[at] = found;
    if (!Number.isNaN(found)) seen += 1;
  }
  return seen;
}

interface Across {
  readonly reach: number;
  readonly isDown: boolean;
  readonly way: number;
}

/** The crossing of the threshold in the right direction that is nearest to a place, in modules from it. */
function crossing(
  { plate, threshold, fine }: QrScene,
  pose: Pose,
  { u, v }: { readonly u: number; readonly v: number },
  { reach, isDown, way }: Across,
): number {
  const steps = Math.max(2, Math.ceil(2 * reach * fine));
  const step = (2 * reach) / steps;
  let nearest = Number.NaN;
  let before = Number.NaN;
  for (let at = 0; at <= steps; at += 1) {
    const far = -reach + at * step;
    const [pu, pv] = isDown ? [u, v + far] : [u + far, v];
    // Positive: on the side where this edge begins.
    const value = way * (reflectanceAt(plate, xOf(pose, pu, pv), yOf(pose, pu, pv)) - threshold);
    if (before > 0 && value <= 0) {
      const found = far - step + (step * before) / (before - value);
      if (!(Math.abs(found) >= Math.abs(nearest))) nearest = found;
    }
    before = value;
  }
  return nearest;
}

interface Change {
  /** Module coordinates to the module coordinates in which they are now. */
  readonly map: Float64Array;
  readonly growth: { readonly x: number; readonly y: number };
}

/** Eight numbers of a homography, and the growth of both axes. */
const UNKNOWNS = 10;
/** Tukey's c: so many median residuals, and a floor below which residuals are noise, in modules. */
const TUKEY = 6;
const FLOOR = 0.02;

function changeOf(landmarks: Landmarks, off: Float64Array): Change | undefined {
  const weights = new Float64Array(landmarks.count).fill(1);
  const residuals = new Float64Array(landmarks.count);
  const sizes = new Float64Array(landmarks.count);
  const scale = 1 / Math.max(1, ...landmarks.u);
  let solution: Float64Array | undefined;
  for (let round = 0; round < ROBUST_ROUNDS; round += 1) {
    solution = solveRound(landmarks, off, { weights, residuals, scale });
    if (solution === undefined) return undefined;
    if (round + 1 < ROBUST_ROUNDS) reweigh(residuals, weights, sizes);
  }
  if (solution === undefined) return undefined;
  const s = (at: number) => realAt(solution, at);
  const map = Float64Array.of(s(0), s(1), s(2) / scale, s(3), s(4), s(5) / scale, s(6) * scale, s(7) * scale, 1);
  return { map, growth: { x: s(8) / scale, y: s(9) / scale } };
}

interface Round {
  readonly weights: Float64Array;
  readonly residuals: Float64Array;
  readonly scale: number;
}

/** One weighted fit; coordinates are scaled to 0..1, which keeps the sums well conditioned. */
function solveRound(
  landmarks: Landmarks,
  off: Float64Array,
  { weights, residuals, scale }: Round,
): Float64Array | undefined {
  const normal = emptyNormal(UNKNOWNS);
  const row = new Float64Array(UNKNOWNS);
  for (let at = 0; at < landmarks.count; at += 1) {
    const found = realAt(off, at);
    if (Number.isNaN(found)) continue;
    const value = equation(landmarks, at, { found, scale, row });
    addEquation(normal, row, value, realAt(weights, at));
  }
  const solution = solveNormal(normal);
  if (solution === undefined) return undefined;
  for (let at = 0; at < landmarks.count; at += 1) {
    const found = realAt(off, at);
    const value = equation(landmarks, at, { found, scale, row });
    let sum = 0;
    for (let i = 0; i < UNKNOWNS; i += 1) sum += realAt(row, i) * realAt(solution, i);
    residuals[at] = (value - sum) / scale;
  }
  return solution;
}

/** û = (a u + b v + c) / (g u + h v + 1) − way · growth / 2, and likewise for v̂, made linear. */
function equation(
  landmarks: Landmarks,
  at: number,
  { found, scale, row }: { readonly found: number; readonly scale: number; readonly row: Float64Array },
): number {
  const [u, v] = [realAt(landmarks.u, at) * scale, realAt(landmarks.v, at) * scale];
  const isDown = landmarks.axis[at] === 1;
  const value = (isDown ? v : u) + found * scale;
  row.fill(0);
  const first = isDown ? 3 : 0;
  row[first] = u;
  row[first + 1] = v;
  row[first + 2] = 1;
  row[6] = -value * u;
  row[7] = -value * v;
  row[isDown ? 9 : 8] = -(landmarks.way[at] ?? 0) / 2;
  return value;
}

function reweigh(residuals: Float64Array, weights: Float64Array, sizes: Float64Array): void {
  let seen = 0;
  for (let at = 0; at < residuals.length; at += 1) {
    const size = Math.abs(realAt(residuals, at));
    if (Number.isNaN(size)) continue;
    sizes[seen] = size;
    seen += 1;
  }
  sizes.subarray(0, seen).sort();
  const reach = TUKEY * (realAt(sizes, seen >> 1) + FLOOR);
  for (let at = 0; at < residuals.length; at += 1) {
    const share = realAt(residuals, at) / reach;
    const rest = 1 - share * share;
    weights[at] = rest > 0 ? rest * rest : 0;
  }
}

/** First the change, then the pose. */
function composed(pose: Pose, map: Float64Array): Pose {
  const product = new Float64Array(9);
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      let sum = 0;
      for (let i = 0; i < 3; i += 1) sum += realAt(pose, 3 * row + i) * realAt(map, 3 * i + column);
      product[3 * row + column] = sum;
    }
  }
  const last = realAt(product, 8);
  return product.map((value) => value / last);
}
