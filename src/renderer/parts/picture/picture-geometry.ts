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

function inside([topLeft, topRight, bottomRight, bottomLeft]: Corners, across: number, down: number): Point {
  const above = between(topLeft, topRight, across);
  const below = between(bottomLeft, bottomRight, across);
  return between(above, below, down);
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}
