import { describe, expect, it } from 'vitest';
import { pixelFormat, pixelFormatNames, reduceToGrey, rowBytes } from '#devices/camera/gige/stream/pixel-formats.ts';

/** Grey of a picture of these bytes. */
function grey(code: number, width: number, height: number, raw: readonly number[], stride?: number): number[] {
  const format = pixelFormat(code);
  if (format?.toGrey === undefined) throw new Error('this format is grey as it comes');
  const bytes = stride ?? rowBytes(format, width) ?? 0;
  const out = new Uint8Array(width * height);
  reduceToGrey(format.toGrey, { raw: Uint8Array.from(raw), width, height, stride: bytes }, out);
  return [...out];
}

/** Numbers of so many bits, packed from the lowest bit up. */
function packed(bits: number, values: readonly number[]): number[] {
  let all = 0n;
  values.forEach((value, i) => {
    all |= BigInt(value) << BigInt(i * bits);
  });
  const bytes = (values.length * bits) / 8;
  return Array.from({ length: bytes }, (_, i) => Number((all >> BigInt(8 * i)) & 0xffn));
}

describe('pixels that are not 8-bit grey', () => {
  it.each([
    ['Mono10', 0x0110_0003, [0xff, 0x03, 0x04, 0x00, 0x00, 0x02], [255, 1, 128]],
    ['Mono12', 0x0110_0005, [0xff, 0x0f, 0x10, 0x00, 0x00, 0x08], [255, 1, 128]],
    ['Mono16', 0x0110_0007, [0xff, 0xff, 0x00, 0x01, 0x00, 0x80], [255, 1, 128]],
    ['Mono10 beyond its range', 0x0110_0003, [0xff, 0xff, 0, 0, 0, 0], [255, 0, 0]],
    ['RGB8', 0x0218_0014, [255, 255, 255, 255, 0, 0, 0, 0, 255], [255, 76, 28]],
    ['BGR8', 0x0218_0015, [255, 255, 255, 255, 0, 0, 0, 0, 255], [255, 28, 76]],
    ['YUV422_8', 0x0210_0032, [10, 128, 20, 128, 30, 128], [10, 20, 30]],
    ['YUV422_8_UYVY', 0x0210_001f, [128, 10, 128, 20, 128, 30], [10, 20, 30]],
  ])('are made grey: %s', (_name, code, raw, expected) => {
    expect(grey(code, 3, 1, raw)).toEqual(expected);
  });

  it('are unpacked: Mono10p, Mono12p', () => {
    const values = [0, 4, 512, 1_023, 1_020, 7, 100, 600];
    expect(grey(0x010a_0046, 8, 1, packed(10, values))).toEqual(values.map((value) => value >> 2));
    expect(grey(0x010c_0047, 8, 1, packed(12, values))).toEqual(values.map((value) => value >> 4));
  });

  it('are unpacked: Mono10Packed, Mono12Packed', () => {
    expect(grey(0x010c_0006, 4, 1, [0xab, 0x21, 0xcd, 0x12, 0xff, 0x34])).toEqual([0xab, 0xcd, 0x12, 0x34]);
    expect(grey(0x010c_0004, 2, 1, [0x80, 0x33, 0x7f])).toEqual([0x80, 0x7f]);
  });

  it.each([0x0108_0008, 0x0108_0009, 0x0108_000a, 0x0108_000b])('of a colour mosaic lose their mosaic: %i', (code) => {
    const raw = Array.from(
      { length: 16 },
      (_, i) => [[200, 100][i % 2] ?? 0, [100, 40][i % 2] ?? 0][(i >> 2) & 1] ?? 0,
    );
    expect(grey(code, 4, 4, raw)).toEqual(Array(16).fill(110));
  });

  it('skip what pads a row', () => {
    expect(grey(0x0218_0014, 1, 2, [9, 9, 9, 99, 30, 30, 30, 99], 4)).toEqual([9, 30]);
  });

  it('are known by name, and a row must end on a byte', () => {
    expect(pixelFormatNames()).toHaveLength(16);
    expect(pixelFormat(0x0108_0002)).toBeUndefined();
    const format = pixelFormat(0x010a_0046);
    expect(format && [rowBytes(format, 4), rowBytes(format, 3)]).toEqual([5, undefined]);
  });
});
