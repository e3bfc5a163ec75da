import type { FrameRing } from '#contract/frame-ring.ts';
import {
  blockAfter,
  blocksBetween,
  type CountSoFar,
  firstTrigger,
  LARGEST_JUMP,
} from '#devices/camera/gige/block-count.ts';
import type { Resend } from '#devices/camera/gige/gvcp-frames.ts';
import { emptyHead, FORMAT, type PacketHead, readHead } from '#devices/camera/gige/gvsp-frames.ts';
import {
  askFor,
  emptyPicture,
  type GivenUp,
  hasGap,
  isUntouched,
  isWhole,
  openPicture,
  type Picture,
  type PictureShape,
  shapeBytes,
  shortfall,
  takeFailure,
  takeLeader,
  takePayload,
  takeTrailer,
} from '#devices/camera/gige/picture.ts';
import { reduceToGrey, rowBytes } from '#devices/camera/gige/pixel-formats.ts';
import type { FrameNotice, MissingFrame } from '#devices/camera/notice.ts';
import type { Instant, Millis } from '#line/time.ts';

/** How often `tick` is called. Time is counted in ticks: a thread that did not run has not waited. */
export const TICK: Millis = 2;
/** Ticks without a packet after which a picture's end counts as a gap. */
const TAIL = 3;
/** Ticks between one asking for a packet and the next. */
const ASK_AGAIN = 5;
/** Ticks without a packet after which a picture is given up: 50 ms, and 20 ms when nothing more can come. */
const PATIENCE = 25;
const PATIENCE_AT_END = 10;
/** Pictures under way at a time. */
const UNDER_WAY = 4;
/** Ranges asked for at a time, so that a lost picture does not become a flood of requests. */
const MOST_RANGES = 32;

/** Room for padding in a buffer of pixels that are not grey yet. */
const SCRATCH = 2;

/** Where the pictures go. */
export interface AssemblyOutlet {
  readonly ring: FrameRing;
  /** In order of triggers, each once. */
  notice(notice: FrameNotice): void;
  /** undefined: the camera does not send again. */
  readonly resend: ((packets: Resend) => void) | undefined;
  /** The camera's count of pictures cannot be believed any more. */
  skewed(detail: string): void;
  /** The first picture came with a number from which nothing can be told (block-count.ts). */
  guessed(block: number): void;
}

/** Builds pictures from packets as they come: late, twice, out of order, damaged, or not at all. */
export interface Assembly {
  take(bytes: Buffer, now: Instant): void;
  tick(now: Instant): void;
  /** Pictures are under way, so that `tick` has something to do. */
  readonly isBusy: boolean;
  /** Gives up what is under way; no packet is taken any more. Answers what the next acquisition should know. */
  end(now: Instant): CountSoFar;
}

/** A picture in line for its notice. */
interface Entry {
  readonly trigger: number;
  readonly picture: Picture | undefined;
  outcome: FrameNotice | undefined;
}

