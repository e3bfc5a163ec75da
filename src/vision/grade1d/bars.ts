import type { Corners, Point } from '#contract/inspection.ts';
import { type Light, sampleRay } from '#vision/grade1d/light.ts';

/** Where the bars of a linear code stand: the reader only says along which line it read (vision.md §2.4). */
export interface BarField {
  /** A point on the reader's line, in its middle. */
  readonly middle: Point;
  /** Unit vectors: across the bars in reading direction, and along the bars, downwards in symbol orientation. */
  readonly across: Point;
  readonly along: Point;
  /** First and last bar edge, and upper and lower end of the bars, in pixels from the middle. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Rows on each side of the reader's line from which the direction of the bars is taken first. */
const BAND = 3;
/** A row shows the same bars as the reader's when it correlates with it like this. */
const SAME_BARS = 0.6;
/** So many pixels in a row without the bars end them; a dead nozzle's line across them does not. */
const LONGEST_GAP = 6;
/** Shortest code worth a look: start, one character, check and stop at one pixel a module. */
const SHORTEST = 40;

/** Finds tilt and height of the bars by following their pattern up and down from the reader's line. */
export function findBars(light: Light, corners: Corners): BarField | undefined {
  const [a, b] = [between(corners[0], corners[3]), between(corners[1], corners[2])];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (!(length >= SHORTEST) || length > light.image.width + light.image.height) return undefined;
  const line: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const middle = between(a, b);
  const first = gradientDirection(light, middle, line, length);
  const half = (length / 2) * Math.abs(first[0] * line[0] + first[1] * line[1]);
  const rows = followBars(light, middle, first, half);
  const across = turned(first, rows.slope);
  return {
    middle,
    across,
    along: downwards(across),
    left: -half,
    right: half,
    top: rows.top,
    bottom: rows.bottom,
  };
}

function between([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}

/** Image coordinates grow downwards: a quarter turn clockwise. */
function downwards([x, y]: Point): Point {
  return [-y, x];
}

/** Bars that move `slope` pixels per row across: the direction across them turns the other way. */
function turned([x, y]: Point, slope: number): Point {
  const length = Math.hypot(1, slope);
  return [(x + y * slope) / length, (y - x * slope) / length];
}

/** Grey changes most across the bars: the main axis of all gradients in a band around the line. */
function gradientDirection(light: Light, middle: Point, line: Point, length: number): Point {
  const count = Math.floor(length);
  const rows = Array.from({ length: 2 * BAND + 1 }, () => new Float32Array(count));
  const down = downwards(line);
  for (const [place, row] of rows.entries()) {
    const shift = place - BAND;
    const x = middle[0] - (line[0] * length) / 2 + down[0] * shift;
    const y = middle[1] - (line[1] * length) / 2 + down[1] * shift;
    sampleRay(light, { x, y, dx: line[0], dy: line[1], count }, row);
  }
  const [uu, uv, vv] = tensorOf(rows);
  const angle = 0.5 * Math.atan2(2 * uv, uu - vv);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  // Beyond 60 degrees from the reader's line it is not the bars that were seen.
  if (Math.abs(cos) < 0.5) return line;
  const sign = Math.sign(cos);
  return [sign * (line[0] * cos + down[0] * sin), sign * (line[1] * cos + down[1] * sin)];
}

function tensorOf(rows: readonly Float32Array[]): readonly [number, number, number] {
  let [uu, uv, vv] = [0, 0, 0];
  for (let place = 1; place + 1 < rows.length; place += 1) {
    const [above, row, below] = [rows[place - 1], rows[place], rows[place + 1]];
    if (above === undefined || row === undefined || below === undefined) continue;
    for (let at = 1; at + 1 < row.length; at += 1) {
      const u = (row[at + 1] ?? 0) - (row[at - 1] ?? 0);
      const v = (below[at] ?? 0) - (above[at] ?? 0);
      if (Number.isNaN(u + v)) continue;
      uu += u * u;
      uv += u * v;
      vv += v * v;
    }
  }
  return [uu, uv, vv];
}

interface Rows {
  readonly top: number;
  readonly bottom: number;
  /** How far the bars move across, per row down. */
  readonly slope: number;
}

interface Walk {
  readonly light: Light;
  readonly middle: Point;
  readonly across: Point;
  readonly half: number;
  readonly reference: Float32Array;
  readonly row: Float32Array;
  /** Sums of row · shift, and of row², over all rows that show the bars: the slope is their quotient. */
  shifts: number;
  squares: number;
}

function followBars(light: Light, middle: Point, across: Point, half: number): Rows {
  const count = Math.floor(2 * half);
  const walk: Walk = {
    light,
    middle,
    across,
    half,
    reference: new Float32Array(count),
    row: new Float32Array(count + 2 * REACH),
    shifts: 0,
    squares: 0,
  };
  sampleRay(light, rayAt(walk, 0, 0, count), walk.reference);
  const bottom = lastRow(walk, 1);
  const top = lastRow(walk, -1);
  return { top: -top - 0.5, bottom: bottom + 0.5, slope: walk.squares > 0 ? walk.shifts / walk.squares : 0 };
}

/** How many pixels to either side of where they are expected the bars of a row are looked for. */
const REACH = 1;

function rayAt({ middle, across, half }: Walk, row: number, shift: number, count: number) {
  const down = downwards(across);
  const from = shift - half;
  return {
    x: middle[0] + across[0] * from + down[0] * row,
    y: middle[1] + across[1] * from + down[1] * row,
    dx: across[0],
    dy: across[1],
    count,
  };
}

/** Rows are skipped while the bars go on: their ends are looked for row by row. */
const STRIDE = 3;

/** How many rows away from the reader's line the bars are still seen. */
function lastRow(walk: Walk, way: 1 | -1): number {
  const { width, height } = walk.light.image;
  let last = 0;
  let shift = 0;
  let away = STRIDE;
  let stride: number = STRIDE;
  while (away - last <= LONGEST_GAP && away < width + height) {
    // The way so far says where this row's bars are.
    const expected = last === 0 ? 0 : (shift * away) / last;
    const found = findRow(walk, way * away, expected);
    if (found === undefined) {
      away = stride === STRIDE ? last + 1 : away + 1;
      stride = 1;
      continue;
    }
    stride = STRIDE;
    shift = found;
    last = away;
    away += STRIDE;
    walk.shifts += shift * way * last;
    walk.squares += last * last;
  }
  return last;
}

/** How far across the bars of a row stand from those of the reader's; undefined where the bars are not seen. */
function findRow(walk: Walk, row: number, expected: number): number | undefined {
  sampleRay(walk.light, rayAt(walk, row, expected - REACH, walk.row.length), walk.row);
  const { shift, likeness } = bestShift(walk.reference, walk.row);
  return likeness < SAME_BARS ? undefined : expected + shift;
}

/** Where in the wider row the reference fits best, sub-pixel, and how well. */
function bestShift(reference: Float32Array, row: Float32Array): { readonly shift: number; readonly likeness: number } {
  const scores = Array.from({ length: 2 * REACH + 1 }, (_, place) => likeness(reference, row, place));
  let best = 0;
  for (let place = 1; place < scores.length; place += 1) {
    if ((scores[place] ?? 0) > (scores[best] ?? 0)) best = place;
  }
  const [before = 0, peak = 0, after = 0] = [
    scores[best - 1] ?? scores[best],
    scores[best],
    scores[best + 1] ?? scores[best],
  ];
  const bend = before - 2 * peak + after;
  const part = bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend)) : 0;
  return { shift: best - REACH + part, likeness: peak };
}

/**
 * Correlation -1..1 of the reference with the row from a place on; what lies outside the frame counts for nothing. Where
 * the contrast has fallen to half, the blurred ends of the bars are seen, which look like bars.
 */
function likeness(reference: Float32Array, row: Float32Array, from: number): number {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at < reference.length; at += 1) {
    const p = reference[at] ?? 0;
    const q = row[from + at] ?? 0;
    if (!(p + q >= 0)) continue;
    n += 1;
    a += p;
    b += q;
    aa += p * p;
    bb += q * q;
    ab += p * q;
  }
  const [va, vb] = [aa - (a * a) / n, bb - (b * b) / n];
  const isSeen = n * 2 > reference.length && va > 1e-9 && vb > va / 4;
  return isSeen ? (ab - (a * b) / n) / Math.sqrt(va * vb) : -1;
}
