import { intAt } from '#vision/ecc200/at.ts';

/** What a cell of the mapping matrix holds that belongs to no codeword. */
export const LIGHT = -1;
export const DARK = -2;
const EMPTY = -3;

/** The matrix that is left when finders and clock tracks are taken away, and where its walk stands. */
interface Field {
  readonly rows: number;
  readonly columns: number;
  readonly cells: Int32Array;
}

/** Rows and columns of a codeword's eight modules, the most significant bit first, from its corner cell. */
const SHAPE = [-2, -2, -2, -1, -1, -2, -1, -1, -1, 0, 0, -2, 0, -1, 0, 0] as const;

/** The four shapes that a corner of the matrix may ask for: rows and columns, negative ones counted from the end. */
const CORNERS = [
  [-1, 0, -1, 1, -1, 2, 0, -2, 0, -1, 1, -1, 2, -1, 3, -1],
  [-3, 0, -2, 0, -1, 0, 0, -4, 0, -3, 0, -2, 0, -1, 1, -1],
  [-3, 0, -2, 0, -1, 0, 0, -2, 0, -1, 1, -1, 2, -1, 3, -1],
  [-1, 0, -1, -1, 0, -3, 0, -2, 0, -1, 1, -3, 1, -2, 1, -1],
] as const;

/**
 * Where each bit stands (ISO/IEC 16022, annex F): for every cell of the mapping matrix, row by row, the codeword times
 * eight plus the bit, 0 being the most significant; or LIGHT or DARK in the corner that some sizes leave over.
 */
export function placement(rows: number, columns: number): Int32Array {
  const field: Field = { rows, columns, cells: new Int32Array(rows * columns).fill(EMPTY) };
  let word = 0;
  let row = 4;
  let column = 0;
  while (row < rows || column < columns) {
    word = placeCorner(field, word, row, column);
    for (; row >= 0 && column < columns; row -= 2, column += 2) word = placeShape(field, word, row, column);
    row += 1;
    column += 3;
    for (; row < rows && column >= 0; row += 2, column -= 2) word = placeShape(field, word, row, column);
    row += 3;
    column += 1;
  }
  fillLeftOver(field);
  return field.cells;
}

/** The next codeword: after this one when it was placed. */
function placeCorner(field: Field, word: number, row: number, column: number): number {
  const which = cornerAt(field, row, column);
  const corner = which === undefined ? undefined : CORNERS[which];
  if (corner === undefined) return word;
  for (let bit = 0; bit < 8; bit += 1) {
    const y = corner[2 * bit] ?? 0;
    const x = corner[2 * bit + 1] ?? 0;
    const at = (y < 0 ? y + field.rows : y) * field.columns + (x < 0 ? x + field.columns : x);
    field.cells[at] = 8 * word + bit;
  }
  return word + 1;
}

function cornerAt({ rows, columns }: Field, row: number, column: number): number | undefined {
  if (row === rows && column === 0) return 0;
  if (row === rows - 2 && column === 0 && columns % 4 !== 0) return 1;
  if (row === rows - 2 && column === 0 && columns % 8 === 4) return 2;
  return row === rows + 4 && column === 2 && columns % 8 === 0 ? 3 : undefined;
}

function placeShape(field: Field, word: number, row: number, column: number): number {
  if (row < 0 || row >= field.rows || column < 0 || column >= field.columns) return word;
  if (intAt(field.cells, row * field.columns + column) !== EMPTY) return word;
  for (let bit = 0; bit < 8; bit += 1) {
    placeBit(field, 8 * word + bit, row + (SHAPE[2 * bit] ?? 0), column + (SHAPE[2 * bit + 1] ?? 0));
  }
  return word + 1;
}

/** A module that falls off the matrix comes back in on the opposite side, shifted. */
function placeBit({ rows, columns, cells }: Field, value: number, row: number, column: number): void {
  let y = row;
  let x = column;
  if (y < 0) {
    y += rows;
    x += 4 - ((rows + 4) % 8);
  }
  if (x < 0) {
    x += columns;
    y += 4 - ((columns + 4) % 8);
  }
  cells[y * columns + x] = value;
}

/** Sizes whose cells are not a multiple of eight end in a two by two checker. */
function fillLeftOver({ rows, columns, cells }: Field): void {
  const last = rows * columns - 1;
  if (intAt(cells, last) !== EMPTY) return;
  cells[last] = DARK;
  cells[last - columns - 1] = DARK;
  cells[last - 1] = LIGHT;
  cells[last - columns] = LIGHT;
}
