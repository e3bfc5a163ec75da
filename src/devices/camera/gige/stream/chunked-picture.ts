import type { ChunkValue } from '#devices/camera/genicam/chunk-value.ts';
import { readChunk } from '#devices/camera/gige/stream/chunks.ts';
import { type PacketHead, parseTrailer } from '#devices/camera/gige/stream/gvsp-frames.ts';
import { expectPackets, type GivenUp, type Picture } from '#devices/camera/gige/stream/picture.ts';

// A picture with chunks behind its pixels. How long it is, only its trailer says; what a packet claims is bounded by
// the room for it.

const HERE = 255;

/** Payload: each packet once, and nowhere but in its own place. A shorter one is the last. */
export function takeChunkedPayload(picture: Picture, { packet, dataAt }: PacketHead, bytes: Buffer): void {
  const length = bytes.length - dataAt;
  if (!isPossible(picture, packet, length)) {
    picture.strange += 1;
    return;
  }
  if (picture.seen[packet] === HERE) return;
  const from = (packet - 1) * picture.packetBytes;
  if (length < picture.packetBytes) Object.assign(picture, { short: packet, shortEnd: from + length });
  if (packet > picture.packets) expectPackets(picture, packet);
  place(picture, from, bytes.subarray(dataAt));
  picture.seen[packet] = HERE;
  picture.remaining -= 1;
  if (packet > picture.highest) picture.highest = packet;
}

function isPossible(picture: Picture, packet: number, length: number): boolean {
  const { packets, packetBytes, short, hasTrailer } = picture;
  if (packet < 1 || packet > (hasTrailer ? packets : mostPackets(picture))) return false;
  if (short !== 0 && packet > short) return false;
  if (length === packetBytes) return packet !== short;
  return length > 0 && length < packetBytes && packet >= packets && (short === 0 || short === packet);
}

function mostPackets({ tailFrom, tail, packetBytes }: Picture): number {
  return Math.floor((tailFrom + tail.length) / packetBytes);
}

/** Pixels go to their target, and what follows them to the tail; a packet may hold both. */
function place({ target, tail, tailFrom }: Picture, from: number, data: Buffer): void {
  const pixels = Math.min(data.length, Math.max(0, tailFrom - from));
  if (pixels > 0 && from + pixels <= target.length) data.copy(target, from, 0, pixels);
  if (pixels < data.length) data.copy(tail, from + pixels - tailFrom, pixels);
}

/** The trailer says how many packets there were, and where the chunks end. */
export function takeChunkedTrailer(picture: Picture, { packet }: PacketHead, data: Buffer): GivenUp | undefined {
  if (picture.hasTrailer) return undefined;
  const trailer = parseTrailer(data);
  if (trailer === undefined) {
    picture.strange += 1;
    return undefined;
  }
  const sent = packet - 1;
  const isOther = picture.short !== 0 && picture.short !== sent;
  if (sent < picture.packets || sent > mostPackets(picture) || isOther) {
    const due = picture.short || picture.packets;
    return { missing: 'refused', detail: `the camera says it sent ${sent} packets of picture, where ${due} were due` };
  }
  picture.hasTrailer = true;
  picture.chunkBytes = trailer.chunkBytes;
  picture.highest = Math.max(picture.highest, sent);
  expectPackets(picture, sent);
  return undefined;
}

/** The camera's count of triggers with a whole picture; undefined: its chunks are damaged. */
export function countOf(picture: Picture, counter: ChunkValue): number | undefined {
  const { tail: bytes, tailFrom: from, total, packets, packetBytes, chunkBytes } = picture;
  const came = picture.short === 0 ? packets * packetBytes : picture.shortEnd;
  // The last packet may be filled up behind the end that the trailer names.
  const isNamed = chunkBytes > (packets - 1) * packetBytes && chunkBytes <= came;
  const ends = isNamed ? [chunkBytes, came] : [came];
  for (const end of ends) {
    const count = readChunk({ bytes, from, picture: total, end }, counter);
    if (count !== undefined) return count;
  }
  return undefined;
}
