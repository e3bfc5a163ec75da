import type { Window } from '#contract/camera-job.ts';
import { optionsOf, type PassWish } from '#vision/decode/passes.ts';
import { type Origin, type Reading, readingOf } from '#vision/decode/reading.ts';
import { type CompiledDecoder, DecoderError, type DecoderModule, startDecoder } from '#vision/decode/wasm.ts';
import type { GreyImage } from '#vision/image.ts';

/** One decoder instance. Not shared between threads. */
export interface Reader {
  /**
   * What stands in a window of the image, whose edges are whole pixels inside it. `origin`: where the window lies in the
   * frame, when the image is not the frame itself.
   */
  read(image: GreyImage, window: Window, wish: PassWish, origin?: Origin): readonly Reading[];
  /** Bytes of the decoder's own memory; grows with the largest window, not with their number. */
  readonly memory: number;
}

export async function openReader(decoder: CompiledDecoder): Promise<Reader> {
  const module = await startDecoder(decoder);
  const room = { pointer: 0, bytes: 0 };
  return {
    read(image, window, wish, origin = { x: window.x, y: window.y, scale: 1 }) {
      reserve(module, room, window.width * window.height);
      copyRows(image, window, module.HEAPU8, room.pointer);
      const results = module.readBarcodesFromPixmap(room.pointer, window.width, window.height, optionsOf(wish));
      try {
        const found: Reading[] = [];
        for (let place = 0; place < results.size(); place += 1) {
          const raw = results.get(place);
          // Errors of symbols are not asked for: this is one of the decoder, which is asked wrongly or is out of memory.
          if (raw !== undefined && raw.error !== '') throw new DecoderError(raw.error);
          const reading = raw === undefined ? undefined : readingOf(raw, origin);
          if (reading !== undefined) found.push(reading);
        }
        return found;
      } finally {
        results.delete();
      }
    },
    get memory() {
      return module.HEAPU8.byteLength;
    },
  };
}

function reserve(module: DecoderModule, room: { pointer: number; bytes: number }, bytes: number): void {
  if (bytes <= room.bytes) return;
  if (room.bytes > 0) module._free(room.pointer);
  room.pointer = module._malloc(bytes);
  room.bytes = room.pointer === 0 ? 0 : bytes;
  if (room.pointer === 0) throw new RangeError(`the decoder has no ${bytes} bytes for a frame`);
}

function copyRows(image: GreyImage, window: Window, into: Uint8Array, at: number): void {
  const { x, y, width, height } = window;
  if (width === image.stride) {
    into.set(image.pixels.subarray(y * width, (y + height) * width), at);
    return;
  }
  for (let row = 0; row < height; row += 1) {
    const from = (y + row) * image.stride + x;
    into.set(image.pixels.subarray(from, from + width), at + row * width);
  }
}
