import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x0605_4b50;
const CENTRAL = 0x0201_4b50;
const LOCAL = 0x0403_4b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** The last bytes in which the end record may stand: itself and the longest comment. */
const TAIL = END_BYTES + 0xffff;

/** What the central directory says of its first entry. */
interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

/** The first file of a zip (PKWARE APPNOTE 4.3): undefined when it is damaged, encrypted or larger than the limit. */
export function firstZipEntry(zip: Buffer, limit: number): Buffer | undefined {
  const entry = firstEntry(zip);
  if (entry === undefined || entry.unpacked > limit) return undefined;
  const packed = packedBytes(zip, entry);
  const bytes = packed === undefined ? undefined : unpack(packed, entry);
  return bytes !== undefined && bytes.length === entry.unpacked && crc32(bytes) === entry.crc ? bytes : undefined;
}

function firstEntry(zip: Buffer): Entry | undefined {
  const end = endRecord(zip);
  const at = end === undefined ? undefined : zip.readUInt32LE(end + 16);
  if (at === undefined || at + CENTRAL_BYTES > zip.length || zip.readUInt32LE(at) !== CENTRAL) return undefined;
  const isEncrypted = (zip.readUInt16LE(at + 8) & 1) !== 0;
  if (isEncrypted) return undefined;
  return {
    method: zip.readUInt16LE(at + 10),
    crc: zip.readUInt32LE(at + 16),
    packed: zip.readUInt32LE(at + 20),
    unpacked: zip.readUInt32LE(at + 24),
    at: zip.readUInt32LE(at + 42),
  };
}

/** It stands last, with a comment behind it; memory read in fours may leave bytes behind that too. */
function endRecord(zip: Buffer): number | undefined {
  for (let at = zip.length - END_BYTES; at >= Math.max(0, zip.length - TAIL); at--) {
    if (zip.readUInt32LE(at) === END) return at;
  }
  return undefined;
}

function packedBytes(zip: Buffer, { at, packed }: Entry): Buffer | undefined {
  if (at + LOCAL_BYTES > zip.length || zip.readUInt32LE(at) !== LOCAL) return undefined;
  const from = at + LOCAL_BYTES + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  return from + packed <= zip.length ? zip.subarray(from, from + packed) : undefined;
}

function unpack(packed: Buffer, { method, unpacked }: Entry): Buffer | undefined {
  if (method === STORED) return packed;
  if (method !== DEFLATED) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpacked) });
  } catch {
    return undefined; // damaged, or more than it said: a bomb
  }
}
