import type { ReadableDb } from '#record/database.ts';

/** Gives the serial behind an index of a run, from the piece of its block alone; undefined for one nobody allocated. */
export function serialNames(db: ReadableDb): (run: number, index: number) => string | undefined {
  const piece = db.prepare<[number, number], { first: number; count: number; stride: number; bytes: Uint8Array }>(
    'SELECT first, count, stride, bytes FROM serial_block WHERE run = ? AND first <= ? ORDER BY first DESC LIMIT 1',
  );
  return (run, index) => {
    const found = piece.get(run, index);
    if (found === undefined || index >= found.first + found.count) return undefined;
    const from = (index - found.first) * found.stride;
    return Buffer.from(found.bytes.subarray(from, from + found.stride))
      .toString('latin1')
      .replaceAll('\0', '');
  };
}
