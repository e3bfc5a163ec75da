/** An element of a byte array; 0 beyond its ends. A function per kind of array: each stays monomorphic, and is inlined. */
export function byteAt(values: Uint8Array, index: number): number {
  return values[index] ?? 0;
}

/** An element of an array of 32-bit integers; 0 beyond its ends. */
export function intAt(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}
