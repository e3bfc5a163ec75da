import type { Window } from '#contract/camera-job.ts';
import { pixelsOf } from '#vision/check/patch.ts';
import type { GreyImage } from '#vision/image.ts';

/** A printed line: its rows, and the columns of each piece of it. Frame pixels; ends are not included. */
export interface LineOfText {
  readonly top: number;
  readonly bottom: number;
  readonly pieces: readonly Piece[];
}

interface Piece {
  readonly left: number;
  readonly right: number;
}

/** A window whose grey levels differ by less shows no text. */
const LEAST_RANGE = 20;

/**
 * Finds one line in a window and cuts it into `count` pieces at the widest gaps between its columns of ink. Undefined when
 * there is no text, or not so many pieces: characters that touch cannot be cut.
 */
export function findLine(image: GreyImage, window: Window, count: number): LineOfText | undefined {
  const area = pixelsOf(image, window);
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  const ink = width > 1 && height > 1 ? inkOf(image, area, { width, height }) : undefined;
  if (ink === undefined) return undefined;
  const rows = sums(ink, { count: height, length: width, step: width, along: 1 });
  const band = longestRun(rows);
  if (band === undefined) return undefined;
  const inBand = ink.subarray(band.left * width, band.right * width);
  const columns = sums(inBand, { count: width, length: band.right - band.left, step: 1, along: width });
  const pieces = joined(runs(columns, 0), count);
  if (pieces === undefined) return undefined;
  return {
    top: area.top + band.left,
    bottom: area.top + band.right,
    pieces: pieces.map(({ left, right }) => ({ left: area.left + left, right: area.left + right })),
  };
}

/** 1 where there is ink: on the rarer side of the threshold that parts the grey levels best. */
function inkOf(
  image: GreyImage,
  { left, top }: { readonly left: number; readonly top: number },
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array | undefined {
  const grey = new Uint8Array(width * height);
  const histogram = new Uint32Array(256);
  for (let at = 0; at < grey.length; at += 1) {
    const value = image.pixels[(top + Math.floor(at / width)) * image.stride + left + (at % width)] ?? 0;
    grey[at] = value;
    histogram[value] = (histogram[value] ?? 0) + 1;
  }
  const { threshold, difference } = otsu(histogram, grey.length);
  if (difference < LEAST_RANGE) return undefined;
  let dark = 0;
  for (const value of grey) if (value < threshold) dark += 1;
  const isDarkInk = dark * 2 <= grey.length;
  return grey.map((value) => (value < threshold === isDarkInk ? 1 : 0));
}

/** The threshold between two groups of grey levels whose means lie farthest apart, weighed by their sizes. */
function otsu(histogram: Uint32Array, total: number): { readonly threshold: number; readonly difference: number } {
  let all = 0;
  for (let grey = 0; grey < 256; grey += 1) all += grey * (histogram[grey] ?? 0);
  let [below, sum, best, threshold, difference] = [0, 0, -1, 128, 0];
  for (let grey = 0; grey < 256; grey += 1) {
    below += histogram[grey] ?? 0;
    sum += grey * (histogram[grey] ?? 0);
    if (below === 0 || below === total) continue;
    const apart = (all - sum) / (total - below) - sum / below;
    const spread = below * (total - below) * apart * apart;
    if (spread > best) [best, threshold, difference] = [spread, grey + 1, apart];
  }
  return { threshold, difference };
}

interface Summing {
  readonly count: number;
  readonly length: number;
  /** From one line to the next, and from one pixel of a line to the next. */
  readonly step: number;
  readonly along: number;
}

function sums(ink: Uint8Array, { count, length, step, along }: Summing): Uint32Array {
  const totals = new Uint32Array(count);
  for (let line = 0; line < count; line += 1) {
    let sum = 0;
    for (let at = 0; at < length; at += 1) sum += ink[line * step + at * along] ?? 0;
    totals[line] = sum;
  }
  return totals;
}

/** Runs of lines with more ink than a speck has. */
function runs(totals: Uint32Array, speck: number): Piece[] {
  const found: Piece[] = [];
  let left = -1;
  for (let at = 0; at <= totals.length; at += 1) {
    const isInk = at < totals.length && (totals[at] ?? 0) > speck;
    if (isInk && left === -1) left = at;
    if (!isInk && left !== -1) {
      found.push({ left, right: at });
      left = -1;
    }
  }
  return found;
}

/** Rows between which there may be none: dots of a dot-matrix font. */
const ROW_GAP = 2;

function longestRun(rows: Uint32Array): Piece | undefined {
  const merged: Piece[] = [];
  for (const run of runs(rows, 1)) {
    const last = merged.at(-1);
    if (last !== undefined && run.left - last.right <= ROW_GAP)
      merged[merged.length - 1] = { left: last.left, right: run.right };
    else merged.push(run);
  }
  return merged.toSorted((a, b) => b.right - b.left - (a.right - a.left))[0];
}

/** Joins pieces over the narrowest gaps until so many are left. */
function joined(pieces: Piece[], count: number): readonly Piece[] | undefined {
  const left = [...pieces];
  while (left.length > count) {
    let narrowest = 1;
    const gap = (at: number) => (left[at]?.left ?? 0) - (left[at - 1]?.right ?? 0);
    for (let at = 2; at < left.length; at += 1) if (gap(at) < gap(narrowest)) narrowest = at;
    const [a, b] = [left[narrowest - 1], left[narrowest]];
    if (a === undefined || b === undefined) return undefined;
    left.splice(narrowest - 1, 2, { left: a.left, right: b.right });
  }
  return left.length === count && count > 0 ? left : undefined;
}
