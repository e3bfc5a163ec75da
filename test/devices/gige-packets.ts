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
}

const MONO8 = 0x0108_0001;

export function mono8(block: number, width: number, height: number, packetBytes = 100): SentPicture {
  const pixels = Buffer.from(Array.from({ length: width * height }, (_, i) => (i * 7 + block * 13) & 0xff));
  return { block, width, height, pixelFormat: MONO8, pixels, packetBytes };
}

/** Leader, payload and trailer, in order. */
export function packetsOf(picture: SentPicture): Buffer[] {
  const room = picture.packetBytes - (picture.extended === true ? 12 : 0);
  const count = Math.ceil(picture.pixels.length / room);
  const payload = Array.from({ length: count }, (_, i) =>
    packet(picture, 3, i + 1, picture.pixels.subarray(i * room, (i + 1) * room)),
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

export function leader({ width, height, pixelFormat, payloadType = 1, paddingX = 0 }: SentPicture): Buffer {
  const data = Buffer.alloc(36);
  data.writeUInt16BE(payloadType, 2);
  data.writeBigUInt64BE(123n, 4);
  data.writeUInt32BE(pixelFormat, 12);
  data.writeUInt32BE(width, 16);
  data.writeUInt32BE(height, 20);
  data.writeUInt16BE(paddingX, 32);
  return data;
}

function trailer({ height, payloadType = 1 }: SentPicture): Buffer {
  const data = Buffer.alloc(8);
  data.writeUInt16BE(payloadType, 2);
  data.writeUInt32BE(height, 4);
  return data;
}
