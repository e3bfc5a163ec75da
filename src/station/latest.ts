/** The newest value of something, for any number of watchers: who is slow misses what was in between. */
export interface Latest<T> {
  readonly version: number;
  readonly value: T | undefined;
  set(value: T): void;
  /** Wakes everybody without a new value. */
  poke(): void;
  /** Calls `wake` at the next `set` or `poke`, once. Returns how to take that back: who waits no longer is not kept. */
  watch(wake: () => void): () => void;
  readonly watched: boolean;
}

export function latest<T>(): Latest<T> {
  let version = 0;
  let value: T | undefined;
  let waiting = new Set<() => void>();
  const wakeAll = (): void => {
    const woken = waiting;
    waiting = new Set();
    for (const wake of woken) wake();
  };
  return {
    get version() {
      return version;
    },
    get value() {
      return value;
    },
    get watched() {
      return waiting.size > 0;
    },
    set(next) {
      value = next;
      version += 1;
      wakeAll();
    },
    poke: wakeAll,
    watch(wake) {
      // A function of its own for each wait: the same `wake` may be given twice.
      const call = (): void => wake();
      waiting.add(call);
      return () => void waiting.delete(call);
    },
  };
}

/** Resolves when any of these has news. The others forget that somebody waited: a wait leaves nothing behind. */
export function newsOf(...sources: readonly Pick<Latest<unknown>, 'watch'>[]): Promise<void> {
  return new Promise((resolve) => {
    const takeBacks = sources.map((source) =>
      source.watch(() => {
        for (const takeBack of takeBacks) takeBack();
        resolve();
      }),
    );
  });
}
