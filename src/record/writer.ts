import type {
  JournalBatch,
  JournalReply,
  JournalRequest,
  LedgerDump,
  OpenRun,
  SerialBlock,
} from '#contract/journal.ts';
import { type AllocationResult, allocation, removeUnsealed, type Slice } from '#record/allocate.ts';
import { checkpoints, groupCommit, type Head, type Prepared } from '#record/append.ts';
import {
  asRecordError,
  assertDurable,
  lockWriter,
  openWritable,
  RecordError,
  type WritableDb,
} from '#record/database.ts';
import { migrate, type Ownership } from '#record/migrate.ts';
import { readFound, readHead, readOpening, readRun, writeDump } from '#record/opening.ts';

export interface WriterOptions extends Ownership {
  readonly file: string;
}

/** The thread's side of the message pair. */
export interface WriterPort {
  reply(reply: JournalReply, transfer?: readonly ArrayBuffer[]): void;
  /** The next message that has already arrived. */
  next(): JournalRequest | undefined;
  /** Soon, but after what has arrived meanwhile. */
  later(work: () => void): void;
  ended(): void;
}

interface Job {
  readonly id: number;
  readonly block: SerialBlock;
  readonly slices: Generator<Slice, AllocationResult>;
}

/** Everything the thread owns. What waits is only dropped once it is on disk, so a failed commit can be tried again. */
interface Writer {
  readonly db: WritableDb;
  readonly file: string;
  readonly port: WriterPort;
  readonly commit: ReturnType<typeof groupCommit>;
  readonly checkpoint: (rows: number) => void;
  readonly unlock: () => void;
  head: Head;
  waiting: JournalBatch[];
  dumps: LedgerDump[];
  jobs: Job[];
  readonly prepared: Map<number, Prepared>;
  /** Serials that count for nothing stand in the file: for their removal there was no room yet. */
  hasLeftovers: boolean;
  /** After `failed`, until `retry`. */
  isStalled: boolean;
  isStepping: boolean;
}

/** Opens the record and returns what to do with a message. A record that cannot be opened is answered by `failed`. */
export function startWriter(options: WriterOptions, port: WriterPort): (request: JournalRequest) => void {
  let writer: Writer;
  try {
    writer = open(options, port);
  } catch (cause) {
    const error = asRecordError(cause, options.file);
    const code = error instanceof RecordError ? error.code : 'io';
    port.reply({ kind: 'failed', code, message: error.message });
    port.ended();
    return () => {};
  }
  return (request) => {
    let next: JournalRequest | undefined = request;
    let closing = false;
    for (; next !== undefined; next = port.next()) {
      if (next.kind === 'close') closing = true;
      else take(writer, next);
    }
    work(writer);
    if (closing) close(writer);
  };
}

function open(options: WriterOptions, port: WriterPort): Writer {
  const unlock = lockWriter(options.file);
  try {
    const db = openWritable(options.file);
    try {
      return begin(db, unlock, options, port);
    } catch (cause) {
      db.close();
      throw cause;
    }
  } catch (cause) {
    unlock();
    throw cause;
  }
}

function begin(db: WritableDb, unlock: () => void, options: WriterOptions, port: WriterPort): Writer {
  const { file } = options;
  migrate(db, file, options);
  const synchronous = assertDurable(db, file);
  const head = readHead(db, file);
  // A record whose disk is full opens all the same: what a crash left half written counts for nothing.
  const hasLeftovers = tried(file, () => removeUnsealed(db, [])) !== undefined;
  const opening = readOpening(db, head, synchronous);
  const found = readFound(db, head);
  const writer: Writer = {
    db,
    file,
    port,
    unlock,
    head,
    commit: groupCommit(db),
    checkpoint: checkpoints(db),
    waiting: [],
    dumps: [],
    jobs: [],
    prepared: new Map(),
    hasLeftovers,
    isStalled: false,
    isStepping: false,
  };
  port.reply({ kind: 'opened', opening, found }, buffersOf(found.open));
  return writer;
}

/** Large parts go to the other thread as they are, uncopied. */
function buffersOf(run: OpenRun | undefined): ArrayBuffer[] {
  if (run === undefined) return [];
  const parts = [
    ...run.blocks.map((block) => block.bytes),
    run.tail,
    ...(run.dump === undefined ? [] : [run.dump.states]),
  ];
  return parts.flatMap((part) => (part.buffer instanceof ArrayBuffer ? [part.buffer] : []));
}

