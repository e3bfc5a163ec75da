import type { CameraJob } from '#contract/camera-job.ts';
import type { Frame } from '#contract/frame-ring.ts';

/**
 * What is wrong with a frame's own description, or undefined. A camera may lie about its size: nothing is computed from
 * pixels that are not there, and a frame of another size than the job's has its windows somewhere else.
 */
export function frameFault(frame: Frame, { frame: job }: CameraJob): string | undefined {
  const { width, height, stride, pixels } = frame;
  const isWhole = [width, height, stride].every((each) => Number.isInteger(each) && each > 0);
  if (!isWhole) return `a picture of ${width} × ${height} pixels, ${stride} bytes a row`;
  if (stride < width) return `rows of ${stride} bytes for ${width} pixels`;
  if (pixels.length < stride * (height - 1) + width) return `${pixels.length} bytes for ${width} × ${height} pixels`;
  return width === job.width && height === job.height ? undefined : `a picture of ${width} × ${height} pixels`;
}
