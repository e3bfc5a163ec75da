import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { CameraJob } from '#contract/camera-job.ts';
import { createFrameRing } from '#contract/frame-ring.ts';
import type { GreyImage } from '#vision/image.ts';
import { openVisionPool, type PoolCounters } from '#vision/pool/vision-pool.ts';
import { wallClock } from '#vision/wall-clock.ts';
import { type Spread, spreadOf } from '../statistics.ts';

export interface StreamOptions {
  readonly job: object;
  readonly pictures: readonly GreyImage[];
  readonly workers: number;
  readonly perSecond: number;
  readonly count: number;
  readonly deadline: number;
}

/** A camera, the ring, the threads and the main thread, as in the product. Times in milliseconds. */
export interface Stream {
  /** From the first byte in the ring to the answer on the main thread. */
  readonly verdict: Spread;
  /** Of that, from the thread's answer to the main thread's knowledge of it. */
  readonly hop: Spread;
  readonly decode: Spread;
  readonly grade: Spread;
  readonly counters: PoolCounters;
  readonly unread: number;
  /** How late the main thread's timers are. */
  readonly lateP99: number;
  /** From the first picture of practice to "ready". */
  readonly warmUp: number;
}

const SLOTS = 16;
const THREADS = new URL('../../src/vision/inspect/inspect.thread.ts', import.meta.url);

type Notice = { readonly trigger: number } & (
  | { readonly kind: 'frame'; readonly slot: number }
  | { readonly kind: 'no-free-slot'; readonly at: number }
);

export async function runStream({
  job: text,
  pictures,
  workers,
  perSecond,
  count,
  deadline,
}: StreamOptions): Promise<Stream> {
  const job = CameraJob.parse(text);
  const { width, height } = job.frame;
  const ring = createFrameRing(SLOTS, width * height);
  const [verdict, hop, decode, grade]: [number[], number[], number[], number[]] = [[], [], [], []];
  const all = Promise.withResolvers<void>();
  const wall = wallClock();
  let unread = 0;
  const began = performance.now();
  const pool = await openVisionPool({
    threads: THREADS,
    workers,
    ring,
    job,
    deadline,
    log: { info: () => undefined, warn: () => undefined },
    done({ at, took, codes, trigger }, slot) {
      const whole = wall() - at;
      verdict.push(whole);
      hop.push(whole - took.whole);
      decode.push(took.decode);
      grade.push(took.grade);
      if (codes.length < job.code.count) unread += 1;
      if (slot !== undefined) pool.release(slot);
      if (trigger === count) all.resolve();
    },
  });
  await pool.ready;
  const warmUp = performance.now() - began;
  const late = monitorEventLoopDelay({ resolution: 1 });
  late.enable();
  const workerData = { ring, pictures: pictures.map(({ pixels }) => pixels), width, height, perSecond, count };
  const camera = new Worker(new URL('./camera.thread.ts', import.meta.url), { workerData });
  camera.on('message', (notice: Notice) => {
    if (notice.kind === 'frame') pool.frame(notice.slot, notice.trigger);
    else pool.noImage(notice.trigger, notice.at, notice.kind);
  });
  await all.promise;
  late.disable();
  const counters = pool.counters();
  await Promise.all([pool.close(), camera.terminate()]);
  return {
    verdict: spreadOf(verdict),
    hop: spreadOf(hop),
    decode: spreadOf(decode),
    grade: spreadOf(grade),
    counters,
    unread,
    lateP99: late.percentile(99) / 1e6 - 1,
    warmUp,
  };
}
