import { rowCheck } from '#devices/plc/opcua/crc.ts';
import { ROW_WORDS, ringDepth, wrap } from '#devices/plc/opcua/ring.ts';

/** What is told about one item. */
export interface VerdictRow {
  readonly seq: number;
  readonly pass: boolean;
  readonly reason: number;
}

/** The Verdict variable as we write it. The PLC owns its reading of it, we own its words. */
export interface VerdictRing {
  /** Rows that may be written within one cycle: the PLC must have a cycle to read them in. */
  readonly share: number;
  /** Adds rows behind the head and gives the whole variable to write. At most `share` rows. */
  append(rows: readonly VerdictRow[]): Uint16Array;
}

/** Goes on from what the PLC holds: its head is read at each contact. undefined when that is no ring. */
export function verdictRing(held: ArrayLike<number>): VerdictRing | undefined {
  const depth = ringDepth(held);
  if (depth === undefined) return undefined;
  const words = Uint16Array.from(held);
  return {
    share: Math.floor(depth / 2),
    append(rows) {
      for (const { seq, pass, reason } of rows) {
        const count = wrap((words[0] ?? 0) + 1);
        const verdict = pass ? 1 : 2;
        words.set([seq, verdict, reason, rowCheck(seq, verdict, reason)], 1 + (count % depth) * ROW_WORDS);
        words[0] = count;
      }
      return words.slice();
    },
  };
}
