import type { Corners, Point } from '#contract/inspection.ts';
import { realAt } from '#vision/grade2d/at.ts';

/**
 * Module coordinates to pixels, row-major 3×3: (0, 0) is the symbol's top left corner, (columns, rows) its bottom right.
 * Pixels are continuous: the first pixel of a frame covers 0..1, its centre is at 0.5.
 */
export type Pose = Float64Array;

/** Horizontal pixel of a place in module coordinates. */
export function xOf(pose: Pose, u: number, v: number): number {
  const w = realAt(pose, 6) * u + realAt(pose, 7) * v + realAt(pose, 8);
  return (realAt(pose, 0) * u + realAt(pose, 1) * v + realAt(pose, 2)) / w;
}

/** Vertical pixel of a place in module coordinates. */
export function yOf(pose: Pose, u: number, v: number): number {
  const w = realAt(pose, 6) * u + realAt(pose, 7) * v + realAt(pose, 8);
  return (realAt(pose, 3) * u + realAt(pose, 4) * v + realAt(pose, 5)) / w;
}

export function pointOf(pose: Pose, u: number, v: number): Point {
  return [xOf(pose, u, v), yOf(pose, u, v)];
}

/** Modules of a symbol across and down. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/**
 * The pose that puts a symbol's corners there; undefined when they span no convex quadrangle: then nothing in it can be
 * measured. Either winding is right, a mirrored symbol has the other one.
 */
export function poseOf(corners: Corners, { rows, columns }: Extent): Pose | undefined {
  if (!(rows > 0 && columns > 0) || !isConvex(corners)) return undefined;
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
  const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  const pose = Float64Array.of(
    (x1 - x0 + g * x1) / columns,
    (x3 - x0 + h * x3) / rows,
    x0,
    (y1 - y0 + g * y1) / columns,
    (y3 - y0 + h * y3) / rows,
    y0,
    g / columns,
    h / rows,
    1,
  );
  return pose.every(Number.isFinite) ? pose : undefined;
}

/** All four turns go the same way, each by an area that counts. Corners that are not numbers fail this too. */
function isConvex(corners: Corners): boolean {
  const turns = corners.map((_corner, at) => turnAt(corners, at));
  return turns.every((turn) => turn > LEAST_TURN) || turns.every((turn) => turn < -LEAST_TURN);
}

/** Square pixels. */
const LEAST_TURN = 1;

function turnAt(corners: Corners, at: number): number {
  const [ax, ay] = corners[at % 4] ?? [Number.NaN, Number.NaN];
  const [bx, by] = corners[(at + 1) % 4] ?? [Number.NaN, Number.NaN];
  const [cx, cy] = corners[(at + 2) % 4] ?? [Number.NaN, Number.NaN];
  return (bx - ax) * (cy - by) - (by - ay) * (cx - bx);
}

/** Mean module size of a symbol in the units of its corners, along both axes. */
export function pitchOf([tl, tr, br, bl]: Corners, { rows, columns }: Extent): { x: number; y: number } {
  return {
    x: (distance(tl, tr) + distance(bl, br)) / (2 * columns),
    y: (distance(tl, bl) + distance(tr, br)) / (2 * rows),
  };
}

export function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(bx - ax, by - ay);
}
