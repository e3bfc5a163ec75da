import type { ChunkValue } from '#devices/camera/genicam/chunk-value.ts';
import { hex, isFailure, statusSentence } from '#devices/camera/gige/control/status.ts';
import { CHUNK_TAG } from '#devices/camera/gige/stream/chunks.ts';
import {
  CHUNK_PAYLOAD,
  IMAGE_PAYLOAD,
  type Leader,
  type PacketHead,
  parseLeader,
  payloadSentence,
  WITH_CHUNKS,
} from '#devices/camera/gige/stream/gvsp-frames.ts';
import { type PixelFormat, rowBytes } from '#devices/camera/gige/stream/pixel-formats.ts';
import type { Instant } from '#line/time.ts';

/** What the camera was set to send. */
export interface PictureShape {
  readonly width: number;
  readonly height: number;
  readonly format: PixelFormat;
  /** Bytes of picture in each packet but the last, with 8-byte headers. Twelve fewer with extended ids. */
  readonly packetBytes: number;
  /** Where the count of triggers comes with each picture; undefined: pictures come without chunks. */
  readonly counter?: ChunkValue | undefined;
}

/** Room for what follows the pixels. */
const TAIL_BYTES = 8_192;
/** The least that follows them: one chunk of a byte. */
const LEAST_TAIL = CHUNK_TAG + 1;
const EXTENDED_MORE = 12;
const HERE = 255;
/** A packet is asked for this many times. */
const MOST_ASKED = 3;

/** One picture under way. Reused: a picture that is over is opened again for another. */
export interface Picture {
  block: number;
  hasExtendedIds: boolean;
  at: Instant;
  /** undefined: there was none free. */
  slot: number | undefined;
  /** Where payload is written: the slot, or a buffer for pixels that are not grey yet. */
  target: Uint8Array;
  leader: Leader | undefined;
  /**
   * Bytes of picture, in how many packets of how many bytes. With chunks behind it there are at least so many packets
   * until the trailer says how many.
   */
  total: number;
  packets: number;
  packetBytes: number;
  /** The payload from `tailFrom` on; empty where no chunks are due. */
  readonly tail: Buffer;
  tailFrom: number;
  /** The packet that was shorter than the others, and where it ended: the last. 0 before it came. */
  short: number;
  shortEnd: number;
  /** What the trailer says of the chunks; 0 for nothing. */
  chunkBytes: number;
  /** Per packet id (0 is the leader): HERE, or how often it was asked for. */
  readonly seen: Uint8Array;
  remaining: number;
  highest: number;
  /** `highest` at the tick before: only gaps below it are old enough to be asked for. */
  settled: number;
  hasTrailer: boolean;
  strange: number;
  /** Ticks since its last packet. */
  quiet: number;
}

/** Room for pictures of this shape, with either kind of header and some padding. */
export function emptyPicture({ packetBytes, counter }: PictureShape, capacity: number): Picture {
  const tail = Buffer.alloc(counter === undefined ? 0 : TAIL_BYTES);
  return {
    block: 0,
    hasExtendedIds: false,
    at: 0,
    slot: undefined,
    target: new Uint8Array(0),
    leader: undefined,
    total: 0,
    packets: 0,
    packetBytes: 0,
    tail,
    tailFrom: 0,
    short: 0,
    shortEnd: 0,
    chunkBytes: 0,
    seen: new Uint8Array(Math.ceil((capacity + tail.length) / Math.max(1, packetBytes - EXTENDED_MORE)) + 3),
    remaining: 0,
    highest: -1,
    settled: -1,
    hasTrailer: false,
    strange: 0,
    quiet: 0,
  };
}

/** Bytes of a picture of this shape without padding. */
export function shapeBytes({ width, height, format }: PictureShape): number {
  return (rowBytes(format, width) ?? width * 4) * height;
}

export interface Opening {
  readonly block: number;
  readonly hasExtendedIds: boolean;
  readonly at: Instant;
  readonly slot: number | undefined;
  readonly target: Uint8Array;
}

