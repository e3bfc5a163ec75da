import type { CameraJob } from '#contract/camera-job.ts';
import type { Corners, Finding } from '#contract/inspection.ts';

/** Where the job expects the code's middle, and at which angle. */
export type Placement = NonNullable<CameraJob['checks']['placement']>;

/** How far the code is from where the job wants it, and how far it is turned, clockwise as seen. */
export interface Offset {
  readonly x: number;
  readonly y: number;
  /** Degrees, -180 to 180. */
  readonly turn: number;
}

/** What is said of a code that stands elsewhere, or is turned too far. Corners that are no numbers are misplaced. */
export function checkPlacement(corners: Corners, placement: Placement): Finding | undefined {
  const { x, y, turn } = offsetOf(corners, placement);
  const away = Math.hypot(x, y);
  if (away <= placement.tolerance && Math.abs(turn) <= placement.angleTolerance) return undefined;
  return {
    check: 'misplaced',
    found: `${away.toFixed(1)} px away (${signed(x)} px across, ${signed(y)} px down), turned by ${signed(turn)}°`,
    expected: `within ${placement.tolerance} px and ${placement.angleTolerance}°`,
  };
}

/** Middle and direction of a code against the job's. The middle is where the diagonals cross, also when seen at an angle. */
export function offsetOf(corners: Corners, placement: Placement): Offset {
  const [a, b, c, d] = corners;
  const [px, py, qx, qy] = [c[0] - a[0], c[1] - a[1], d[0] - b[0], d[1] - b[1]];
  const share = ((b[0] - a[0]) * qy - (b[1] - a[1]) * qx) / (px * qy - py * qx);
  const angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
  return {
    x: a[0] + share * px - placement.x,
    y: a[1] + share * py - placement.y,
    turn: halfTurn(angle - placement.angle),
  };
}

function halfTurn(degrees: number): number {
  const whole = (((degrees + 180) % 360) + 360) % 360;
  return whole - 180;
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;
}
