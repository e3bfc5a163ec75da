import type { FlatFieldData, PlaneData } from '#contract/calibration.ts';
import { crossingsAlong, fieldOf, type Gains } from '#vision/calibrate/flat-field.ts';
import type { Plane } from '#vision/calibrate/plane.ts';
import { parseBase64, toBase64 } from '#vision/check/base64.ts';
import type { FlatField, GradingProfile } from '#vision/grade2d/profile.ts';

/** What a calibration belongs to, and when it was made, in milliseconds since 1970. */
export interface CalibrationOrigin {
  readonly profile: string;
  readonly at: number;
}

/** What was learnt from the frames of a card. */
interface LearntLight {
  readonly gains: Gains;
  readonly level: number;
  readonly frames: number;
  readonly card: number | undefined;
}

/** Learnt gains as they are kept. */
export function flatFieldData({ gains, level, frames, card }: LearntLight, origin: CalibrationOrigin): FlatFieldData {
  const bytes = new Uint8Array(gains.gains.length * 2);
  for (const [at, gain] of gains.gains.entries()) {
    bytes[2 * at] = gain & 255;
    bytes[2 * at + 1] = gain >> 8;
  }
  const sorted = gains.gains.slice().sort();
  return {
    ...origin,
    kind: 'flat-field',
    frame: { width: gains.width, height: gains.height },
    step: gains.step,
    dark: gains.dark,
    gains: toBase64(bytes),
    frames,
    level,
    card: card ?? null,
    range: ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / 16384,
  };
}

/** A fitted plane as it is kept. */
export function planeData(plane: Plane, frame: PlaneData['frame'], origin: CalibrationOrigin): PlaneData {
  return { ...origin, kind: 'plane', frame, ...plane, toPlane: [...plane.toPlane] };
}

/** A gain for each pixel; undefined when the data do not fit their own frame. */
export function flatFieldOf({ frame, step, dark, gains }: FlatFieldData): FlatField | undefined {
  const bytes = parseBase64(gains);
  const count = crossingsAlong(frame.width, step) * crossingsAlong(frame.height, step);
  if (bytes?.length !== 2 * count) return undefined;
  const values = new Uint16Array(count);
  for (let at = 0; at < count; at += 1) values[at] = (bytes[2 * at] ?? 0) | ((bytes[2 * at + 1] ?? 0) << 8);
  return fieldOf({ ...frame, step, dark, gains: values });
}

/** A grading profile with what is known of the camera. Data of another frame size are left out: they are void. */
export function calibrated(
  profile: GradingProfile,
  frame: PlaneData['frame'],
  { flatField, plane }: { readonly flatField?: FlatFieldData | undefined; readonly plane?: PlaneData | undefined },
): GradingProfile {
  const fits = (data: FlatFieldData | PlaneData) =>
    data.frame.width === frame.width && data.frame.height === frame.height;
  const field = flatField !== undefined && fits(flatField) ? flatFieldOf(flatField) : undefined;
  return {
    ...profile,
    ...(field && { flatField: field }),
    // The flat field takes the dark level out; what is left of the card is white.
    ...(field &&
      flatField &&
      flatField.card !== null && { reflectance: { black: 0, white: flatField.level, card: flatField.card } }),
    ...(plane && fits(plane) && { toPlane: plane.toPlane }),
  };
}
