/** Reduces one row to 8-bit grey. `below` is where the next row begins (the one above, in the last row). */
type ToGrey = (raw: Uint8Array, at: number, grey: Uint8Array, to: number, width: number, below: number) => void;

/** How a picture's pixels are sent, and how 8-bit grey is made of them. */
export interface PixelFormat {
  readonly name: string;
  readonly code: number;
  readonly bits: number;
  /** undefined: the bytes are grey as they come. */
  readonly toGrey: ToGrey | undefined;
}

const FORMATS: readonly PixelFormat[] = [
  mono('Mono8', 0x0108_0001, undefined),
  mono('Mono10', 0x0110_0003, highBits(2)),
  mono('Mono12', 0x0110_0005, highBits(4)),
  mono('Mono16', 0x0110_0007, highBits(8)),
  mono('Mono10p', 0x010a_0046, packed10),
  mono('Mono12p', 0x010c_0047, packed12),
  mono('Mono10Packed', 0x010c_0004, packedPair),
  mono('Mono12Packed', 0x010c_0006, packedPair),
  mono('BayerGR8', 0x0108_0008, mosaic),
  mono('BayerRG8', 0x0108_0009, mosaic),
  mono('BayerGB8', 0x0108_000a, mosaic),
  mono('BayerBG8', 0x0108_000b, mosaic),
  mono('RGB8', 0x0218_0014, colour(0, 2)),
  mono('BGR8', 0x0218_0015, colour(2, 0)),
  mono('YUV422_8', 0x0210_0032, everySecond(0)),
  mono('YUV422_8_UYVY', 0x0210_001f, everySecond(1)),
];

const BY_CODE: ReadonlyMap<number, PixelFormat> = new Map(FORMATS.map((format) => [format.code, format]));

/** undefined: nobody here can read such pixels. */
export function pixelFormat(code: number): PixelFormat | undefined {
  return BY_CODE.get(code);
}

/** Names of the formats that can be read, the directly usable one first. */
export function pixelFormatNames(): readonly string[] {
  return FORMATS.map(({ name }) => name);
}

/** Bytes of one row without padding; undefined when a row does not end on a byte. */
export function rowBytes({ bits }: PixelFormat, width: number): number | undefined {
  return (width * bits) % 8 === 0 ? (width * bits) / 8 : undefined;
}

/** A raw picture: rows of `stride` bytes. */
export interface RawPicture {
  readonly raw: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
}

/** Makes grey of a raw picture, rows of `width` bytes, into a buffer that is large enough. */
export function reduceToGrey(toGrey: ToGrey, { raw, width, height, stride }: RawPicture, grey: Uint8Array): void {
  for (let row = 0; row < height; row++) {
    const below = row + 1 < height ? row + 1 : Math.max(0, row - 1);
    toGrey(raw, row * stride, grey, row * width, width, below * stride);
  }
}

/** The size of a pixel stands in its code (PFNC). */
function mono(name: string, code: number, toGrey: ToGrey | undefined): PixelFormat {
  return { name, code, bits: (code >>> 16) & 0xff, toGrey };
}

/** Two bytes a pixel, little-endian: the upper eight of `8 + shift` bits. What is beyond them is white. */
function highBits(shift: number): ToGrey {
  return (raw, at, grey, to, width) => {
    for (let x = 0; x < width; x++) {
      const value = ((raw[at + 2 * x] ?? 0) | ((raw[at + 2 * x + 1] ?? 0) << 8)) >> shift;
      grey[to + x] = value > 255 ? 255 : value;
    }
  };
}

/** Four pixels in five bytes, from the lowest bit up. */
function packed10(raw: Uint8Array, at: number, grey: Uint8Array, to: number, width: number): void {
  for (let x = 0; x < width; x++) {
    const bit = x * 10 + 2;
    const byte = at + (bit >> 3);
    grey[to + x] = ((raw[byte] ?? 0) | ((raw[byte + 1] ?? 0) << 8)) >> (bit & 7);
  }
}

/** Two pixels in three bytes, from the lowest bit up. */
function packed12(raw: Uint8Array, at: number, grey: Uint8Array, to: number, width: number): void {
  for (let x = 0; x < width; x++) {
    const bit = x * 12 + 4;
    const byte = at + (bit >> 3);
    grey[to + x] = ((raw[byte] ?? 0) | ((raw[byte + 1] ?? 0) << 8)) >> (bit & 7);
  }
}

/** GigE Vision's own packing of 10 and 12 bits: the upper eight of two pixels around their lower bits. */
function packedPair(raw: Uint8Array, at: number, grey: Uint8Array, to: number, width: number): void {
  for (let x = 0; x < width; x++) grey[to + x] = raw[at + (x >> 1) * 3 + (x & 1) * 2] ?? 0;
}

/**
 * Any two by two pixels of a colour mosaic hold one red, two green and one blue: their mean is grey without the mosaic,
 * whatever its order, shifted by half a pixel right and down (left and up in the last column and row).
 */
function mosaic(raw: Uint8Array, at: number, grey: Uint8Array, to: number, width: number, below: number): void {
  for (let x = 0; x < width; x++) {
    const beside = x + 1 < width ? x + 1 : Math.max(0, x - 1);
    const upper = (raw[at + x] ?? 0) + (raw[at + beside] ?? 0);
    const lower = (raw[below + x] ?? 0) + (raw[below + beside] ?? 0);
    grey[to + x] = (upper + lower) >> 2;
  }
}

/** Luma of ITU-R BT.601 in 256ths: 77 red, 150 green, 29 blue. */
function colour(red: number, blue: number): ToGrey {
  return (raw, at, grey, to, width) => {
    for (let x = 0; x < width; x++) {
      const pixel = at + 3 * x;
      const sum = 77 * (raw[pixel + red] ?? 0) + 150 * (raw[pixel + 1] ?? 0) + 29 * (raw[pixel + blue] ?? 0);
      grey[to + x] = sum >> 8;
    }
  };
}

/** Luma alternates with colour. */
function everySecond(first: number): ToGrey {
  return (raw, at, grey, to, width) => {
    for (let x = 0; x < width; x++) grey[to + x] = raw[at + first + 2 * x] ?? 0;
  };
}
