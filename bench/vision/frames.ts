import { askBwip } from '#symbol/bwip.ts';
import { renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView } from '#virtual-line/camera/scene.ts';
import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';
import type { GreyImage } from '#vision/image.ts';

/** A kind of print or picture. */
export interface Kind {
  readonly name: string;
  readonly print?: Partial<PrintDefects>;
  readonly camera?: Partial<CameraView>;
  /** Pixels of a module; 6 unless said. */
  readonly module?: number;
}

/** Sensor and symbol of a set of pictures (vision.md: "VGA" and "1.2 MP"). */
export interface Format {
  readonly name: 'VGA' | '1.2 MP';
  readonly width: number;
  readonly height: number;
  readonly side: 22 | 26;
}

export const VGA: Format = { name: 'VGA', width: 640, height: 480, side: 22 };
export const MEGAPIXEL: Format = { name: '1.2 MP', width: 1280, height: 960, side: 26 };

const turned = (...angles: readonly number[]): Kind[] =>
  angles.map((rotation) => ({ name: `turned ${rotation}°`, print: { rotation } }));
const grown = (...by: readonly number[]): Kind[] =>
  by.map((each) => ({ name: `growth ${each} X`, print: { growth: { x: each, y: each } } }));

/** Thirty-three kinds, as in vision.md §2.6 and §3.1. */
export const KINDS: readonly Kind[] = [
  { name: 'clean' },
  { name: 'noise 16', camera: { noise: 16 } },
  { name: 'noise 30', camera: { noise: 30 } },
  ...turned(5, 30, 45, 90, 180),
  ...[0.4, 0.2, 0.1].map((contrast) => ({ name: `contrast ${contrast}`, print: { contrast } })),
  ...grown(-0.3, -0.15, 0.15, 0.3),
  ...[1.5, 2.5, 3].map((blur) => ({ name: `blur ${blur} px`, camera: { blur } })),
  ...[2, 2.5, 3.5, 11].map((module) => ({ name: `${module} px a module`, module })),
  { name: 'slanted', camera: { tilt: { x: 20, y: 15 } } },
  { name: 'uneven light', camera: { gradient: { x: 0.6, y: 0 } } },
  { name: 'smear', print: { smear: 1 } },
  { name: 'blot', print: { blots: [{ x: 14, y: 8, radius: 1.6, ink: 1 }] } },
  { name: 'broken leg', print: { blots: [{ x: 0.5, y: 11, radius: 1.6, ink: 0 }] } },
  { name: 'dots', print: { dots: 0.75 } },
  { name: 'dead nozzle, half', print: { deadRows: [{ at: 8.5, width: 0.5 }] } },
  { name: 'dead nozzle', print: { deadRows: [{ at: 8.5, width: 1 }] } },
  { name: 'two dead nozzles', print: { deadRows: [6.5, 14.5].map((at) => ({ at, width: 0.5 })) } },
  { name: 'missing leg', print: { missingColumns: [{ at: 0.5, width: 1 }] } },
  { name: 'dirty quiet zone', print: { quietDirt: 3 } },
];

export interface Picture {
  readonly kind: string;
  readonly image: GreyImage;
  readonly text: string;
}

const PER_MM = 12;

/** A picture of one symbol near the middle of the frame; another serial, place and noise for each seed. */
export function pictureOf(kind: Kind, format: Format, seed: number): Picture {
  const { print = {}, camera = {}, module = 6 } = kind;
  const serial = `S${String(seed * 7919).padStart(7, '0')}`;
  const { symbol, text } = symbolOf(serial, format.side);
  const cell = module / PER_MM;
  const [x, y] = [((seed % 5) - 2) * 0.4, ((seed % 3) - 1) * 0.4];
  const mark = {
    kind: 'symbol' as const,
    grid: symbol,
    x: x - (symbol.width * cell) / 2,
    y: y - (symbol.height * cell) / 2,
    cell,
  };
  const view = cameraView({
    width: format.width,
    height: format.height,
    scale: PER_MM,
    cartonWidth: format.width / 18,
    ...camera,
  });
  return { kind: kind.name, text, image: renderFrame({ marks: [mark], print: { ...FLAWLESS, ...print }, seed }, view) };
}

interface Symbol {
  readonly symbol: { readonly width: number; readonly height: number; readonly modules: Uint8Array };
  readonly text: string;
}

export function symbolOf(serial: string, side: number): Symbol {
  const answer = askBwip(
    {
      bcid: 'gs1datamatrix',
      text: `(01)09520000000004(17)271231(10)L1(21)${serial}`,
      parse: true,
      version: `${side}x${side}`,
    },
    1,
  );
  if (answer.kind !== 'drawn') throw new Error(`bwip-js: ${JSON.stringify(answer)}`);
  return { symbol: answer.picture, text: `01095200000000041727123110L1\u001d21${serial}` };
}

/** The job of a station that looks for it there. */
export function jobText({ width, height, side }: Format, module = 6): object {
  const size = side * module;
  return {
    name: 'bench',
    frame: { width, height },
    trigger: 'line',
    symbologies: ['DataMatrix'],
    code: {
      window: { x: (width - size) / 2, y: (height - size) / 2, width: size, height: size },
      rows: side,
      columns: side,
      module,
    },
  };
}
