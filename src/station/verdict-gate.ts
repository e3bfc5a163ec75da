/**
 * What must not leave before it is on disk: verdicts, and records for the printer. Each waits for the journal's `seq`
 * that was the last one when it was asked for; `release` lets everything go that has become durable, in order.
 */
export interface VerdictGate {
  /** Performs `act` once every fact up to `seq` is on disk; at once when it is already. */
  after(seq: number, act: () => void): void;
  release(upTo: number): void;
  readonly waiting: number;
}

export function verdictGate(durableUpTo: number): VerdictGate {
  const seqs: number[] = [];
  const acts: (() => void)[] = [];
  let durable = durableUpTo;
  let first = 0;
  return {
    after(seq, act) {
      if (seq <= durable && first === seqs.length) {
        act();
        return;
      }
      seqs.push(seq);
      acts.push(act);
    },
    release(upTo) {
      durable = Math.max(durable, upTo);
      while (first < seqs.length && (seqs[first] ?? 0) <= durable) {
        acts[first]?.();
        first += 1;
      }
      if (first === seqs.length || first > 1024) {
        seqs.splice(0, first);
        acts.splice(0, first);
        first = 0;
      }
    },
    get waiting() {
      return seqs.length - first;
    },
  };
}
