/** Packets of a picture, written from docs/devices/gige-vision.md and not from the driver. */
export interface SentPicture {
  readonly block: number;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: number;
  readonly pixels: Buffer;
  readonly packetBytes: number;
  readonly payloadType?: number;
  readonly paddingX?: number;
  readonly extended?: boolean;
  /** What follows the pixels, in order. */
  readonly chunks?: readonly SentChunk[];
  /** The camera's clock. */
  readonly ticks?: bigint;
}

export interface SentChunk {
  readonly id: number;
  readonly data: Buffer;
}

/** The id under which the pixels themselves are a chunk, and that of the count of triggers. */
const PIXELS = 0x0000_0001;
export const COUNT_CHUNK = 0x9520_0007;

type Counted = SentPicture & Required<Pick<SentPicture, 'payloadType' | 'chunks'>>;

/** A picture that comes with a count of triggers of 32 bits, as most cameras send it. */
export function countedPicture(picture: SentPicture, count: number): Counted {
  const data = Buffer.alloc(4);
  data.writeUInt32BE(count >>> 0);
  return { ...picture, payloadType: 0x4001, chunks: [{ id: COUNT_CHUNK, data }] };
}

/** Pixels and chunks, each with its tag behind it. */
export function payloadOf({ pixels, chunks }: SentPicture): Buffer {
  if (chunks === undefined) return pixels;
  return Buffer.concat(
    [{ id: PIXELS, data: pixels }, ...chunks].flatMap(({ id, data }) => [data, tag(id, data.length)]),
  );
}

export function tag(id: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(id, 0);
  bytes.writeUInt32BE(length >>> 0, 4);
  return bytes;
}

const MONO8 = 0x0108_0001;

export function mono8(block: number, width: number, height: number, packetBytes = 100): SentPicture {
  const pixels = Buffer.from(Array.from({ length: width * height }, (_, i) => (i * 7 + block * 13) & 0xff));
  return { block, width, height, pixelFormat: MONO8, pixels, packetBytes };
}

/** Leader, payload and trailer, in order. */
export function packetsOf(picture: SentPicture): Buffer[] {
  const room = picture.packetBytes - (picture.extended === true ? 12 : 0);
  const bytes = payloadOf(picture);
  const count = Math.ceil(bytes.length / room);
  const payload = Array.from({ length: count }, (_, i) =>
    packet(picture, 3, i + 1, bytes.subarray(i * room, (i + 1) * room)),
  );
  return [packet(picture, 1, 0, leader(picture)), ...payload, packet(picture, 2, count + 1, trailer(picture))];
}

export function packet(
  { block, extended = false }: Pick<SentPicture, 'block' | 'extended'>,
  format: number,
  id: number,
  data: Uint8Array,
  status = 0,
): Buffer {
  const head = Buffer.alloc(extended ? 20 : 8);
  head.writeUInt16BE(status, 0);
  head[4] = format | (extended ? 0x80 : 0);
  if (extended) {
    head.writeBigUInt64BE(BigInt(block), 8);
    head.writeUInt32BE(id, 16);
  } else {
    head.writeUInt16BE(block, 2);
    head.writeUIntBE(id, 5, 3);
  }
  return Buffer.concat([head, data]);
}

/** That of chunk data alone says nothing of the picture. */
export function leader({
  width,
  height,
  pixelFormat,
  payloadType = 1,
  paddingX = 0,
  ticks = 123n,
}: SentPicture): Buffer {
  const data = Buffer.alloc(payloadType === 4 ? 12 : 36);
  data.writeUInt16BE(payloadType, 2);
  data.writeBigUInt64BE(ticks, 4);
  if (payloadType === 4) return data;
  data.writeUInt32BE(pixelFormat, 12);
  data.writeUInt32BE(width, 16);
  data.writeUInt32BE(height, 20);
  data.writeUInt16BE(paddingX, 32);
  return data;
}

/** With chunks: rows, bytes of payload, layout id; of chunk data alone: bytes of payload. */
function trailer(picture: SentPicture): Buffer {
  const { height, payloadType = 1 } = picture;
  const data = Buffer.alloc((payloadType & 0x4000) === 0 ? 8 : 16);
  data.writeUInt16BE(payloadType, 2);
  const bytes = payloadOf(picture).length;
  data.writeUInt32BE(payloadType === 4 ? bytes : height, 4);
  if (data.length > 8) data.writeUInt32BE(bytes, 8);
  return data;
}
