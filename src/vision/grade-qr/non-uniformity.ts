import type { Point } from '#contract/inspection.ts';
import { type QrGrid, withQuiet } from '#vision/grade-qr/grid.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { type Pose, pointOf } from '#vision/grade2d/grid/homography.ts';
import { toPlane } from '#vision/grade2d/non-uniformity.ts';
import type { Homography } from '#vision/grade2d/profile.ts';

/** How far a module's centre is at the most from the affine ideal grid, in X, in the product plane (vision.md §5.7). */
export function gridNonUniformity(
  grid: QrGrid,
  pose: Pose,
  { side, plane }: { readonly side: number; readonly plane: Homography | undefined },
): number {
  const at = (u: number, v: number): Point => toPlane(plane, pointOf(pose, u, v));
  const [bl, br, tl] = [at(0, side), at(side, side), at(0, 0)];
  const ex: Point = [(br[0] - bl[0]) / side, (br[1] - bl[1]) / side];
  const ey: Point = [(tl[0] - bl[0]) / side, (tl[1] - bl[1]) / side];
  let most = 0;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const place = withQuiet(side, row, column);
      const [x, y] = toPlane(plane, [realAt(grid.x, place), realAt(grid.y, place)]);
      const [u, v] = [column + 0.5, side - row - 0.5];
      most = Math.max(most, Math.hypot(x - bl[0] - u * ex[0] - v * ey[0], y - bl[1] - u * ex[1] - v * ey[1]));
    }
  }
  return (2 * most) / (Math.hypot(ex[0], ex[1]) + Math.hypot(ey[0], ey[1]));
}
