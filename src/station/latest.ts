/** The newest value of something, for any number of watchers: who is slow misses what was in between. */
export interface Latest<T> {
  readonly version: number;
  readonly value: T | undefined;
  set(value: T): void;
  /** Resolves at the next `set` or `poke`. */
  next(): Promise<void>;
  /** Wakes everybody without a new value. */
  poke(): void;
  readonly watched: boolean;
}

export function latest<T>(): Latest<T> {
  let version = 0;
  let value: T | undefined;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  return {
    get version() {
      return version;
    },
    get value() {
      return value;
    },
    get watched() {
      return waiting.length > 0;
    },
    set(next) {
      value = next;
      version += 1;
      wake();
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    poke: wake,
  };
}
