/** A ring as the PLC publishes it: head, then `depth` rows of four words; row of count n at n mod depth. */
export type RingWords = ArrayLike<number>;

export const ROW_WORDS = 4;

/** All counts are 16 bits wide and wrap. */
export function wrap(count: number): number {
  return count & 0xffff;
}

/** undefined when it is no ring: the depth has to divide 65536, or rows would collide at the wrap. */
export function ringDepth(ring: RingWords): number | undefined {
  const depth = (ring.length - 1) / ROW_WORDS;
  return Number.isInteger(depth) && depth >= 2 && 65_536 % depth === 0 ? depth : undefined;
}

export interface Row {
  readonly count: number;
  readonly words: readonly [number, number, number, number];
}

/** What was new in a ring. `last` is the count of the last row that is done with: reported or lost. */
export interface RingReading {
  readonly rows: readonly Row[];
  /** Rows that were overwritten before they were read. */
  readonly lost: number;
  readonly last: number;
  /** The next row does not fit its count yet: it is read again. */
  readonly isTorn: boolean;
  /** The head stands behind `last`: this is not the ring that was read before. */
  readonly wentBack: boolean;
}

/** Reads the rows behind `last`, up to the first that is not whole. */
export function readRing(ring: RingWords, last: number, isWhole: (row: Row) => boolean): RingReading {
  const depth = (ring.length - 1) / ROW_WORDS;
  const head = wrap(ring[0] ?? 0);
  const behind = wrap(head - last);
  if (behind >= 0x8000) return { rows: [], lost: 0, last, isTorn: false, wentBack: true };
  const lost = Math.max(0, behind - depth);
  const rows: Row[] = [];
  for (let step = lost + 1; step <= behind; step += 1) {
    const row = rowAt(ring, wrap(last + step), depth);
    if (!isWhole(row)) return { rows, lost, last: wrap(last + step - 1), isTorn: true, wentBack: false };
    rows.push(row);
  }
  return { rows, lost, last: head, isTorn: false, wentBack: false };
}

/** What the ring holds of the rows up to `last`, oldest first; rows behind it have overwritten the others. */
export function rowsUpTo(ring: RingWords, last: number): Row[] {
  const depth = (ring.length - 1) / ROW_WORDS;
  const kept = depth - wrap((ring[0] ?? 0) - last);
  return Array.from({ length: Math.max(0, kept) }, (_, step) => rowAt(ring, wrap(last - kept + 1 + step), depth));
}

function rowAt(ring: RingWords, count: number, depth: number): Row {
  const at = 1 + (count % depth) * ROW_WORDS;
  return { count, words: [ring[at] ?? 0, ring[at + 1] ?? 0, ring[at + 2] ?? 0, ring[at + 3] ?? 0] };
}
