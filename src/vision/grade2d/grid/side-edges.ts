import { realAt } from '#vision/grade2d/at.ts';
import type { Extent, Pose } from '#vision/grade2d/grid/homography.ts';
import type { SidePoints } from '#vision/grade2d/grid/line-fit.ts';
import { addRay, type Ray } from '#vision/grade2d/grid/ray.ts';
import type { Plate } from '#vision/grade2d/plate.ts';

/** A border is looked for from outside the symbol to inside it, in modules. */
const OUTSIDE = 1.1;
const INSIDE = 0.9;

/** Where legs and dark clock modules are crossed, along the side, in modules. */
const LEG = [0.25, 0.75] as const;
const CLOCK = [0.35, 0.5, 0.65] as const;

export type Side = 'left' | 'bottom' | 'top' | 'right';

/** What edges are looked for in: pixels, where the symbol is thought to be, and how finely to step. */
export interface Scene {
  readonly plate: Plate;
  readonly pose: Pose;
  readonly extent: Extent;
  /** Global threshold: between light and dark. */
  readonly threshold: number;
  /** Samples per module: two per pixel. */
  readonly fine: number;
}

/** Finds the outer edge of a side: two crossings per module on the legs, three per dark module on the clock tracks. */
export function findSide(scene: Scene, side: Side, points: SidePoints): void {
  const modules = side === 'left' || side === 'right' ? scene.extent.rows : scene.extent.columns;
  const isLeg = side === 'left' || side === 'bottom';
  const offsets = isLeg ? LEG : CLOCK;
  points.count = 0;
  // Dark on the top track: even columns. Dark on the right track: odd rows.
  for (let module = side === 'right' ? 1 : 0; module < modules; module += isLeg ? 1 : 2) {
    for (const offset of offsets) {
      points.along[points.count] = module + offset;
      points.off[points.count] = crossing(scene, side, module + offset, points.profile);
      points.count += 1;
    }
  }
}

/** How far inside the expected border the first step from light to dark is, in modules; not a number: there is none. */
function crossing(
  { plate, pose, extent, threshold, fine }: Scene,
  side: Side,
  along: number,
  profile: Float64Array,
): number {
  const steps = Math.ceil((OUTSIDE + INSIDE) * fine);
  const step = (OUTSIDE + INSIDE) / steps;
  profile.fill(0, 0, steps + 1);
  addRay(plate, pose, inwards(side, extent, { along, step, count: steps + 1 }), profile);
  for (let i = 1; i <= steps; i += 1) {
    const before = realAt(profile, i - 1);
    const value = realAt(profile, i);
    if (before <= threshold || value > threshold) continue;
    return (i - (threshold - value) / (before - value)) * step - OUTSIDE;
  }
  return Number.NaN;
}

/** From outside a side to inside it. */
function inwards(side: Side, { rows, columns }: Extent, { along, step, count }: Steps): Ray {
  switch (side) {
    case 'left':
      return { u: -OUTSIDE, v: along, du: step, dv: 0, count, share: 1 };
    case 'right':
      return { u: columns + OUTSIDE, v: along, du: -step, dv: 0, count, share: 1 };
    case 'top':
      return { u: along, v: -OUTSIDE, du: 0, dv: step, count, share: 1 };
    case 'bottom':
      return { u: along, v: rows + OUTSIDE, du: 0, dv: -step, count, share: 1 };
  }
}

interface Steps {
  readonly along: number;
  readonly step: number;
  readonly count: number;
}
