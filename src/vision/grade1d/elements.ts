import { type Profile, STEP } from '#vision/grade1d/scan.ts';

/**
 * Bars and spaces of a profile (ISO/IEC 15416): the global threshold tells them apart; an edge lies where the profile
 * crosses the middle between the extremes of both its neighbours. Edge `k` lies between element `k` and element `k + 1`;
 * element 0 and the last one are what lies in front of and behind all edges.
 */
export interface Elements {
  count: number;
  /** Highest and lowest reflectance of the profile. */
  highest: number;
  lowest: number;
  /** Whether the first element is a space. */
  beginsLight: boolean;
  /** Edges in pixels from the middle of the field: `count - 1` of them. */
  readonly edges: Float64Array;
  /** Extreme reflectance of each element, and the sample where it is. */
  readonly extremes: Float64Array;
  readonly extremeAt: Int32Array;
  /** The first sample of each element, and of one more. */
  readonly firstSample: Int32Array;
}

/** More elements than the longest Code 128 that could stand in a frame; what has more is no code. */
const MOST_ELEMENTS = 4096;

/** Room for the elements of one profile. */
export function createElements(): Elements {
  return {
    count: 0,
    highest: 0,
    lowest: 0,
    beginsLight: true,
    edges: new Float64Array(MOST_ELEMENTS),
    extremes: new Float64Array(MOST_ELEMENTS),
    extremeAt: new Int32Array(MOST_ELEMENTS),
    firstSample: new Int32Array(MOST_ELEMENTS + 1),
  };
}

/** Finds the elements of a profile; the buffers are overwritten. */
export function findElements(profile: Profile, elements: Elements): void {
  findRange(profile, elements);
  const threshold = (elements.highest + elements.lowest) / 2;
  split(profile, elements, threshold);
  for (let element = 0; element < elements.count; element += 1) findExtreme(profile, elements, element);
  for (let edge = 0; edge + 1 < elements.count; edge += 1) placeEdge(profile, elements, edge);
}

/** Whether an element is a space. */
export function isLight(elements: Elements, element: number): boolean {
  return (element % 2 === 0) === elements.beginsLight;
}

function findRange({ values, from, to }: Profile, elements: Elements): void {
  let [highest, lowest] = [0, 1];
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? 0;
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
  }
  elements.highest = highest;
  elements.lowest = Math.min(lowest, highest);
}

function split({ values, from, to }: Profile, elements: Elements, threshold: number): void {
  let isBright = (values[from] ?? 0) > threshold;
  elements.beginsLight = isBright;
  elements.firstSample[0] = from;
  let count = 1;
  for (let at = from + 1; at < to && count < MOST_ELEMENTS; at += 1) {
    if ((values[at] ?? 0) > threshold === isBright) continue;
    isBright = !isBright;
    elements.firstSample[count] = at;
    count += 1;
  }
  elements.firstSample[count] = to;
  elements.count = count;
}

function findExtreme({ values }: Profile, elements: Elements, element: number): void {
  const from = elements.firstSample[element] ?? 0;
  const to = elements.firstSample[element + 1] ?? from;
  const sign = isLight(elements, element) ? 1 : -1;
  let best = from;
  for (let at = from + 1; at < to; at += 1) {
    if (sign * (values[at] ?? 0) > sign * (values[best] ?? 0)) best = at;
  }
  elements.extremes[element] = values[best] ?? 0;
  elements.extremeAt[element] = best;
}

/** From the threshold's crossing towards the side on which the middle of both extremes lies. */
function placeEdge({ values, start }: Profile, elements: Elements, edge: number): void {
  const middle = ((elements.extremes[edge] ?? 0) + (elements.extremes[edge + 1] ?? 0)) / 2;
  const sign = isLight(elements, edge) ? 1 : -1;
  const [first, last] = [elements.extremeAt[edge] ?? 0, elements.extremeAt[edge + 1] ?? 0];
  let at = elements.firstSample[edge + 1] ?? 0;
  // After the loops the crossing lies between `at - 1`, on the side of this element, and `at`.
  while (at < last && sign * (values[at] ?? 0) > sign * middle) at += 1;
  while (at - 1 > first && sign * (values[at - 1] ?? 0) <= sign * middle) at -= 1;
  const [before, after] = [values[at - 1] ?? 0, values[at] ?? 0];
  const part = before === after ? 0.5 : Math.min(1, Math.max(0, (before - middle) / (before - after)));
  elements.edges[edge] = start + (at - 1 + part) * STEP;
}

/**
 * Element reflectance non-uniformity: how far the deepest valley between two peaks of a space lies below the highest of
 * them, or the other way round in a bar. `floor`: what rises or falls by less is noise. `from` and `to` in samples.
 */
export function nonUniformity(
  { values }: Profile,
  { from, to }: { readonly from: number; readonly to: number },
  { light, floor }: { readonly light: boolean; readonly floor: number },
): number {
  const sign = light ? 1 : -1;
  let [highest, peak, valley, deepest] = [-2, -2, 2, 2];
  for (let at = from; at < to; at += 1) {
    const value = sign * (values[at] ?? 0);
    highest = Math.max(highest, value);
    if (value > valley + floor) {
      // The valley has another side: it is inside the element, not its flank.
      if (valley < deepest && peak > valley + floor) deepest = valley;
      [peak, valley] = [value, value];
    } else if (value > peak) {
      [peak, valley] = [value, value];
    }
    valley = Math.min(valley, value);
  }
  return deepest > 1 ? 0 : highest - deepest;
}
