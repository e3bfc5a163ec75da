import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A part of the benchmark in a process of its own, spoken to by messages. */
export interface Part {
  readonly child: ChildProcess;
  /** The next message of this kind; rejects when the process ends first. */
  next<T>(kind: string): Promise<T>;
  /** Asks, and takes the answer of the same kind. */
  ask<T>(kind: string, details?: object): Promise<T>;
  /** Asks it to end, and waits until it has; it is ended by force when it does not. */
  end(): Promise<void>;
}

const GRACE = 20_000;

export function startPart(name: string, args: readonly string[] = []): Part {
  const child = fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), args, { stdio: 'inherit' });
  const heard: { kind: string }[] = [];
  const wanted = new Map<string, PromiseWithResolvers<unknown>>();
  let isOver = false;
  const over = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void over.then(() => {
    isOver = true;
    for (const waiting of wanted.values()) waiting.reject(new Error(`${name} ended unexpectedly`));
  });
  child.on('message', (message: { kind: string }) => {
    const waiting = wanted.get(message.kind);
    wanted.delete(message.kind);
    if (waiting === undefined) heard.push(message);
    else waiting.resolve(message);
  });

  function next<T>(kind: string): Promise<T> {
    const at = heard.findIndex((message) => message.kind === kind);
    if (at >= 0) return Promise.resolve(heard.splice(at, 1)[0] as T);
    if (isOver) return Promise.reject(new Error(`${name} has ended`));
    const waiting = Promise.withResolvers<unknown>();
    wanted.set(kind, waiting);
    return waiting.promise as Promise<T>;
  }

  return {
    child,
    next,
    ask(kind, details = {}) {
      child.send({ kind, ...details });
      return next(kind);
    },
    async end() {
      if (isOver) return;
      wanted.clear();
      child.send({ kind: 'end' });
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
      await over;
      clearTimeout(timer);
    },
  };
}

/** The other side: answers what it is asked, by kind. `end` closes and leaves. */
export function answerAsPart(
  answers: Readonly<Record<string, (message: never) => object | Promise<object>>>,
  close: () => void | Promise<void> = () => {},
): void {
  process.on('message', (message: { kind: string }) => {
    if (message.kind === 'end') {
      void Promise.resolve(close()).then(() => process.exit(0));
      return;
    }
    const answer = answers[message.kind];
    if (answer === undefined) throw new Error(`nobody here answers ${message.kind}`);
    void Promise.resolve(answer(message as never)).then((value) => tell(message.kind, value));
  });
  process.on('disconnect', () => process.exit(1));
}

export function tell(kind: string, details: object = {}): void {
  process.send?.({ ...details, kind });
}
