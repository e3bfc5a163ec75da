import type { Window } from '#contract/camera-job.ts';
import type { GreyImage } from '#vision/image.ts';

/** How much ink there is, in coarse cells: 0 paper, 1 print. */
export interface InkMap {
  readonly cells: Float32Array;
  readonly columns: number;
  readonly rows: number;
  /** Pixels of a cell's side, and where the first begins in the frame. */
  readonly side: number;
  readonly x: number;
  readonly y: number;
}

/** Paper is what all but the lightest few cells are, print what the darkest are. */
const PAPER = 0.9;
const PRINT = 0.06;

/** Maps a window that lies in the image; `side`: whole pixels. Undefined: it is too small, or shows nothing but one grey. */
export function inkMap(image: GreyImage, window: Window, side: number, isInverted: boolean): InkMap | undefined {
  const [columns, rows] = [Math.floor(window.width / side), Math.floor(window.height / side)];
  if (columns < 8 || rows < 8) return undefined;
  const cells = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      cells[row * columns + column] = meanOf(image, window.x + column * side, window.y + row * side, side);
    }
  }
  const sorted = Float32Array.from(cells).sort();
  const level = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const [paper, print] = isInverted ? [level(1 - PAPER), level(1 - PRINT)] : [level(PAPER), level(PRINT)];
  if (Math.abs(paper - print) < 1) return undefined;
  for (let at = 0; at < cells.length; at += 1) {
    cells[at] = Math.max(0, Math.min(1, (paper - (cells[at] ?? 0)) / (paper - print)));
  }
  return { cells, columns, rows, side, x: window.x, y: window.y };
}

function meanOf({ pixels, stride }: GreyImage, x: number, y: number, side: number): number {
  let sum = 0;
  for (let row = y; row < y + side; row += 1) {
    for (let at = row * stride + x; at < row * stride + x + side; at += 1) sum += pixels[at] ?? 0;
  }
  return sum / (side * side);
}

/** Ink at a frame pixel, between cells; outside the map there is none. */
export function inkAt({ cells, columns, rows, side, x, y }: InkMap, px: number, py: number): number {
  const u = (px - x) / side - 0.5;
  const v = (py - y) / side - 0.5;
  const column = Math.floor(u);
  const row = Math.floor(v);
  if (column < 0 || row < 0 || column + 1 >= columns || row + 1 >= rows) return 0;
  const at = row * columns + column;
  const above = (cells[at] ?? 0) + (u - column) * ((cells[at + 1] ?? 0) - (cells[at] ?? 0));
  const under = at + columns;
  const below = (cells[under] ?? 0) + (u - column) * ((cells[under + 1] ?? 0) - (cells[under] ?? 0));
  return above + (v - row) * (below - above);
}

/** Sums of all cells above and left of each: boxes of any size in four look-ups. */
export function sumsOf({ cells, columns, rows }: InkMap): Float64Array {
  const sums = new Float64Array((columns + 1) * (rows + 1));
  for (let row = 0; row < rows; row += 1) {
    let line = 0;
    for (let column = 0; column < columns; column += 1) {
      line += cells[row * columns + column] ?? 0;
      sums[(row + 1) * (columns + 1) + column + 1] = (sums[row * (columns + 1) + column + 1] ?? 0) + line;
    }
  }
  return sums;
}
