/** The 106 characters of Code 128 with six widths each, bars first (ISO/IEC 15417, table 1), and the stop's first six. */
const WIDTHS =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221' +
  '223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321' +
  '112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131' +
  '311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114' +
  '122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141' +
  '214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232233111';

const ELEMENTS = 6;
/** Modules of every character but the stop, whose seventh element is a bar of two more. */
export const CHARACTER_MODULES = 11;
export const STOP_MODULES = 13;
export const STOP = 106;
const START_A = 103;
const START_C = 105;
const CHECK_BASE = 103;

/** Widths in modules of character `value`, bar first. */
export function widthsOf(value: number): readonly number[] {
  return Array.from(WIDTHS.slice(value * ELEMENTS, (value + 1) * ELEMENTS), Number);
}

/** What six measured widths say. `margin`: decodability 0..1, the worse of both terms of the symbology standard. */
export interface Character {
  readonly value: number;
  readonly margin: number;
}

interface Pattern {
  readonly value: number;
  readonly darkModules: number;
}

/** Characters by their four edge-to-similar-edge distances; the few that share them differ in dark modules. */
const BY_EDGES: ReadonlyMap<number, readonly Pattern[]> = patternsByEdges();

/**
 * Reads one character from `at` on with the reference method: distances between similar edges, which print growth leaves
 * alone, and the sum of the bars. Undefined: no character has such distances.
 */
export function readCharacter(widths: ArrayLike<number>, at: number): Character | undefined {
  const w = (place: number) => widths[at + place] ?? 0;
  const sum = w(0) + w(1) + w(2) + w(3) + w(4) + w(5);
  if (!(sum > 0)) return undefined;
  const modules = CHARACTER_MODULES / sum;
  let key = 0;
  let margin = 1;
  for (let place = 0; place < 4; place += 1) {
    const distance = (w(place) + w(place + 1)) * modules;
    const whole = Math.round(distance);
    key = key * 10 + whole;
    margin = Math.min(margin, (0.5 - Math.abs(distance - whole)) / 0.5);
  }
  return closest(BY_EDGES.get(key), (w(0) + w(2) + w(4)) * modules, margin);
}

/** The second term, on the sum of the bars: 1.75 modules off its nominal is no margin at all. */
const BAR_SUM_RANGE = 1.75;

function closest(patterns: readonly Pattern[] | undefined, dark: number, margin: number): Character | undefined {
  let best: Character | undefined;
  let least = BAR_SUM_RANGE;
  for (const { value, darkModules } of patterns ?? []) {
    const off = Math.abs(dark - darkModules);
    if (off >= least) continue;
    least = off;
    best = { value, margin: Math.max(0, Math.min(margin, (BAR_SUM_RANGE - off) / BAR_SUM_RANGE)) };
  }
  return best;
}

function patternsByEdges(): ReadonlyMap<number, readonly Pattern[]> {
  const byEdges = new Map<number, Pattern[]>();
  for (let value = 0; value <= STOP; value += 1) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = widthsOf(value);
    const key = [a + b, b + c, c + d, d + e].reduce((sum, distance) => sum * 10 + distance, 0);
    byEdges.set(key, [...(byEdges.get(key) ?? []), { value, darkModules: a + c + e }]);
  }
  return byEdges;
}

/** Whether the values, from start to check character, are a symbol; what it says, if so. */
export function textOf(values: readonly number[]): string | undefined {
  const [start = 0, ...rest] = values;
  const check = rest.pop();
  if (start < START_A || start > START_C || check === undefined || rest.length === 0) return undefined;
  if (rest.some((value) => value > FNC1)) return undefined;
  const sum = rest.reduce((total, value, place) => total + value * (place + 1), start);
  return sum % CHECK_BASE === check ? spelled(start, rest) : undefined;
}

type CodeSet = 'A' | 'B' | 'C';

/** The first value that stands for no character outside of set C. */
const FNC3 = 96;
const FNC1 = 102;
const SHIFT = 98;
const TO_C = 99;
const TO_B = 100;
const TO_A = 101;
const GS = '\u001d';

interface Spelling {
  set: CodeSet;
  /** The set of the next character only. */
  shifted: CodeSet | undefined;
  /** FNC 4: the next character, or all from here on, are of the upper half of Latin-1. */
  upper: boolean;
  upperOnce: boolean;
  text: string;
}

function spelled(start: number, values: readonly number[]): string {
  const set = start === START_A ? 'A' : start === START_C ? 'C' : 'B';
  const state: Spelling = { set, shifted: undefined, upper: false, upperOnce: false, text: '' };
  for (const [place, value] of values.entries()) spell(state, value, place);
  return state.text;
}

function spell(state: Spelling, value: number, place: number): void {
  const set = state.shifted ?? state.set;
  state.shifted = undefined;
  if (value === FNC1) {
    // In front it says GS1 and is not sent; anywhere else it separates.
    if (place > 0) state.text += GS;
    return;
  }
  if (set === 'C') spellPair(state, value);
  else if (value < FNC3) spellSingle(state, set, value);
  else control(state, set, value);
}

function spellPair(state: Spelling, value: number): void {
  if (value === TO_A) state.set = 'A';
  else if (value === TO_B) state.set = 'B';
  else state.text += String(value).padStart(2, '0');
}

function spellSingle(state: Spelling, set: CodeSet, value: number): void {
  const code = set === 'A' && value >= 64 ? value - 64 : value + 32;
  state.text += String.fromCharCode(code + (state.upper === state.upperOnce ? 0 : 128));
  state.upperOnce = false;
}

function control(state: Spelling, set: CodeSet, value: number): void {
  const fnc4 = set === 'A' ? TO_A : TO_B;
  if (value === SHIFT) state.shifted = set === 'A' ? 'B' : 'A';
  else if (value === TO_C) state.set = 'C';
  else if (value === fnc4) upperHalf(state);
  else if (value === TO_A || value === TO_B) state.set = value === TO_A ? 'A' : 'B';
  // FNC 2 and FNC 3 speak to the reader and stand for no character.
}

/** Once: the next character. Twice in a row: all from here on, until twice again. */
function upperHalf(state: Spelling): void {
  if (state.upperOnce) state.upper = !state.upper;
  state.upperOnce = !state.upperOnce;
}
