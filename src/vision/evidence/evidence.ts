import { Worker } from 'node:worker_threads';
import type {
  EvidenceOpening,
  EvidenceReply,
  EvidenceRequest,
  KeptFile,
  PictureOf,
  RemovedPicture,
} from '#vision/evidence/messages.ts';

export interface EvidenceOptions extends EvidenceOpening {
  /** The entry `evidence.thread`, source or bundle. */
  readonly thread: URL;
  /** Retention took pictures away. */
  readonly removed: (pictures: readonly RemovedPicture[]) => void;
  /** Wall clock in milliseconds. */
  readonly now: () => number;
}

/** What became of a picture that was to be kept: its file, or why there is none. */
export type Kept = { readonly file: KeptFile } | { readonly lost: string };

/** The main thread's end of the pictures: slot numbers in, hashes out. It never touches a pixel. */
export interface Evidence {
  /** Keeps the picture in a pinned slot. Resolves when the slot is needed no more; never rejects. */
  keep(slot: number, of: PictureOf): Promise<Kept>;
  openRun(run: number | undefined): void;
  /** Writes what was asked for, and ends the thread. */
  close(): Promise<void>;
}

const RETIRE_EVERY = 10 * 60_000;
const THREAD_GONE = 'the thread that keeps pictures has ended';

export function openEvidence({ thread, removed, now, ...opening }: EvidenceOptions): Evidence {
  const waiting = new Map<number, (kept: Kept) => void>();
  const state = { worker: undefined as Worker | undefined, nextId: 1, run: undefined as number | undefined };
  const answer = (id: number, kept: Kept): void => {
    waiting.get(id)?.(kept);
    waiting.delete(id);
  };
  const received = (reply: EvidenceReply): void => {
    if (reply.kind === 'removed') removed(reply.pictures);
    else if (reply.kind === 'kept') answer(reply.id, { file: reply.file });
    else answer(reply.id, { lost: reply.why });
  };
  const post = (request: EvidenceRequest): void => state.worker?.postMessage(request);
  // One that died is started again by the next picture: what it was at is lost, and said to be.
  const start = (): void => {
    if (state.worker !== undefined) return;
    const worker = new Worker(thread, { workerData: opening satisfies EvidenceOpening });
    const gone = (): void => {
      if (state.worker !== worker) return;
      state.worker = undefined;
      for (const id of [...waiting.keys()]) answer(id, { lost: THREAD_GONE });
    };
    worker.on('message', received);
    worker.on('error', gone);
    worker.on('exit', gone);
    state.worker = worker;
    post({ kind: 'open-run', run: state.run });
  };

  start();
  post({ kind: 'retire', at: now() });
  const retiring = setInterval(() => post({ kind: 'retire', at: now() }), RETIRE_EVERY);
  retiring.unref();
  return {
    keep(slot, of) {
      start();
      const id = state.nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        post({ kind: 'keep', id, slot, of, at: now() });
      });
    },
    openRun(run) {
      if (run === state.run) return;
      state.run = run;
      post({ kind: 'open-run', run });
    },
    async close() {
      clearInterval(retiring);
      const { worker } = state;
      if (worker === undefined) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      post({ kind: 'close' });
      await ended;
    },
  };
}
