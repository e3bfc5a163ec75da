import type { Graded } from '#contract/inspection.ts';
import { type Elements, isLight, nonUniformity } from '#vision/grade1d/elements.ts';
import { type LinearParameter, type LinearScheme, linearGrade } from '#vision/grade1d/limits.ts';
import { type LineRead, nearestEdge } from '#vision/grade1d/line.ts';
import { type Profile, STEP } from '#vision/grade1d/scan.ts';

/** What one scan line says. */
export interface LineGrade {
  readonly parameters: Readonly<Record<LinearParameter, Graded>>;
  /** The lowest of them. */
  readonly overall: number;
  readonly read: LineRead | undefined;
  /** First and last bar edge in pixels from the middle of the field. */
  readonly left: number;
  readonly right: number;
  /** Whether the whole of both quiet zones lies in the frame. */
  readonly quietVisible: boolean;
}

/** What is known before a line is looked at. */
export interface LineQuestion {
  readonly scheme: LinearScheme;
  /** What it must say; undefined: anything that decodes. */
  readonly expected: string | undefined;
  /** Where the bars begin and end, roughly, in pixels from the middle, and how wide a module is. */
  readonly left: number;
  readonly right: number;
  readonly module: number;
  /** Bars and spaces of a line that decoded; undefined when none did. */
  readonly elements: number | undefined;
}

/** Grades one profile; undefined when it has no bar where the code is. */
export function gradeLine(
  { profile, elements }: { readonly profile: Profile; readonly elements: Elements },
  read: LineRead | undefined,
  question: LineQuestion,
): LineGrade | undefined {
  const first = read?.first ?? nearestEdge(elements, question.left, 'bar');
  const last = read?.last ?? nearestEdge(elements, question.right, 'space');
  if (first === undefined || last === undefined || last <= first) return undefined;
  const place = { first, last, module: read?.module ?? question.module };
  const quiet = quietZones(profile, elements, place);
  const values = valuesOf(profile, elements, place, question.scheme);
  if (read === undefined) spoil(values, countOf(last - first, question), question.elements !== undefined);
  const decodes = read !== undefined && (question.expected === undefined || read.text === question.expected);
  const grade = (parameter: LinearParameter, value: number): Graded => ({
    value,
    grade: linearGrade(question.scheme, parameter, value),
  });
  const parameters = {
    decode: grade('decode', decodes ? 1 : 0),
    contrast: grade('contrast', values.contrast),
    'minimum-reflectance': grade('minimum-reflectance', values.lowest / Math.max(values.highest, 1e-6)),
    'edge-contrast': grade('edge-contrast', values.leastEdge),
    modulation: grade('modulation', values.leastEdge / Math.max(values.contrast, 1e-6)),
    defects: grade('defects', values.worstElement / Math.max(values.contrast, 1e-6)),
    decodability: grade('decodability', read?.margin ?? 0),
    'quiet-zone': grade('quiet-zone', Math.min(1, quiet.clear / question.scheme.quietZone)),
  };
  return {
    parameters,
    overall: Math.min(...Object.values(parameters).map((each) => each.grade)),
    read,
    left: elements.edges[first] ?? 0,
    right: elements.edges[last] ?? 0,
    quietVisible: quiet.visible,
  };
}

interface Place {
  readonly first: number;
  readonly last: number;
  readonly module: number;
}

/** The narrower quiet zone in X. An end of the profile counts as its end: what is not seen is not clear. */
function quietZones(profile: Profile, elements: Elements, { first, last, module }: Place) {
  const begin = profile.start + profile.from * STEP;
  const end = profile.start + (profile.to - 1) * STEP;
  const before = (elements.edges[first] ?? 0) - (first > 0 ? (elements.edges[first - 1] ?? 0) : begin);
  const after = (last + 2 < elements.count ? (elements.edges[last + 1] ?? 0) : end) - (elements.edges[last] ?? 0);
  const isCut = profile.from > 0 || profile.to < profile.values.length;
  return { clear: Math.min(before, after) / module, visible: !isCut };
}

interface Values {
  readonly contrast: number;
  leastEdge: number;
  worstElement: number;
  readonly highest: number;
  readonly lowest: number;
}

type Count = 'right' | 'missing' | 'extra';

/** Whether a line that does not decode has lost elements, or shows more than were printed. */
function countOf(count: number, { elements, expected = '' }: LineQuestion): Count {
  if (elements !== undefined) return count === elements ? 'right' : count < elements ? 'missing' : 'extra';
  // Two digits to a character, start, check and stop: no symbol of this text has fewer.
  if (count < 6 * (Math.ceil(expected.length / 2) + 2) + 7) return 'missing';
  return (count - 7) % 6 === 0 ? 'right' : 'extra';
}

/**
 * An element that does not reach the threshold has no edges. Where other lines decode, one that is too many or too few is
 * a spot or a void so strong that it makes or swallows elements: a defect, though none of an element that is left.
 */
function spoil(values: Values, count: Count, othersDecode: boolean): void {
  if (count === 'right') return;
  if (count === 'missing') values.leastEdge = 0;
  if (count === 'extra' || othersDecode) values.worstElement = values.contrast;
}

function valuesOf(profile: Profile, elements: Elements, place: Place, scheme: LinearScheme): Values {
  const contrast = elements.highest - elements.lowest;
  let leastEdge = 1;
  for (let edge = place.first; edge <= place.last; edge += 1) {
    const step = Math.abs((elements.extremes[edge] ?? 0) - (elements.extremes[edge + 1] ?? 0));
    leastEdge = Math.min(leastEdge, step);
  }
  let worstElement = 0;
  const floor = scheme.noiseFloor * contrast;
  // Element `first` is the quiet zone in front of the first bar, element `last + 1` the one behind the last.
  for (let element = place.first; element <= place.last + 1; element += 1) {
    const range = samplesOf(elements, element, place, scheme.quietZone);
    worstElement = Math.max(worstElement, nonUniformity(profile, range, { light: isLight(elements, element), floor }));
  }
  return { contrast, leastEdge, worstElement, highest: elements.highest, lowest: elements.lowest };
}

/** Quiet zones count as far as they are required. */
function samplesOf(elements: Elements, element: number, { first, last, module }: Place, quietZone: number) {
  const from = elements.firstSample[element] ?? 0;
  const to = elements.firstSample[element + 1] ?? from;
  const reach = Math.ceil((quietZone * module) / STEP);
  if (element === first) return { from: Math.max(from, to - reach), to };
  if (element === last + 1) return { from, to: Math.min(to, from + reach) };
  return { from, to };
}
