import type { CameraJob, Window } from '#contract/camera-job.ts';
import type { Finding } from '#contract/inspection.ts';
import { type Patch, patchOf } from '#vision/check/patch.ts';
import type { GreyImage } from '#vision/image.ts';

/** A window in which something must be: a cap, a seal, a leaflet. */
export type Presence = NonNullable<CameraJob['checks']['presence']>[number];

/** Width of the background around a window, as a share of its shorter side, and at least so many pixels. */
const SURROUNDINGS = 0.25;
const LEAST_SURROUNDINGS = 3;

/** What is said when a window looks like the background around it. `seen`: how much it differs, where that is known. */
export function checkPresence(
  image: GreyImage,
  { name, window, contrast }: Presence,
  seen: number | undefined = presenceContrast(image, window),
): Finding | undefined {
  if (seen !== undefined && seen >= contrast) return undefined;
  const found = seen === undefined ? 'the window lies outside the frame' : `contrast ${seen.toFixed(2)}`;
  return { check: 'not-present', found: `${name}: ${found}`, expected: `at least ${contrast.toFixed(2)}` };
}

/**
 * How much a window differs from the strip around it, 0..1: in its mean grey, or in its structure (the range of its grey
 * levels). Where the strip lies outside the frame only structure counts. Undefined: the window lies outside the frame.
 */
export function presenceContrast(image: GreyImage, window: Window): number | undefined {
  const inside = patchOf(image, window);
  if (inside === undefined) return undefined;
  const around = Math.max(LEAST_SURROUNDINGS, SURROUNDINGS * Math.min(window.width, window.height));
  const outside = patchOf(image, grown(window, around), window);
  if (outside === undefined) return rangeOf(inside);
  const difference = Math.abs(inside.mean - outside.mean) / 255;
  return Math.max(difference, rangeOf(inside) - rangeOf(outside));
}

function grown({ x, y, width, height }: Window, by: number): Window {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function rangeOf({ light, dark }: Patch): number {
  return (light - dark) / 255;
}
