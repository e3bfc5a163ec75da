import { type FrameRing, SLOT } from '#contract/frame-ring.ts';
import type { Resend } from '#devices/camera/gige/control/gvcp-frames.ts';
import {
  emptyPicture,
  type GivenUp,
  isUntouched,
  openPicture,
  type Picture,
  type PictureShape,
  shapeBytes,
  shortfall,
} from '#devices/camera/gige/stream/picture.ts';
import type { Doubt, PictureMark, Repeated, Tally } from '#devices/camera/gige/stream/tally.ts';
import type { FrameNotice, MissingFrame, Numbered } from '#devices/camera/notice.ts';
import type { Instant } from '#line/time.ts';

/** Pictures under way at a time. */
export const UNDER_WAY = 4;
/** Room for padding in a buffer of pixels that are not grey yet. */
const SCRATCH = 2;
const NOWHERE = new Uint8Array(0);

/** Where the pictures go. */
export interface PictureOutlet {
  readonly ring: FrameRing;
  /** Numbers them; one per acquisition. */
  readonly tally: Tally;
  /** In order of triggers, each once. */
  notice(notice: FrameNotice): void;
  /** The camera's count of triggers cannot be believed any more: nothing is noticed behind this. */
  doubted(doubt: Doubt): void;
  /** A picture of a trigger of which was told before: nobody gets it. */
  repeated(trigger: number): void;
  /** undefined: the camera does not send again. */
  readonly resend: ((packets: Resend) => void) | undefined;
}

/** A picture in line for its notice; without one when it was lost before it could be looked for. */
export interface Entry {
  /** Its place in the camera's count of pictures since it was armed. */
  readonly place: number;
  readonly picture: Picture | undefined;
  outcome: Outcome | undefined;
}

/** A whole picture in a slot that is still being written, or none; without its number, which its turn brings. */
type Outcome = Taken | Pick<MissingFrame, 'missing' | 'detail' | 'at'>;

export interface Taken extends PictureMark {
  readonly slot: number;
  readonly at: Instant;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
}

/** Pictures under way and those that wait behind them: notices leave in the order of triggers. */
export interface PictureLine {
  readonly shape: PictureShape;
  readonly outlet: PictureOutlet;
  readonly entries: Entry[];
  readonly idle: Picture[];
  /** Buffers for pixels that are not grey yet, by picture. */
  readonly scratch: Map<Picture, Uint8Array>;
  isDoubted: boolean;
}

export function pictureLine(shape: PictureShape, outlet: PictureOutlet): PictureLine {
  const capacity = Math.max(outlet.ring.frameBytes, SCRATCH * shapeBytes(shape));
  const idle = Array.from({ length: UNDER_WAY }, () => emptyPicture(shape, capacity));
  return { shape, outlet, entries: [], idle, scratch: new Map(), isDoubted: false };
}

/** A picture that should be on its way. */
export interface Expected {
  readonly place: number;
  readonly block: number;
  readonly hasExtendedIds: boolean;
  readonly at: Instant;
}

/** Opens a picture at the end of the line. The oldest is given up when there are too many. */
export function expectPicture(line: PictureLine, { place, block, hasExtendedIds, at }: Expected): void {
  while (line.idle.length === 0) giveUpOldest(line, at);
  const picture = line.idle.pop();
  if (picture === undefined) return;
  const slot = line.outlet.ring.claim();
  const target = slot === undefined ? NOWHERE : targetOf(line, picture, slot);
  openPicture(picture, line.shape, { block, hasExtendedIds, at, slot, target });
  const entry: Entry = { place, picture, outcome: undefined };
  line.entries.push(entry);
  if (slot === undefined) fail(line, entry, { missing: 'no-free-slot', detail: 'no slot of the ring was free' }, at);
}

/** A picture that can not come any more, at the end of the line. */
export function skipPicture(line: PictureLine, place: number, at: Instant): void {
  line.entries.push({ place, picture: undefined, outcome: { ...LOST, at } });
  flush(line);
}