export function assemblyOf(shape: PictureShape, before: CountSoFar, outlet: AssemblyOutlet): Assembly {
  const { ring } = outlet;
  const head = emptyHead();
  const capacity = Math.max(ring.frameBytes, SCRATCH * shapeBytes(shape));
  const free: Picture[] = Array.from({ length: UNDER_WAY }, () => emptyPicture(shape, capacity));
  const line: Entry[] = [];
  const scratch = new Map<Picture, Uint8Array>();
  const bytesPerRow = rowBytes(shape.format, shape.width) ?? 0;
  let count: CountSoFar = before;
  let last = { block: 0, trigger: 0 };
  let isOver = false;
  let hasExtendedIds: boolean | undefined;
  let ticks = 0;

  /** The place in line of this packet's picture; undefined when there is none any more. */
  function entryFor(now: Instant): Entry | undefined {
    const steps = last.trigger === 0 ? begin() : blocksBetween(last.block, head.block, head.hasExtendedIds);
    if (Math.abs(steps) > LARGEST_JUMP) {
      isOver = true;
      outlet.skewed(`the camera's count of pictures jumped from ${last.block} to ${head.block}`);
      return undefined;
    }
    const trigger = last.trigger + steps;
    for (let next = last.trigger + 1; next <= trigger; next++) {
      open(next, blockAfter(head.block, next - trigger, head.hasExtendedIds), { now, left: trigger - next });
    }
    if (steps > 0) last = { block: head.block, trigger };
    return line.find((entry) => entry.trigger === trigger);
  }

  function begin(): number {
    const { trigger, guessed } = firstTrigger(head.block, count);
    if (guessed) outlet.guessed(head.block);
    count = { block: head.block, startsAnew: count.startsAnew || (head.block === 1 && count.block !== undefined) };
    return trigger;
  }

  /** A picture that should be on its way. Of many at once, only the newest can still come. */
  function open(trigger: number, block: number, { now, left }: { readonly now: Instant; readonly left: number }): void {
    if (left >= UNDER_WAY) {
      line.push({ trigger, picture: undefined, outcome: lost(trigger, now) });
      flush();
      return;
    }
    while (free.length === 0) giveUpOldest(now);
    const picture = free.pop();
    if (picture === undefined) return;
    const slot = ring.claim();
    const target = slot === undefined ? NOWHERE : targetOf(picture, slot);
    openPicture(picture, shape, { trigger, block, hasExtendedIds: head.hasExtendedIds, at: now, slot, target });
    const entry: Entry = { trigger, picture, outcome: undefined };
    line.push(entry);
    if (slot === undefined) settle(entry, missed(trigger, { missing: 'no-free-slot', detail: FULL }, now));
  }

  function targetOf(picture: Picture, slot: number): Uint8Array {
    if (shape.format.toGrey === undefined) return ring.memory(slot);
    const raw = scratch.get(picture) ?? new Uint8Array(SCRATCH * shapeBytes(shape));
    scratch.set(picture, raw);
    return raw;
  }

  function giveUpOldest(now: Instant): void {
    const oldest = line.find(({ outcome }) => outcome === undefined);
    if (oldest !== undefined) giveUp(oldest, now);
  }

  function giveUp(entry: Entry, now: Instant): void {
    const { picture, trigger } = entry;
    const isLost = picture === undefined || isUntouched(picture);
    settle(entry, isLost ? lost(trigger, now) : incomplete(trigger, shortfall(picture), now));
  }

  function settle(entry: Entry, outcome: FrameNotice): void {
    const { picture } = entry;
    entry.outcome = outcome;
    if (picture !== undefined) {
      if (picture.slot !== undefined && 'missing' in outcome) ring.free(picture.slot);
      picture.slot = undefined;
      free.push(picture);
    }
    flush();
  }

  /** Notices leave in order. */
  function flush(): void {
    while (line[0]?.outcome !== undefined) {
      const outcome = line.shift()?.outcome;
      if (outcome !== undefined) outlet.notice(outcome);
    }
  }

  function takeInto(entry: Entry, picture: Picture, bytes: Buffer, now: Instant): void {
    picture.quiet = 0;
    const failure = takeFailure(head);
    if (failure !== undefined && isUntouched(picture)) {
      settle(entry, lost(entry.trigger, now));
      return;
    }
    const givenUp = failure ?? takePart(picture, head, bytes, shape);
    if (givenUp !== undefined) settle(entry, missed(entry.trigger, givenUp, now));
    else if (isWhole(picture)) finish(entry, picture, now);
  }

  function finish(entry: Entry, picture: Picture, now: Instant): void {
    const { slot, trigger, at, leader } = picture;
    if (slot === undefined || leader === undefined) return;
    const { width, height, format } = shape;
    const raw = { raw: picture.target, width, height, stride: bytesPerRow + leader.paddingX };
    if (format.toGrey !== undefined) reduceToGrey(format.toGrey, raw, ring.memory(slot));
    const stride = format.toGrey === undefined ? raw.stride : width;
    if (ring.publish(slot, { trigger, at, width, height, stride })) settle(entry, { trigger, slot, at });
    else settle(entry, missed(trigger, { missing: 'no-free-slot', detail: TAKEN }, now));
  }

  /** Asks for what is missing: gaps older than a tick, the end when it is quiet, and again what was asked for in vain. */
  function ask(picture: Picture): void {
    const { resend } = outlet;
    if (resend === undefined || (picture.quiet < TAIL && !hasGap(picture))) return;
    const upTo = picture.quiet >= TAIL ? picture.packets : picture.settled;
    picture.settled = picture.highest;
    const ranges = askFor(picture, upTo, ticks % ASK_AGAIN === 0, MOST_RANGES);
    const { block, hasExtendedIds } = picture;
    for (const { first, last: to } of ranges) resend({ block: BigInt(block), first, last: to, hasExtendedIds });
  }

  function patience(picture: Picture): number {
    return outlet.resend === undefined && (picture.hasTrailer || isUntouched(picture)) ? PATIENCE_AT_END : PATIENCE;
  }

  return {
    take(bytes, now) {
      if (isOver || !readHead(bytes, head) || head.block === 0) return;
      hasExtendedIds ??= head.hasExtendedIds;
      if (hasExtendedIds !== head.hasExtendedIds) return;
      const entry = entryFor(now);
      if (entry?.picture === undefined || entry.outcome !== undefined) return;
      takeInto(entry, entry.picture, bytes, now);
    },
    tick(now) {
      ticks += 1;
      for (const entry of [...line]) {
        if (entry.picture === undefined || entry.outcome !== undefined) continue;
        entry.picture.quiet += 1;
        if (entry.picture.quiet >= patience(entry.picture)) giveUp(entry, now);
        else ask(entry.picture);
      }
    },
    get isBusy() {
      return line.length > 0;
    },
    end(now) {
      isOver = true;
      for (const entry of [...line]) if (entry.outcome === undefined) giveUp(entry, now);
      return { block: last.trigger === 0 ? before.block : last.block, startsAnew: count.startsAnew };
    },
  };
}

const NOWHERE = new Uint8Array(0);
const FULL = 'no slot of the ring was free';
const TAKEN = 'the slot was taken away while the picture came';

function takePart(picture: Picture, head: PacketHead, bytes: Buffer, shape: PictureShape): GivenUp | undefined {
  switch (head.format) {
    case FORMAT.payload:
      takePayload(picture, head, bytes);
      return undefined;
    case FORMAT.leader:
      return takeLeader(picture, bytes.subarray(head.dataAt), shape);
    case FORMAT.trailer:
      return takeTrailer(picture, head.packet);
    default:
      return { missing: 'refused', detail: 'the camera sends a picture in one packet of a kind that is not taken' };
  }
}

function missed(trigger: number, { missing, detail }: Omit<MissingFrame, 'trigger' | 'at'>, at: Instant): MissingFrame {
  return { trigger, missing, detail, at };
}

function incomplete(trigger: number, detail: string, at: Instant): MissingFrame {
  return missed(trigger, { missing: 'incomplete', detail }, at);
}

function lost(trigger: number, at: Instant): MissingFrame {
  return missed(trigger, { missing: 'lost', detail: 'no packet of this picture came' }, at);
}
