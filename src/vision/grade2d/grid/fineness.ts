/** Samples per module of an edge search: two per pixel, within reason. */
export function finenessOf(pixelsPerModule: number): number {
  return Math.max(4, Math.min(24, Math.ceil(2 * pixelsPerModule)));
}
