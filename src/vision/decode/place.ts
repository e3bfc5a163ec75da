import type { CameraJob, Window } from '#contract/camera-job.ts';
import type { CodeFound, Corners } from '#contract/inspection.ts';
import { boundsOf, grown, type Size, within } from '#vision/decode/region.ts';

/** Where a code was seen: the next one stands near by, turned alike. */
export interface Place {
  readonly corners: Corners;
  /** Modules, of a matrix code. */
  readonly size?: { readonly rows: number; readonly columns: number };
}

export function placeOf({ corners, pcg }: CodeFound): Place {
  return { corners, ...(pcg?.size === undefined ? {} : { size: pcg.size }) };
}

/** A window of 1.35 times the code on each axis reads as surely as the frame: 240 of 240 (vision.md §2.6). */
const MARGIN = 0.175;
/** Of small codes: items do not stop in the same place to the pixel. */
const LEAST_MARGIN = 8;

/** Where a code that was last seen here is looked for; undefined: outside the frame. */
export function windowAround({ corners }: Place, frame: Size): Window | undefined {
  const bounds = boundsOf(corners);
  return within(grown(bounds, Math.max(LEAST_MARGIN, MARGIN * Math.max(bounds.width, bounds.height))), frame);
}

/** Room around a template for an item that stands elsewhere: so much of its longer side. */
const TEMPLATE_MARGIN = 0.35;

/** Where the template expects codes, with its margin; undefined: outside the frame. */
export function templateWindow({ code: { window } }: CameraJob, frame: Size): Window | undefined {
  return within(grown(window, TEMPLATE_MARGIN * Math.max(window.width, window.height)), frame);
}

/** Pixels of a module: as last seen, as the job says, or as the template allows; undefined: not known. */
export function moduleOf({ code }: CameraJob, last: Place | undefined): number | undefined {
  if (last?.size !== undefined) {
    const [a, b, , d] = last.corners;
    const [across, down] = [Math.hypot(b[0] - a[0], b[1] - a[1]), Math.hypot(d[0] - a[0], d[1] - a[1])];
    return Math.min(across / last.size.columns, down / last.size.rows);
  }
  if (code.module !== undefined || code.columns === undefined || code.rows === undefined || code.count > 1) {
    return code.module;
  }
  return Math.min(code.window.width / code.columns, code.window.height / code.rows);
}
