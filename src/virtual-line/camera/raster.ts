import { cover, drawDisc, type PrintRaster } from '#virtual-line/camera/ink.ts';
import { damageInk } from '#virtual-line/camera/ink-damage.ts';
import type { Grid, Mark, Scene } from '#virtual-line/camera/scene.ts';
import type { PrintDefects } from '#virtual-line/print-defects.ts';

/** Room around the print in X: the quiet zone, and what a smear or a drop needs. */
const ROOM = 4;

/** Draws all marks at about the camera's own scale, each cell with the exact area it covers of each pixel. */
export function drawPrint(scene: Scene, scale: number): PrintRaster {
  const x = scene.marks[0]?.cell ?? 1;
  const room = ROOM * x + Math.max(0, scene.print.smear) * x;
  const left = Math.min(...scene.marks.map((mark) => mark.x)) - room;
  const top = Math.min(...scene.marks.map((mark) => mark.y)) - room;
  const right = Math.max(...scene.marks.map((mark) => mark.x + mark.grid.width * mark.cell)) + room;
  const bottom = Math.max(...scene.marks.map((mark) => mark.y + mark.grid.height * mark.cell)) + room;
  const width = Math.ceil((right - left) * scale);
  const height = Math.ceil((bottom - top) * scale);
  const raster = { x: left, y: top, scale, width, height, ink: new Float32Array(width * height) };
  for (const mark of scene.marks) drawMark(raster, mark, scene.print, x);
  const [first] = scene.marks;
  if (first) {
    if (scene.over && scene.print.overprint > 0) drawOver(raster, first, scene.over, scene.print);
    damageInk(raster, first, scene);
  }
  if (scene.inverted) for (let i = 0; i < raster.ink.length; i++) raster.ink[i] = 1 - (raster.ink[i] ?? 0);
  return raster;
}

/** A second record on top of the first, half a module off: ink adds up. */
function drawOver(raster: PrintRaster, first: Mark, grid: Grid, print: PrintDefects): void {
  const second = { ...raster, ink: new Float32Array(raster.ink.length) };
  const off = first.cell / 2;
  drawMark(second, { ...first, grid, x: first.x + off, y: first.y + off }, print, first.cell);
  for (let i = 0; i < second.ink.length; i++) {
    raster.ink[i] = Math.max(raster.ink[i] ?? 0, print.overprint * (second.ink[i] ?? 0));
  }
}

/** A share of the wave by which rows stand off; 7 rows to a wave shows in every symbol. */
const WAVE = (2 * Math.PI) / 7;

function drawMark(raster: PrintRaster, mark: Mark, print: PrintDefects, x: number): void {
  const { grid } = mark;
  const pen = penOf(raster, mark, print, x);
  for (let row = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++) {
      if (isInk(grid, column, row)) drawCell(raster, grid, pen, { column, row });
    }
  }
}

/** What all cells of a mark have in common, in raster pixels. */
interface Pen {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  /** By how much each free side of a cell stands out: dot gain is a length on the item, the same for symbol and text. */
  readonly gainX: number;
  readonly gainY: number;
  readonly wobble: number;
  readonly dots: number;
}

function penOf({ x: left, y: top, scale }: PrintRaster, mark: Mark, print: PrintDefects, x: number): Pen {
  return {
    left: (mark.x - left) * scale,
    top: (mark.y - top) * scale,
    cell: mark.cell * scale,
    gainX: (print.growth.x * x * scale) / 2,
    gainY: (print.growth.y * x * scale) / 2,
    wobble: print.wobble * mark.cell * scale,
    dots: print.dots,
  };
}

function drawCell(
  raster: PrintRaster,
  grid: Grid,
  { left, top, cell, gainX, gainY, wobble, dots }: Pen,
  { column, row }: { readonly column: number; readonly row: number },
): void {
  const x = left + column * cell + wobble * Math.sin(row * WAVE);
  const y = top + row * cell;
  if (dots > 0) {
    drawDisc(raster, { x: x + cell / 2, y: y + cell / 2, radius: (dots * cell) / 2 });
    return;
  }
  cover(raster, {
    left: x - (isInk(grid, column - 1, row) ? 0 : gainX),
    right: x + cell + (isInk(grid, column + 1, row) ? 0 : gainX),
    top: y - (isInk(grid, column, row - 1) ? 0 : gainY),
    bottom: y + cell + (isInk(grid, column, row + 1) ? 0 : gainY),
  });
}

function isInk({ width, height, modules }: Grid, column: number, row: number): boolean {
  return column >= 0 && row >= 0 && column < width && row < height && modules[row * width + column] === 1;
}
