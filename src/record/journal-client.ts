import type { Worker } from 'node:worker_threads';
import type { JournalFault, JournalReply, JournalRequest, OpenRun, SerialBlock } from '#contract/journal.ts';
import { FACT, type Fact } from '#line/fact.ts';
import { type CommitCounter, commitStats } from '#record/commit-stats.ts';
import { RecordError } from '#record/database.ts';
import { type Pending, pendingFacts } from '#record/pending.ts';

/** From this many facts a second on, a commit waits for company: fewer flushes, steadier tail (performance.md §3.2). */
const BUSY_RATE = 10_000;
const WINDOW_MS = 1;

interface Allocating extends PromiseWithResolvers<{ readonly clash?: string }> {
  readonly block: SerialBlock;
  readonly facts: readonly Fact[];
  /** Its facts are on disk with this one; undefined while the serials are being written. */
  upTo: number | undefined;
}

/** What the main thread keeps of the journal: what waits, what is on its way, and who wants to know. */
export interface Client {
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

export function clientOf(worker: Worker, lastSeq: number): Client {
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

export function add(client: Client, fact: Fact): number {
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
export function schedule(client: Client): void {
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

export function post(client: Client, request: JournalRequest, transfer: readonly ArrayBuffer[] = []): void {
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
    case 'given-up':
      client.allocating.get(reply.id)?.reject(new RecordError(reply.code, reply.message));
      client.allocating.delete(reply.id);
      closeWhenQuiet(client);
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

export function allocate(
  client: Client,
  block: SerialBlock,
  facts: readonly Fact[],
): Promise<{ readonly clash?: string }> {
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

export function load(client: Client, run: number, fromFacts: boolean): Promise<OpenRun | undefined> {
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

export function retry(client: Client): void {
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

export function closeWhenQuiet(client: Client): void {
  if (!client.isClosing || client.isCloseSent) return;
  const isQuiet = client.durableUpTo === client.lastSeq && client.allocating.size === 0;
  if (!isQuiet && client.fault === undefined) return;
  client.isCloseSent = true;
  if (client.isDead) client.closed.resolve();
  else post(client, { kind: 'close' });
}
