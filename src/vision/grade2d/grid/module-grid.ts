import { realAt } from '#vision/grade2d/at.ts';
import { fillGaps } from '#vision/grade2d/grid/gaps.ts';
import { type Extent, type Pose, xOf, yOf } from '#vision/grade2d/grid/homography.ts';
import { type Line, residual, type SidePoints } from '#vision/grade2d/grid/line-fit.ts';
import type { Fit, Refit } from '#vision/grade2d/grid/refit.ts';
import type { Side } from '#vision/grade2d/grid/side-edges.ts';

/** The largest symbol, and one ring of quiet zone around it. */
const MOST = 146;
/** A border that is farther from its line than this is not that border, in modules; a clock module may have drifted more. */
const MOST_SHIFT = 0.4;
const MOST_DRIFT = 1.5;

/**
 * Centres of all modules and of one ring around them, in module coordinates and in pixels: row by row, `columns + 2` in a
 * row, the ring's top left first.
 */
export interface ModuleGrid {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How far each side's edge is off its line, per module. */
  readonly sides: Readonly<Record<Side, Float64Array>>;
}

export function emptyGrid(): ModuleGrid {
  const one = (): Float64Array => new Float64Array(MOST);
  return {
    u: new Float64Array(MOST * MOST),
    v: new Float64Array(MOST * MOST),
    x: new Float64Array(MOST * MOST),
    y: new Float64Array(MOST * MOST),
    sides: { left: one(), bottom: one(), top: one(), right: one() },
  };
}

/** Centres where nothing is known but the pose: a coarse grid. */
export function layPlainGrid(grid: ModuleGrid, pose: Pose, extent: Extent): void {
  for (const side of [grid.sides.left, grid.sides.right, grid.sides.top, grid.sides.bottom]) side.fill(0);
  lay(grid, pose, { extent, across: NONE, down: NONE });
}

const NONE = new Float64Array(MOST);

/**
 * Centres between the clock tracks: what both tracks and all four borders are off is blended into the interior (Coons
 * patch). Distortion that exists only inside is not seen.
 */
export function layGrid(grid: ModuleGrid, fit: Fit, { refit, extent }: { refit: Refit; extent: Extent }): void {
  takeResiduals(grid.sides.left, fit.points.left, { line: refit.lines.left, modules: extent.rows, sign: 1 });
  takeResiduals(grid.sides.right, fit.points.right, { line: refit.lines.right, modules: extent.rows, sign: -1 });
  takeResiduals(grid.sides.top, fit.points.top, { line: refit.lines.top, modules: extent.columns, sign: 1 });
  takeResiduals(grid.sides.bottom, fit.points.bottom, { line: refit.lines.bottom, modules: extent.columns, sign: -1 });
  lay(grid, refit.pose, { extent, across: fit.top.shift, down: fit.right.shift });
}

interface SideLine {
  readonly line: Line;
  readonly modules: number;
  /** Offsets are counted inwards: on the right and at the bottom that is backwards. */
  readonly sign: 1 | -1;
}

/** Per module of a side: the mean of what its points are off the line, each by its weight in the fit. */
function takeResiduals(into: Float64Array, points: SidePoints, { line, modules, sign }: SideLine): void {
  into.fill(Number.NaN, 0, modules);
  let at = 0;
  while (at < points.count) {
    const module = Math.floor(realAt(points.along, at));
    let sum = 0;
    let count = 0;
    for (; at < points.count && Math.floor(realAt(points.along, at)) === module; at += 1) {
      const weight = realAt(points.weight, at);
      if (weight === 0) continue;
      sum += weight * residual(points, line, at);
      count += 1;
    }
    if (count > 0) into[module] = sign * bounded(sum / count, MOST_SHIFT);
  }
  fillGaps(into, modules);
}

interface Lay {
  readonly extent: Extent;
  /** How far the clock tracks' centres are off, per column and per row. */
  readonly across: Float64Array;
  readonly down: Float64Array;
}

function lay(grid: ModuleGrid, pose: Pose, { extent, across, down }: Lay): void {
  const { rows, columns } = extent;
  for (let row = -1; row <= rows; row += 1) {
    const r = Math.min(rows - 1, Math.max(0, row));
    const bottomShare = (r + 0.5) / rows;
    for (let column = -1; column <= columns; column += 1) {
      const c = Math.min(columns - 1, Math.max(0, column));
      const rightShare = (c + 0.5) / columns;
      const dx = blend(grid.sides.left, grid.sides.right, r, rightShare);
      const dy = blend(grid.sides.top, grid.sides.bottom, c, bottomShare);
      const at = (row + 1) * (columns + 2) + column + 1;
      const u = column + 0.5 + bounded(realAt(across, c), MOST_DRIFT) + dx;
      const v = row + 0.5 + bounded(realAt(down, r), MOST_DRIFT) + dy;
      grid.u[at] = u;
      grid.v[at] = v;
      grid.x[at] = xOf(pose, u, v);
      grid.y[at] = yOf(pose, u, v);
    }
  }
}

function blend(first: Float64Array, second: Float64Array, at: number, share: number): number {
  return realAt(first, at) * (1 - share) + realAt(second, at) * share;
}

function bounded(shift: number, most: number): number {
  return Math.max(-most, Math.min(most, shift));
}
