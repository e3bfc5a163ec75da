import { itemScene } from '#virtual-line/camera/label.ts';
import { renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView } from '#virtual-line/camera/scene.ts';
import { type Target, targetPicture } from '#virtual-line/camera/targets.ts';
import type { Exposure } from '#virtual-line/gige/device.ts';
import type { OpticalFault, View } from '#virtual-line/messages.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';

/** The optics of the camera: makes pictures of what stands before it. */
export interface Sight {
  /** A picture taken while the belt moves at so many mm/s. */
  take(view: View | undefined, exposure: Exposure, speed: number): Uint8Array;
  /** Takes a few pictures for nobody: the first ones take longer than the line has time. */
  warmUp(exposure: Exposure, speed: number): void;
  /** A picture of something that does not move: taken a few times, then shown in turn. */
  look(view: View | undefined, exposure: Exposure): Uint8Array;
  setFault(fault: OpticalFault, active: boolean): void;
  /** Somebody puts something before the camera, or takes it away. */
  show(target: Target): void;
}

/** The lamp flashes so long, µs: a longer exposure adds neither light nor blur. */
const FLASH = 50;
const SCALE = 12;
/** Grey of full reflectance at a full flash and no gain. */
const WHITE = 248;
const VARIANTS = 4;
const WARM_UP = 3;
const SAMPLE = { content: '010952123454321321WARMUP01\u001d1728123110LOT42', quality: 4, print: FLAWLESS, over: '' };

export function createSight(seed: number): Sight {
  const faults = new Set<OpticalFault>();
  let known: { readonly key: string; readonly camera: CameraView } | undefined;
  let shown:
    | { readonly view: View | undefined; readonly camera: CameraView; readonly pictures: Uint8Array[] }
    | undefined;
  let looks = 0;
  let target: Target = 'items';

  const cameraFor = (exposure: Exposure, speed: number): CameraView => {
    const key = JSON.stringify([exposure, speed, [...faults].sort()]);
    if (known?.key !== key) known = { key, camera: adjusted(exposure, speed, faults) };
    return known.camera;
  };
  const picture = (view: View | undefined, camera: CameraView, variant: number): Uint8Array => {
    const noise = (seed * 31 + (view?.item ?? 0)) * VARIANTS + variant;
    if (!view) return renderFrame(itemScene('', { seed: noise }), camera).pixels;
    const { content, print, over } = view;
    return renderFrame(itemScene(content, { print, over, seed: noise }), camera).pixels;
  };

  return {
    take: (view, exposure, speed) => picture(view, cameraFor(exposure, speed), 0),
    warmUp(exposure, speed) {
      const camera = cameraFor(exposure, speed);
      for (let no = 0; no < WARM_UP; no++) picture({ ...SAMPLE, item: no }, camera, 0);
    },
    look(view, exposure) {
      const camera = cameraFor(exposure, 0);
      if (target !== 'items') return targetPicture(target, camera, looks++);
      if (shown?.view !== view || shown?.camera !== camera) shown = { view, camera, pictures: [] };
      const { pictures } = shown;
      if (pictures.length < VARIANTS) pictures.push(picture(view, camera, pictures.length));
      return pictures[looks++ % pictures.length] ?? new Uint8Array();
    },
    setFault(fault, active) {
      if (active) faults.add(fault);
      else faults.delete(fault);
    },
    show(wanted) {
      target = wanted;
    },
  };
}

/** The view as it is set, and as it is when something is wrong with the optics. */
function adjusted(
  { width, height, exposureTime, gain }: Exposure,
  speed: number,
  faults: Set<OpticalFault>,
): CameraView {
  const open = Math.min(exposureTime, FLASH);
  const light = (open / FLASH) * 10 ** (gain / 20);
  const view = cameraView({
    width,
    height,
    scale: SCALE,
    motion: ((speed * open) / 1e6) * SCALE,
    white: WHITE * light,
  });
  return {
    ...view,
    ...(faults.has('defocus') ? { blur: 2.6 } : {}),
    ...(faults.has('black') ? { white: view.black } : {}),
    ...(faults.has('dirt') ? { dirt: smudges(view) } : {}),
  };
}

/** Where dirt on the window lies: over the place of the code, off its middle. */
function smudges({ width, height, scale }: CameraView): CameraView['dirt'] {
  const x = width / 2 - 12 * scale;
  const y = height / 2;
  return [
    { x: x - 5.5 * scale, y: y + 1 * scale, radius: 4 * scale, strength: 0.97 },
    { x: x + 1.5 * scale, y: y + 5 * scale, radius: 4.5 * scale, strength: 0.97 },
    { x: x + 22 * scale, y: y - 4 * scale, radius: 2.5 * scale, strength: 0.8 },
  ];
}
