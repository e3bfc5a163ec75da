import { createServer, type Server, type Socket } from 'node:net';
import { serialAt } from '#gs1/serial-pool.ts';
import { answerAsPart } from './child.ts';
import { BOUND, type Stretch } from './knee.ts';
import { packSerials, resultFrame } from './order.ts';
import { spreadOf } from './statistics.ts';
import { type Answer, answerReader } from './verdict-line.ts';

// The camera and the sink of verdicts, in a process of its own: one clock for both ends of the measurement.

/** Longest sleep between two looks at the clock. Spinning would be finer, and would take one of two cores away. */
const NAP = 0.2;
/** How long answers are waited for behind the last item. */
const PATIENCE = 20_000;
/** Frames that are written down between two looks at the sockets. */
const FRAMES_IN_A_TURN = 2000;
/** Further behind than this many seconds of items nothing is sent any more: the rate has failed. */
const FURTHEST_BEHIND = 0.5;

interface Line {
  camera: Socket | undefined;
  sink: Socket | undefined;
  /** Items shown to this camera connection so far. */
  shown: number;
  take: (answers: readonly Answer[], at: number) => void;
}

const line: Line = { camera: undefined, sink: undefined, shown: 0, take: () => {} };
const serials = packSerials(Number(process.argv[2] ?? 1_000_000));
const cell = new Int32Array(new SharedArrayBuffer(4));

/** Agrees to every command, as a reader does that was set up. */
function camera(socket: Socket): void {
  socket.setNoDelay(true);
  line.camera = socket;
  line.shown = 0;
  socket.on('data', (bytes) => {
    for (const [, id] of bytes.toString('latin1').matchAll(/\|\|0?:(\d+)>/g)) socket.write(`||0:${id}[0]"bench"\r\n`);
  });
  socket.on('error', () => undefined);
}

function sink(socket: Socket): void {
  socket.setNoDelay(true);
  line.sink = socket;
  const read = answerReader();
  socket.on('data', (bytes) => line.take(read(bytes.toString('latin1')), performance.now()));
  socket.on('error', () => undefined);
}

function listen(serve: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(serve).listen(0, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Books of one stretch. */
function openBooks(base: number, rate: number, count: number) {
  const sentAt = new Float64Array(count);
  const latency = new Float64Array(count);
  const fromSend = new Float64Array(count);
  const began = performance.now() + 20;
  const books = { passed: 0, failed: 0, wrong: 0, answered: 0, sent: 0, lastAt: began };
  return {
    books,
    due: (item: number): number => began + (item * 1000) / rate,
    send(item: number, at: number): void {
      sentAt[item] = at;
      books.sent += 1;
    },
    take(answers: readonly Answer[], at: number): void {
      for (const { seq, pass } of answers) {
        const item = books.answered;
        if (seq !== ((base + item + 1) & 0xffff)) books.wrong += 1;
        latency[item] = at - (began + (item * 1000) / rate);
        fromSend[item] = at - (sentAt[item] ?? at);
        books.answered += 1;
        if (pass) books.passed += 1;
        else books.failed += 1;
      }
      books.lastAt = at;
    },
    close(): Stretch {
      const { sent, answered, passed, failed, wrong, lastAt } = books;
      // The last item may take its latency like every other: a stretch is over when its bound is.
      const lasted = Math.max(count / rate, (lastAt - began - BOUND.p99) / 1000);
      const late = sentAt.subarray(0, sent).map((at, item) => at - (began + (item * 1000) / rate));
      return {
        rate,
        served: answered / lasted,
        latency: spreadOf(latency.subarray(0, answered)),
        fromSend: spreadOf(fromSend.subarray(0, answered)),
        lateness: spreadOf(late),
        passed,
        failed,
        wrong: wrong + (sent - answered),
      };
    },
  };
}

/** Results of the items after `base`. The reader that they come from goes on answering while they are written down. */
async function framesOf(base: number, count: number): Promise<readonly Buffer[]> {
  const frames: Buffer[] = [];
  for (let trigger = base + 1; trigger <= base + count; trigger += 1) {
    frames.push(Buffer.from(resultFrame(trigger, serialAt(serials, trigger - 1)), 'latin1'));
    if (trigger % FRAMES_IN_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return frames;
}

/** Open loop: item i is due at its time whether or not answers came back. */
async function stretch({ rate, seconds }: { rate: number; seconds: number }): Promise<Stretch> {
  const socket = line.camera;
  if (socket === undefined || line.sink === undefined) throw new Error('nobody is connected');
  const count = Math.max(1, Math.floor(rate * seconds));
  const base = line.shown;
  if (base + count > serials.count) throw new Error('the order has no more serials');
  const frames = await framesOf(base, count);
  const { books, due, send, take, close } = openBooks(base, rate, count);
  line.take = take;
  while (books.sent < count && books.sent - books.answered <= Math.max(64, rate * FURTHEST_BEHIND)) {
    const now = performance.now();
    socket.cork();
    for (let item = books.sent; item < count && due(item) <= now; item = books.sent) {
      socket.write(frames[item] ?? '');
      send(item, now);
    }
    socket.uncork();
    await nap(due(books.sent) - performance.now());
  }
  line.shown += books.sent;
  for (const since = performance.now(); books.answered < books.sent && performance.now() - since < PATIENCE; )
    await nap(1);
  return close();
}

/** Sleeps a little less than `gap` ms, but lets the sockets have a turn. */
function nap(gap: number): Promise<void> {
  if (gap > 3) return new Promise((resolve) => setTimeout(resolve, gap - 2));
  if (gap > 0) Atomics.wait(cell, 0, 0, Math.min(gap, NAP));
  return new Promise((resolve) => setImmediate(resolve));
}

const [cameras, sinks] = await Promise.all([listen(camera), listen(sink)]);
answerAsPart({ ports: () => ({ camera: portOf(cameras), sink: portOf(sinks) }), stretch });
