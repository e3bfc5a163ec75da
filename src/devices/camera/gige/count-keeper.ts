import { FeatureError } from '#devices/camera/genicam/description.ts';
import type { Features } from '#devices/camera/genicam/features.ts';
import { CameraError } from '#devices/camera/gige/control/channel.ts';
import { type CountMark, pictureTally, type Tally, triggerTally } from '#devices/camera/gige/stream/tally.ts';
import type { TriggerCounter } from '#devices/camera/gige/trigger-counter.ts';
import type { Millis } from '#line/time.ts';

/** What the driver remembers of a camera's count from one contact to the next. */
export interface CountMemory {
  /** Whose count it was: another camera in its place begins anew. */
  readonly camera: string;
  readonly mark: CountMark | undefined;
}

/** What a contact knows of the counter. */
export interface Counted {
  readonly features: Features;
  /** undefined: the camera counts pictures. */
  readonly counter: TriggerCounter | undefined;
  /** Of the camera's clock; 0: it proves nothing. */
  readonly ticksPerSecond: number;
  readonly memory: CountMemory | undefined;
  /** Whose count this is. */
  readonly camera: string;
}

/** The count of one contact, over its acquisitions. */
export interface CountKeeper {
  /** For the acquisition that begins now. */
  tally(): Promise<Tally>;
  /** undefined: nothing was counted yet. */
  readonly memory: CountMemory | undefined;
}

const WHOLE_REGISTER = 32;

export function countKeeper({ features, counter, ticksPerSecond, memory, camera }: Counted): CountKeeper {
  let mark = counter?.wasRunning === true && memory?.camera === camera ? memory.mark : undefined;
  let isOurs = false;
  return {
    async tally() {
      if (counter === undefined) return pictureTally();
      return triggerTally({
        before: mark,
        needsProof: !isOurs,
        armedAt: await shown(features, counter),
        modulus: 2 ** Math.min(WHOLE_REGISTER, counter.chunk.layout.width),
        clock: (ticks) => (ticksPerSecond > 0 ? (Number(ticks) / ticksPerSecond) * 1_000 : undefined),
        now: monotonic,
        keep(next) {
          mark = next;
          isOurs = true;
        },
      });
    },
    get memory() {
      return counter === undefined || mark === undefined ? undefined : { camera, mark };
    },
  };
}

/** One clock for all threads, which nobody sets. */
function monotonic(): Millis {
  return Number(process.hrtime.bigint()) / 1e6;
}

async function shown(features: Features, { shows }: TriggerCounter): Promise<number | undefined> {
  if (shows === undefined) return undefined;
  try {
    return await features.number(shows);
  } catch (error) {
    const isRefusal = error instanceof FeatureError || (error instanceof CameraError && error.status !== undefined);
    if (isRefusal) return undefined;
    throw error;
  }
}
