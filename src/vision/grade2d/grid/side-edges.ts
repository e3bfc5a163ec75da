import { type Extent, type Pose, xOf, yOf } from '#vision/grade2d/grid/homography.ts';
import type { SidePoints } from '#vision/grade2d/grid/line-fit.ts';
import { type Plate, reflectanceAt } from '#vision/grade2d/plate.ts';

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
      points.off[points.count] = crossing(scene, side, module + offset);
      points.count += 1;
    }
  }
}

/** How far inside the expected border the first step from light to dark is, in modules; not a number: there is none. */
function crossing(scene: Scene, side: Side, along: number): number {
  const steps = Math.ceil((OUTSIDE + INSIDE) * scene.fine);
  const step = (OUTSIDE + INSIDE) / steps;
  let before = sideValue(scene, side, along, -OUTSIDE);
  for (let i = 1; i <= steps; i += 1) {
    const value = sideValue(scene, side, along, i * step - OUTSIDE);
    if (before > scene.threshold && value <= scene.threshold) {
      return (i - (scene.threshold - value) / (before - value)) * step - OUTSIDE;
    }
    before = value;
  }
  return Number.NaN;
}

function sideValue({ plate, pose, extent }: Scene, side: Side, along: number, inward: number): number {
  let u = along;
  let v = along;
  if (side === 'left') u = inward;
  else if (side === 'right') u = extent.columns - inward;
  else if (side === 'top') v = inward;
  else v = extent.rows - inward;
  return reflectanceAt(plate, xOf(pose, u, v), yOf(pose, u, v));
}
