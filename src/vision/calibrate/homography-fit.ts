import type { Point } from '#contract/inspection.ts';
import { addEquation, emptyNormal, solveNormal } from '#vision/grade-qr/solve.ts';
import { realAt } from '#vision/grade2d/at.ts';
import type { Homography } from '#vision/grade2d/profile.ts';

/** A place in the frame and the place in the plane that is seen there. */
export interface Pair {
  readonly pixel: Point;
  readonly plane: Point;
}

/** The homography that takes the first of each pair of points to the second best; undefined when they do not fix one. */
export function fitHomography(from: readonly Point[], to: readonly Point[]): Homography | undefined {
  if (from.length < 4 || from.length !== to.length) return undefined;
  const source = normaliser(from);
  const target = normaliser(to);
  if (source === undefined || target === undefined) return undefined;
  const normal = emptyNormal(8);
  const row = new Float64Array(8);
  for (const [at, point] of from.entries()) {
    const [x, y] = applied(source, point);
    const [u, v] = applied(target, to[at] ?? [Number.NaN, Number.NaN]);
    row.set([x, y, 1, 0, 0, 0, -u * x, -u * y]);
    addEquation(normal, row, u, 1);
    row.set([0, 0, 0, x, y, 1, -v * x, -v * y]);
    addEquation(normal, row, v, 1);
  }
  const h = solveNormal(normal);
  if (h === undefined) return undefined;
  const s = (at: number) => realAt(h, at);
  const inner: Homography = [s(0), s(1), s(2), s(3), s(4), s(5), s(6), s(7), 1];
  const outer = inverted(target);
  return outer === undefined ? undefined : scaled(product(outer, product(inner, source)));
}

/** Moves points around 0 and scales them to a mean distance of √2, which keeps the equations well conditioned. */
function normaliser(points: readonly Point[]): Homography | undefined {
  const n = points.length;
  const mx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const far = points.reduce((sum, [x, y]) => sum + Math.hypot(x - mx, y - my), 0) / n;
  const scale = Math.SQRT2 / far;
  return Number.isFinite(scale) ? [scale, 0, -mx * scale, 0, scale, -my * scale, 0, 0, 1] : undefined;
}

/** Where a homography takes a point. */
export function applied(h: Homography, [x, y]: Point): Point {
  const w = h[6] * x + h[7] * y + h[8];
  return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
}

function product(a: Homography, b: Homography): Homography {
  const cell = (row: number, column: number) =>
    [0, 1, 2].reduce((sum, i) => sum + (a[3 * row + i] ?? 0) * (b[3 * i + column] ?? 0), 0);
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

function scaled(h: Homography): Homography {
  const last = h[8];
  return [h[0] / last, h[1] / last, h[2] / last, h[3] / last, h[4] / last, h[5] / last, h[6] / last, h[7] / last, 1];
}

/** The way back; undefined when there is none. */
export function inverted([a, b, c, d, e, f, g, h, i]: Homography): Homography | undefined {
  const [m0, m1, m2] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const det = a * m0 + b * m1 + c * m2;
  if (!(Math.abs(det) > 1e-15)) return undefined;
  const rest = [m0, c * h - b * i, b * f - c * e, m1, a * i - c * g, c * d - a * f, m2, b * g - a * h, a * e - b * d];
  const s = (at: number) => (rest[at] ?? 0) / det;
  return [s(0), s(1), s(2), s(3), s(4), s(5), s(6), s(7), s(8)];
}
