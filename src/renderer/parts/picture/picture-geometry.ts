import type { EyeCode } from '#contract/eye.ts';

export type Corners = EyeCode['corners'];
export type Point = Corners[number];

/** A part of the frame, or of the canvas, in its own pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes frame pixels to canvas pixels: the same scale in both directions, so that nothing is distorted. */
export interface Placing {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Shows all of `part` as large as `room` allows, in its middle. */
export function placeInto(part: Box, room: { readonly width: number; readonly height: number }): Placing {
  const scale = Math.min(room.width / part.width, room.height / part.height);
  return {
    scale,
    left: (room.width - part.width * scale) / 2 - part.x * scale,
    top: (room.height - part.height * scale) / 2 - part.y * scale,
  };
}

/** Whether any side of `box` runs through `part`: a window that is larger than what is shown is not to be seen. */
export function hasEdgeIn(box: Box, part: Box): boolean {
  const isAcross = box.x < part.x + part.width && box.x + box.width > part.x;
  const isDown = box.y < part.y + part.height && box.y + box.height > part.y;
  const isUpright = [box.x, box.x + box.width].some((x) => x >= part.x && x <= part.x + part.width);
  const isLevel = [box.y, box.y + box.height].some((y) => y >= part.y && y <= part.y + part.height);
  return (isUpright && isDown) || (isLevel && isAcross);
}

/** Where a point of the frame lies on the canvas. */
export function placed({ scale, left, top }: Placing, [x, y]: Point): Point {
  return [left + x * scale, top + y * scale];
}

/**
 * The outline of one module, `index` being row * columns + column. Bilinear between the corners: at the tilts of a line
 * camera this is less than a third of a module from the true perspective, and it is only drawn, never measured.
 */
export function moduleOutline(
  corners: Corners,
  size: { readonly rows: number; readonly columns: number },
  index: number,
): Corners {
  const row = Math.floor(index / size.columns);
  const column = index % size.columns;
  const at = (r: number, c: number): Point => inside(corners, c / size.columns, r / size.rows);
  return [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)];
}

/** How far a line through a symbol reaches out of it on either side, as a share of its length. */
const OVER = 0.07;

/** The middle of a row, or of a column, from edge to edge of the symbol and a little beyond. */
export function lineAcross(
  corners: Corners,
  size: { readonly rows: number; readonly columns: number },
  line: { readonly row: number } | { readonly column: number },
): readonly [Point, Point] {
  if ('row' in line) {
    const down = (line.row + 0.5) / size.rows;
    return [inside(corners, -OVER, down), inside(corners, 1 + OVER, down)];
  }
  const across = (line.column + 0.5) / size.columns;
  return [inside(corners, across, -OVER), inside(corners, across, 1 + OVER)];
}

/** Room around what is shown from near, as a share of its longer side. */
const AROUND = 0.3;

/** The part of a frame with all of these points and some room around them; the whole frame where there are none. */
export function closeUp(frame: { readonly width: number; readonly height: number }, points: readonly Point[]): Box {
  if (points.length === 0) return { x: 0, y: 0, width: frame.width, height: frame.height };
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const around = AROUND * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const [left, top] = [Math.max(0, Math.min(...xs) - around), Math.max(0, Math.min(...ys) - around)];
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.min(frame.width, Math.max(...xs) + around) - left),
    height: Math.max(1, Math.min(frame.height, Math.max(...ys) + around) - top),
  };
}

/** The corners of a box, as those of a code. */
export function cornersOf({ x, y, width, height }: Box): Corners {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

function inside([topLeft, topRight, bottomRight, bottomLeft]: Corners, across: number, down: number): Point {
  const above = between(topLeft, topRight, across);
  const below = between(bottomLeft, bottomRight, across);
  return between(above, below, down);
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}
