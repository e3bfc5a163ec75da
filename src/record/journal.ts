import { Worker } from 'node:worker_threads';
import type {
  Found,
  JournalFault,
  JournalReply,
  LedgerDump,
  Opening,
  OpenRun,
  SerialBlock,
} from '#contract/journal.ts';
import type { Fact } from '#line/fact.ts';
import type { CommitStats } from '#record/commit-stats.ts';
import { RecordError } from '#record/database.ts';
import {
  add,
  allocate,
  type Client,
  clientOf,
  closeWhenQuiet,
  load,
  post,
  retry,
  schedule,
} from '#record/journal-client.ts';

export interface JournalOptions {
  readonly file: string;
  readonly mode: 'TRAINING' | 'PRODUCTION';
  readonly line: string;
  /** The entry `writer.thread`, source or bundle. */
  readonly thread: URL;
}

/** The main thread's end of the journal. Nothing here waits for the disk. */
export interface Journal {
  readonly opening: Opening;
  /** What the record held. It can be large: it is handed out once, and nothing here holds it afterwards. */
  takeFound(): Found;
  /** Records a fact and returns its seq. Facts appended without an `await` between them are one transaction. */
  append(fact: Fact): number;
  /**
   * Writes serials, then `facts` in the transaction that makes them valid; `serialsAllocated` among them gets the
   * digest of the serials as its body. Resolves when durable. `clash`: a serial this GTIN already has; nothing is kept.
   * Rejects with a RecordError when they cannot be written, as on a full disk: they are given up, and the line's facts go on.
   */
  allocate(block: SerialBlock, facts: readonly Fact[]): Promise<{ readonly clash?: string }>;
  /**
   * Serials, newest dump and item facts of a run; undefined if it has no serials. `fromFacts`: without the dump, which turned out
   * unfit, and with all its facts instead.
   */
  load(run: number, fromFacts?: boolean): Promise<OpenRun | undefined>;
  /** Stores a copy of the ledger's states for a fast start. May be given early: it waits for its facts. */
  dump(dump: LedgerDump): void;
  /** Called after each commit with the last seq on disk. Returns how to stop. */
  durable(listener: (upTo: number) => void): () => void;
  /** Called when a commit failed. All facts are kept, in order; `retry` tries again. Returns how to stop. */
  failed(listener: (fault: JournalFault) => void): () => void;
  retry(): void;
  readonly durableUpTo: number;
  /** The seq given out last. */
  readonly lastSeq: number;
  stats(): CommitStats;
  /** Writes what is pending (unless the disk has failed), and lets go of the file. */
  close(): Promise<void>;
}

/** Opens the record; rejects with a RecordError that says why it cannot be. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { file, mode, line } = options;
  const worker = new Worker(options.thread, { workerData: { file, mode, line } });
  const { opening, found } = await new Promise<Opened>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (reply: JournalReply) => {
      worker.off('error', reject);
      if (reply.kind === 'opened') resolve(reply);
      else if (reply.kind === 'failed') reject(new RecordError(reply.code, reply.message));
      else reject(new Error(`the record thread answered ${reply.kind} before it was open`));
    });
  });
  return journalOf(clientOf(worker, opening.lastSeq), opening, found);
}

type Opened = Extract<JournalReply, { kind: 'opened' }>;

function journalOf(client: Client, opening: Opening, found: Found): Journal {
  let untaken: Found | undefined = found;
  return {
    opening,
    takeFound() {
      if (untaken === undefined) throw new Error('what the record held was taken before');
      const taken = untaken;
      untaken = undefined;
      return taken;
    },
    append(fact) {
      if (client.isClosing) throw new Error('the journal is being closed');
      return add(client, fact);
    },
    allocate: (block, facts) => allocate(client, block, facts),
    load: (run, fromFacts = false) => load(client, run, fromFacts),
    dump: (dump) => post(client, { kind: 'dump', dump }),
    durable: (listener) => subscribe(client.durable, listener),
    failed: (listener) => subscribe(client.failed, listener),
    retry: () => retry(client),
    get durableUpTo() {
      return client.durableUpTo;
    },
    get lastSeq() {
      return client.lastSeq;
    },
    stats: () => client.counter.read(),
    close() {
      client.isClosing = true;
      schedule(client);
      closeWhenQuiet(client);
      return client.closed.promise;
    },
  };
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
