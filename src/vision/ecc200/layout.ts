import { byteAt, intAt } from '#vision/ecc200/at.ts';
import { DARK, placement } from '#vision/ecc200/placement.ts';
import { type Ecc200Size, regionOf } from '#vision/ecc200/sizes.ts';

/** In a pattern: a module that depends on the message. */
export const VARIABLE = 2;

/** Where things stand in a symbol of one size. Modules count row by row from the top left. */
export interface Layout {
  /** Per module: 1 dark, 0 light, VARIABLE. Finders, clock tracks and the left-over corner never change. */
  readonly pattern: Uint8Array;
  /** Per bit, eight times the codeword plus the bit: its module. */
  readonly modules: Int32Array;
}

const layouts = new Map<Ecc200Size, Layout>();

/** The layout of a size, made once. */
export function layoutOf(size: Ecc200Size): Layout {
  const known = layouts.get(size);
  if (known !== undefined) return known;
  const made = makeLayout(size);
  layouts.set(size, made);
  return made;
}

function makeLayout(size: Ecc200Size): Layout {
  const region = regionOf(size);
  const inner = { rows: region.rows - 2, columns: region.columns - 2 };
  const pattern = new Uint8Array(size.rows * size.columns).fill(VARIABLE);
  for (let row = 0; row < size.rows; row += 1) {
    for (let column = 0; column < size.columns; column += 1) {
      pattern[row * size.columns + column] = finderAt(region, row % region.rows, column % region.columns);
    }
  }
  const modules = new Int32Array(8 * (size.data + size.ec));
  const width = inner.columns * size.regionsAcross;
  const cells = placement(inner.rows * size.regionsDown, width);
  for (let cell = 0; cell < cells.length; cell += 1) {
    const row = Math.floor(cell / width);
    const column = cell % width;
    const y = row + 1 + 2 * Math.floor(row / inner.rows);
    const x = column + 1 + 2 * Math.floor(column / inner.columns);
    const bit = intAt(cells, cell);
    if (bit >= 0) modules[bit] = y * size.columns + x;
    else pattern[y * size.columns + x] = bit === DARK ? 1 : 0;
  }
  return { pattern, modules };
}

/** Solid on the left and at the bottom; the top is dark in even columns, the right in odd rows. */
function finderAt(region: { rows: number; columns: number }, row: number, column: number): number {
  if (column === 0 || row === region.rows - 1) return 1;
  if (row === 0) return 1 - (column % 2);
  return column === region.columns - 1 ? row % 2 : VARIABLE;
}

/** The symbol of all its codewords: 1 is dark, row by row, no quiet zone. */
export function modulesOf(words: Uint8Array, size: Ecc200Size): Uint8Array {
  const { pattern, modules } = layoutOf(size);
  const symbol = pattern.slice();
  for (let bit = 0; bit < modules.length; bit += 1) {
    symbol[intAt(modules, bit)] = (byteAt(words, bit >> 3) >> (7 - (bit & 7))) & 1;
  }
  return symbol;
}

/** The codewords of a symbol, right or wrong, as they stand in it; written into `words`. */
export function readWords(symbol: Uint8Array, size: Ecc200Size, words: Uint8Array): void {
  const { modules } = layoutOf(size);
  const count = size.data + size.ec;
  for (let word = 0; word < count; word += 1) {
    let value = 0;
    for (let bit = 0; bit < 8; bit += 1) value = 2 * value + byteAt(symbol, intAt(modules, 8 * word + bit));
    words[word] = value;
  }
}
