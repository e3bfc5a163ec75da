import { CARTON_LABEL, itemScene, marksOf } from '#virtual-line/camera/label.ts';
import { renderFrame } from '#virtual-line/camera/render.ts';
import type { CameraView, Grid, Scene } from '#virtual-line/camera/scene.ts';
import { FLAWLESS } from '#virtual-line/print-defects.ts';

/** What a person can put before the camera in the place of items, to set it up. `items`: it is taken away again. */
export const TARGETS = ['items', 'dark', 'grey-card', 'board', 'printed-code', 'label'] as const;
export type Target = (typeof TARGETS)[number];

/** A board of 9 × 7 squares of 5 mm; a code of modules of 1 mm; a matte card of reflectance 0.6. */
const BOARD = { across: 9, down: 7, square: 5 };
const CODE_MODULE = 1;
const CARD = 0.6;
const CONTENT = '010952123454321321ABCD12345678\u001d1728123110LOT42';
/** Wider than any view: a card has no edges in the picture. */
const WIDE = 1_000;

/** A picture of something that a person holds before the camera: no two are alike, as nobody holds still. */
export function targetPicture(target: Exclude<Target, 'items'>, camera: CameraView, shot: number): Uint8Array {
  return renderFrame(sceneOf(target, shot), viewOf(target, camera)).pixels;
}

function sceneOf(target: Exclude<Target, 'items'>, seed: number): Scene {
  switch (target) {
    case 'dark':
    case 'grey-card':
      return { marks: [], print: FLAWLESS, seed };
    case 'board':
      return {
        marks: [{ kind: 'symbol', grid: checkers(), ...leftTop(BOARD), cell: BOARD.square }],
        print: FLAWLESS,
        seed,
      };
    case 'printed-code':
      return {
        marks: marksOf(CONTENT, { ...CARTON_LABEL, module: CODE_MODULE, hasText: false }),
        print: FLAWLESS,
        seed,
      };
    case 'label':
      return itemScene(CONTENT, { seed });
  }
}

function leftTop({ across, down, square }: typeof BOARD): { readonly x: number; readonly y: number } {
  return { x: (-across * square) / 2, y: (-down * square) / 2 };
}

function checkers(): Grid {
  const { across: width, down: height } = BOARD;
  const modules = Uint8Array.from({ length: width * height }, (_, at) => ((at % width) + Math.floor(at / width)) % 2);
  return { width, height, modules };
}

const views = new WeakMap<CameraView, Map<string, CameraView>>();

/** The camera with the target before it; kept, because what depends on the camera alone is computed once. */
function viewOf(target: Exclude<Target, 'items'>, camera: CameraView): CameraView {
  const known = views.get(camera) ?? new Map<string, CameraView>();
  views.set(camera, known);
  const view = known.get(target) ?? { ...camera, ...changesFor(target, camera) };
  known.set(target, view);
  return view;
}

function changesFor(target: Exclude<Target, 'items'>, { black }: CameraView): Partial<CameraView> {
  if (target === 'label') return {};
  if (target === 'dark') return { white: black, cartonWidth: WIDE };
  return { cartonWidth: WIDE, ...(target === 'grey-card' ? { paper: CARD } : {}) };
}
