import { renderFrame } from '#virtual-line/camera/render.ts';
import { cameraView } from '#virtual-line/camera/scene.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';
import type { GreyImage } from '#vision/image.ts';
import { symbolOf } from './frames.ts';

const [ACROSS, DOWN, SIDE, MODULE, PER_MM] = [8, 5, 22, 5, 10];
const FRAME = { width: 2448, height: 2048 };
const PITCH = 290;

/** A layer of forty codes under a camera of five megapixels. */
export function layerPicture(seed: number): GreyImage {
  const cell = MODULE / PER_MM;
  const marks = Array.from({ length: ACROSS * DOWN }, (_, place) => {
    const { symbol } = symbolOf(`L${String(seed * 100 + place).padStart(7, '0')}`, SIDE);
    const x = ((place % ACROSS) - (ACROSS - 1) / 2) * PITCH;
    const y = (Math.floor(place / ACROSS) - (DOWN - 1) / 2) * PITCH;
    return {
      kind: 'symbol',
      grid: symbol,
      x: x / PER_MM - (SIDE * cell) / 2,
      y: y / PER_MM - (SIDE * cell) / 2,
      cell,
    } as const;
  });
  const view = cameraView({ ...FRAME, scale: PER_MM, cartonWidth: 400 });
  return renderFrame({ marks, print: FLAWLESS, seed }, view);
}

export const LAYER_JOB = {
  name: 'layer',
  frame: FRAME,
  trigger: 'line',
  symbologies: ['DataMatrix'],
  code: {
    window: { x: 40, y: 200, width: 2360, height: 1640 },
    rows: SIDE,
    columns: SIDE,
    module: MODULE,
    count: ACROSS * DOWN,
  },
};
