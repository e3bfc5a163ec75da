import type { Millis } from '#line/time.ts';

/** Pictures that were asked for and have not come. */
export interface OwedPictures {
  /** One more was asked for. */
  asked(): void;
  /** What became of this trigger is known. */
  seen(trigger: number): void;
  /** Nothing is owed any more; the count begins anew. */
  forget(): void;
}

/** Calls `late` when the oldest picture that is owed has not come within the time. */
export function owedPictures(patience: Millis, late: (trigger: number) => void): OwedPictures {
  let [asked, seen] = [0, 0];
  let timer: NodeJS.Timeout | undefined;

  /** The clock of the oldest: a newer one that is asked for does not give it more time. */
  function watch(): void {
    if (timer !== undefined || seen >= asked) return;
    timer = setTimeout(() => late(seen + 1), patience);
  }

  function rest(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    asked() {
      asked += 1;
      watch();
    },
    seen(trigger) {
      seen = trigger;
      rest();
      watch();
    },
    forget() {
      [asked, seen] = [0, 0];
      rest();
    },
  };
}