function targetOf({ shape, outlet, scratch }: PictureLine, picture: Picture, slot: number): Uint8Array {
  if (shape.format.toGrey === undefined) return outlet.ring.memory(slot);
  const raw = scratch.get(picture) ?? new Uint8Array(SCRATCH * shapeBytes(shape));
  scratch.set(picture, raw);
  return raw;
}

function giveUpOldest(line: PictureLine, now: Instant): void {
  const oldest = line.entries.find(({ outcome }) => outcome === undefined);
  if (oldest !== undefined) giveUp(line, oldest, now);
}

/** Says what is missing of a picture, and waits for it no longer. */
export function giveUp(line: PictureLine, entry: Entry, now: Instant): void {
  const { picture } = entry;
  const isLost = picture === undefined || isUntouched(picture);
  fail(line, entry, isLost ? LOST : { missing: 'incomplete', detail: shortfall(picture) }, now);
}

/** No picture for this trigger: its slot is free again. */
export function fail(
  line: PictureLine,
  entry: Entry,
  { missing, detail }: GivenUp | Pick<MissingFrame, 'missing' | 'detail'>,
  at: Instant,
): void {
  const slot = entry.picture?.slot;
  if (slot !== undefined) line.outlet.ring.move(slot, SLOT.writing, SLOT.free);
  settle(line, entry, { missing, detail, at });
}

/** This is what became of a picture: its place may be used for another, and notices leave as far as they can. */
export function settle(line: PictureLine, entry: Entry, outcome: Outcome): void {
  entry.outcome = outcome;
  if (entry.picture !== undefined) {
    entry.picture.slot = undefined;
    line.idle.push(entry.picture);
  }
  flush(line);
}

function flush(line: PictureLine): void {
  while (line.entries[0]?.outcome !== undefined) {
    const outcome = line.entries.shift()?.outcome;
    if (outcome !== undefined) deliver(line, outcome);
  }
}

/** It is this one's turn: now its number is known. */
function deliver(line: PictureLine, outcome: Outcome): void {
  const { tally, notice } = line.outlet;
  if ('slot' in outcome) deliverTaken(line, outcome);
  else if (!line.isDoubted) notice({ ...tally.next(), ...outcome });
}

function deliverTaken(line: PictureLine, taken: Taken): void {
  const { ring, tally, notice } = line.outlet;
  const numbering = line.isDoubted ? undefined : tally.whole(taken);
  if (numbering !== undefined && 'own' in numbering) {
    for (const numbered of numbering.notTaken) notice({ ...numbered, ...NOT_TAKEN, at: taken.at });
    publish(line, numbering.own, taken);
    return;
  }
  ring.move(taken.slot, SLOT.writing, SLOT.free);
  if (numbering !== undefined) withhold(line, numbering);
}

/** A picture that belongs to no trigger of its own. */
function withhold(line: PictureLine, why: Repeated | Doubt): void {
  if ('repeated' in why) line.outlet.repeated(why.repeated);
  else {
    line.isDoubted = true;
    line.outlet.doubted(why);
  }
}

/** The picture stands in its slot for whoever takes it. */
function publish({ outlet: { ring, notice } }: PictureLine, own: Numbered, taken: Taken): void {
  const { slot, at, width, height, stride } = taken;
  if (ring.publish(slot, { trigger: own.trigger, at, width, height, stride })) notice({ ...own, slot, at });
  else notice({ ...own, ...TAKEN_AWAY, at });
}

const LOST = { missing: 'lost', detail: 'no packet of this picture came' } as const;
const NOT_TAKEN = { missing: 'not-taken', detail: 'the camera counted a trigger and took no picture' } as const;
const TAKEN_AWAY = { missing: 'no-free-slot', detail: 'the slot was taken away while the picture came' } as const;
