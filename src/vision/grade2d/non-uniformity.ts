import type { Corners, Point } from '#contract/inspection.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { type Extent, type Pose, pitchOf, pointOf, xOf, yOf } from '#vision/grade2d/grid/homography.ts';
import type { ModuleGrid } from '#vision/grade2d/grid/module-grid.ts';
import type { Homography } from '#vision/grade2d/profile.ts';
import { ringed } from '#vision/grade2d/samples.ts';

/** A place of the frame in the product plane; without a calibration the frame is the plane. */
export function toPlane(plane: Homography | undefined, [x, y]: Point): Point {
  if (plane === undefined) return [x, y];
  const w = plane[6] * x + plane[7] * y + plane[8];
  return [(plane[0] * x + plane[1] * y + plane[2]) / w, (plane[3] * x + plane[4] * y + plane[5]) / w];
}

/** The symbol in the product plane: modules to millimetres, or to pixels without a calibration. */
export function planePose(plane: Homography | undefined, pose: Pose): Pose {
  if (plane === undefined) return pose;
  const product = new Float64Array(9);
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      let sum = 0;
      for (let i = 0; i < 3; i += 1) sum += (plane[3 * row + i] ?? 0) * realAt(pose, 3 * i + column);
      product[3 * row + column] = sum;
    }
  }
  return product;
}

/** Axial non-uniformity: |X − Y| / mean of both, of the pitch along both axes. Corners in the product plane. */
export function axialOf(corners: Corners, extent: Extent): number {
  const { x, y } = pitchOf(corners, extent);
  return (2 * Math.abs(x - y)) / (x + y);
}

/**
 * Grid non-uniformity: how far a module's centre is at the most from an ideal grid, in X. The ideal grid is affine: a
 * homography through four corners would hide every tilt (vision.md §5.7).
 */
export function gridOf(pose: Pose, grid: ModuleGrid, extent: Extent): number {
  const { rows, columns } = extent;
  const [bl, br, tl] = [pointOf(pose, 0, rows), pointOf(pose, columns, rows), pointOf(pose, 0, 0)];
  const ex: Point = [(br[0] - bl[0]) / columns, (br[1] - bl[1]) / columns];
  const ey: Point = [(tl[0] - bl[0]) / rows, (tl[1] - bl[1]) / rows];
  let most = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = ringed(columns, row, column);
      const u = realAt(grid.u, at);
      const v = realAt(grid.v, at);
      const x = xOf(pose, u, v) - bl[0] - (column + 0.5) * ex[0] - (rows - row - 0.5) * ey[0];
      const y = yOf(pose, u, v) - bl[1] - (column + 0.5) * ex[1] - (rows - row - 0.5) * ey[1];
      most = Math.max(most, x * x + y * y);
    }
  }
  return (2 * Math.sqrt(most)) / (Math.hypot(ex[0], ex[1]) + Math.hypot(ey[0], ey[1]));
}
