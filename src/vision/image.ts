/** 8-bit grey pixels, top row first; a `Frame` of the ring fits. `stride`: bytes from one row to the next. */
export interface GreyImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
}
