import { realAt } from '#vision/grade2d/at.ts';
import type { Pose } from '#vision/grade2d/grid/homography.ts';
import { type Plate, reflectanceAt } from '#vision/grade2d/plate.ts';

/** Places in a row, in module coordinates: the first, the way from one to the next, and how many. */
export interface Ray {
  readonly u: number;
  readonly v: number;
  readonly du: number;
  readonly dv: number;
  readonly count: number;
  /** What each sample counts for in what it is added to. */
  readonly share: number;
}

/** Adds the samples along a ray to a profile. All in one loop: a call for each sample would leave a number object behind. */
export function addRay(plate: Plate, pose: Pose, { u, v, du, dv, count, share }: Ray, profile: Float64Array): void {
  const [px, py, pw] = [realAt(pose, 0), realAt(pose, 3), realAt(pose, 6)];
  const [qx, qy, qw] = [realAt(pose, 1), realAt(pose, 4), realAt(pose, 7)];
  const x = px * u + qx * v + realAt(pose, 2);
  const y = py * u + qy * v + realAt(pose, 5);
  const w = pw * u + qw * v + realAt(pose, 8);
  const dx = px * du + qx * dv;
  const dy = py * du + qy * dv;
  const dw = pw * du + qw * dv;
  for (let i = 0; i < count; i += 1) {
    const scale = 1 / (w + i * dw);
    profile[i] = realAt(profile, i) + share * reflectanceAt(plate, (x + i * dx) * scale, (y + i * dy) * scale);
  }
}
