import {
  blockAfter,
  blocksBetween,
  type CountSoFar,
  firstTrigger,
  LARGEST_JUMP,
} from '#devices/camera/gige/stream/block-count.ts';
import { countOf, takeChunkedPayload, takeChunkedTrailer } from '#devices/camera/gige/stream/chunked-picture.ts';
import { emptyHead, FORMAT, type PacketHead, readHead } from '#devices/camera/gige/stream/gvsp-frames.ts';
import {
  askFor,
  type GivenUp,
  hasGap,
  isUntouched,
  isWhole,
  lastDue,
  type Picture,
  type PictureShape,
  takeFailure,
  takeLeader,
  takePayload,
  takeTrailer,
} from '#devices/camera/gige/stream/picture.ts';
import {
  type Entry,
  expectPicture,
  fail,
  giveUp,
  type PictureLine,
  type PictureOutlet,
  pictureLine,
  settle,
  skipPicture,
  UNDER_WAY,
} from '#devices/camera/gige/stream/picture-line.ts';
import { reduceToGrey, rowBytes } from '#devices/camera/gige/stream/pixel-formats.ts';
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
/** Ranges asked for at a time, so that a lost picture does not become a flood of requests. */
const MOST_RANGES = 32;

export interface AssemblyOutlet extends PictureOutlet {
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

/** What an assembly knows between two packets. */
interface State {
  readonly shape: PictureShape;
  readonly outlet: AssemblyOutlet;
  readonly line: PictureLine;
  /** Header of the packet in hand. */
  readonly head: PacketHead;
  count: CountSoFar;
  /** Block of the newest picture, and its place in the count of pictures; 0 before the first. */
  block: number;
  place: number;
  /** The kind of header the first packet had. */
  hasExtendedIds: boolean | undefined;
  isOver: boolean;
  ticks: number;
}

export function assemblyOf(shape: PictureShape, before: CountSoFar, outlet: AssemblyOutlet): Assembly {
  const state: State = {
    shape,
    outlet,
    line: pictureLine(shape, outlet),
    head: emptyHead(),
    count: before,
    block: 0,
    place: 0,
    hasExtendedIds: undefined,
    isOver: false,
    ticks: 0,
  };
  return {
    take: (bytes, now) => takePacket(state, bytes, now),
    tick: (now) => tick(state, now),
    get isBusy() {
      return state.line.entries.length > 0;
    },
    end(now) {
      state.isOver = true;
      for (const entry of [...state.line.entries]) if (entry.outcome === undefined) giveUp(state.line, entry, now);
      return { block: state.place === 0 ? before.block : state.block, startsAnew: state.count.startsAnew };
    },
  };
}

function takePacket(state: State, bytes: Buffer, now: Instant): void {
  const { head } = state;
  if (state.isOver || state.line.isDoubted || !readHead(bytes, head) || head.block === 0) return;
  state.hasExtendedIds ??= head.hasExtendedIds;
  if (state.hasExtendedIds !== head.hasExtendedIds) return;
  const entry = entryFor(state, now);
  if (entry?.picture === undefined || entry.outcome !== undefined) return;
  takeInto(state, entry, entry.picture, { bytes, now });
}

/** The place in line of this packet's picture; undefined when there is none any more. */
function entryFor(state: State, now: Instant): Entry | undefined {
  const { head, line } = state;
  const steps = state.place === 0 ? begin(state) : blocksBetween(state.block, head.block, head.hasExtendedIds);
  if (Math.abs(steps) > LARGEST_JUMP) {
    state.isOver = true;
    state.outlet.skewed(`the camera's count of pictures jumped from ${state.block} to ${head.block}`);
    return undefined;
  }
  const place = state.place + steps;
  for (let next = state.place + 1; next <= place; next++) announce(state, next, place - next, now);
  if (steps > 0) Object.assign(state, { block: head.block, place });
  return line.entries.find((entry) => entry.place === place);
}

/** Of many pictures at once, only the newest can still come. */
function announce({ head, line }: State, place: number, newer: number, at: Instant): void {
  const { hasExtendedIds } = head;
  if (newer >= UNDER_WAY) skipPicture(line, place, at);
  else expectPicture(line, { place, block: blockAfter(head.block, -newer, hasExtendedIds), hasExtendedIds, at });
}

function begin(state: State): number {
  const { head, count, shape } = state;
  // Where triggers are counted, they tell which was the first.
  if (shape.counter !== undefined) return 1;
  const { trigger, guessed } = firstTrigger(head.block, count);
  if (guessed) state.outlet.guessed(head.block);
  state.count = { block: head.block, startsAnew: count.startsAnew || (head.block === 1 && count.block !== undefined) };
  return trigger;
}

interface Datagram {
  readonly bytes: Buffer;
  readonly now: Instant;
}

function takeInto(state: State, entry: Entry, picture: Picture, { bytes, now }: Datagram): void {
  const { head, line, shape } = state;
  picture.quiet = 0;
  const failure = takeFailure(head);
  if (failure !== undefined && isUntouched(picture)) {
    giveUp(line, entry, now);
    return;
  }
  const givenUp = failure ?? takePart(picture, head, bytes, shape);
  if (givenUp !== undefined) fail(line, entry, givenUp, now);
  else if (isWhole(picture)) finish(state, entry, picture, now);
}

function takePart(picture: Picture, head: PacketHead, bytes: Buffer, shape: PictureShape): GivenUp | undefined {
  switch (head.format) {
    case FORMAT.payload:
      if (shape.counter === undefined) takePayload(picture, head, bytes);
      else takeChunkedPayload(picture, head, bytes);
      return undefined;
    case FORMAT.leader:
      return takeLeader(picture, bytes.subarray(head.dataAt), shape);
    case FORMAT.trailer:
      if (shape.counter === undefined) return takeTrailer(picture, head.packet);
      return takeChunkedTrailer(picture, head, bytes.subarray(head.dataAt));
    default:
      return { missing: 'refused', detail: 'the camera sends a picture in one packet of a kind that is not taken' };
  }
}

/** A whole picture is grey, and waits in its slot for its turn. */
function finish({ shape, line, outlet }: State, entry: Entry, picture: Picture, now: Instant): void {
  const { slot, at, leader, target } = picture;
  if (slot === undefined || leader === undefined) return;
  const count = shape.counter && countOf(picture, shape.counter);
  if (shape.counter !== undefined && count === undefined) {
    fail(line, entry, UNREADABLE, now);
    return;
  }
  const { width, height, format } = shape;
  const raw = { raw: target, width, height, stride: (rowBytes(format, width) ?? 0) + leader.paddingX };
  if (format.toGrey !== undefined) reduceToGrey(format.toGrey, raw, outlet.ring.memory(slot));
  const stride = format.toGrey === undefined ? raw.stride : width;
  settle(line, entry, { slot, at, width, height, stride, count, ticks: leader.timestamp });
}

/** Without its count a picture belongs to no trigger. */
const UNREADABLE = { missing: 'refused', detail: 'the count of triggers behind the picture is damaged' } as const;

function tick(state: State, now: Instant): void {
  state.ticks += 1;
  for (const entry of [...state.line.entries]) {
    const { picture } = entry;
    if (picture === undefined || entry.outcome !== undefined) continue;
    picture.quiet += 1;
    if (picture.quiet >= patience(state, picture)) giveUp(state.line, entry, now);
    else ask(state, picture);
  }
}

function patience({ outlet }: State, picture: Picture): number {
  const isAtEnd = outlet.resend === undefined && (picture.hasTrailer || isUntouched(picture));
  return isAtEnd ? PATIENCE_AT_END : PATIENCE;
}

/** Asks for what is missing: gaps older than a tick, the end when it is quiet, and again what was asked for in vain. */
function ask({ outlet, ticks }: State, picture: Picture): void {
  const { resend } = outlet;
  if (resend === undefined || (picture.quiet < TAIL && !hasGap(picture))) return;
  const upTo = picture.quiet >= TAIL ? lastDue(picture) : picture.settled;
  picture.settled = picture.highest;
  const ranges = askFor(picture, upTo, ticks % ASK_AGAIN === 0, MOST_RANGES);
  const { block, hasExtendedIds } = picture;
  for (const { first, last } of ranges) resend({ block: BigInt(block), first, last, hasExtendedIds });
}
