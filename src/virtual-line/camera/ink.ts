/** Ink on the item: 0 none, 1 full. Position of its top left corner in mm, and its pixels per mm. */
export interface PrintRaster {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  readonly ink: Float32Array;
}

/** A rectangle in raster pixels. */
interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Adds ink over an area; pixels at its rim get the share it covers. */
export function cover({ width, height, ink }: PrintRaster, { left, right, top, bottom }: Area): void {
  if (right <= left || bottom <= top) return;
  const lastRow = Math.min(height - 1, Math.ceil(bottom) - 1);
  const lastColumn = Math.min(width - 1, Math.ceil(right) - 1);
  for (let y = Math.max(0, Math.floor(top)); y <= lastRow; y++) {
    const tall = Math.min(bottom, y + 1) - Math.max(top, y);
    for (let x = Math.max(0, Math.floor(left)); x <= lastColumn; x++) {
      const share = tall * (Math.min(right, x + 1) - Math.max(left, x));
      ink[y * width + x] = Math.min(1, (ink[y * width + x] ?? 0) + share);
    }
  }
}

/** A round drop in raster pixels, its rim a pixel soft. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** `to` 1: a drop of ink; 0: a void. */
export function drawDisc({ width, height, ink }: PrintRaster, { x, y, radius }: Disc, to = 1): void {
  const bottom = Math.min(height - 1, Math.ceil(y + radius));
  const right = Math.min(width - 1, Math.ceil(x + radius));
  for (let row = Math.max(0, Math.floor(y - radius)); row <= bottom; row++) {
    for (let column = Math.max(0, Math.floor(x - radius)); column <= right; column++) {
      const share = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y)));
      const at = row * width + column;
      const before = ink[at] ?? 0;
      ink[at] = to === 0 ? before * (1 - share) : Math.max(before, to * share);
    }
  }
}
