const REMEMBERED = 500;

/** Carries a command out once, however often it arrives: a page repeats what it sent when the connection broke. */
export type Once = <V>(id: string, carryOut: () => Promise<V> | V) => Promise<V>;

/** Commands one after the other, each id once; the last answers are kept. */
export function commandsOnce(): Once {
  const answers = new Map<string, Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();
  return <V>(id: string, carryOut: () => Promise<V> | V): Promise<V> => {
    const known = answers.get(id);
    if (known !== undefined) return known as Promise<V>;
    const answer = last.then(carryOut);
    last = answer.catch(() => undefined);
    answers.set(id, answer);
    const [oldest] = answers.keys();
    if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest);
    return answer;
  };
}
