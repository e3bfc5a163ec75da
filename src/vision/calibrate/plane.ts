import type { Point } from '#contract/inspection.ts';
import { applied, fitHomography, inverted, type Pair } from '#vision/calibrate/homography-fit.ts';
import type { Homography } from '#vision/grade2d/profile.ts';

/** What is asked of a plane calibration (vision.md §8); a starting value. */
export const PLANE_LIMITS = {
  edition: 'linewright 1',
  source: 'vision.md §8, starting values',
  verified: false,
  points: 12,
  /** Root mean square of what the points are off, in pixels. */
  residual: 0.15,
} as const;

/** Where the product plane lies. */
export interface Plane {
  readonly toPlane: Homography;
  readonly points: number;
  readonly residual: number;
  readonly millimetresPerPixel: number;
  /** Pixel size across over down. */
  readonly aspect: number;
  /** Degrees, as far as square pixels tell: small tilts hide in the noise. */
  readonly tilt: number;
}

export type FittedPlane =
  | { readonly kind: 'fitted'; readonly plane: Plane }
  | { readonly kind: 'refused'; readonly why: string };

/** Fits the plane to places whose millimetres are known. `middle`: the frame's middle, where scale is given. */
export function fitPlane(pairs: readonly Pair[], middle: Point): FittedPlane {
  if (pairs.length < PLANE_LIMITS.points) {
    return refused(`${pairs.length} points are too few; ${PLANE_LIMITS.points} are needed`);
  }
  const pixels = pairs.map(({ pixel }) => pixel);
  const millimetres = pairs.map(({ plane }) => plane);
  // Errors are of pixels: the fit is made that way, and turned round.
  const toPixels = fitHomography(millimetres, pixels);
  if (toPixels === undefined) return refused('the points do not span a plane');
  const squares = pairs.reduce((sum, { pixel, plane }) => {
    const [x, y] = applied(toPixels, plane);
    return sum + (x - pixel[0]) ** 2 + (y - pixel[1]) ** 2;
  }, 0);
  return planeFrom(toPixels, { points: pairs.length, residual: Math.sqrt(squares / pairs.length), middle });
}

/** How well a plane was fitted, and the frame's middle. */
interface Quality {
  readonly points: number;
  readonly residual: number;
  readonly middle: Point;
}

/** The plane that is seen through a homography from millimetres to pixels; refused when the fit is poor. */
export function planeFrom(toPixels: Homography, { points, residual, middle }: Quality): FittedPlane {
  const toPlane = inverted(toPixels);
  if (toPlane === undefined) return refused('the points do not span a plane');
  if (!(residual <= PLANE_LIMITS.residual)) {
    const most = PLANE_LIMITS.residual;
    return refused(`points are ${residual.toFixed(2)} px off; ${most} px is the most: is the card flat and sharp?`);
  }
  return { kind: 'fitted', plane: { toPlane: unit(toPlane), points, residual, ...scaleAt(toPlane, middle) } };
}

function refused(why: string): FittedPlane {
  return { kind: 'refused', why };
}

function unit(h: Homography): Homography {
  const last = h[8];
  return [h[0] / last, h[1] / last, h[2] / last, h[3] / last, h[4] / last, h[5] / last, h[6] / last, h[7] / last, 1];
}

/** Scale, aspect and tilt at a place, from how a pixel's sides look there. */
function scaleAt(toPlane: Homography, [x, y]: Point) {
  const [left, right, above, below] = [
    applied(toPlane, [x - 0.5, y]),
    applied(toPlane, [x + 0.5, y]),
    applied(toPlane, [x, y - 0.5]),
    applied(toPlane, [x, y + 0.5]),
  ];
  const [ax, ay] = [right[0] - left[0], right[1] - left[1]];
  const [bx, by] = [below[0] - above[0], below[1] - above[1]];
  // Singular values of the two sides: a circle of the plane is seen as an ellipse, whose axes they are.
  const [whole, det] = [ax * ax + ay * ay + bx * bx + by * by, Math.abs(ax * by - ay * bx)];
  const root = Math.sqrt(Math.max(0, whole * whole - 4 * det * det));
  const [long, short] = [Math.sqrt((whole + root) / 2), Math.sqrt(Math.max(0, (whole - root) / 2))];
  return {
    millimetresPerPixel: Math.sqrt(det),
    aspect: Math.hypot(ax, ay) / Math.hypot(bx, by),
    tilt: (Math.acos(Math.min(1, short / long)) * 180) / Math.PI,
  };
}
