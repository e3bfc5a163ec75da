import type { Corners } from '#contract/inspection.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { type FlatField, GAIN_ONE, type GradingProfile } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

/** The part of a frame around a symbol, as reflectance 0..1 with light paper high; memory is kept from frame to frame. */
export interface Plate {
  values: Float64Array;
  /** Frame pixel of the first value. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** The frame's own size: what lies outside was not seen. */
  frameWidth: number;
  frameHeight: number;
}

export function emptyPlate(): Plate {
  return { values: new Float64Array(0), left: 0, top: 0, width: 0, height: 0, frameWidth: 0, frameHeight: 0 };
}

/** Copies the symbol and a margin in pixels around it. False when none of it lies in the frame, or the frame is no frame. */
export function cutPlate(plate: Plate, image: GreyImage, around: { corners: Corners; margin: number }): boolean {
  if (!isImage(image)) return false;
  const xs = around.corners.map(([x]) => x);
  const ys = around.corners.map(([, y]) => y);
  plate.left = Math.max(0, Math.floor(Math.min(...xs) - around.margin));
  plate.top = Math.max(0, Math.floor(Math.min(...ys) - around.margin));
  plate.width = Math.min(image.width, Math.ceil(Math.max(...xs) + around.margin)) - plate.left;
  plate.height = Math.min(image.height, Math.ceil(Math.max(...ys) + around.margin)) - plate.top;
  plate.frameWidth = image.width;
  plate.frameHeight = image.height;
  if (!(plate.width >= 2 && plate.height >= 2)) return false;
  if (plate.values.length < plate.width * plate.height) plate.values = new Float64Array(plate.width * plate.height);
  return true;
}

function isImage({ pixels, width, height, stride }: GreyImage): boolean {
  const whole = Number.isInteger(width) && Number.isInteger(height) && Number.isInteger(stride);
  return whole && width > 0 && stride >= width && height > 0 && pixels.length >= stride * (height - 1) + width;
}

/** Fills a plate that was cut with reflectances: flat field, then card, then polarity. */
export function fillPlate(plate: Plate, image: GreyImage, profile: GradingProfile): void {
  const { black, white, card } = profile.reflectance ?? { black: 0, white: 255, card: 1 };
  const scale = (profile.inverted === true ? -card : card) / (white - black);
  const base = profile.inverted === true ? 1 : 0;
  const field = fittingField(profile.flatField, image);
  for (let y = 0; y < plate.height; y += 1) {
    const row = (plate.top + y) * image.stride + plate.left;
    const line = y * plate.width;
    for (let x = 0; x < plate.width; x += 1) plate.values[line + x] = (image.pixels[row + x] ?? 0) - black;
    if (field !== undefined) evenRow(plate, y, { field, black });
    for (let x = line; x < line + plate.width; x += 1) plate.values[x] = base + realAt(plate.values, x) * scale;
  }
}

/** The flat field, if it was taken of frames of this size. */
export function fittingField(field: FlatField | undefined, image: GreyImage): FlatField | undefined {
  return field?.width === image.width && field.height === image.height ? field : undefined;
}

function evenRow(plate: Plate, y: number, { field, black }: { field: FlatField; black: number }): void {
  const gains = (plate.top + y) * field.width + plate.left;
  const line = y * plate.width;
  for (let x = 0; x < plate.width; x += 1) {
    const grey = realAt(plate.values, line + x) + black - field.dark;
    plate.values[line + x] = (grey * (field.gain[gains + x] ?? GAIN_ONE)) / GAIN_ONE - black;
  }
}

/** Reflectance at a place in frame pixels, between its four neighbours; beyond the plate that of its edge. */
export function reflectanceAt(plate: Plate, x: number, y: number): number {
  const { values, width } = plate;
  const px = Math.min(Math.max(x - 0.5 - plate.left, 0), width - 1.001);
  const py = Math.min(Math.max(y - 0.5 - plate.top, 0), plate.height - 1.001);
  const column = Math.floor(px);
  const row = Math.floor(py);
  const at = row * width + column;
  const fx = px - column;
  const upper = realAt(values, at) * (1 - fx) + realAt(values, at + 1) * fx;
  const lower = realAt(values, at + width) * (1 - fx) + realAt(values, at + width + 1) * fx;
  return upper + (lower - upper) * (py - row);
}

/** Reflectance seen through a round aperture: a pixel weighs clamp(r + 0.5 − distance, 0, 1) (vision.md §5.6). */
export function apertureAt(plate: Plate, x: number, y: number, radius: number): number {
  // An aperture smaller than a pixel is the pixel grid's own.
  if (radius < 0.6) return reflectanceAt(plate, x, y);
  const px = x - 0.5 - plate.left;
  const py = y - 0.5 - plate.top;
  const reach = radius + 0.5;
  const left = Math.max(0, Math.ceil(px - reach));
  const right = Math.min(plate.width - 1, Math.floor(px + reach));
  const bottom = Math.min(plate.height - 1, Math.floor(py + reach));
  let sum = 0;
  let weights = 0;
  for (let row = Math.max(0, Math.ceil(py - reach)); row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const far = Math.sqrt((column - px) * (column - px) + (row - py) * (row - py));
      const weight = Math.min(1, Math.max(0, reach - far));
      sum += weight * realAt(plate.values, row * plate.width + column);
      weights += weight;
    }
  }
  return weights > 0 ? sum / weights : reflectanceAt(plate, x, y);
}
