import { hex } from '#devices/camera/gige/control/status.ts';

/** GVSP as bytes (docs/devices/gige-vision.md, GVSP). Hostile bytes are false or undefined, never an exception. */

export const FORMAT = { leader: 1, trailer: 2, payload: 3, allIn: 4 } as const;

/** Bytes of IP and UDP headers, which SCPS counts. */
export const IP_UDP_BYTES = 28;
export const HEADER_BYTES = 8;
export const EXTENDED_HEADER_BYTES = 20;

/** One packet's header. It is written over for each packet: thousands come per second. */
export interface PacketHead {
  status: number;
  /** Block ids of 64 bits are taken modulo 2^53; nobody lives to see the difference. */
  block: number;
  format: number;
  packet: number;
  hasExtendedIds: boolean;
  /** Where the data begins. */
  dataAt: number;
}

export function emptyHead(): PacketHead {
  return { status: 0, block: 0, format: 0, packet: 0, hasExtendedIds: false, dataAt: 0 };
}

/** Reads a header; false when these bytes have none. */
export function readHead(bytes: Buffer, head: PacketHead): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const format = bytes.readUInt8(4);
  head.status = bytes.readUInt16BE(0);
  head.format = format & 0x0f;
  head.hasExtendedIds = (format & 0x80) !== 0;
  return head.hasExtendedIds ? readExtended(bytes, head) : readPlain(bytes, head);
}

function readPlain(bytes: Buffer, head: PacketHead): boolean {
  head.block = bytes.readUInt16BE(2);
  head.packet = bytes.readUIntBE(5, 3);
  head.dataAt = HEADER_BYTES;
  return true;
}

function readExtended(bytes: Buffer, head: PacketHead): boolean {
  if (bytes.length < EXTENDED_HEADER_BYTES) return false;
  head.block = (bytes.readUInt32BE(8) & 0x1f_ffff) * 0x1_0000_0000 + bytes.readUInt32BE(12);
  head.packet = bytes.readUInt32BE(16);
  head.dataAt = EXTENDED_HEADER_BYTES;
  return true;
}

/** What a leader says of the picture that follows. */
export interface Leader {
  readonly payloadType: number;
  readonly timestamp: bigint;
  readonly pixelFormat: number;
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly paddingX: number;
  readonly paddingY: number;
}

export const IMAGE_PAYLOAD = 1;
/** Set in a payload type: chunks follow its data. */
export const WITH_CHUNKS = 0x4000;
/** Chunks of which the first is the picture, and a leader that says nothing of it. */
export const CHUNK_PAYLOAD = 4;
const LEADER_BYTES = 36;
const CHUNK_LEADER_BYTES = 12;
/** A leader of another payload type may be shorter: it is read as far as its type, and refused by it. */
const TYPE_BYTES = 4;

/** Data of a leader packet. */
export function parseLeader(data: Buffer): Leader | undefined {
  if (data.length < TYPE_BYTES) return undefined;
  const payloadType = data.readUInt16BE(2);
  if (payloadType === CHUNK_PAYLOAD && data.length >= CHUNK_LEADER_BYTES) {
    return { ...NO_IMAGE, payloadType, timestamp: data.readBigUInt64BE(4) };
  }
  if ((payloadType & ~WITH_CHUNKS) !== IMAGE_PAYLOAD) return { ...NO_IMAGE, payloadType };
  if (data.length < LEADER_BYTES) return undefined;
  return {
    payloadType,
    timestamp: data.readBigUInt64BE(4),
    pixelFormat: data.readUInt32BE(12),
    width: data.readUInt32BE(16),
    height: data.readUInt32BE(20),
    offsetX: data.readUInt32BE(24),
    offsetY: data.readUInt32BE(28),
    paddingX: data.readUInt16BE(32),
    paddingY: data.readUInt16BE(34),
  };
}

const NO_IMAGE = {
  timestamp: 0n,
  pixelFormat: 0,
  width: 0,
  height: 0,
  offsetX: 0,
  offsetY: 0,
  paddingX: 0,
  paddingY: 0,
} as const;

export interface Trailer {
  readonly payloadType: number;
  /** Rows sent; older cameras say 0. */
  readonly rows: number;
  /** Bytes of all chunks, the picture among them; 0 where nothing is said of it. */
  readonly chunkBytes: number;
}

export function parseTrailer(data: Buffer): Trailer | undefined {
  if (data.length < 8) return undefined;
  const [payloadType, first] = [data.readUInt16BE(2), data.readUInt32BE(4)];
  if (payloadType === CHUNK_PAYLOAD) return { payloadType, rows: 0, chunkBytes: first };
  const saysChunks = (payloadType & WITH_CHUNKS) !== 0 && data.length >= 12;
  return { payloadType, rows: first, chunkBytes: saysChunks ? data.readUInt32BE(8) : 0 };
}

const PAYLOAD_NAMES: Readonly<Record<number, string>> = {
  2: 'raw data',
  3: 'files',
  4: 'chunk data only',
  5: 'chunk data in the extended form',
  6: 'JPEG',
  7: 'JPEG 2000',
  8: 'H.264',
  10: 'multi-part pictures',
};

/** A payload type that is not taken, and where the camera is told otherwise. */
export function payloadSentence(type: number): string {
  if ((type & WITH_CHUNKS) !== 0) return 'the camera appends chunk data to its pictures: switch ChunkModeActive off';
  return `the camera sends ${PAYLOAD_NAMES[type] ?? `payload type ${hex(type)}`}, not plain pictures`;
}
