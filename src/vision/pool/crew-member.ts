import { Worker } from 'node:worker_threads';
import type { Inspection } from '#contract/inspection.ts';
import type {
  Ask,
  ExpectedText,
  InspectOpening,
  InspectReply,
  InspectRequest,
  Known,
} from '#vision/inspect/messages.ts';

/** Why an inspect thread is no more. */
export type Ended = 'dead' | 'silent';

export interface MemberEvents {
  warming(done: number, of: number): void;
  ready(frame: number): void;
  inspected(id: number, inspection: Inspection): void;
  /** It will not answer any more. `wasReady`: it had been warm. `work`: what it was at. */
  ended(end: {
    readonly how: Ended;
    readonly detail: string;
    readonly wasReady: boolean;
    readonly work?: number;
  }): void;
}

/** One inspect thread, with at most one piece of work at a time. */
export interface Member {
  readonly isReady: boolean;
  /** Id of the work it is at. */
  readonly work: number | undefined;
  give(id: number, slot: number, ask: Ask): void;
  expect(expected: ExpectedText): void;
  /** It practises with what is known now, and is ready again afterwards. */
  know(known: Known): void;
  /** Ends the thread at once. Nothing is reported any more. */
  close(): Promise<void>;
}

/** Starts an inspect thread. Silent for longer than `silence` milliseconds at a piece of work, it is terminated. */
export function startMember(thread: URL, opening: InspectOpening, silence: number, events: MemberEvents): Member {
  const worker = new Worker(thread, { workerData: opening });
  const state = { isReady: false, isOver: false, work: undefined as number | undefined };
  let watch: NodeJS.Timeout | undefined;
  const end = (how: Ended, detail: string): void => {
    if (state.isOver) return;
    const { isReady, work } = state;
    state.isOver = true;
    state.isReady = false;
    clearTimeout(watch);
    void worker.terminate();
    events.ended({ how, detail, wasReady: isReady, ...(work === undefined ? {} : { work }) });
  };
  worker.on('error', (error) => end('dead', error.message));
  worker.on('exit', (code) => end('dead', `exit code ${code}`));
  worker.on('message', (reply: InspectReply) => {
    if (state.isOver) return;
    switch (reply.kind) {
      case 'warming':
        events.warming(reply.done, reply.of);
        return;
      case 'ready':
        state.isReady = true;
        events.ready(reply.frame);
        return;
      case 'inspected':
        clearTimeout(watch);
        state.work = undefined;
        events.inspected(reply.id, reply.inspection);
        return;
    }
  });
  const post = (request: InspectRequest): void => worker.postMessage(request);
  return {
    get isReady() {
      return state.isReady;
    },
    get work() {
      return state.work;
    },
    give(id, slot, ask) {
      state.work = id;
      post({ kind: 'inspect', id, slot, ask });
      // When it was this thread that stood still, the answer lies in the queue by now: it is read first.
      watch = setTimeout(() => {
        setImmediate(() => {
          if (state.work === id) end('silent', `no answer for ${silence} ms`);
        });
      }, silence);
    },
    expect: (expected) => post({ kind: 'expect', expected }),
    know(known) {
      state.isReady = false;
      post({ kind: 'know', ...known });
    },
    async close() {
      state.isOver = true;
      state.isReady = false;
      clearTimeout(watch);
      await worker.terminate();
    },
  };
}
