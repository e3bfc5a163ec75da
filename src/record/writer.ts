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
  /** The slice to be done, or to be done again. */
  slice: Slice | undefined;
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
  const { file } = options;
  const unlock = lockWriter(file);
  let db: WritableDb | undefined;
  try {
    db = openWritable(file);
    migrate(db, file, options);
    const synchronous = assertDurable(db, file);
    const head = readHead(db, file);
    removeUnsealed(db);
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
      isStalled: false,
      isStepping: false,
    };
    port.reply({ kind: 'opened', opening, found }, buffersOf(found.open));
    return writer;
  } catch (cause) {
    db?.close();
    unlock();
    throw cause;
  }
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
        slice: undefined,
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

/** Commits what waits, then one piece of what is not urgent. The first failure stalls everything until `retry`. */
function work(writer: Writer): void {
  attempt(writer, () => {
    commitWaiting(writer);
    storeDump(writer);
  });
  if (!writer.isStepping && !writer.isStalled && (writer.jobs.length > 0 || dueDump(writer) !== undefined)) {
    writer.isStepping = true;
    writer.port.later(() => {
      writer.isStepping = false;
      attempt(writer, () => stepJob(writer));
      work(writer);
    });
  }
}

function attempt(writer: Writer, action: () => void): void {
  if (writer.isStalled) return;
  try {
    action();
  } catch (cause) {
    const error = asRecordError(cause, writer.file);
    if (!(error instanceof RecordError)) throw error;
    writer.isStalled = true;
    writer.port.reply({ kind: 'failed', code: error.code, message: error.message });
  }
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

function storeDump(writer: Writer): void {
  const dump = dueDump(writer);
  if (dump === undefined) return;
  writeDump(writer.db, dump);
  writer.dumps = writer.dumps.filter((other) => other !== dump);
}

function stepJob(writer: Writer): void {
  const job = writer.jobs[0];
  if (job === undefined) return;
  if (job.slice === undefined) {
    const step = job.slices.next();
    if (step.done === true) {
      writer.jobs.shift();
      if ('sha256' in step.value) writer.prepared.set(job.id, { run: job.block.run, first: job.block.first });
      writer.port.reply({ kind: 'prepared', id: job.id, ...step.value });
      return;
    }
    job.slice = step.value;
  }
  job.slice();
  job.slice = undefined;
  writer.checkpoint(0);
}

function close(writer: Writer): void {
  writer.db.close();
  writer.unlock();
  writer.port.reply({ kind: 'closed' });
  writer.port.ended();
}
