import { byteAt } from '#vision/ecc200/at.ts';
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
  const cells = cellsOf(nodes.at, side);
  for (let row = -QUIET; row < side + QUIET; row += 1) {
    for (let column = -QUIET; column < side + QUIET; column += 1) {
      const at = withQuiet(side, row, column);
      grid.u[at] = column + 0.5 + shiftAt(nodes.u, cells, row + QUIET, column + QUIET);
      grid.v[at] = row + 0.5 + shiftAt(nodes.v, cells, row + QUIET, column + QUIET);
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

/** Between which two nodes each row, or column, lies, and how far on; the quiet zone's come first. Both axes are alike. */
interface Cells {
  readonly nodes: number;
  readonly first: Uint8Array;
  readonly share: Float64Array;
}

function cellsOf(at: readonly number[], side: number): Cells {
  const cells = {
    nodes: at.length,
    first: new Uint8Array(side + 2 * QUIET),
    share: new Float64Array(side + 2 * QUIET),
  };
  let index = 0;
  for (let line = 0; line < cells.first.length; line += 1) {
    const place = line - QUIET + 0.5;
    while (index + 2 < at.length && place > (at[index + 1] ?? 0)) index += 1;
    const [low, high] = [at[index] ?? 0, at[index + 1] ?? 1];
    cells.first[line] = index;
    cells.share[line] = Math.min(1, Math.max(0, (place - low) / (high - low)));
  }
  return cells;
}

/** Between four nodes by their distances; beyond the outer ones as at them. */
function shiftAt(shifts: Float64Array, { nodes, first, share }: Cells, row: number, column: number): number {
  if (nodes === 0) return 0;
  const at = byteAt(first, row) * nodes + byteAt(first, column);
  const [fu, fv] = [realAt(share, column), realAt(share, row)];
  const upper = realAt(shifts, at) * (1 - fu) + realAt(shifts, at + 1) * fu;
  const lower = realAt(shifts, at + nodes) * (1 - fu) + realAt(shifts, at + nodes + 1) * fu;
  return upper * (1 - fv) + lower * fv;
}
