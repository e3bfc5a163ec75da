import { hash } from 'node:crypto';
import type { SerialBlock } from '#contract/journal.ts';
import type { WritableDb } from '#record/database.ts';
import { serialOf, sortedOrder } from '#record/sort-serials.ts';

/** Either the digest of the bytes that were written, or the serial this GTIN already has; then nothing was written. */
export type AllocationResult = { readonly sha256: string } | { readonly clash: string };

/** A bounded piece of work. When it throws, nothing of it happened and it may be done again. */
export type Slice = () => void;

const ROWS_PER_SLICE = 2000;
const PIECES_PER_SLICE = 64;
/** Bytes of a piece: a row of it fits on a page, so that one serial is read without reading its whole block. */
const PIECE_BYTES = 3900;

/**
 * Writes a block in slices between which the line's commits go their way. The serials are in the file afterwards, but
 * count for nothing until the batch of facts that seals them: what a crash leaves unsealed is removed at the next open.
 */
export function* allocation(db: WritableDb, block: SerialBlock): Generator<Slice, AllocationResult> {
  const sorting = sortedOrder(block);
  let step = sorting.next();
  while (step.done !== true) {
    yield () => {};
    step = sorting.next();
  }
  const order = step.value;
  const clash = yield* clashOf(db, block, order);
  if (clash !== undefined) return { clash };
  yield* writePieces(db, block);
  yield* writeIndex(db, block, order);
  return { sha256: hash('sha256', block.bytes.subarray(0, block.count * block.stride), 'hex') };
}

/** The first serial that stands twice in the block, or in any run of this GTIN. */
function* clashOf(db: WritableDb, block: SerialBlock, order: Uint32Array): Generator<Slice, string | undefined> {
  const runs = db
    .prepare<[string, number], number>('SELECT DISTINCT run FROM allocation WHERE gtin = ? OR run = ?')
    .pluck()
    .all(block.gtin, block.run);
  const seek = db
    .prepare<[number, string], string>(
      'SELECT serial FROM serial WHERE run = ? AND serial >= ? ORDER BY serial LIMIT 1',
    )
    .pluck();
  let clash: string | undefined;
  let last: string | undefined;
  for (let from = 0; from < block.count && clash === undefined; from += ROWS_PER_SLICE) {
    yield () => {
      const serials = Array.from(order.subarray(from, from + ROWS_PER_SLICE), (place) => serialOf(block, place));
      clash = serials.find((serial, at) => serial === (at === 0 ? last : serials[at - 1]));
      last = serials.at(-1);
      for (const run of runs) clash ??= shared(serials, (serial) => seek.get(run, serial));
    };
  }
  return clash;
}

/** The first of the sorted serials that the index holds; it leaps from one to the other's next, so disjoint ranges cost one look. */
function shared(serials: readonly string[], next: (serial: string) => string | undefined): string | undefined {
  let at = 0;
  for (let serial = serials[at]; serial !== undefined; serial = serials[at]) {
    const found = next(serial);
    if (found === serial) return serial;
    if (found === undefined) return undefined;
    while (at < serials.length && (serials[at] ?? '') < found) at += 1;
  }
  return undefined;
}

function* writePieces(db: WritableDb, block: SerialBlock): Generator<Slice, void> {
  const allocate = db.prepare('INSERT INTO allocation (run, first, count, stride, gtin) VALUES (?, ?, ?, ?, ?)');
  const insert = db.prepare('INSERT INTO serial_block (run, first, count, stride, bytes) VALUES (?, ?, ?, ?, ?)');
  const perPiece = Math.max(1, Math.floor(PIECE_BYTES / block.stride));
  yield () => {
    allocate.run(block.run, block.first, block.count, block.stride, block.gtin);
  };
  const write = db.transaction((from: number, to: number) => {
    for (let place = from; place < to; place += perPiece) {
      const count = Math.min(perPiece, to - place);
      insert.run(
        block.run,
        block.first + place,
        count,
        block.stride,
        block.bytes.subarray(place * block.stride, (place + count) * block.stride),
      );
    }
  });
  const perSlice = perPiece * PIECES_PER_SLICE;
  for (let from = 0; from < block.count; from += perSlice) {
    yield () => write.immediate(from, Math.min(block.count, from + perSlice));
  }
}

function* writeIndex(db: WritableDb, block: SerialBlock, order: Uint32Array): Generator<Slice, void> {
  const insert = db.prepare('INSERT INTO serial (run, serial, idx) VALUES (?, ?, ?)');
  const write = db.transaction((from: number) => {
    for (const place of order.subarray(from, from + ROWS_PER_SLICE))
      insert.run(block.run, serialOf(block, place), block.first + place);
  });
  for (let from = 0; from < block.count; from += ROWS_PER_SLICE) yield () => write.immediate(from);
}

/** Removes what allocations left behind that were never sealed. `kept`: those that are about to be. */
export function removeUnsealed(
  db: WritableDb,
  kept: readonly { readonly run: number; readonly first: number }[],
): void {
  const unsealed = db
    .prepare<[], { run: number; first: number; count: number }>(
      'SELECT run, first, count FROM allocation WHERE seq IS NULL',
    )
    .all()
    .filter((one) => !kept.some(({ run, first }) => run === one.run && first === one.first));
  if (unsealed.length === 0) return;
  const parts = [
    db.prepare('DELETE FROM serial WHERE run = ? AND idx >= ? AND idx < ?'),
    db.prepare('DELETE FROM serial_block WHERE run = ? AND first >= ? AND first < ?'),
    db.prepare('DELETE FROM allocation WHERE run = ? AND first >= ? AND first < ?'),
  ];
  db.transaction(() => {
    for (const { run, first, count } of unsealed) for (const part of parts) part.run(run, first, first + count);
  }).immediate();
}
