import type { BarField } from '#vision/grade1d/bars.ts';
import { type Light, sampleRay } from '#vision/grade1d/light.ts';

/** A scan reflectance profile: reflectance along one line across the bars. */
export interface Profile {
  readonly values: Float32Array;
  /** Samples that lie in the frame: `from` up to, not including, `to`. */
  from: number;
  to: number;
  /** Where sample 0 lies, in pixels from the middle of the field; pixels from one sample to the next: `STEP`. */
  start: number;
}

/** Samples are half a pixel apart. */
export const STEP = 0.5;

/** How a field is scanned: pixels of quiet zone on either side, and the aperture's diameter in pixels. */
export interface Scanning {
  readonly quiet: number;
  readonly aperture: number;
}

export interface Scanner {
  /** The profile `row` pixels below the middle of the field. It is overwritten by the next. */
  scan(row: number): Profile;
}

/** Three rays through a disc, and the side of the square of its area: how far one ray is averaged along its way. */
const RAYS_AT = [-0.3, 0, 0.3] as const;
const MEAN_CHORD = Math.PI / 4;

/** Scans one field, again and again, with buffers of its own. */
export function createScanner(light: Light, field: BarField, { quiet, aperture }: Scanning): Scanner {
  const start = field.left - quiet;
  const count = Math.max(2, Math.ceil((field.right - field.left + 2 * quiet) / STEP) + 1);
  const profile: Profile = { values: new Float32Array(count), from: 0, to: count, start };
  const ray = new Float32Array(count);
  const sums = new Float64Array(count + 1);
  const [ax, ay] = field.across;
  const offsets = aperture > 1 ? RAYS_AT : [0];

  function scan(row: number): Profile {
    profile.values.fill(0);
    for (const offset of offsets) {
      const down = row + offset * aperture;
      const x = field.middle[0] + ax * start + field.along[0] * down;
      const y = field.middle[1] + ay * start + field.along[1] * down;
      sampleRay(light, { x, y, dx: ax * STEP, dy: ay * STEP, count }, ray);
      for (let at = 0; at < count; at += 1)
        profile.values[at] = (profile.values[at] ?? 0) + (ray[at] ?? 0) / offsets.length;
    }
    trim(profile);
    if (aperture > 1) average(profile, sums, (aperture * MEAN_CHORD) / STEP);
    return profile;
  }
  return { scan };
}

/** A straight line enters and leaves the frame once at most: what lies in it is one piece. */
function trim(profile: Profile): void {
  const { values } = profile;
  profile.from = 0;
  profile.to = values.length;
  while (profile.from < profile.to && Number.isNaN(values[profile.from])) profile.from += 1;
  while (profile.to > profile.from && Number.isNaN(values[profile.to - 1])) profile.to -= 1;
}

/** Moving average over `width` samples, not necessarily whole, from a running sum; narrower at the ends. */
function average({ values, from, to }: Profile, sums: Float64Array, width: number): void {
  sums[from] = 0;
  for (let at = from; at < to; at += 1) sums[at + 1] = (sums[at] ?? 0) + (values[at] ?? 0);
  for (let at = from; at < to; at += 1) {
    const left = Math.max(from, at + 0.5 - width / 2);
    const right = Math.min(to, at + 0.5 + width / 2);
    values[at] = (sumTo(sums, right) - sumTo(sums, left)) / (right - left);
  }
}

function sumTo(sums: Float64Array, place: number): number {
  const whole = Math.floor(place);
  const part = place - whole;
  const base = sums[whole] ?? 0;
  return part === 0 ? base : base + ((sums[whole + 1] ?? base) - base) * part;
}
