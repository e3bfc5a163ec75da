import { blurKernel, blurWindow } from '#virtual-line/camera/blur.ts';
import {
  type Homography,
  invert,
  multiply,
  project,
  shift,
  turn,
  type Vector,
} from '#virtual-line/camera/homography.ts';
import type { PrintRaster } from '#virtual-line/camera/ink.ts';
import { drawPrint } from '#virtual-line/camera/raster.ts';
import type { CameraView, Mark, Scene } from '#virtual-line/camera/scene.ts';
import { hangFlap, type Stage, stageOf } from '#virtual-line/camera/stage.ts';
import { normal, randomStream } from '#virtual-line/random.ts';

/** A picture in grey, and what is true about it. */
export interface Rendered {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /**
   * Outer corners of the first mark: top left, top right, bottom right, bottom left as printed. Pixel `i` covers `i` to
   * `i + 1`: its middle is at `i + 0.5`.
   */
  readonly corners: readonly [Vector, Vector, Vector, Vector];
}

/**
 * Takes a picture of the scene (vision.md §10): print raster, geometry, blur, light, noise, 8 bit. The same scene and
 * camera give the same picture. Keep the camera object: what depends on it alone is computed once.
 */
export function renderFrame(scene: Scene, camera: CameraView): Rendered {
  const { width, height } = camera;
  const stage = stageOf(camera);
  const toFrame = multiply(stage.toFrame, placing(scene));
  const pixels = new Uint8ClampedArray(width * height);
  const film = { pixels, width, noise: camera.noise, rows: noiseRows(scene.seed, height, width) };
  develop(stage.lit, { left: 0, top: 0, width, height }, film);
  const raster = scene.print.missing || scene.marks.length === 0 ? undefined : drawPrint(scene, camera.scale);
  const window = raster && windowOf(raster, toFrame, camera);
  if (raster && window) {
    const light = expose(scene, camera, { raster, toItem: invert(toFrame), window, stage });
    develop(light, window, film);
  }
  return {
    pixels: new Uint8Array(pixels.buffer),
    width,
    height,
    stride: width,
    corners: cornersOf(scene.marks[0], toFrame),
  };
}

/** From where the print should stand to where it stands, in mm: turned and stretched about the middle of the symbol. */
function placing({ marks: [first], print, mirrored }: Scene): Homography {
  const x = first ? first.x + (first.grid.width * first.cell) / 2 : 0;
  const y = first ? first.y + (first.grid.height * first.cell) / 2 : 0;
  const lean = Math.tan((print.skew * Math.PI) / 180);
  const shape: Homography = [
    print.stretch.x * (mirrored ? -1 : 1),
    lean * print.stretch.y,
    0,
    0,
    print.stretch.y,
    0,
    0,
    0,
    1,
  ];
  const about = multiply(turn(print.rotation), multiply(shape, shift(-x, -y)));
  return multiply(shift(x + print.offset.x, y + print.offset.y), about);
}

function cornersOf(mark: Mark | undefined, toFrame: Homography): Rendered['corners'] {
  const { x = 0, y = 0 } = mark ?? {};
  const right = x + (mark ? mark.grid.width * mark.cell : 0);
  const bottom = y + (mark ? mark.grid.height * mark.cell : 0);
  return [
    project(toFrame, x, y),
    project(toFrame, right, y),
    project(toFrame, right, bottom),
    project(toFrame, x, bottom),
  ];
}

/** A part of the picture, in pixels. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The part that the print can reach, blur included; undefined: it stands outside the picture. */
function windowOf(raster: PrintRaster, toFrame: Homography, camera: CameraView): Window | undefined {
  const right = raster.x + raster.width / raster.scale;
  const bottom = raster.y + raster.height / raster.scale;
  const points = [
    project(toFrame, raster.x, raster.y),
    project(toFrame, right, raster.y),
    project(toFrame, right, bottom),
    project(toFrame, raster.x, bottom),
  ];
  const margin = Math.ceil(3 * camera.blur + camera.motion) + 2;
  const low = (axis: 0 | 1): number => Math.floor(Math.min(...points.map((point) => point[axis]))) - margin;
  const high = (axis: 0 | 1): number => Math.ceil(Math.max(...points.map((point) => point[axis]))) + margin;
  const left = Math.max(0, low(0));
  const top = Math.max(0, low(1));
  const width = Math.min(camera.width, high(0)) - left;
  const height = Math.min(camera.height, high(1)) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}