export function openPicture(picture: Picture, shape: PictureShape, opening: Opening): void {
  Object.assign(picture, opening);
  picture.leader = undefined;
  picture.seen.fill(0);
  picture.packetBytes = shape.packetBytes - (opening.hasExtendedIds ? EXTENDED_MORE : 0);
  picture.highest = -1;
  picture.settled = -1;
  picture.hasTrailer = false;
  picture.strange = 0;
  picture.quiet = 0;
  picture.tailFrom = shapeBytes(shape);
  picture.short = 0;
  picture.shortEnd = 0;
  picture.chunkBytes = 0;
  expectBytes(picture, picture.tailFrom);
}

function expectBytes(picture: Picture, total: number): void {
  picture.total = total;
  expectPackets(picture, Math.ceil((total + (hasChunks(picture) ? LEAST_TAIL : 0)) / picture.packetBytes));
}

/** Chunks are due behind its pixels. */
export function hasChunks({ tail }: Picture): boolean {
  return tail.length > 0;
}

/** So many packets of payload are due, and the others are not. */
export function expectPackets(picture: Picture, packets: number): void {
  picture.packets = packets;
  picture.remaining = 0;
  for (let id = 1; id <= picture.packets; id++) if (picture.seen[id] !== HERE) picture.remaining += 1;
}

/** Leader and all packets of picture are here. The trailer adds nothing, but to chunks: it says where they end. */
export function isWhole(picture: Picture): boolean {
  return picture.remaining === 0 && picture.leader !== undefined && !lacksTrailer(picture);
}

function lacksTrailer(picture: Picture): boolean {
  return hasChunks(picture) && !picture.hasTrailer;
}

/** The last packet that can be asked for. */
export function lastDue(picture: Picture): number {
  return picture.packets + (lacksTrailer(picture) ? 1 : 0);
}

/** Something before the highest packet is missing. */
export function hasGap(picture: Picture): boolean {
  const here = picture.packets - picture.remaining + (picture.leader === undefined ? 0 : 1);
  return here <= picture.highest;
}

/** Nothing of it came. */
export function isUntouched(picture: Picture): boolean {
  return picture.highest < 0 && !picture.hasTrailer && picture.strange === 0;
}

/** Why a picture is given up before its time. */
export interface GivenUp {
  readonly missing: 'incomplete' | 'refused';
  readonly detail: string;
}

/** The leader. A truncated one is no leader; a repeated one changes nothing. */
export function takeLeader(picture: Picture, data: Buffer, shape: PictureShape): GivenUp | undefined {
  if (picture.leader !== undefined) return undefined;
  const leader = parseLeader(data);
  if (leader === undefined) {
    picture.strange += 1;
    return undefined;
  }
  const refusal = refusalOf(leader, shape, picture.target.length);
  if (refusal !== undefined) return { missing: 'refused', detail: refusal };
  picture.leader = leader;
  picture.seen[0] = HERE;
  picture.highest = Math.max(0, picture.highest);
  const total = leader.payloadType === CHUNK_PAYLOAD ? picture.total : leaderBytes(leader, shape.format);
  if (total !== picture.total) {
    if (hasChunks(picture)) return { missing: 'refused', detail: 'the rows are padded, and chunks follow them' };
    // What was the last packet may have been cut short for a total that was wrong.
    picture.seen[picture.packets] = 0;
    expectBytes(picture, total);
  }
  return undefined;
}

