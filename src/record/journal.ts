import { Worker } from 'node:worker_threads';
import type {
  Found,
  JournalFailure,
  JournalReply,
  JournalRequest,
  LedgerDump,
  Opening,
  OpenRun,
  SerialBlock,
} from '#contract/journal.ts';
import { FACT, type Fact } from '#line/fact.ts';
import { type CommitCounter, type CommitStats, commitStats } from '#record/commit-stats.ts';
import { RecordError } from '#record/database.ts';
import { type Pending, pendingFacts } from '#record/pending.ts';

export interface JournalOptions {
  readonly file: string;
  readonly mode: 'TRAINING' | 'PRODUCTION';
  readonly line: string;
  /** The entry `writer.thread`, source or bundle. */
  readonly thread: URL;
}

/** Why nothing is being written any more. Verdicts wait meanwhile, and the PLC diverts. */
export interface JournalFault {
  readonly code: JournalFailure;
  readonly message: string;
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

/** From this many facts a second on, a commit waits for company: fewer flushes, steadier tail (performance.md §3.2). */
const BUSY_RATE = 10_000;
const WINDOW_MS = 1;

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

interface Allocating extends PromiseWithResolvers<{ readonly clash?: string }> {
  readonly block: SerialBlock;
  readonly facts: readonly Fact[];
  /** Its facts are on disk with this one; undefined while the serials are being written. */
  upTo: number | undefined;
}

interface Client {
  readonly worker: Worker;
  readonly pending: Pending;
  readonly counter: CommitCounter;
  readonly durable: Set<(upTo: number) => void>;
  readonly failed: Set<(fault: JournalFault) => void>;
  readonly allocating: Map<number, Allocating>;
  readonly loading: Map<number, PromiseWithResolvers<OpenRun | undefined>>;
  readonly closed: PromiseWithResolvers<void>;
  lastSeq: number;
  sentUpTo: number;
  durableUpTo: number;
  nextId: number;
  isScheduled: boolean;
  /** Facts appended until the next microtask belong together. */
  isInTurn: boolean;
  fault: JournalFault | undefined;
  /** The thread has ended: nothing can be written any more. */
  isDead: boolean;
  isClosing: boolean;
  isCloseSent: boolean;
}

function clientOf(worker: Worker, lastSeq: number): Client {
  const client: Client = {
    worker,
    pending: pendingFacts(),
    counter: commitStats(),
    durable: new Set(),
    failed: new Set(),
    allocating: new Map(),
    loading: new Map(),
    closed: Promise.withResolvers(),
    lastSeq,
    sentUpTo: lastSeq,
    durableUpTo: lastSeq,
    nextId: 1,
    isScheduled: false,
    isInTurn: false,
    fault: undefined,
    isDead: false,
    isClosing: false,
    isCloseSent: false,
  };
  worker.on('message', (reply: JournalReply) => receive(client, reply));
  worker.on('error', (error) => died(client, error.message));
  worker.on('exit', (code) => died(client, `exit code ${code}`));
  return client;
}

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

function add(client: Client, fact: Fact): number {
  client.pending.add(client.lastSeq + 1, fact);
  client.lastSeq += 1;
  if (!client.isInTurn) {
    client.isInTurn = true;
    queueMicrotask(() => {
      client.isInTurn = false;
      client.pending.endTurn();
    });
  }
  schedule(client);
  return client.lastSeq;
}

/** One batch is on its way at a time; what comes meanwhile shares the next flush. */
function schedule(client: Client): void {
  if (client.isScheduled || client.sentUpTo > client.durableUpTo || client.fault !== undefined) return;
  client.isScheduled = true;
  const sendScheduled = (): void => {
    if (!client.isScheduled) return;
    client.isScheduled = false;
    if (client.fault === undefined) send(client);
  };
  if (client.counter.rate() > BUSY_RATE && !client.isClosing) setTimeout(sendScheduled, WINDOW_MS);
  else queueMicrotask(sendScheduled);
}

function send(client: Client, seals?: number): void {
  const batch = client.pending.take();
  if (batch === undefined) return;
  client.sentUpTo += batch.count;
  client.counter.sent(batch.count);
  const { buffer } = batch.rows;
  const request = { kind: 'append', ...batch, ...(seals === undefined ? {} : { seals }) } as const;
  post(client, request, buffer instanceof ArrayBuffer ? [buffer] : []);
}

function post(client: Client, request: JournalRequest, transfer: readonly ArrayBuffer[] = []): void {
  if (!client.isDead) client.worker.postMessage(request, transfer);
}

function receive(client: Client, reply: JournalReply): void {
  switch (reply.kind) {
    case 'durable':
      committed(client, reply.upTo, reply.commitMs);
      return;
    case 'prepared':
      prepared(client, reply);
      return;
    case 'loaded':
      client.loading.get(reply.id)?.resolve(reply.open);
      client.loading.delete(reply.id);
      return;
    case 'failed':
      fail(client, { code: reply.code, message: reply.message });
      return;
    case 'closed':
      client.closed.resolve();
      return;
    case 'opened':
      return;
  }
}

function committed(client: Client, upTo: number, commitMs: number): void {
  client.durableUpTo = upTo;
  client.counter.committed(commitMs);
  for (const listener of client.durable) listener(upTo);
  for (const [id, allocating] of client.allocating) {
    if (allocating.upTo === undefined || allocating.upTo > upTo) continue;
    client.allocating.delete(id);
    allocating.resolve({});
  }
  if (client.pending.count > 0) schedule(client);
  closeWhenQuiet(client);
}

function allocate(client: Client, block: SerialBlock, facts: readonly Fact[]): Promise<{ readonly clash?: string }> {
  const id = client.nextId++;
  const allocating = { ...Promise.withResolvers<{ readonly clash?: string }>(), block, facts, upTo: undefined };
  client.allocating.set(id, allocating);
  post(client, { kind: 'allocate', id, block });
  return allocating.promise;
}

function prepared(client: Client, reply: Extract<JournalReply, { kind: 'prepared' }>): void {
  const { id, sha256, clash } = reply;
  const allocating = client.allocating.get(id);
  if (allocating === undefined) return;
  if (sha256 === undefined) {
    client.allocating.delete(id);
    allocating.resolve(clash === undefined ? {} : { clash });
    closeWhenQuiet(client);
    return;
  }
  while (client.pending.count > 0) send(client); // what was appended before keeps transactions of its own
  for (const fact of allocating.facts) add(client, withDigest(fact, allocating.block.gtin, sha256));
  allocating.upTo = client.lastSeq;
  send(client, id);
}

/** The serials lie outside the chain; their digest, in the fact that allocates them, ties them to it. */
function withDigest(fact: Fact, gtin: string, sha256: string): Fact {
  if (fact.kind !== FACT.serialsAllocated || fact.body !== undefined) return fact;
  return { ...fact, body: JSON.stringify({ gtin, sha256 }) };
}

function load(client: Client, run: number, fromFacts: boolean): Promise<OpenRun | undefined> {
  const id = client.nextId++;
  const loading = Promise.withResolvers<OpenRun | undefined>();
  client.loading.set(id, loading);
  post(client, { kind: 'load', id, run, fromFacts });
  return loading.promise;
}

function fail(client: Client, fault: JournalFault): void {
  client.fault = fault;
  for (const listener of client.failed) listener(fault);
  closeWhenQuiet(client);
}

function retry(client: Client): void {
  if (client.fault === undefined || client.isDead) return;
  client.fault = undefined;
  post(client, { kind: 'retry' });
  if (client.pending.count > 0) schedule(client);
}

function died(client: Client, why: string): void {
  if (client.isDead) return;
  client.isDead = true;
  const fault = { code: 'io', message: `The record thread ended (${why}). Restart the workstation.` } as const;
  for (const waiting of [...client.allocating.values(), ...client.loading.values()]) {
    waiting.reject(new RecordError(fault.code, fault.message));
  }
  if (client.isCloseSent) client.closed.resolve();
  else fail(client, fault);
}

function closeWhenQuiet(client: Client): void {
  if (!client.isClosing || client.isCloseSent) return;
  const isQuiet = client.durableUpTo === client.lastSeq && client.allocating.size === 0;
  if (!isQuiet && client.fault === undefined) return;
  client.isCloseSent = true;
  if (client.isDead) client.closed.resolve();
  else post(client, { kind: 'close' });
}
