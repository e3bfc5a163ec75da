/** A picture on its way: 8 or 16 bits a pixel, rows without padding. */
export interface Shot {
  readonly block: bigint;
  readonly data: Buffer;
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

function leader({ at, pixelFormat, width, height, offsetX, offsetY }: Shot): Buffer {
  const bytes = Buffer.alloc(36);
  bytes.writeUInt16BE(IMAGE, 2);
  bytes.writeBigUInt64BE(at, 4);
  [pixelFormat, width, height, offsetX, offsetY].forEach((value, i) => {
    bytes.writeUInt32BE(value, 12 + 4 * i);
  });
  return bytes;
}

function trailer({ height }: Shot): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16BE(IMAGE, 2);
  bytes.writeUInt32BE(height, 4);
  return bytes;
}