function refusalOf(leader: Leader, shape: PictureShape, room: number): string | undefined {
  if (shape.counter !== undefined && leader.payloadType === CHUNK_PAYLOAD) return undefined;
  if (leader.payloadType !== IMAGE_PAYLOAD + (shape.counter === undefined ? 0 : WITH_CHUNKS)) {
    if (leader.payloadType === IMAGE_PAYLOAD) return 'the camera sends its picture without the count of triggers';
    return payloadSentence(leader.payloadType);
  }
  if (leader.width !== shape.width || leader.height !== shape.height) {
    const [sent, set] = [`${leader.width} × ${leader.height}`, `${shape.width} × ${shape.height}`];
    return `the camera sends ${sent} pixels, although it was set to ${set}`;
  }
  if (leader.pixelFormat !== shape.format.code) {
    return `the camera sends pixel format ${hex(leader.pixelFormat)}, although it was set to ${shape.format.name}`;
  }
  if (leaderBytes(leader, shape.format) > room) return 'the rows are padded beyond what a slot of the ring holds';
  return undefined;
}

function leaderBytes({ width, height, paddingX, paddingY }: Leader, format: PixelFormat): number {
  return ((rowBytes(format, width) ?? 0) + paddingX) * height + paddingY;
}

/** Payload: each packet once, whole, and nowhere but in its own place. */
export function takePayload(picture: Picture, { packet, dataAt }: PacketHead, bytes: Buffer): void {
  const isKnown = packet >= 1 && packet <= picture.packets;
  if (!isKnown) {
    picture.strange += 1;
    return;
  }
  if (picture.seen[packet] === HERE) return;
  const from = (packet - 1) * picture.packetBytes;
  const isLast = packet === picture.packets;
  const length = isLast ? picture.total - from : picture.packetBytes;
  const came = bytes.length - dataAt;
  // The last packet may be filled up; any other is exactly as long as was agreed.
  if (isLast ? came < length : came !== length) {
    picture.strange += 1;
    return;
  }
  bytes.copy(picture.target, from, dataAt, dataAt + length);
  picture.seen[packet] = HERE;
  picture.remaining -= 1;
  if (packet > picture.highest) picture.highest = packet;
}

/** The trailer says that nothing more follows, and how many packets there were. */
export function takeTrailer(picture: Picture, packet: number): GivenUp | undefined {
  if (picture.hasTrailer) return undefined;
  if (picture.leader !== undefined && packet !== picture.packets + 1) {
    const [sent, due] = [packet - 1, picture.packets];
    return { missing: 'refused', detail: `the camera says it sent ${sent} packets of picture, where ${due} were due` };
  }
  picture.hasTrailer = true;
  picture.highest = Math.max(picture.highest, picture.packets);
  return undefined;
}

/** A packet with a failing status carries nothing: the camera has given it up. */
export function takeFailure({ status, packet }: PacketHead): GivenUp | undefined {
  if (!isFailure(status)) return undefined;
  return { missing: 'incomplete', detail: `packet ${packet}: ${statusSentence(status)}` };
}

/** From the first to the last of some packets. */
export interface PacketRange {
  readonly first: number;
  readonly last: number;
}

/** Missing packets up to an id that should be asked for now: not asked yet, or (`again`) asked in vain. Counts the asking. */
export function askFor(picture: Picture, upTo: number, again: boolean, most: number): readonly PacketRange[] {
  const ranges: PacketRange[] = [];
  const end = Math.min(upTo, lastDue(picture));
  let first = -1;
  for (let id = 0; id <= end + 1 && ranges.length < most; id++) {
    const isDue = id <= end && isAskedFor(picture.seen[id] ?? HERE, again);
    if (isDue && first < 0) first = id;
    if (isDue) picture.seen[id] = (picture.seen[id] ?? 0) + 1;
    if (isDue || first < 0) continue;
    ranges.push({ first, last: id - 1 });
    first = -1;
  }
  return ranges;
}

function isAskedFor(asked: number, again: boolean): boolean {
  return asked === 0 || (again && asked < MOST_ASKED);
}

/** What to say of a picture that is given up. */
export function shortfall(picture: Picture): string {
  const missing = picture.remaining + (picture.leader === undefined ? 1 : 0) + (lacksTrailer(picture) ? 1 : 0);
  const strange = picture.strange === 0 ? '' : `; ${picture.strange} packets were not as agreed`;
  return `${missing} of ${lastDue(picture) + 1} packets are missing${strange}`;
}
