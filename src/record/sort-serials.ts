import type { SerialBlock } from '#contract/journal.ts';

/** Serials handled before the caller is let in between. */
const SLICE = 65_536;

/**
 * The order in which the serials of a block sort as bytes, which is SQLite's order of text. A radix sort over the
 * columns: no strings, no comparisons, and it can be left at any slice, so that the line's commits go in between.
 */
export function* sortedOrder(block: SerialBlock): Generator<void, Uint32Array> {
  const { count, stride, bytes } = block;
  let from = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) from[index] = index;
  let to = new Uint32Array(count);
  for (let column = stride - 1; column >= 0; column -= 1) {
    const starts = startsOf(block, column);
    yield;
    if (starts === undefined) continue;
    for (let at = 0; at < count; at += 1) {
      const index = from[at] ?? 0;
      const byte = bytes[index * stride + column] ?? 0;
      const place = starts[byte] ?? 0;
      starts[byte] = place + 1;
      to[place] = index;
      if (at % SLICE === SLICE - 1) yield;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Where each byte's serials begin; undefined when the column is the same everywhere and sorts nothing. */
function startsOf(block: SerialBlock, column: number): Uint32Array | undefined {
  const starts = new Uint32Array(257);
  for (let at = column; at < block.count * block.stride; at += block.stride) {
    const after = (block.bytes[at] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  if (starts.includes(block.count)) return undefined;
  for (let byte = 1; byte < 257; byte += 1) starts[byte] = (starts[byte] ?? 0) + (starts[byte - 1] ?? 0);
  return starts;
}

/** The serial at a place of the block. */
export function serialOf(block: Pick<SerialBlock, 'stride' | 'bytes'>, place: number): string {
  let serial = '';
  for (let at = place * block.stride, end = at + block.stride; at < end; at += 1) {
    const byte = block.bytes[at] ?? 0;
    if (byte === 0) break;
    serial += String.fromCharCode(byte);
  }
  return serial;
}
