import type { Millis } from '#line/time.ts';

const REMEMBERED = 500;

/** Who pressed a button still stands before it (decision 0030). */
const PATIENCE: Millis = 5_000;

/**
 * Carries a command out once, however often it arrives: a page repeats what it sent when the connection broke. `tooLate`:
 * what is answered instead when its turn does not come while whoever asked still waits for it.
 */
export type Once = <V>(id: string, carryOut: Act<V>, tooLate?: Act<V>) => Promise<V>;

type Act<V> = () => Promise<V> | V;

/** Commands that wait for none: each at once. */
export function commandsAtOnce(): Once {
  return remembering((carryOut) => attempt(carryOut));
}

/** Commands one after the other. */
export function commandsOnce(): Once {
  let last: Promise<unknown> = Promise.resolve();
  return remembering((carryOut, tooLate) => {
    const before = last;
    const answer = tooLate === undefined ? before.then(carryOut) : inTime(before, carryOut, tooLate);
    // Who is answered too late has not had a turn: the next one waits for the same as before.
    last = before.then(() => answer).catch(() => undefined);
    return answer;
  });
}

/** Each id once; the last answers are kept. */
function remembering(begin: <V>(carryOut: Act<V>, tooLate: Act<V> | undefined) => Promise<V>): Once {
  const answers = new Map<string, Promise<unknown>>();
  return <V>(id: string, carryOut: Act<V>, tooLate?: Act<V>): Promise<V> => {
    const known = answers.get(id);
    if (known !== undefined) return known as Promise<V>;
    const answer = begin(carryOut, tooLate);
    answers.set(id, answer);
    const [oldest] = answers.keys();
    if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest);
    return answer;
  };
}

/** In its turn, if that comes in time; if not, whoever asked is told so then, and not when the turn would have come. */
function inTime<V>(turn: Promise<unknown>, carryOut: Act<V>, tooLate: Act<V>): Promise<V> {
  const since = performance.now();
  return new Promise((resolve) => {
    let isOver = false;
    const end = (act: Act<V>): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      resolve(attempt(act));
    };
    const timer = setTimeout(() => end(tooLate), PATIENCE);
    // A thread that stood still rings no timer: the clock is asked as well.
    void turn.then(() => end(performance.now() - since > PATIENCE ? tooLate : carryOut));
  });
}

async function attempt<V>(act: Act<V>): Promise<V> {
  return act();
}
