import { crc32, deflateSync } from 'node:zlib';
import type { GreyImage } from '#vision/image.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Pictures of a line are noisy: a higher level costs twice the time for a few per cent (vision.md §9.5). */
const LEVEL = 3;
/** Filter "up": each byte less the one above it. Neighbouring rows of a picture are alike. */
const FILTER_UP = 2;

/** A grey picture as PNG (ISO/IEC 15948): 8 bits, colour type 0, no interlace. Lossless: evidence is what was seen. */
export function encodePng({ pixels, width, height, stride }: GreyImage): Buffer {
  const rows = Buffer.allocUnsafe((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const to = y * (width + 1);
    const from = y * stride;
    rows[to] = FILTER_UP;
    if (y === 0) {
      rows.set(pixels.subarray(0, width), to + 1);
      continue;
    }
    for (let x = 0; x < width; x += 1) {
      rows[to + 1 + x] = (pixels[from + x] ?? 0) - (pixels[from - stride + x] ?? 0);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: LEVEL })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const whole = Buffer.allocUnsafe(data.length + 12);
  whole.writeUInt32BE(data.length, 0);
  whole.write(name, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, data.length + 8)), data.length + 8);
  return whole;
}
