import type { Inspection } from '#contract/inspection.ts';

/** A trigger that is owed an answer. */
export interface Owed {
  readonly trigger: number;
  readonly at: number;
  /** Monotonic milliseconds by which it must be answered. */
  readonly due: number;
  readonly slot: number | undefined;
  answer: Inspection | undefined;
  /** Answers it when nobody else has. */
  timer: NodeJS.Timeout | undefined;
}

/** Answers leave in the order of the triggers, however they come: an item's place on the belt is its number. */
export interface FrameQueue {
  readonly owed: readonly Owed[];
  /** The trigger taken in last. */
  readonly last: number | undefined;
  add(owed: Owed): void;
  /** Those at the head that have an answer, taken out. */
  leaving(): readonly Owed[];
}

export function createFrameQueue(): FrameQueue {
  const owed: Owed[] = [];
  let last: number | undefined;
  return {
    owed,
    get last() {
      return last;
    },
    add(next) {
      owed.push(next);
      last = next.trigger;
    },
    leaving() {
      const answered = owed.findIndex(({ answer }) => answer === undefined);
      return owed.splice(0, answered === -1 ? owed.length : answered);
    },
  };
}
