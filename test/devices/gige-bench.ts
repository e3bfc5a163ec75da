import { createFrameRing, type FrameRing, openFrameRing } from '#contract/frame-ring.ts';
import type { ChunkValue } from '#devices/camera/genicam/chunk-value.ts';
import type { Resend } from '#devices/camera/gige/control/gvcp-frames.ts';
import { type Assembly, assemblyOf } from '#devices/camera/gige/stream/assembly.ts';
import type { CountSoFar } from '#devices/camera/gige/stream/block-count.ts';
import { type PixelFormat, pixelFormat } from '#devices/camera/gige/stream/pixel-formats.ts';
import { type Doubt, pictureTally, type Tally } from '#devices/camera/gige/stream/tally.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import { mono8, type SentPicture } from './gige-packets.ts';

/** The size of every picture on the bench. */
export const WIDTH = 40;
export const HEIGHT = 20;
const BYTES = WIDTH * HEIGHT;
const PACKET = 100;
const MONO8 = known(0x0108_0001);

export function known(code: number): PixelFormat {
  const format = pixelFormat(code);
  if (format === undefined) throw new Error(`no pixel format ${code}`);
  return format;
}

export interface Bench {
  readonly assembly: Assembly;
  readonly ring: FrameRing;
  readonly notices: FrameNotice[];
  readonly resends: Resend[];
  readonly skews: string[];
  readonly guesses: number[];
  readonly doubts: Doubt[];
  readonly repeats: number[];
  /** Ticks until nothing is under way. */
  settle(): void;
}

interface BenchOptions {
  readonly slots?: number;
  readonly slotBytes?: number;
  readonly resends?: boolean;
  readonly before?: CountSoFar;
  readonly format?: PixelFormat;
  readonly packetBytes?: number;
  /** Where the count of triggers lies in a picture's chunks, and who numbers them. */
  readonly counter?: ChunkValue;
  readonly tally?: Tally;
  readonly onResend?: (resend: Resend, assembly: Assembly) => void;
}

export function bench(options: BenchOptions = {}): Bench {
  const { slots = 8, resends: canResend = false, format = MONO8, packetBytes = PACKET } = options;
  const ring = openFrameRing(createFrameRing(slots, options.slotBytes ?? BYTES));
  const [notices, resends, skews, guesses]: [FrameNotice[], Resend[], string[], number[]] = [[], [], [], []];
  const [doubts, repeats]: [Doubt[], number[]] = [[], []];
  const before = options.before ?? { block: undefined, startsAnew: false };
  const assembly: Assembly = assemblyOf(
    { width: WIDTH, height: HEIGHT, format, packetBytes, counter: options.counter },
    before,
    {
      ring,
      tally: options.tally ?? pictureTally(),
      doubted: (doubt) => doubts.push(doubt),
      repeated: (trigger) => repeats.push(trigger),
      notice: (notice) => notices.push(notice),
      resend: canResend
        ? (resend) => {
            resends.push(resend);
            options.onResend?.(resend, assembly);
          }
        : undefined,
      skewed: (detail) => skews.push(detail),
      guessed: (block) => guesses.push(block),
    },
  );
  const settle = (): void => {
    for (let tick = 0; tick < 200 && assembly.isBusy; tick++) assembly.tick(tick);
  };
  return { assembly, ring, notices, resends, skews, guesses, doubts, repeats, settle };
}

export const picture = (block: number): SentPicture => mono8(block, WIDTH, HEIGHT, PACKET);

export function send({ assembly }: Bench, packets: readonly Buffer[]): void {
  for (const bytes of packets) assembly.take(bytes, 1_000);
}

/** What became of each trigger, in words. */
export function fates({ notices }: Bench): string[] {
  return notices.map((notice) => `${notice.trigger} ${'missing' in notice ? notice.missing : 'whole'}`);
}

export function pixelsAt({ ring, notices }: Bench, index: number): Buffer {
  const notice = notices[index];
  if (notice === undefined || 'missing' in notice) throw new Error(`notice ${index} is no picture`);
  return Buffer.from(ring.look(notice.slot).pixels);
}
