import type { Millis } from '#line/time.ts';

/** Questions asked and not yet answered, by a key; answers arrive in the order of the questions of one key. */
export interface Questions<K, A> {
  /** undefined when no answer came within the limit, or the device was lost. */
  ask(key: K, limit: Millis): Promise<A | undefined>;
  /** false when nobody asked. */
  answer(key: K, answer: A): boolean;
  /** Everybody who still waits gets undefined. */
  abandon(): void;
}

export function questions<K, A>(): Questions<K, A> {
  const open: { readonly key: K; readonly done: (answer: A | undefined) => void }[] = [];

  function take(match: (key: K) => boolean): ((answer: A | undefined) => void) | undefined {
    const at = open.findIndex(({ key }) => match(key));
    return at < 0 ? undefined : open.splice(at, 1)[0]?.done;
  }

  return {
    ask: (key, limit) =>
      new Promise((resolve) => {
        const done = (answer: A | undefined): void => {
          clearTimeout(timer);
          resolve(answer);
        };
        const question = { key, done };
        // When it was this thread that stood still, the answer lies in the socket by now: it is read first.
        const timer = setTimeout(() => setImmediate(giveUp), limit);
        const giveUp = (): void => {
          const at = open.indexOf(question);
          if (at >= 0) open.splice(at, 1);
          resolve(undefined);
        };
        open.push(question);
      }),
    answer(key, answer) {
      const done = take((asked) => asked === key);
      done?.(answer);
      return done !== undefined;
    },
    abandon() {
      for (let done = take(() => true); done !== undefined; done = take(() => true)) done(undefined);
    },
  };
}
