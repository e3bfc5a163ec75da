import type { EyePicture } from '#contract/eye.ts';
import type { Picture } from '#renderer/parts/picture/picture-canvas.tsx';

/** Makes a picture of grey bytes. Undefined when they are fewer than the picture has pixels: nothing is made up. */
export function pictureOf({ grey, width, height, window }: EyePicture): Picture | undefined {
  const rgba = greyToRgba(grey, width * height);
  if (rgba === undefined || rgba.length === 0) return undefined;
  const image = document.createElement('canvas');
  image.width = width;
  image.height = height;
  image.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return { image, part: window };
}

/** Grey bytes as base64, as opaque RGBA for a canvas; undefined when there are not `pixels` of them. */
export function greyToRgba(base64: string, pixels: number): Uint8ClampedArray<ArrayBuffer> | undefined {
  const bytes = atob(base64);
  if (bytes.length < pixels) return undefined;
  const rgba = new Uint8ClampedArray(pixels * 4);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    rgba.fill(bytes.charCodeAt(pixel), pixel * 4, pixel * 4 + 3);
    rgba[pixel * 4 + 3] = 255;
  }
  return rgba;
}
