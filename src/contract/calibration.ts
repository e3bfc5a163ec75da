import { z } from 'zod';

/** Three by three numbers, row by row: frame pixels to millimetres. */
const Matrix = z.tuple([
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
]);

/** What a calibration belongs to, and when it was made. Another exposure, lens, distance or light makes it void. */
const Origin = {
  profile: z.string().min(1).max(40),
  /** Milliseconds since 1970. */
  at: z.int().nonnegative(),
  frame: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
};

/** How unevenly a frame is lit: gains at the crossings of a grid, row by row. */
export const FlatFieldData = z.strictObject({
  ...Origin,
  kind: z.literal('flat-field'),
  /** Pixels from one crossing to the next; the first lies on the frame's first pixel. */
  step: z.int().min(1).max(256),
  /** Dark level in grey levels. */
  dark: z.number().min(0).max(255),
  /** Gains of 16 bits, low byte first, 16384 is 1; in base64. */
  gains: z.base64(),
  frames: z.int().min(1),
  /** The card's usual level over the dark one, and its reflectance 0..1 when that is known: then grades are not relative. */
  level: z.number().positive(),
  card: z.number().min(0.01).max(1).nullable(),
  /** How much the gains differ over the frame: largest less smallest. */
  range: z.number(),
});
export type FlatFieldData = z.infer<typeof FlatFieldData>;

/** Where the product plane lies. */
export const PlaneData = z.strictObject({
  ...Origin,
  kind: z.literal('plane'),
  toPlane: Matrix,
  /** Points it was fitted to, and how far they are off, root mean square in pixels. */
  points: z.int().min(4),
  residual: z.number().nonnegative(),
  /** Millimetres per pixel in the frame's middle, across over down, and how far the camera is tilted, in degrees. */
  millimetresPerPixel: z.number().positive(),
  aspect: z.number().positive(),
  tilt: z.number().nonnegative(),
});
export type PlaneData = z.infer<typeof PlaneData>;
