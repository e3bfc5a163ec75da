import type { CameraJob, Window } from '#contract/camera-job.ts';
import type { Corners } from '#contract/inspection.ts';
import { createEnhancer, type Enhancer } from '#vision/decode/enhance.ts';
import { lookAt } from '#vision/decode/look.ts';
import { moduleOf, type Place, templateWindow, windowAround } from '#vision/decode/place.ts';
import type { Reader } from '#vision/decode/reader.ts';
import type { Reading } from '#vision/decode/reading.ts';
import { boundsOf, holds, wholeOf } from '#vision/decode/region.ts';
import { failureOf, type Retry } from '#vision/decode/retries.ts';
import type { GreyImage } from '#vision/image.ts';

export interface Decoded extends Reading {
  readonly readBy: 'zxing' | 'zxing-retry';
}

export interface DecodeWish {
  /** Where codes were seen last. */
  readonly last: readonly Place[];
  /** Codes that need no reading any more. */
  readonly known: readonly Corners[];
  /** Only where codes were last. */
  readonly isPart: boolean;
  /** Milliseconds left for further attempts. */
  readonly timeLeft: () => number;
}

/** Reads the codes of frames, one after the other. */
export interface FrameDecoder {
  /**
   * Where they were last and where the template expects them, first as most frames need it, then by the class of the
   * failure; then anywhere. Attempts that would take longer than there is time are left out (vision.md §9.5).
   */
  decode(image: GreyImage, wish: DecodeWish): readonly Decoded[];
  /** The last attempt at what is still missing: all of the frame by the second pass. */
  decodeAgain(image: GreyImage, wish: DecodeWish): readonly Decoded[];
}

/** Milliseconds for a pixel, as measured, near a code and all over a frame; the first attempts are free. */
type Pace = Map<string, number>;

interface Tools {
  readonly reader: Reader;
  readonly job: CameraJob;
  readonly enhancer: Enhancer;
  readonly pace: Pace;
  readonly now: () => number;
}

export function createFrameDecoder(reader: Reader, job: CameraJob, now: () => number): FrameDecoder {
  const tools: Tools = { reader, job, enhancer: createEnhancer(), pace: new Map(), now };
  return {
    decode(image, wish) {
      const search: Search = { tools, image, wish, found: [] };
      const near = nearWindows(search);
      for (const window of near) look(search, window, FIRST);
      if (wish.isPart) return search.found;
      for (const window of near) {
        const isPartOfAnother = near.some((other) => other !== window && holds(other, window));
        if (!isPartOfAnother) retry(search, window);
      }
      attempt(search, wholeOf(image), FIRST);
      return search.found;
    },
    decodeAgain(image, wish) {
      const search: Search = { tools, image, wish, found: [] };
      attempt(search, wholeOf(image), SECOND);
      return search.found;
    },
  };
}

const FIRST: Retry = { drawn: 'as-it-is', pass: 'first' };
const SECOND: Retry = { drawn: 'as-it-is', pass: 'second' };

interface Search {
  readonly tools: Tools;
  readonly image: GreyImage;
  readonly wish: DecodeWish;
  readonly found: Decoded[];
}

function cornersSeen({ wish, found }: Search): readonly Corners[] {
  return [...wish.known, ...found.map(({ corners }) => corners)];
}

function missingOf(search: Search): number {
  return search.tools.job.code.count - search.wish.known.length - search.found.length;
}

/** Around the last places; and the template's window, when it shows more than those and belongs to one code. */
function nearWindows({ tools: { job }, image, wish }: Search): readonly Window[] {
  const last = wish.last.flatMap((place) => windowAround(place, image) ?? []);
  if (wish.isPart || (job.code.count > 1 && last.length > 0)) return last;
  const template = templateWindow(job, image);
  return template === undefined || last.some((window) => holds(window, template)) ? last : [...last, template];
}

