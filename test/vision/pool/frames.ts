import { CameraJob, type CameraJobText } from '#contract/camera-job.ts';
import { createFrameRing, type FrameRing, openFrameRing } from '#contract/frame-ring.ts';
import type { Inspection } from '#contract/inspection.ts';
import type { GreyImage } from '#vision/image.ts';
import { openVisionPool, type VisionPool, type VisionPoolOptions } from '#vision/pool/vision-pool.ts';
import { dataMatrix, paper, print } from '../decode/picture.ts';

export const FRAME = { width: 320, height: 240 };

/** Looks for one DataMatrix in the middle of a small frame. */
export function jobOf(changes: Partial<CameraJobText> = {}): CameraJob {
  return CameraJob.parse({
    name: 'carton top 1',
    frame: FRAME,
    trigger: 'line',
    symbologies: ['DataMatrix'],
    code: { window: { x: 90, y: 50, width: 132, height: 132 }, rows: 22, columns: 22, module: 6 },
    ...changes,
  });
}

export function codeFrame(serial = 'ABC123'): GreyImage {
  const image = paper(FRAME.width, FRAME.height);
  print(image, dataMatrix(`(01)09520000000004(17)271231(10)L1(21)${serial}`), { module: 6, x: 90, y: 50 });
  return image;
}

/** A pool over a ring, and what a capture thread would do to it. */
export interface Bench {
  readonly pool: VisionPool;
  readonly ring: FrameRing;
  readonly answers: readonly { readonly inspection: Inspection; readonly slot: number | undefined }[];
  readonly logged: readonly { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
  /** Puts a picture into the ring and gives notice of it. False: no free slot. */
  send(trigger: number, image: GreyImage): boolean;
  /** Waits until so many triggers were answered. */
  answered(count: number): Promise<void>;
}

export const THREAD = new URL('../../../src/vision/inspect/inspect.thread.ts', import.meta.url);

export async function openBench(
  options: Partial<VisionPoolOptions> & { readonly slots?: number; readonly keep?: boolean } = {},
): Promise<Bench> {
  const { slots = 8, keep = false, ...rest } = options;
  const shared = createFrameRing(slots, FRAME.width * FRAME.height);
  const ring = openFrameRing(shared);
  const answers: { inspection: Inspection; slot: number | undefined }[] = [];
  const logged: { event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const log = (event: string, fields: Readonly<Record<string, unknown>>): number => logged.push({ event, fields });
  let wake: () => void = () => undefined;
  const pool = await openVisionPool({
    threads: THREAD,
    workers: 1,
    ring: shared,
    job: jobOf(),
    deadline: 30_000,
    log: { info: log, warn: log },
    ...rest,
    done(inspection, slot) {
      answers.push({ inspection, slot });
      if (slot !== undefined && !keep) pool.release(slot);
      wake();
    },
  });
  return {
    pool,
    ring,
    answers,
    logged,
    send(trigger, image) {
      const slot = ring.claim();
      if (slot === undefined) return false;
      ring.memory(slot).set(image.pixels);
      const { width, height, stride } = image;
      ring.publish(slot, { trigger, at: Date.now(), width, height, stride });
      pool.frame(slot, trigger);
      return true;
    },
    async answered(count) {
      while (answers.length < count) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

const TOLD = { answer: 0, die: 1, throw: 2, hang: 3, dawdle: 4 } as const;

/** A picture that tells a scripted thread what to do; `amount`: hundredths of a second to dawdle; `codes`: how many it shows. */
export function toldFrame(what: keyof typeof TOLD, amount = 0, codes = 1): GreyImage {
  const image = paper(FRAME.width, FRAME.height);
  image.pixels.set([TOLD[what], amount, codes]);
  return image;
}
