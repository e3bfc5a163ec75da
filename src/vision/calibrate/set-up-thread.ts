import { Worker } from 'node:worker_threads';
import type { FromSetUp, SetUpOpening, SetUpSignal, SetUpState, ToSetUp } from '#vision/calibrate/messages.ts';

/** What came of a signal, or a sentence on why nothing did. */
export type SetUpAnswer = { readonly state: SetUpState } | { readonly fault: string };

/** The main thread's end of one set-up: it never touches a pixel. */
export interface SetUpThread {
  /** Never rejects. With a slot, the slot is the asker's again when this resolves. */
  tell(signal: SetUpSignal): Promise<SetUpAnswer>;
  close(): Promise<void>;
}

const GONE = 'the set-up ended by itself; begin again';

/** Starts the thread `set-up.thread` (source or bundle) for one task. */
export function startSetUpThread(thread: URL, opening: SetUpOpening): SetUpThread {
  const worker = new Worker(thread, { workerData: opening });
  const waiting = new Map<number, (answer: SetUpAnswer) => void>();
  let lastId = 0;
  let isGone = false;
  const gone = (): void => {
    isGone = true;
    for (const answer of waiting.values()) answer({ fault: GONE });
    waiting.clear();
  };
  worker.on('error', gone);
  worker.on('exit', gone);
  worker.on('message', (message: FromSetUp) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  return {
    tell(signal) {
      if (isGone) return Promise.resolve({ fault: GONE });
      lastId += 1;
      const message: ToSetUp = { id: lastId, signal };
      return new Promise((resolve) => {
        waiting.set(message.id, resolve);
        worker.postMessage(message);
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}
