import { CameraJob } from '#contract/camera-job.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { Reader } from '#vision/decode/reader.ts';
import { wholeOf } from '#vision/decode/region.ts';
import { createInspector } from '#vision/inspect/inspector.ts';
import { type Format, jobText, KINDS, type Picture, pictureOf } from './frames.ts';

/** How many pictures of a set were read, how, and at what cost. */
export interface Reads {
  readonly pictures: number;
  /** By the first pass over the whole frame alone: what a plain reader does. */
  readonly first: number;
  readonly firstMs: number;
  /** By the product: retries, then the assisted read. */
  readonly zxing: number;
  readonly retry: number;
  readonly assisted: number;
  readonly productMs: number;
  readonly misreads: number;
  readonly unread: readonly string[];
}

/** All kinds of pictures, so many of each; no two say the same. */
export function setOf(format: Format, each: number): readonly Picture[] {
  return KINDS.flatMap((kind, place) =>
    Array.from({ length: each }, (_, seed) => pictureOf(kind, format, place * each + seed + 1)),
  );
}

export function countReads(reader: Reader, format: Format, pictures: readonly Picture[]): Reads {
  const [inspectors, now] = [new Map<string, ReturnType<typeof createInspector>>(), (): number => performance.now()];
  const tally = { first: 0, firstMs: 0, zxing: 0, retry: 0, assisted: 0, productMs: 0, misreads: 0 };
  const unread: string[] = [];
  for (const { kind, image, text } of pictures) {
    const module = KINDS.find(({ name }) => name === kind)?.module ?? 6;
    const known = inspectors.get(String(module));
    const job = CameraJob.parse(jobText(format, module));
    const inspector = known ?? createInspector({ job, calibration: {}, fonts: {}, reader, now, wall: now });
    inspectors.set(String(module), inspector);
    const began = performance.now();
    const [plain] = reader.read(image, wholeOf(image), { pass: 'first', symbologies: ['DataMatrix'], most: 1 });
    tally.firstMs += performance.now() - began;
    if (plain?.text === text) tally.first += 1;
    const frame: Frame = { slot: 0, trigger: 1, at: 0, ...image };
    const asked = performance.now();
    const [code] = inspector.inspect(frame, { last: [], known: [], isPart: false, budget: 10_000 }).codes;
    tally.productMs += performance.now() - asked;
    if (code === undefined) unread.push(kind);
    else if (code.text !== text) tally.misreads += 1;
    else tally[code.readBy === 'zxing-retry' ? 'retry' : code.readBy] += 1;
  }
  const mean = (total: number): number => total / pictures.length;
  return {
    ...tally,
    pictures: pictures.length,
    firstMs: mean(tally.firstMs),
    productMs: mean(tally.productMs),
    unread: [...new Set(unread)],
  };
}
