import type { Window } from '#contract/camera-job.ts';
import type { EyePicture } from '#contract/eye.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { Inspection } from '#contract/inspection.ts';

/** The largest picture that goes to a screen, in pixels (vision.md §9). */
export const MOST_PIXELS = 64 * 1024;
/** What is shown around the code, as a share of its size on each side: the quiet zone and a little. */
const MARGIN = 0.3;

/** A small copy of the code and what is around it: at its own scale where that fits `most` pixels, else one for k × k. */
export function thumbnail(frame: Frame, window: Window, most = MOST_PIXELS): EyePicture {
  const part = clip(window, frame);
  const scale = Math.max(1, Math.ceil(Math.sqrt((part.width * part.height) / most)));
  const width = Math.max(1, Math.floor(part.width / scale));
  const height = Math.max(1, Math.floor(part.height / scale));
  const grey = Buffer.allocUnsafe(width * height);
  for (let y = 0; y < height; y += 1) {
    const from = (part.y + y * scale) * frame.stride + part.x;
    if (scale === 1) grey.set(frame.pixels.subarray(from, from + width), y * width);
    else averageRow(frame, from, scale, grey.subarray(y * width, (y + 1) * width));
  }
  return {
    at: frame.at,
    frame: { width: frame.width, height: frame.height },
    window: { ...part, width: width * scale, height: height * scale },
    width,
    height,
    grey: grey.toString('base64'),
  };
}

/** The mean of four pixels spread over the k × k that one stands for: all of a large frame would cost the main thread. */
function averageRow({ pixels, stride }: Frame, from: number, scale: number, row: Uint8Array): void {
  const right = scale >> 1;
  const below = right * stride;
  for (let x = 0; x < row.length; x += 1) {
    const at = from + x * scale;
    const above = (pixels[at] ?? 0) + (pixels[at + right] ?? 0);
    row[x] = (above + (pixels[at + below] ?? 0) + (pixels[at + below + right] ?? 0)) >> 2;
  }
}

/** Where to look: around the codes that were found, or where the job expects them. */
export function windowOf({ codes }: Inspection, expected: Window): Window {
  if (codes.length === 0) return grown(expected, 0);
  const points = codes.flatMap(({ corners }) => corners);
  const [left, top] = [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))];
  const [right, bottom] = [Math.max(...points.map(([x]) => x)), Math.max(...points.map(([, y]) => y))];
  const found = { x: left, y: top, width: right - left, height: bottom - top };
  return grown(found, MARGIN * Math.max(found.width, found.height));
}

function grown({ x, y, width, height }: Window, by: number): Window {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** Whole pixels inside the frame; at least one. */
function clip(window: Window, { width, height }: Frame): Window {
  const x = Math.max(0, Math.min(width - 1, Math.floor(window.x)));
  const y = Math.max(0, Math.min(height - 1, Math.floor(window.y)));
  return {
    x,
    y,
    width: Math.max(1, Math.min(width, Math.ceil(window.x + window.width)) - x),
    height: Math.max(1, Math.min(height, Math.ceil(window.y + window.height)) - y),
  };
}