interface Shot {
  readonly raster: PrintRaster;
  readonly toItem: Homography;
  readonly window: Window;
  readonly stage: Stage;
}

/** What the sensor gets in the window, in grey values before noise. */
function expose({ print }: Scene, camera: CameraView, { raster, toItem, window, stage }: Shot): Float32Array {
  const { left, top, width, height } = window;
  const light = inkUnder(raster, toItem, window);
  // Ink lets through a share of what the carton reflects.
  const ink = Math.max(0.01, camera.paper - print.contrast) / camera.paper;
  for (let i = 0; i < light.length; i++) {
    const at = (top + Math.floor(i / width)) * camera.width + left + (i % width);
    light[i] = (stage.bare[at] ?? 0) * (1 - (light[i] ?? 0) * (1 - ink));
  }
  hangFlap(light, camera, window);
  blurWindow(light, width, blurKernel(camera.blur, camera.motion), blurKernel(camera.blur, 0));
  for (let y = 0; y < height; y++) {
    const from = (top + y) * camera.width + left;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      light[i] = (light[i] ?? 0) * (stage.gain[from + x] ?? 0) + (stage.floor[from + x] ?? 0);
    }
  }
  return light;
}

/** The ink under each pixel of the window, bilinear. */
function inkUnder(raster: PrintRaster, toItem: Homography, { left, top, width, height }: Window): Float32Array {
  const { scale } = raster;
  const found = new Float32Array(width * height);
  const m = multiply([scale, 0, -raster.x * scale - 0.5, 0, scale, -raster.y * scale - 0.5, 0, 0, 1], toItem);
  for (let y = 0; y < height; y++) {
    const v = top + y + 0.5;
    for (let x = 0; x < width; x++) {
      const u = left + x + 0.5;
      const w = m[6] * u + m[7] * v + m[8];
      found[y * width + x] = inkAt(raster, (m[0] * u + m[1] * v + m[2]) / w, (m[3] * u + m[4] * v + m[5]) / w);
    }
  }
  return found;
}

function inkAt({ width, height, ink }: PrintRaster, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= width - 1 || row >= height - 1) return 0;
  const at = row * width + column;
  const above = (ink[at] ?? 0) + (x - column) * ((ink[at + 1] ?? 0) - (ink[at] ?? 0));
  const below = at + width;
  const under = (ink[below] ?? 0) + (x - column) * ((ink[below + 1] ?? 0) - (ink[below] ?? 0));
  return above + (y - row) * (under - above);
}

const NOISE_SIZE = 65_536;
let noiseTable: Float32Array | undefined;

/** Normally distributed numbers to cut rows from, the same for all pictures. */
function noiseNumbers(): Float32Array {
  const random = randomStream(1, 'sensor-noise');
  noiseTable ??= Float32Array.from({ length: NOISE_SIZE }, () => normal(random, 0, 1));
  return noiseTable;
}

/** Where among them each row of this picture begins. */
function noiseRows(seed: number, height: number, width: number): Int32Array {
  const random = randomStream(seed, 'noise');
  return Int32Array.from({ length: height }, () => Math.floor(random() * (NOISE_SIZE - width)));
}

interface Film {
  readonly pixels: Uint8ClampedArray;
  readonly width: number;
  /** Standard deviation, grey values. */
  readonly noise: number;
  readonly rows: Int32Array;
}

/** Adds the noise and makes whole grey values of a window of light. */
function develop(light: Float32Array, window: Window, { pixels, width, noise, rows }: Film): void {
  const grains = noiseNumbers();
  for (let y = 0; y < window.height; y++) {
    const to = (window.top + y) * width + window.left;
    const grain = (rows[window.top + y] ?? 0) + window.left;
    const from = y * window.width;
    for (let x = 0; x < window.width; x++) {
      pixels[to + x] = (light[from + x] ?? 0) + noise * (grains[grain + x] ?? 0);
    }
  }
}
