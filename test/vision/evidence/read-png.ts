import { inflateSync } from 'node:zlib';

/** Reads a grey 8-bit PNG the way a stranger would, from ISO/IEC 15948, filters 0 to 2 only. */
export function readPng(png: Uint8Array): { readonly width: number; readonly height: number; readonly pixels: Buffer } {
  const bytes = Buffer.from(png);
  if (bytes.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG');
  const data: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      if (body.subarray(8).toString('hex') !== '0800000000') throw new Error('not 8-bit grey');
    }
    if (name === 'IDAT') data.push(body);
    at += length + 12;
  }
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(data)), width, height) };
}

function unfilter(rows: Buffer, width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const raw = rows[y * (width + 1) + 1 + x] ?? 0;
    pixels[at] = (raw + predicted(rows[y * (width + 1)] ?? 0, pixels, at, width)) & 0xff;
  }
  return pixels;
}

function predicted(filter: number, pixels: Buffer, at: number, width: number): number {
  if (filter === 1) return at % width === 0 ? 0 : (pixels[at - 1] ?? 0);
  if (filter === 2) return at < width ? 0 : (pixels[at - width] ?? 0);
  return 0;
}
