import { Worker } from 'node:worker_threads';
import type { EyeLimits, PictureQuery } from '#contract/eye.ts';
import type {
  ReaderReply,
  ReaderRequest,
  RecordAnswers,
  RecordQuestion,
  RecordStreams,
  StreamQuestion,
} from '#record/query/questions.ts';

/** Searches and reports on a record, on a thread of their own. The file must exist. */
export interface RecordReader {
  /** Every item with this serial, the newest run first. */
  find(serial: string): Promise<RecordAnswers['find']['answer']>;
  /** All orders and runs, oldest first. */
  runs(): Promise<RecordAnswers['runs']['answer']>;
  /** The balance of a run's serials, replayed from its facts. */
  account(run: number): Promise<RecordAnswers['account']['answer']>;
  /** What limits would have done to the newest inspections on record. */
  tryLimits(limits: EyeLimits): Promise<RecordAnswers['tryLimits']['answer']>;
  /** Kept pictures, the newest first. */
  pictures(query: PictureQuery): Promise<RecordAnswers['pictures']['answer']>;
  picture(id: number): Promise<RecordAnswers['picture']['answer']>;
  /** Good items in the order of commissioning, in chunks. The next chunk is made when it is asked for. */
  goodItems(run: number): AsyncIterable<RecordStreams['good']['chunk']>;
  /** Production records of all serials of a run in the order of allocation, in chunks. */
  productionRecords(run: number): AsyncIterable<RecordStreams['records']['chunk']>;
  close(): Promise<void>;
}

export interface ReaderOptions {
  readonly file: string;
  /** The entry `reader.thread`, source or bundle. */
  readonly thread: URL;
}

interface Client {
  readonly worker: Worker;
  readonly waiting: Map<number, PromiseWithResolvers<unknown>>;
  readonly ended: PromiseWithResolvers<void>;
  nextId: number;
  death: Error | undefined;
}

/** Opens a record for reading; rejects when it cannot be read. */
export async function openReader(options: ReaderOptions): Promise<RecordReader> {
  const worker = new Worker(options.thread, { workerData: { file: options.file } });
  const client: Client = { worker, waiting: new Map(), ended: Promise.withResolvers(), nextId: 1, death: undefined };
  const opened = Promise.withResolvers<void>();
  worker.on('message', (reply: ReaderReply) => {
    if (reply.kind === 'opened') opened.resolve();
    else receive(client, reply);
  });
  worker.on('error', (error) => died(client, error));
  worker.on('exit', (code) => died(client, new Error(`the record's reader ended with code ${code}`)));
  worker.on('error', opened.reject);
  await opened.promise;
  return readerOf(client);
}

function readerOf(client: Client): RecordReader {
  return {
    find: async (serial) => (await ask(client, { what: 'find', serial })) as RecordAnswers['find']['answer'],
    runs: async () => (await ask(client, { what: 'runs' })) as RecordAnswers['runs']['answer'],
    account: async (run) => (await ask(client, { what: 'account', run })) as RecordAnswers['account']['answer'],
    tryLimits: async (limits) =>
      (await ask(client, { what: 'tryLimits', limits })) as RecordAnswers['tryLimits']['answer'],
    pictures: async (query) => (await ask(client, { what: 'pictures', query })) as RecordAnswers['pictures']['answer'],
    picture: async (id) => (await ask(client, { what: 'picture', id })) as RecordAnswers['picture']['answer'],
    goodItems: (run) => stream(client, { what: 'good', run }) as AsyncIterable<RecordStreams['good']['chunk']>,
    productionRecords: (run) =>
      stream(client, { what: 'records', run }) as AsyncIterable<RecordStreams['records']['chunk']>,
    close() {
      if (client.death === undefined) post(client, { kind: 'close' });
      return client.ended.promise;
    },
  };
}

function receive(client: Client, reply: Exclude<ReaderReply, { kind: 'opened' }>): void {
  if (reply.id === undefined) return;
  const waiting = client.waiting.get(reply.id);
  client.waiting.delete(reply.id);
  if (reply.kind === 'failed') waiting?.reject(new Error(reply.message));
  else waiting?.resolve(reply.value);
}

function died(client: Client, error: Error): void {
  client.death ??= error;
  for (const waiting of client.waiting.values()) waiting.reject(error);
  client.waiting.clear();
  client.ended.resolve();
}

function post(client: Client, request: ReaderRequest): void {
  client.worker.postMessage(request);
}

function ask(client: Client, question: RecordQuestion): Promise<unknown> {
  const id = client.nextId++;
  return request(client, { kind: 'ask', id, question });
}

function request(client: Client, message: Extract<ReaderRequest, { id: number }>): Promise<unknown> {
  if (client.death !== undefined) return Promise.reject(client.death);
  const waiting = Promise.withResolvers<unknown>();
  client.waiting.set(message.id, waiting);
  post(client, message);
  return waiting.promise;
}

async function* stream(client: Client, question: StreamQuestion): AsyncGenerator<unknown, void> {
  const id = client.nextId++;
  post(client, { kind: 'stream', id, question });
  try {
    for (;;) {
      const chunk = await request(client, { kind: 'next', id });
      if (chunk === undefined) return;
      yield chunk;
    }
  } finally {
    post(client, { kind: 'stop', id });
  }
}
