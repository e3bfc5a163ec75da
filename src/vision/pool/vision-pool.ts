import type { CameraJob } from '#contract/camera-job.ts';
import { openFrameRing, SLOT } from '#contract/frame-ring.ts';
import type { Inspection } from '#contract/inspection.ts';
import type { TrainedFont } from '#contract/trained-font.ts';
import { compileDecoder } from '#vision/decode/wasm.ts';
import type { Calibration, ExpectedText, Known } from '#vision/inspect/messages.ts';
import { type CrewState, openCrew } from '#vision/pool/crew.ts';
import { createDesk, type DeskCounters } from '#vision/pool/desk.ts';
import type { VisionLog } from '#vision/pool/log.ts';
import { wallClock } from '#vision/wall-clock.ts';

export interface VisionPoolOptions {
  /** The entry `inspect.thread`, source or bundle. */
  readonly threads: URL;
  /** How many of them: see `workersFor`. */
  readonly workers: number;
  readonly ring: SharedArrayBuffer;
  readonly job: CameraJob;
  readonly calibration?: Calibration;
  /** Fonts that the texts of the job were trained with, by name. */
  readonly fonts?: Readonly<Record<string, TrainedFont>>;
  readonly expected?: ExpectedText;
  /** Milliseconds from the notice of a frame to its answer; then it is answered as not inspected. */
  readonly deadline: number;
  /** Milliseconds of silence at a frame after which a thread is replaced: by itself twice the deadline, or 400 if that is more. */
  readonly silence?: number;
  readonly log: VisionLog;
  /**
   * The answer to a trigger; in the order of triggers, one for each. With a slot, the picture is still there and the
   * caller's: it is kept until `release`.
   */
  readonly done: (inspection: Inspection, slot: number | undefined) => void;
  /** Threads became warm, or are fewer than they were. */
  readonly changed?: (state: CrewState) => void;
}

/** Counts since the pool was opened. */
export interface PoolCounters extends DeskCounters {
  /** Threads that hung or died. */
  readonly replaced: number;
}

/** The main thread's end of vision: slot numbers in, inspections out. It never touches a pixel. */
export interface VisionPool {
  /** Resolves when all threads are warm; rejects when they cannot be started. */
  readonly ready: Promise<void>;
  state(): CrewState;
  counters(): PoolCounters;
  /** A frame is READY in this slot. */
  frame(slot: number, trigger: number): void;
  /** The camera owes a picture for this trigger. `why` is the driver's word. */
  noImage(trigger: number, at: number, why: string): void;
  /** What the texts of the job stand for, from the next frame on. */
  expect(expected: ExpectedText): void;
  /** What is known of the camera, from the next frame on; the threads practise with it first and are not ready meanwhile. */
  know(known: Known): void;
  /** Keeps the slot of an answer beyond the usual, while evidence is written. False: it was not the caller's. */
  pin(slot: number): boolean;
  /** Frees the slot of an answer, pinned or not. */
  release(slot: number): void;
  /** Answers what is owed as not inspected, and ends the threads. */
  close(): Promise<void>;
}

/** A busy machine keeps a sound thread waiting; a new one is not warm for a second or more, and misses all of it. */
const LEAST_SILENCE = 400;

/** Threads for one of so many cameras: one core stays with the main thread. A layer of many codes is worth them all. */
export function workersFor(cameras: number, cores: number, codes = 1): number {
  const all = codes > 1 ? cores : Math.min(cameras, cores - 1);
  return Math.max(1, Math.floor(all / cameras));
}

/** Opens the threads of one camera. `ready` waits until they are warm. */
export async function openVisionPool(options: VisionPoolOptions): Promise<VisionPool> {
  const { job, deadline, log, done } = options;
  const decoder = await compileDecoder();
  const ring = openFrameRing(options.ring);
  const desk = createDesk({ ring, job, deadline, log, done, now: wallClock() });
  const crew = openCrew({
    thread: options.threads,
    size: options.workers,
    silence: options.silence ?? Math.max(LEAST_SILENCE, 2 * deadline),
    opening: {
      decoder,
      ring: options.ring,
      job,
      calibration: options.calibration ?? {},
      fonts: options.fonts ?? {},
      expected: options.expected ?? {},
    },
    log,
    inspected(id, inspection) {
      desk.received(id, inspection);
      desk.dispatch(crew);
    },
    ended(id, detail) {
      if (id !== undefined) desk.lost(id, detail);
      desk.dispatch(crew);
    },
    changed(state) {
      desk.dispatch(crew);
      options.changed?.(state);
    },
  });
  return {
    ready: crew.ready,
    state: () => crew.state(),
    counters: () => ({ ...desk.counters(), replaced: crew.replaced }),
    frame(slot, trigger) {
      desk.takeIn(slot, trigger);
      desk.dispatch(crew);
    },
    noImage: (trigger, at, why) => desk.noImage(trigger, at, why),
    expect: (expected) => crew.expect(expected),
    know: (known) => crew.know(known),
    pin: (slot) => ring.move(slot, SLOT.done, SLOT.pinned),
    release: (slot) => ring.free(slot),
    async close() {
      desk.close();
      await crew.close();
    },
  };
}
