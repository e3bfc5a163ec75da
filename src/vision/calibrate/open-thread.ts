import { openFrameRing } from '#contract/frame-ring.ts';
import type { FromSetUp, SetUpOpening, SetUpSignal, ToSetUp } from '#vision/calibrate/messages.ts';
import { readCard } from '#vision/calibrate/read-card.ts';
import { type LessonSignal, openSetUp } from '#vision/calibrate/set-up.ts';
import { openReader, type Reader } from '#vision/decode/reader.ts';
import { compileDecoder } from '#vision/decode/wasm.ts';
import { decodePng } from '#vision/evidence/decode-png.ts';
import type { GreyImage } from '#vision/image.ts';

/** The work of a set-up thread. Only a printed code needs the reader, so only then is it there. Never rejects. */
export function openSetUpThread(opening: SetUpOpening): (message: ToSetUp) => Promise<FromSetUp> {
  const ring = openFrameRing(opening.ring);
  const reading: Promise<Reader | undefined> =
    opening.task.kind === 'card' ? compileDecoder().then(openReader) : Promise.resolve(undefined);
  reading.catch(() => undefined); // said with the first picture
  let reader: Reader | undefined;
  const setUp = openSetUp(opening, (image, module) => reader && readCard(reader, image, module));

  /** A copy: the slot is the camera's again as soon as there is an answer. */
  function copyOf(slot: number): GreyImage {
    const { pixels, width, height, stride } = ring.look(slot);
    return { pixels: Uint8Array.from(pixels), width, height, stride };
  }

  function heard(signal: SetUpSignal): LessonSignal {
    if (signal.kind === 'picture') return { kind: 'picture', image: copyOf(signal.slot), at: signal.at };
    if (signal.kind === 'kept') return { kind: 'picture', image: decodePng(signal.png), at: 0 };
    return signal;
  }

  return async ({ id, signal }) => {
    try {
      reader ??= await reading;
      return { id, state: setUp.hear(heard(signal)) };
    } catch (error) {
      return { id, fault: error instanceof Error ? error.message : String(error) };
    }
  };
}
