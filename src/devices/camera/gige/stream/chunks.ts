import type { ChunkValue } from '#devices/camera/genicam/chunk-value.ts';
import { readInteger } from '#devices/camera/genicam/register-value.ts';

/** Behind each chunk: its id and its length, 32 bits each. */
export const CHUNK_TAG = 8;
/** More chunks than this are nobody's intention. */
const MOST_CHUNKS = 64;
/** A camera may fill its picture up so that what follows is aligned. */
const FILLING = 8;

/** What came behind the pixels of a picture. Offsets are those of the whole payload. */
export interface ChunkPart {
  /** Holds the payload from `from` on. */
  readonly bytes: Buffer;
  readonly from: number;
  /** Bytes of pixels, with padding. */
  readonly picture: number;
  /** Where the payload ends. */
  readonly end: number;
}

/**
 * Reads one integer from the chunks of a picture, walking them from the end (docs/devices/gige-vision.md, Chunks). The
 * first of them is the picture itself. undefined: they do not add up, or it is not among them.
 */
export function readChunk(part: ChunkPart, wanted: ChunkValue): number | undefined {
  let [end, value]: [number, number | undefined] = [part.end, undefined];
  for (let count = 0; count < MOST_CHUNKS && end > part.picture; count++) {
    const tag = end - CHUNK_TAG;
    if (tag < part.picture || end - part.from > part.bytes.length) return undefined;
    const length = part.bytes.readUInt32BE(tag - part.from + 4);
    const isPicture = length === tag && tag - part.picture < FILLING;
    if (isPicture) return value;
    if (length > tag - part.picture) return undefined;
    if (part.bytes.readUInt32BE(tag - part.from) === wanted.id) value ??= valueIn(part, tag - length, tag, wanted);
    end = tag - length;
  }
  return end === part.picture ? value : undefined;
}

function valueIn(
  { bytes, from }: ChunkPart,
  start: number,
  end: number,
  { address, layout }: ChunkValue,
): number | undefined {
  const at = start + address;
  if (at + layout.length > end) return undefined;
  return readInteger(bytes.subarray(at - from, at - from + layout.length), layout);
}