function take(writer: Writer, request: Exclude<JournalRequest, { kind: 'close' }>): void {
  switch (request.kind) {
    case 'append':
      writer.waiting.push(request);
      return;
    case 'allocate':
      writer.jobs.push({
        id: request.id,
        block: request.block,
        slices: allocation(writer.db, request.block),
      });
      return;
    case 'dump':
      writer.dumps.push(request.dump);
      return;
    case 'retry':
      writer.isStalled = false;
      return;
    case 'load': {
      const run = readRun(writer.db, request.run, request.fromFacts);
      writer.port.reply(
        { kind: 'loaded', id: request.id, ...(run === undefined ? {} : { open: run }) },
        buffersOf(run),
      );
      return;
    }
  }
}

/**
 * Commits what waits, then one piece of what is not urgent. A commit that fails stalls everything until `retry`; what is
 * not urgent is given up instead, so that it never keeps the line's facts from the disk.
 */
function work(writer: Writer): void {
  if (writer.isStalled) return;
  const failure = tried(writer.file, () => commitWaiting(writer));
  if (failure !== undefined) {
    writer.isStalled = true;
    writer.port.reply({ kind: 'failed', code: failure.code, message: failure.message });
    return;
  }
  storeDump(writer);
  if (writer.isStepping || (writer.jobs.length === 0 && dueDump(writer) === undefined)) return;
  writer.isStepping = true;
  writer.port.later(() => {
    writer.isStepping = false;
    if (!writer.isStalled) stepJob(writer);
    work(writer);
  });
}

function commitWaiting(writer: Writer): void {
  const batches = writer.waiting;
  if (batches.length === 0) return;
  const started = performance.now();
  const before = writer.head.lastSeq;
  writer.head = writer.commit(batches, writer.head, writer.prepared);
  writer.waiting = [];
  for (const batch of batches) if (batch.seals !== undefined) writer.prepared.delete(batch.seals);
  writer.port.reply({ kind: 'durable', upTo: writer.head.lastSeq, commitMs: performance.now() - started });
  writer.checkpoint(writer.head.lastSeq - before);
}

/** A dump of facts that are not on disk yet would outlive them in a crash, and speak for others later: it waits. */
function dueDump(writer: Writer): LedgerDump | undefined {
  return writer.dumps.find((dump) => dump.seq <= writer.head.lastSeq);
}

/** A copy of the ledger only makes a start faster: one that finds no room is dropped, and nothing waits for it. */
function storeDump(writer: Writer): void {
  const dump = dueDump(writer);
  if (dump === undefined) return;
  writer.dumps = writer.dumps.filter((other) => other !== dump);
  tried(writer.file, () => writeDump(writer.db, dump));
}

/** What keeps the record from being written, when something does. Our own mistakes are thrown. */
function tried(file: string, write: () => void): RecordError | undefined {
  try {
    write();
    return undefined;
  } catch (cause) {
    const error = asRecordError(cause, file);
    if (error instanceof RecordError) return error;
    throw error;
  }
}

function stepJob(writer: Writer): void {
  const job = writer.jobs[0];
  if (job === undefined) return;
  const failure = tried(writer.file, () => step(writer, job));
  if (failure === undefined) return;
  writer.jobs.shift();
  writer.hasLeftovers =
    tried(writer.file, () => removeUnsealed(writer.db, [...writer.prepared.values()])) !== undefined;
  writer.port.reply({ kind: 'given-up', id: job.id, code: failure.code, message: failure.message });
}

function step(writer: Writer, job: Job): void {
  if (writer.hasLeftovers) {
    removeUnsealed(writer.db, [...writer.prepared.values()]);
    writer.hasLeftovers = false;
    return;
  }
  const next = job.slices.next();
  if (next.done === true) {
    writer.jobs.shift();
    if ('sha256' in next.value) writer.prepared.set(job.id, { run: job.block.run, first: job.block.first });
    writer.port.reply({ kind: 'prepared', id: job.id, ...next.value });
    return;
  }
  next.value();
  writer.checkpoint(0);
}

function close(writer: Writer): void {
  writer.db.close();
  writer.unlock();
  writer.port.reply({ kind: 'closed' });
  writer.port.ended();
}
