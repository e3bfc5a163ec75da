import type { QrFit } from '#vision/grade-qr/fit.ts';
import type { Landmarks } from '#vision/grade-qr/landmarks.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { xOf, yOf } from '#vision/grade2d/grid/homography.ts';

/** Quiet zone around a QR code, in modules. */
export const QUIET = 4;
/** The largest symbol with its quiet zone. */
const MOST = 177 + 2 * QUIET;

/** Centres of all modules and of the quiet zone around them, row by row, in module coordinates and in pixels. */
export interface QrGrid {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function emptyQrGrid(): QrGrid {
  const one = () => new Float64Array(MOST * MOST);
  return { u: one(), v: one(), x: one(), y: one() };
}

/** The place of a module in a grid; rows and columns of the quiet zone are below 0 or beyond the side. */
export function withQuiet(side: number, row: number, column: number): number {
  return (row + QUIET) * (side + 2 * QUIET) + column + QUIET;
}

/** How far the patterns at the nodes are displaced, in modules: row by row. */
interface Nodes {
  readonly at: readonly number[];
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/** A pattern that seems displaced by more than this was not seen. */
const MOST_SHIFT = 0.95;

/** Centres between the alignment patterns: what those are displaced is blended into what lies between them. */
export function layQrGrid(grid: QrGrid, fit: QrFit, { landmarks, side }: { landmarks: Landmarks; side: number }): void {
  const nodes = nodesOf(fit, landmarks);
  for (let row = -QUIET; row < side + QUIET; row += 1) {
    for (let column = -QUIET; column < side + QUIET; column += 1) {
      const at = withQuiet(side, row, column);
      const [u, v] = [column + 0.5, row + 0.5];
      grid.u[at] = u + shiftAt(nodes, nodes.u, u, v);
      grid.v[at] = v + shiftAt(nodes, nodes.v, u, v);
      grid.x[at] = xOf(fit.pose, realAt(grid.u, at), realAt(grid.v, at));
      grid.y[at] = yOf(fit.pose, realAt(grid.u, at), realAt(grid.v, at));
    }
  }
}

function nodesOf({ off }: QrFit, landmarks: Landmarks): Nodes {
  const count = landmarks.nodes.length ** 2;
  return {
    at: landmarks.nodes,
    u: nodeShifts(off, landmarks, { count, axis: 0 }),
    v: nodeShifts(off, landmarks, { count, axis: 1 }),
  };
}

/** The median displacement of each pattern's edges; 0 where it was not seen. */
function nodeShifts(
  off: Float64Array,
  landmarks: Landmarks,
  { count, axis }: { count: number; axis: number },
): Float64Array {
  const edges = Array.from({ length: count }, (): number[] => []);
  for (let at = 0; at < landmarks.count; at += 1) {
    const value = realAt(off, at);
    if (landmarks.axis[at] === axis && Math.abs(value) < MOST_SHIFT) edges[landmarks.node[at] ?? -1]?.push(value);
  }
  return Float64Array.from(edges, (own) => median(own));
}

/** Too few edges say nothing. */
const LEAST_EDGES = 4;

function median(values: number[]): number {
  if (values.length < LEAST_EDGES) return 0;
  values.sort((a, b) => a - b);
  const middle = values.length / 2;
  return ((values[Math.floor(middle - 0.25)] ?? 0) + (values[Math.floor(middle)] ?? 0)) / 2;
}

/** Between four nodes by their distances; beyond the outer ones as at them. */
function shiftAt({ at }: Nodes, shifts: Float64Array, u: number, v: number): number {
  if (at.length === 0) return 0;
  const [column, fu] = between(at, u);
  const [row, fv] = between(at, v);
  const first = row * at.length + column;
  const upper = realAt(shifts, first) * (1 - fu) + realAt(shifts, first + 1) * fu;
  const lower = realAt(shifts, first + at.length) * (1 - fu) + realAt(shifts, first + at.length + 1) * fu;
  return upper * (1 - fv) + lower * fv;
}

function between(at: readonly number[], place: number): readonly [number, number] {
  let index = 0;
  while (index + 2 < at.length && place > (at[index + 1] ?? 0)) index += 1;
  const [low, high] = [at[index] ?? 0, at[index + 1] ?? 1];
  return [index, Math.min(1, Math.max(0, (place - low) / (high - low)))];
}
