import { type ChildProcess, fork } from 'node:child_process';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { Act, Ask, Emulator, Reply, Role, Tell } from '#virtual-line/messages.ts';

/** An emulator as the kernel sees it. Whether it is a process or a thread is nobody else's affair. */
export interface RemoteEmulator {
  ask(ask: Ask): Promise<Reply>;
  tell(tell: Tell): void;
  end(): Promise<void>;
}

type Down = { readonly id: number; readonly ask: Ask } | { readonly tell: Tell } | { readonly end: true };
type Up = { readonly id: number; readonly reply: Reply } | { readonly acts: readonly Act[] };

interface Channel {
  send(down: Down): void;
  /** Ends it the hard way, when asking did not help. */
  kill(): void;
  readonly gone: Promise<void>;
}

/**
 * Starts `entry` once more in the given role. A process of its own, or a thread where a bundle cannot start processes
 * (Electron's utility process): its messages are the same.
 */
export function startEmulator(entry: string, role: Role, heard: (acts: readonly Act[]) => void): RemoteEmulator {
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>();
  const receive = (up: Up) => {
    if ('acts' in up) return heard(up.acts);
    waiting.get(up.id)?.resolve(up.reply);
    waiting.delete(up.id);
  };
  const channel = process.versions['electron'] ? openThread(entry, role, receive) : openProcess(entry, role, receive);
  let ended = false;
  void channel.gone.then(() => {
    ended = true;
    for (const { reject } of waiting.values()) reject(new Error(`the emulated ${role} ended`));
    waiting.clear();
  });
  let last = 0;
  return {
    ask: (ask) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new Error(`the emulated ${role} ended`));
        waiting.set(++last, { resolve, reject });
        channel.send({ id: last, ask });
      }),
    tell: (tell) => {
      if (!ended) channel.send({ tell });
    },
    end: async () => {
      if (ended) return;
      channel.send({ end: true });
      const patience = setTimeout(channel.kill, 1500);
      await channel.gone;
      clearTimeout(patience);
    },
  };
}

function openProcess(entry: string, role: Role, receive: (up: Up) => void): Channel {
  const child: ChildProcess = fork(entry, ['--role', role], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.on('message', (up) => receive(up as Up));
  child.on('error', () => undefined);
  return {
    send: (down) => {
      if (child.connected) child.send(down);
    },
    kill: () => child.kill('SIGKILL'),
    gone: new Promise((resolve) => child.once('exit', () => resolve())),
  };
}

function openThread(entry: string, role: Role, receive: (up: Up) => void): Channel {
  const worker = new Worker(entry, { argv: ['--role', role] });
  worker.on('message', (up: Up) => receive(up));
  return {
    send: (down) => worker.postMessage(down),
    kill: () => void worker.terminate(),
    gone: new Promise((resolve) => worker.once('exit', () => resolve())),
  };
}

/** Runs an emulator for whoever started this process or thread, until told to end or left alone. */
export function serveEmulator(create: (act: (acts: readonly Act[]) => void) => Emulator) {
  const up = (message: Up): void => {
    if (!isMainThread) parentPort?.postMessage(message);
    // A kernel that died between two messages is noticed by `disconnect`, not here.
    else if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  };
  const emulator = create((acts) => up({ acts }));
  const end = async (): Promise<void> => {
    await Promise.race([emulator.close(), new Promise((resolve) => setTimeout(resolve, 1000))]);
    process.exit(0);
  };
  const receive = (down: Down) => {
    if ('end' in down) return void end();
    if ('tell' in down) return emulator.hear(down.tell);
    const reply = emulator.answer(down.ask);
    if (!(reply instanceof Promise)) return up({ id: down.id, reply });
    void reply.then((late) => up({ id: down.id, reply: late }));
  };
  if (!isMainThread) return void parentPort?.on('message', receive);
  process.on('message', (down) => receive(down as Down));
  // Nobody is left to work for: the kernel's process ended without a word.
  process.on('disconnect', () => process.exit(0));
  process.on('SIGINT', () => undefined);
}
