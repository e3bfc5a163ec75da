import type { FrameRing } from '#contract/frame-ring.ts';
import { FeatureError } from '#devices/camera/genicam/description.ts';
import type { Features } from '#devices/camera/genicam/features.ts';
import { directStream } from '#devices/camera/gige/contact.ts';
import type { ControlChannel } from '#devices/camera/gige/control/channel.ts';
import { type Assembly, assemblyOf, TICK } from '#devices/camera/gige/stream/assembly.ts';
import type { CountSoFar } from '#devices/camera/gige/stream/block-count.ts';
import type { PictureShape } from '#devices/camera/gige/stream/picture.ts';
import { openStreamSocket, type StreamSocket } from '#devices/camera/gige/stream/stream-socket.ts';
import type { Doubt, Tally } from '#devices/camera/gige/stream/tally.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { Millis } from '#line/time.ts';

/** After the camera was told to stop, what is on its way is waited for this long. */
const STRAGGLERS: Millis = 100;

/** What an acquisition needs of its session. */
export interface AcquisitionContext {
  readonly control: ControlChannel;
  readonly features: Features;
  readonly shape: PictureShape;
  readonly ring: FrameRing;
  readonly resends: boolean;
  /** Numbers the pictures of the acquisition that begins. */
  tally(): Promise<Tally>;
  notice(notice: FrameNotice): void;
  skewed(detail: string): void;
  doubted(doubt: Doubt): void;
  repeated(trigger: number): void;
  guessed(block: number): void;
}

/** Pictures from `AcquisitionStart` to `AcquisitionStop`, in one count. */
export interface Acquisition {
  /** Stops the camera, waits for what is on its way, and answers what the next acquisition should know. */
  stop(): Promise<CountSoFar>;
  /** Closes the socket; the camera is away, or does not listen any more. */
  drop(): void;
}

/**
 * Starts the camera. Each acquisition has a port of its own, so that no packet of the one before can be taken for one
 * of this.
 */
export async function startAcquisition(context: AcquisitionContext, before: CountSoFar): Promise<Acquisition> {
  const { control, features, shape, ring, resends } = context;
  const assembly: Assembly = assemblyOf(shape, before, {
    ring,
    tally: await context.tally(),
    notice: context.notice,
    doubted: context.doubted,
    repeated: context.repeated,
    resend: resends ? (packets) => control.resend(packets) : undefined,
    skewed: context.skewed,
    guessed: context.guessed,
  });
  const clock = ticker(assembly);
  const socket = await openStreamSocket(control.localAddress, control.remoteAddress, (bytes) => {
    assembly.take(bytes, Date.now());
    clock.wind();
  });
  try {
    await directStream(control, socket.port);
    await lock(features, 1);
    await features.execute('AcquisitionStart');
  } catch (error) {
    end(assembly, clock, socket);
    throw error;
  }
  return {
    async stop() {
      try {
        await features.execute('AcquisitionStop');
        await idle(assembly);
        await directStream(control, 0);
        await lock(features, 0);
      } finally {
        end(assembly, clock, socket);
      }
      return assembly.end(Date.now());
    },
    drop: () => end(assembly, clock, socket),
  };
}

function end(assembly: Assembly, clock: Ticker, socket: StreamSocket): void {
  clock.stop();
  socket.close();
  assembly.end(Date.now());
}

/** The transport layer's lock is the client's to set: features that must not change while pictures come refer to it. */
async function lock(features: Features, value: number): Promise<void> {
  if (!features.has('TLParamsLocked')) return;
  try {
    await features.set('TLParamsLocked', value);
  } catch (error) {
    if (!(error instanceof FeatureError)) throw error; // a camera that keeps this lock by itself lets it be read only
  }
}

/** Ticks while pictures are under way, and not otherwise. */
interface Ticker {
  wind(): void;
  stop(): void;
}

function ticker(assembly: Assembly): Ticker {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    stop,
    wind() {
      if (timer !== undefined || !assembly.isBusy) return;
      timer = setInterval(() => {
        assembly.tick(Date.now());
        if (!assembly.isBusy) stop();
      }, TICK);
    },
  };
}

async function idle(assembly: Assembly): Promise<void> {
  const until = performance.now() + STRAGGLERS;
  do await new Promise((resolve) => setTimeout(resolve, TICK));
  while (assembly.isBusy && performance.now() < until);
}
