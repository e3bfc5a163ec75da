import { blurKernel, blurWindow } from '#virtual-line/camera/blur.ts';
import { type Homography, invert, multiply, shift, turn, zoom } from '#virtual-line/camera/homography.ts';
import type { CameraView, Spot } from '#virtual-line/camera/scene.ts';

/** What depends on the camera alone, one value a pixel. */
export interface Stage {
  /** From the item's plane (mm, origin under the optical axis) to pixels. */
  readonly toFrame: Homography;
  /** Carton and belt without print, before the lens. */
  readonly bare: Float32Array;
  /** Grey values for each unit of reflectance: light, shadow and dirt. */
  readonly gain: Float32Array;
  /** Grey values that come whatever is there: glare, and the sensor's black level. */
  readonly floor: Float32Array;
  /** The finished picture of a bare carton, but for noise. */
  readonly lit: Float32Array;
}

const stages = new WeakMap<CameraView, Stage>();

/** Computed at the first picture of a camera object, and kept as long as the object. */
export function stageOf(camera: CameraView): Stage {
  const known = stages.get(camera);
  if (known) return known;
  const toFrame = viewing(camera);
  const bare = bareCarton(camera, invert(toFrame));
  const gain = lighting(camera);
  const floor = brightness(camera);
  const lit = Float32Array.from(bare);
  blurWindow(lit, camera.width, blurKernel(camera.blur, camera.motion), blurKernel(camera.blur, 0));
  for (let i = 0; i < lit.length; i++) lit[i] = (lit[i] ?? 0) * (gain[i] ?? 0) + (floor[i] ?? 0);
  const stage = { toFrame, bare, gain, floor, lit };
  stages.set(camera, stage);
  return stage;
}

/** A pinhole camera above the belt; without a tilt it only scales. */
function viewing({ width, height, scale, roll, tilt, distance }: CameraView): Homography {
  const ax = (tilt.x * Math.PI) / 180;
  const ay = (tilt.y * Math.PI) / 180;
  const depthX = -Math.sin(ay);
  const depthY = Math.sin(ax) * Math.cos(ay);
  const leaning: Homography = [
    Math.cos(ay),
    Math.sin(ax) * Math.sin(ay),
    0,
    0,
    Math.cos(ax),
    0,
    depthX / distance,
    depthY / distance,
    1,
  ];
  return multiply(shift(width / 2, height / 2), multiply(turn(roll), multiply(zoom(scale, scale), leaning)));
}

/** The carton lies along the belt and is longer than the picture: its two long edges are seen, a pixel soft. */
function bareCarton(camera: CameraView, toItem: Homography): Float32Array {
  const { width, height, paper, belt, scale, cartonWidth, through } = camera;
  const bare = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x + 0.5, y + 0.5];
      const across = (toItem[3] * u + toItem[4] * v + toItem[5]) / (toItem[6] * u + toItem[7] * v + toItem[8]);
      const share = Math.min(1, Math.max(0, (cartonWidth / 2 - Math.abs(across)) * scale + 0.5));
      const behind = through === 0 ? 1 : 1 - through * (0.5 + 0.5 * Math.sin((u + 2 * v) * (STRIPE / scale)));
      bare[y * width + x] = belt + share * (paper * behind - belt);
    }
  }
  hangFlap(bare, camera, { left: 0, width });
  return bare;
}

/** What shows through clear stock: leaning stripes, some 3 mm from one to the next. */
const STRIPE = 0.9;

/** A flap hides whatever is behind it, in a window of reflectances that begins at column `left`. */
export function hangFlap(
  reflectance: Float32Array,
  { flap }: CameraView,
  { left, width }: { readonly left: number; readonly width: number },
): void {
  if (!flap) return;
  const from = Math.max(0, flap.from - left);
  const to = Math.min(width, flap.to - left);
  for (let row = 0; row < reflectance.length; row += width) {
    for (let x = from; x < to; x++) reflectance[row + x] = flap.reflectance;
  }
}

function lighting(camera: CameraView): Float32Array {
  const { width, height, white, black, gradient, vignette, shadow } = camera;
  const gain = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = (2 * y) / height - 1;
    for (let x = 0; x < width; x++) {
      const u = (2 * x) / width - 1;
      const light = (1 + gradient.x * u) * (1 + gradient.y * v) * (1 - (vignette * (u * u + v * v)) / 2);
      const shade = shadow && x >= shadow.from && x < shadow.to ? 1 - shadow.depth : 1;
      gain[y * width + x] = (white - black) * Math.max(0, light) * shade;
    }
  }
  for (const spot of camera.dirt) {
    overSpot(spot, camera, (at, falloff) => {
      gain[at] = (gain[at] ?? 0) * (1 - spot.strength * falloff);
    });
  }
  return gain;
}

function brightness(camera: CameraView): Float32Array {
  const floor = new Float32Array(camera.width * camera.height).fill(camera.black);
  for (const spot of camera.glare) {
    overSpot(spot, camera, (at, falloff) => {
      floor[at] = (floor[at] ?? 0) + spot.strength * falloff;
    });
  }
  return floor;
}

/** Visits the pixels of a spot; full in its middle, nothing at its rim. */
function overSpot(
  { x, y, radius }: Spot,
  { width, height }: CameraView,
  visit: (at: number, falloff: number) => void,
): void {
  const [right, bottom] = [Math.min(width - 1, Math.ceil(x + radius)), Math.min(height - 1, Math.ceil(y + radius))];
  for (let row = Math.max(0, Math.floor(y - radius)); row <= bottom; row++) {
    for (let column = Math.max(0, Math.floor(x - radius)); column <= right; column++) {
      const reach = ((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2) / radius ** 2;
      if (reach < 1) visit(row * width + column, (1 - reach) ** 2);
    }
  }
}
