import type { CameraJob } from '#contract/camera-job.ts';
import type { EyePicture } from '#contract/eye.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { FrameNotice } from '#devices/camera/notice.ts';
import type { Fault } from '#line/signal.ts';
import { thumbnail } from '#station/eye/thumbnail.ts';
import { decodePng } from '#vision/evidence/decode-png.ts';

/** Pixels of a picture on the set-up page: the whole frame is shown, and squares of a board must be told apart in it. */
const MOST_SHOWN = 320 * 1024;

/** A whole frame as the set-up page shows it. */
export function wholePicture(image: Frame, { frame }: CameraJob): EyePicture {
  return thumbnail(image, { x: 0, y: 0, ...frame }, MOST_SHOWN);
}

/** A kept picture as it is shown, or why it cannot be used. */
export function shownKept(png: Uint8Array, at: number, job: CameraJob): EyePicture | string {
  const { frame } = job;
  try {
    const image = decodePng(png);
    if (image.width !== frame.width || image.height !== frame.height) {
      return `The kept picture has ${image.width} × ${image.height} pixels; the job has others. Take a new one.`;
    }
    return wholePicture({ ...image, at, trigger: 0, slot: 0 }, job);
  } catch (error) {
    return `The kept picture cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** Why there is no picture, and what to do. */
export function noPicture(fault: Fault | undefined, notice: FrameNotice | undefined): string {
  const why = notice !== undefined && 'missing' in notice ? notice.detail : (fault?.detail ?? 'nothing came');
  return `There is no picture: ${why}. Check the camera and its cable, then take it again.`;
}
