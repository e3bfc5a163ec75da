import type { CameraJob, Window } from '#contract/camera-job.ts';
import type { Inspection } from '#contract/inspection.ts';
import { boundsOf, grown } from '#vision/decode/region.ts';

/** Where codes were last: the next frame is read there first, at a fraction of the cost of a frame (vision.md §2.6). */
export interface Track {
  readonly windows: readonly Window[];
  /** Frames in a row without all codes. */
  readonly lost: number;
}

export const NO_TRACK: Track = { windows: [], lost: 0 };

/** A window of 1.35 times the code on each axis reads as surely as the frame: 240 of 240 (vision.md §2.6). */
const MARGIN = 0.175;
/** Bars are read along a line: what is above and below them tells nothing, but items do not stop in the same place. */
const LEAST_MARGIN = 8;
/** After so many frames without their codes, the places say nothing any more. */
const FORGET = 3;

/** Follows the codes of a frame. Those that are missing are looked for where they were, for a while. */
export function follow(track: Track, { codes }: Inspection, { code }: CameraJob): Track {
  const windows = codes.slice(0, code.count).map(({ corners }) => {
    const bounds = boundsOf(corners);
    return grown(bounds, Math.ceil(Math.max(LEAST_MARGIN, MARGIN * Math.max(bounds.width, bounds.height))));
  });
  if (codes.length >= code.count) return { windows, lost: 0 };
  if (track.lost + 1 >= FORGET) return { windows, lost: track.lost + 1 };
  return { windows: windows.length > track.windows.length ? windows : track.windows, lost: track.lost + 1 };
}
