/** An element of a Float64Array; not a number beyond its ends. One function per kind of array: each stays monomorphic. */
export function realAt(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}
