import type { Window } from '#contract/camera-job.ts';
import type { Corners } from '#contract/inspection.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** All of a frame. */
export function wholeOf({ width, height }: Size): Window {
  return { x: 0, y: 0, width, height };
}

/** The smallest window with whole edges that holds the corners, not yet cut to the frame. */
export function boundsOf(corners: Corners): Window {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  return { x: left, y: top, width: Math.ceil(Math.max(...xs)) - left, height: Math.ceil(Math.max(...ys)) - top };
}

/** A window with so many pixels more on each side. */
export function grown({ x, y, width, height }: Window, by: number): Window {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** What of a window lies in the frame, on whole pixels; undefined when that is nothing. */
export function within(window: Window, frame: Size): Window | undefined {
  const left = Math.max(0, Math.floor(window.x));
  const top = Math.max(0, Math.floor(window.y));
  const right = Math.min(frame.width, Math.ceil(window.x + window.width));
  const bottom = Math.min(frame.height, Math.ceil(window.y + window.height));
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

/** Whether all of `inner` lies in `outer`. */
export function holds(outer: Window, inner: Window): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
