import { hash } from 'node:crypto';
import { type JournalBatch, WIDTH } from '#contract/journal.ts';

/** Bytes of a packed row as they are hashed: twelve little-endian doubles. */
export const ROW_BYTES = WIDTH * 8;

/** A row of `fact` in the order of COLUMNS, with its body at the end. */
export type FactRow = readonly (number | string | null)[];

/** The head of an empty chain. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/** The upper half of the one NaN that stands for "absent": a machine may make others, and their bytes would differ. */
const ABSENT_HIGH = 0x7ff80000;

/** Collects the bytes of one commit group behind the previous head, then gives the next head. Reused, never shrunk. */
export interface GroupHash {
  start(previous: Uint8Array): void;
  /** A batch as it came from the client. */
  batch(batch: JournalBatch): void;
  /** One stored row. */
  row(row: FactRow): void;
  digest(): Uint8Array;
}

export function groupHash(): GroupHash {
  let buffer = Buffer.alloc(64 * 1024);
  let view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  let length = 0;

  const room = (bytes: number): void => {
    if (length + bytes <= buffer.length) return;
    const larger = Buffer.alloc(Math.max(buffer.length * 2, length + bytes));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
    view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  };
  const text = (body: string): void => {
    room(body.length * 3);
    length += buffer.write(body, length, 'utf8');
  };
  const rows = (values: Float64Array, from: number, to: number): void => {
    const bytes = (to - from) * ROW_BYTES;
    room(bytes);
    buffer.set(new Uint8Array(values.buffer, values.byteOffset + from * ROW_BYTES, bytes), length);
    length += bytes;
  };

  return {
    start(previous) {
      buffer.set(previous, 0);
      length = previous.length;
    },
    batch(batch) {
      canonise(batch.rows, batch.count);
      let from = 0;
      for (const [index, body] of batch.bodies) {
        rows(batch.rows, from, index + 1);
        text(body);
        from = index + 1;
      }
      rows(batch.rows, from, batch.count);
    },
    row(row) {
      room(ROW_BYTES);
      for (let column = 0; column < WIDTH; column += 1) {
        const value = row[column];
        if (typeof value === 'number') view.setFloat64(length, value, true);
        else {
          view.setUint32(length, 0, true);
          view.setUint32(length + 4, ABSENT_HIGH, true);
        }
        length += 8;
      }
      const body = row[WIDTH];
      if (typeof body === 'string') text(body);
    },
    digest: () => hash('sha256', buffer.subarray(0, length), 'buffer'),
  };
}

function canonise(rows: Float64Array, count: number): void {
  const halves = new Uint32Array(rows.buffer, rows.byteOffset, count * WIDTH * 2);
  for (let at = 0; at < count * WIDTH; at += 1) {
    if (!Number.isNaN(rows[at])) continue;
    halves[2 * at] = 0;
    halves[2 * at + 1] = ABSENT_HIGH;
  }
}
