import type { CameraJob } from '#contract/camera-job.ts';
import type { Inspection } from '#contract/inspection.ts';
import { type Place, placeOf } from '#vision/decode/place.ts';

/** Where codes were last: the next frame is read there first, at a fraction of the cost of a frame (vision.md §2.6). */
export interface Track {
  readonly places: readonly Place[];
  /** Frames in a row without all codes. */
  readonly lost: number;
}

export const NO_TRACK: Track = { places: [], lost: 0 };

/** After so many frames without their codes, the places say nothing any more. */
const FORGET = 3;

/** Follows the codes of a frame. Those that are missing are looked for where they were, for a while. */
export function follow(track: Track, { codes }: Inspection, { code }: CameraJob): Track {
  const places = codes.slice(0, code.count).map(placeOf);
  if (codes.length >= code.count) return { places, lost: 0 };
  const lost = track.lost + 1;
  const isKept = lost < FORGET && track.places.length > places.length;
  return { places: isKept ? track.places : places, lost };
}
