/** Rows of Trig and Out in the virtual PLC; the base map has 8 (line-plc.md). */
export const DEPTH = 32;

/** A head and `DEPTH` rows of four words: one OPC UA variable. */
export interface Ring {
  readonly words: Uint16Array;
  /** Writes row `at mod depth` and moves the head to it. */
  put(at: number, row: readonly number[]): void;
  clear(): void;
}

export function createRing(): Ring {
  const words = new Uint16Array(1 + 4 * DEPTH);
  words[0] = 65_535;
  return {
    words,
    put(at, row) {
      words.set(row, 1 + 4 * (at % DEPTH));
      words[0] = at;
    },
    clear() {
      words.fill(0);
      words[0] = 65_535;
    },
  };
}

/** Numbers of Seq and events: 65535 is followed by 0. */
export function following(counter: number): number {
  return (counter + 1) & 0xffff;
}

/** The two words of a 32-bit figure, high word first. */
export function highLow(value: number): readonly [number, number] {
  const counts = Math.round(value) >>> 0;
  return [counts >>> 16, counts & 0xffff];
}

export interface VerdictRow {
  readonly seq: number;
  readonly verdict: number;
  readonly reason: number;
}

/** The rows written since `head`, oldest first; rows whose CRC does not fit are left out. */
export function newVerdicts(
  words: ArrayLike<number>,
  head: number,
): { readonly head: number; readonly rows: readonly VerdictRow[] } {
  const newHead = words[0] ?? head;
  const fresh = Math.min((newHead - head) & 0xffff, DEPTH);
  const rows: VerdictRow[] = [];
  for (let back = fresh - 1; back >= 0; back--) {
    const at = 1 + 4 * (((newHead - back) & 0xffff) % DEPTH);
    const [seq = 0, verdict = 0, reason = 0, crc = -1] = [words[at], words[at + 1], words[at + 2], words[at + 3]];
    if (crc16([seq, verdict, reason]) === crc) rows.push({ seq, verdict, reason });
  }
  return { head: newHead, rows };
}

/** CRC-16/MODBUS over words, high byte first. */
export function crc16(words: readonly number[]): number {
  let crc = 0xffff;
  for (const byte of words.flatMap((word) => [word >>> 8, word & 0xff])) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}
