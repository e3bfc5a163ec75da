import { byteAt } from '#vision/ecc200/at.ts';
import { alignmentAt, dataBits, sideOf } from '#vision/grade-qr/sizes.ts';

/** What a module is for, where it is not finder, timing or alignment: those are 0 light, 1 dark. */
export const DATA = 2;
export const FORMAT = 3;
export const VERSION = 4;

/** Where everything stands in a version of QR code. Places are `row * side + column`. */
export interface QrLayout {
  readonly version: number;
  readonly side: number;
  /** 1 dark, 0 light, or what the module is for. */
  readonly pattern: Uint8Array;
  /** Data modules in the order of their bits, the remainder's included. */
  readonly bits: Int32Array;
  /** Both copies of the format information, lowest bit first. */
  readonly format: readonly [Int32Array, Int32Array];
  /** Both copies of the version information, lowest bit first; none below version 7. */
  readonly information: readonly Int32Array[];
}

const layouts = new Map<number, QrLayout>();

/** The layout of a version, made once (ISO/IEC 18004, 6.3 and 7.7). */
export function qrLayout(version: number): QrLayout {
  const known = layouts.get(version);
  if (known !== undefined) return known;
  const made = makeLayout(version);
  layouts.set(version, made);
  return made;
}

interface Board {
  readonly side: number;
  readonly pattern: Uint8Array;
}

function makeLayout(version: number): QrLayout {
  const side = sideOf(version);
  const board: Board = { side, pattern: new Uint8Array(side * side).fill(DATA) };
  drawTiming(board);
  for (const [row, column] of [
    [3, 3],
    [3, side - 4],
    [side - 4, 3],
  ] as const) {
    drawRings(board, { row, column, reach: 4, light: [2, 4] });
  }
  drawAlignment(board, alignmentAt(version));
  const format = formatPlaces(side);
  for (const place of [...format[0], ...format[1]]) board.pattern[place] = FORMAT;
  board.pattern[(side - 8) * side + 8] = 1;
  const information = version < 7 ? [] : informationPlaces(side);
  for (const places of information) for (const place of places) board.pattern[place] = VERSION;
  return { version, side, pattern: board.pattern, bits: bitPlaces(board, dataBits(version)), format, information };
}

function drawTiming({ side, pattern }: Board): void {
  for (let at = 0; at < side; at += 1) {
    pattern[6 * side + at] = at % 2 === 0 ? 1 : 0;
    pattern[at * side + 6] = at % 2 === 0 ? 1 : 0;
  }
}

interface Rings {
  readonly row: number;
  readonly column: number;
  readonly reach: number;
  /** Which rings around the middle are light. */
  readonly light: readonly number[];
}

function drawRings({ side, pattern }: Board, { row, column, reach, light }: Rings): void {
  for (let down = -reach; down <= reach; down += 1) {
    for (let across = -reach; across <= reach; across += 1) {
      const [y, x] = [row + down, column + across];
      if (y < 0 || x < 0 || y >= side || x >= side) continue;
      const ring = Math.max(Math.abs(down), Math.abs(across));
      pattern[y * side + x] = light.includes(ring) ? 0 : 1;
    }
  }
}

function drawAlignment(board: Board, at: readonly number[]): void {
  for (const [row, column] of alignmentMiddles(at)) drawRings(board, { row, column, reach: 2, light: [1] });
}

/** All crossings but the three corners that finders cover. */
export function alignmentMiddles(at: readonly number[]): readonly (readonly [number, number])[] {
  const last = at.length - 1;
  return at.flatMap((row, down) =>
    at.flatMap((column, across) => {
      const isFinder = (down === 0 && (across === 0 || across === last)) || (down === last && across === 0);
      return isFinder ? [] : [[row, column] as const];
    }),
  );
}

function formatPlaces(side: number): readonly [Int32Array, Int32Array] {
  const at = (row: number, column: number) => row * side + column;
  const around = [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((row) => at(row, 8)),
    ...[7, 5, 4, 3, 2, 1, 0].map((column) => at(8, column)),
  ];
  const apart = [
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((back) => at(8, side - back)),
    ...[7, 6, 5, 4, 3, 2, 1].map((back) => at(side - back, 8)),
  ];
  return [Int32Array.from(around), Int32Array.from(apart)];
}

function informationPlaces(side: number): readonly Int32Array[] {
  const bits = Array.from({ length: 18 }, (_none, bit) => [Math.floor(bit / 3), side - 11 + (bit % 3)] as const);
  const upper = Int32Array.from(bits, ([short, long]) => short * side + long);
  const lower = Int32Array.from(bits, ([short, long]) => long * side + short);
  return [upper, lower];
}

/** Two columns at a time from the right, up and down in turn; the vertical timing pattern is skipped. */
function bitPlaces({ side, pattern }: Board, count: number): Int32Array {
  const places = new Int32Array(count);
  let next = 0;
  for (let pair = 0; pair < (side - 1) / 2; pair += 1) {
    const back = side - 1 - 2 * pair;
    const right = back <= 6 ? back - 1 : back;
    for (let step = 0; step < 2 * side; step += 1) {
      const along = step >> 1;
      const row = pair % 2 === 0 ? side - 1 - along : along;
      const place = row * side + right - (step & 1);
      if (byteAt(pattern, place) !== DATA) continue;
      places[next] = place;
      next += 1;
    }
  }
  return places;
}
