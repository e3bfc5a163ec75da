/** A picture on its way: 8 or 16 bits a pixel, rows without padding. */
export interface Shot {
  readonly block: bigint;
  /** The pixels, or the chunks of which they are the first. */
  readonly data: Buffer;
  readonly isChunked: boolean;
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly pixelFormat: number;
  /** Nanoseconds. */
  readonly at: bigint;
}

/** How a client wants its packets. */
export interface PacketForm {
  /** SCPS: bytes of a packet with its IP and UDP headers. */
  readonly size: number;
  readonly isExtended: boolean;
}

const IP_UDP = 28;
const FORMAT = { leader: 1, trailer: 2, payload: 3 } as const;
const EXTENDED = 0x80;
const IMAGE = 1;
/** On top of the payload type: chunks follow the image. */
const CHUNKED = 0x4000;
const WRAP = 65_535n;

/** How many bytes of picture a packet carries. */
function room({ size, isExtended }: PacketForm): number {
  return size - IP_UDP - (isExtended ? 20 : 8);
}

/** Id of the last packet, the trailer. */
export function lastPacket(shot: Shot, form: PacketForm): number {
  return Math.ceil(shot.data.length / room(form)) + 1;
}

/** A packet of a picture, header and content apart so that no pixel is copied; undefined: it has no such packet. */
export function packet(shot: Shot, id: number, form: PacketForm, status = 0): readonly Buffer[] | undefined {
  const last = lastPacket(shot, form);
  if (id < 0 || id > last) return undefined;
  if (id === 0) return [header(shot.block, id, { form, format: FORMAT.leader, status }), leader(shot)];
  if (id === last) return [header(shot.block, id, { form, format: FORMAT.trailer, status }), trailer(shot)];
  const from = (id - 1) * room(form);
  return [
    header(shot.block, id, { form, format: FORMAT.payload, status }),
    shot.data.subarray(from, from + room(form)),
  ];
}

/** What stands in for a packet the camera no longer has. */
export function missingPacket(block: bigint, id: number, form: PacketForm, status: number): readonly Buffer[] {
  return [header(block, id, { form, format: FORMAT.payload, status })];
}

/** A packet of the full size that tells the client the way is wide enough. */
export function testPacket(form: PacketForm): readonly Buffer[] {
  return [header(0n, 0, { form, format: FORMAT.payload, status: 0 }), Buffer.alloc(Math.max(0, room(form)))];
}

interface Kind {
  readonly form: PacketForm;
  readonly format: number;
  readonly status: number;
}

function header(block: bigint, id: number, { form, format, status }: Kind): Buffer {
  const bytes = Buffer.alloc(form.isExtended ? 20 : 8);
  bytes.writeUInt16BE(status, 0);
  if (form.isExtended) {
    if (status === 0x0100) bytes.writeUInt16BE(1, 2);
    bytes.writeUInt8(format | EXTENDED, 4);
    bytes.writeBigUInt64BE(block, 8);
    bytes.writeUInt32BE(id, 16);
  } else {
    bytes.writeUInt16BE(shortBlock(block), 2);
    bytes.writeUInt32BE(((format << 24) | id) >>> 0, 4);
  }
  return bytes;
}

/** 65535 is followed by 1: 0 is for test packets. */
export function shortBlock(block: bigint): number {
  return block === 0n ? 0 : Number(((block - 1n) % WRAP) + 1n);
}

/** Chunks one behind the other, each with its id and its length behind it. */
export function chunked(chunks: readonly (readonly [id: number, data: Buffer])[]): Buffer {
  return Buffer.concat(
    chunks.flatMap(([id, data]) => {
      const tag = Buffer.alloc(8);
      tag.writeUInt32BE(id, 0);
      tag.writeUInt32BE(data.length, 4);
      return [data, tag];
    }),
  );
}

function payloadType({ isChunked }: Shot): number {
  return isChunked ? IMAGE | CHUNKED : IMAGE;
}

function leader(shot: Shot): Buffer {
  const { at, pixelFormat, width, height, offsetX, offsetY } = shot;
  const bytes = Buffer.alloc(36);
  bytes.writeUInt16BE(payloadType(shot), 2);
  bytes.writeBigUInt64BE(at, 4);
  [pixelFormat, width, height, offsetX, offsetY].forEach((value, i) => {
    bytes.writeUInt32BE(value, 12 + 4 * i);
  });
  return bytes;
}

/** With chunks: their length in all, and a number for how they are laid out. No two layouts here have one length. */
function trailer(shot: Shot): Buffer {
  const { height, data, isChunked } = shot;
  const bytes = Buffer.alloc(isChunked ? 16 : 8);
  bytes.writeUInt16BE(payloadType(shot), 2);
  bytes.writeUInt32BE(height, 4);
  if (isChunked) [data.length, data.length].forEach((value, i) => void bytes.writeUInt32BE(value, 8 + 4 * i));
  return bytes;
}
