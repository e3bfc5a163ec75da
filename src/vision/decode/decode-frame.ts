import type { CameraJob, Window } from '#contract/camera-job.ts';
import type { Corners } from '#contract/inspection.ts';
import type { PassName } from '#vision/decode/passes.ts';
import type { Reader } from '#vision/decode/reader.ts';
import type { Reading } from '#vision/decode/reading.ts';
import { boundsOf, grown, holds, wholeOf, within } from '#vision/decode/region.ts';
import type { GreyImage } from '#vision/image.ts';

export interface Decoded extends Reading {
  readonly readBy: 'zxing' | 'zxing-retry';
}

export interface DecodeWish {
  /** Where codes were seen last. */
  readonly windows: readonly Window[];
  /** Corners of codes that need no reading any more. */
  readonly known: readonly Corners[];
  /** Only the windows. */
  readonly isPart: boolean;
  /** Whether there is time for another attempt. */
  readonly hasTime: () => boolean;
}

/** Room around a template for an item that stands elsewhere: so much of its longer side. */
const TEMPLATE_MARGIN = 0.35;

/**
 * Reads the codes of a frame: where they were last, then where the template expects them, then anywhere; first as most
 * frames need it, and what is still missing once more by the second pass (vision.md §9.5).
 */
export function decodeFrame(reader: Reader, image: GreyImage, job: CameraJob, wish: DecodeWish): readonly Decoded[] {
  const search: Search = { reader, image, job, known: wish.known, found: [] };
  for (const window of wish.windows) lookInto(search, window, 'first', 1);
  if (wish.isPart) return search.found;
  const wide = wideWindows(job, image, wish.windows);
  for (const window of wide) attempt(search, window, 'first', wish);
  for (const window of wide) attempt(search, window, 'second', wish);
  return search.found;
}

/** Where the template expects codes, with its margin; cut to the frame. */
export function templateWindow(job: CameraJob, image: GreyImage): Window | undefined {
  const { window } = job.code;
  return within(grown(window, TEMPLATE_MARGIN * Math.max(window.width, window.height)), image);
}

interface Search {
  readonly reader: Reader;
  readonly image: GreyImage;
  readonly job: CameraJob;
  readonly known: readonly Corners[];
  readonly found: Decoded[];
}

function missingOf({ job, known, found }: Search): number {
  return job.code.count - known.length - found.length;
}

/** Template, then frame; what was looked into already is not looked into again. */
function wideWindows(job: CameraJob, image: GreyImage, done: readonly Window[]): readonly Window[] {
  const whole = wholeOf(image);
  const template = templateWindow(job, image);
  const isDone = (window: Window): boolean => job.code.count === 1 && done.some((each) => holds(each, window));
  if (template === undefined || holds(template, whole) || isDone(template)) return [whole];
  return [template, whole];
}

function attempt(search: Search, window: Window, pass: PassName, wish: DecodeWish): void {
  const missing = missingOf(search);
  if (missing <= 0 || !wish.hasTime()) return;
  // Those that are known are found again, and count.
  lookInto(search, window, pass, missing === 1 && search.job.code.count === 1 ? 1 : search.job.code.count);
}

function lookInto(search: Search, window: Window, pass: PassName, most: number): void {
  const { reader, image, job, known, found } = search;
  const inside = within(window, image);
  if (inside === undefined) return;
  const wish = { pass, symbologies: job.symbologies, inverted: job.inverted, most };
  for (const reading of reader.read(image, inside, wish)) {
    const isNew = ![...known, ...found.map(({ corners }) => corners)].some((each) => isSame(each, reading.corners));
    if (isNew) found.push({ ...reading, readBy: pass === 'first' ? 'zxing' : 'zxing-retry' });
  }
}

/** Two readings whose middles lie in one another are of one code. */
function isSame(a: Corners, b: Corners): boolean {
  const [one, other] = [boundsOf(a), boundsOf(b)];
  const dx = Math.abs(one.x + one.width / 2 - other.x - other.width / 2);
  const dy = Math.abs(one.y + one.height / 2 - other.y - other.height / 2);
  return dx < Math.max(one.width, other.width) / 2 && dy < Math.max(one.height, other.height) / 2;
}