/** What an attempt that was left out for its time is taken to be cheaper the next time. */
const FORGIVEN = 0.9;

/** The codes of one window. What holds a code that was seen is not looked into again while only one is expected there. */
function look(search: Search, window: Window, how: Retry): void {
  const { tools } = search;
  const most = isWideWindow(search, window) ? tools.job.code.count : 1;
  if (missingOf(search) <= 0 || (most === 1 && isSeen(search, window))) return;
  const [kind, pixels] = costOf(search, window, how);
  const began = tools.now();
  const readings = readDrawn(search, window, how, most);
  tools.pace.set(kind, (tools.pace.get(kind) ?? 0) / 2 + (tools.now() - began) / pixels / 2);
  for (const reading of readings) {
    const isNew = !cornersSeen(search).some((each) => isSame(each, reading.corners));
    if (isNew) search.found.push({ ...reading, readBy: how === FIRST ? 'zxing' : 'zxing-retry' });
  }
}

/** Looks if there is time for it. */
function attempt(search: Search, window: Window, how: Retry): void {
  const { tools, wish } = search;
  const [kind, pixels] = costOf(search, window, how);
  const pace = tools.pace.get(kind) ?? 0;
  if (wish.timeLeft() > pace * pixels) look(search, window, how);
  // Measured while the machine was busy, it would forbid the attempt for good: it is tried again some time.
  else tools.pace.set(kind, pace * FORGIVEN);
}

/** Under which name an attempt's pace is kept, and how many pixels it takes. */
function costOf(search: Search, { width, height }: Window, how: Retry): readonly [string, number] {
  const isWide = isWideWindow(search, { x: 0, y: 0, width, height });
  return [`${how.pass} ${isWide ? 'frame' : 'window'}`, width * height * (how.drawn === 'enlarged' ? 4 : 1)];
}

/** All of a frame, or a window in which all codes of a layer are expected. */
function isWideWindow({ tools, image, wish }: Search, window: Window): boolean {
  if (window.width === image.width && window.height === image.height) return true;
  return tools.job.code.count > 1 && wish.last.length === 0;
}

function readDrawn({ tools, image }: Search, window: Window, how: Retry, most: number): readonly Reading[] {
  const { reader, enhancer, job } = tools;
  const wish = { pass: how.pass, symbologies: job.symbologies, inverted: job.inverted, most };
  if (how.drawn === 'as-it-is') return reader.read(image, window, wish);
  const { image: drawn, scale } = enhancer[how.drawn](image, window);
  // Pixels of the larger picture lie between those of the frame: half a pixel in from its edge.
  const shift = scale === 1 ? 0 : 0.5;
  return reader.read(drawn, wholeOf(drawn), wish, { x: window.x + shift, y: window.y + shift, scale });
}

function retry(search: Search, window: Window): void {
  if (missingOf(search) <= 0 || isSeen(search, window)) return;
  const { tools, image, wish } = search;
  const last = wish.last.find(({ corners }) => holds(window, boundsOf(corners)));
  const { retries } = failureOf(lookAt(image, window), moduleOf(tools.job, last ?? wish.last[0]));
  for (const how of retries) attempt(search, window, how);
}

function isSeen(search: Search, window: Window): boolean {
  return cornersSeen(search).some((corners) => {
    const { x, y, width, height } = boundsOf(corners);
    return holds(window, { x: x + width / 2, y: y + height / 2, width: 0, height: 0 });
  });
}

/** Two readings whose middles lie in one another are of one code. */
function isSame(a: Corners, b: Corners): boolean {
  const [one, other] = [boundsOf(a), boundsOf(b)];
  const dx = Math.abs(one.x + one.width / 2 - other.x - other.width / 2);
  const dy = Math.abs(one.y + one.height / 2 - other.y - other.height / 2);
  return dx < Math.max(one.width, other.width) / 2 && dy < Math.max(one.height, other.height) / 2;
}
