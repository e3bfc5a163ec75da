import { CHARACTER_MODULES, readCharacter, STOP, STOP_MODULES, textOf, widthsOf } from '#vision/grade1d/code128.ts';
import { type Elements, isLight } from '#vision/grade1d/elements.ts';

/** A symbol found among the elements of one scan line. */
export interface LineRead {
  /** Edge at which its first bar begins, and edge at which its last bar ends. */
  readonly first: number;
  readonly last: number;
  readonly text: string;
  /** Decodability 0..1: the worst character's. */
  readonly margin: number;
  /** Module width in pixels. */
  readonly module: number;
  /** Mean of how much wider bars are than nominal, in X. */
  readonly growth: number;
}

/** A start further from where the reader saw it than this is another's, in pixels. */
const FARTHEST_START = 40;

/** Reads the symbol that begins nearest to `from` (pixels from the middle), or undefined when none decodes. */
export function readLine(elements: Elements, from: number): LineRead | undefined {
  for (const start of startsNear(elements, from)) {
    const read = readFrom(elements, start);
    if (read !== undefined) return read;
  }
  return undefined;
}

/** The edge of this kind that is nearest to a place: `bar`: where a bar begins; `space`: where one ends. */
export function nearestEdge(elements: Elements, place: number, into: 'bar' | 'space'): number | undefined {
  let best: number | undefined;
  for (let edge = 0; edge + 1 < elements.count; edge += 1) {
    if (isLight(elements, edge) !== (into === 'bar')) continue;
    const off = Math.abs((elements.edges[edge] ?? 0) - place);
    if (best === undefined || off < Math.abs((elements.edges[best] ?? 0) - place)) best = edge;
  }
  return best;
}

function startsNear(elements: Elements, from: number): readonly number[] {
  const nearest = nearestEdge(elements, from, 'bar');
  if (nearest === undefined) return [];
  // A speck in the quiet zone may lie nearer to the reader's corner than the first bar does.
  const starts = [nearest, nearest + 2, nearest - 2, nearest + 4, nearest - 4];
  return starts.filter((edge) => edge >= 0 && Math.abs((elements.edges[edge] ?? Infinity) - from) < FARTHEST_START);
}

function readFrom(elements: Elements, first: number): LineRead | undefined {
  const widths = widthsFrom(elements, first);
  const values: number[] = [];
  let margin = 1;
  for (let at = 0; at + 7 <= widths.length; at += 6) {
    const character = readCharacter(widths, at);
    if (character === undefined) return undefined;
    margin = Math.min(margin, character.margin);
    if (character.value !== STOP) {
      values.push(character.value);
      continue;
    }
    const text = isStopEnd(widths, at) ? textOf(values) : undefined;
    if (text === undefined) return undefined;
    return measured(widths.subarray(0, at + 7), values, { first, last: first + at + 7, text, margin });
  }
  return undefined;
}

function widthsFrom(elements: Elements, first: number): Float64Array {
  const count = Math.max(0, elements.count - 2 - first);
  const widths = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    widths[at] = (elements.edges[first + at + 1] ?? 0) - (elements.edges[first + at] ?? 0);
  }
  return widths;
}

/** The stop's seventh element is a bar of two modules. */
function isStopEnd(widths: Float64Array, at: number): boolean {
  const whole = widths.subarray(at, at + 7).reduce((sum, width) => sum + width, 0);
  const modules = ((widths[at + 6] ?? 0) * STOP_MODULES) / whole;
  return modules > 1 && modules < 3;
}

function measured(
  widths: Float64Array,
  values: readonly number[],
  read: Omit<LineRead, 'module' | 'growth'>,
): LineRead {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const module = whole / (values.length * CHARACTER_MODULES + STOP_MODULES);
  const nominal = [...values, STOP].flatMap(widthsOf).concat(2);
  return { ...read, module, growth: growthOf(widths, nominal, module) };
}

/**
 * How much wider bars are than nominal, in X. Edges between two elements of two modules or more tell: blur moves those of
 * narrow elements, whose extremes it takes away. Without such edges all tell.
 */
function growthOf(widths: Float64Array, nominal: readonly number[], module: number): number {
  const wide = edgeShift(widths, nominal, { module, least: 2 });
  return wide ?? edgeShift(widths, nominal, { module, least: 1 }) ?? 0;
}

/** Mean shift of the edges where bars end, less that of those where they begin, in X. */
function edgeShift(
  widths: Float64Array,
  nominal: readonly number[],
  { module, least }: { readonly module: number; readonly least: number },
): number | undefined {
  const sums = [0, 0];
  const counts = [0, 0];
  let [place, modules] = [0, 0];
  for (let at = 0; at + 1 < nominal.length; at += 1) {
    place += (widths[at] ?? 0) / module;
    modules += nominal[at] ?? 0;
    if ((nominal[at] ?? 0) < least || (nominal[at + 1] ?? 0) < least) continue;
    sums[at % 2] = (sums[at % 2] ?? 0) + place - modules;
    counts[at % 2] = (counts[at % 2] ?? 0) + 1;
  }
  const [ends = 0, begins = 0] = counts;
  return ends < 2 || begins < 2 ? undefined : (sums[0] ?? 0) / ends - (sums[1] ?? 0) / begins;
}
