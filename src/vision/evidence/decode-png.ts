import { inflateSync } from 'node:zlib';
import type { GreyImage } from '#vision/image.ts';

const SIGNATURE = '89504e470d0a1a0a';
/** Bit depth 8, grey, deflate, adaptive filters, no interlace. */
const GREY_8 = '0800000000';
/** Larger pictures are none of a line's. */
const MOST_PIXELS = 8192 * 8192;

/** Reads a picture that `encodePng` wrote. Throws an Error with a sentence for any other file. */
export function decodePng(png: Uint8Array): GreyImage {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const head = bytes.subarray(16, 29);
  if (bytes.subarray(0, 8).toString('hex') !== SIGNATURE || bytes.toString('latin1', 12, 16) !== 'IHDR') {
    throw new Error('the file is no picture of this workstation');
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  if (head.subarray(8).toString('hex') !== GREY_8 || width * height > MOST_PIXELS) {
    throw new Error('the picture is not 8-bit grey, or too large');
  }
  const rows = inflateSync(dataOf(bytes), { maxOutputLength: (width + 1) * height });
  if (rows.length !== (width + 1) * height) throw new Error('the picture is not whole');
  return { pixels: unfiltered(rows, width, height), width, height, stride: width };
}

function dataOf(bytes: Buffer): Buffer {
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(data);
}

/** Rows with filter 0 (none) or 2 (up): the others are not written here. */
function unfiltered(rows: Buffer, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * (width + 1);
    const filter = rows[from];
    if (filter !== 0 && filter !== 2) throw new Error('the picture is packed in a way that is not written here');
    for (let x = 0; x < width; x += 1) {
      const above = filter === 2 && y > 0 ? (pixels[(y - 1) * width + x] ?? 0) : 0;
      pixels[y * width + x] = (rows[from + 1 + x] ?? 0) + above;
    }
  }
  return pixels;
}
