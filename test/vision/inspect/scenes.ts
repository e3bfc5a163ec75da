import { CameraJob, type CameraJobText } from '#contract/camera-job.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { Inspection } from '#contract/inspection.ts';
import { renderFrame } from '#virtual-line/camera/render.ts';
import { type CameraView, cameraView, type Scene } from '#virtual-line/camera/scene.ts';
import { FLAWLESS, type PrintDefects } from '#virtual-line/print-defects.ts';
import { openReader } from '#vision/decode/reader.ts';
import { compileDecoder } from '#vision/decode/wasm.ts';
import { createInspector, type Inspector } from '#vision/inspect/inspector.ts';
import type { Ask } from '#vision/inspect/messages.ts';
import { dataMatrix, type Modules } from '../decode/picture.ts';

// Pictures by the virtual line's renderer, of symbols by bwip-js: neither shares code with what is tested.

export interface Shot {
  readonly print?: Partial<PrintDefects>;
  readonly camera?: Partial<CameraView>;
  readonly inverted?: boolean;
  /** Pixels of a module; 6 unless said. */
  readonly module?: number;
  /** Pixels from the middle of the frame. */
  readonly x?: number;
  readonly y?: number;
}

const PER_MM = 12;

/** A picture of one symbol, about in the middle of the frame. */
export function shotOf(symbol: Modules, shot: Shot, seed: number): Frame {
  const { print = {}, camera = {}, inverted = false, module = 6, x = 0, y = 0 } = shot;
  const cell = module / PER_MM;
  const scene: Scene = {
    marks: [
      {
        kind: 'symbol',
        grid: symbol,
        x: x / PER_MM - (symbol.width * cell) / 2,
        y: y / PER_MM - (symbol.height * cell) / 2,
        cell,
      },
    ],
    print: { ...FLAWLESS, ...print },
    inverted,
    seed,
  };
  const { pixels, width, height, stride } = renderFrame(scene, cameraView({ scale: PER_MM, ...camera }));
  return { slot: 0, trigger: seed, at: 0, width, height, stride, pixels };
}

/** What symbol a frame shows, and what a reader should say. */
export function serialOf(seed: number): { readonly symbol: Modules; readonly text: string } {
  const serial = `S${String(seed * 7919).padStart(7, '0')}`;
  return {
    symbol: dataMatrix(`(01)09520000000004(17)271231(10)L1(21)${serial}`),
    text: `01095200000000041727123110L1\u001d21${serial}`,
  };
}

/** Looks for one 22 × 22 DataMatrix in the middle of a VGA frame. */
export function vgaJob(module = 6, changes: Partial<CameraJobText> = {}): CameraJob {
  const side = 22 * module;
  return CameraJob.parse({
    name: 'carton side 1',
    frame: { width: 640, height: 480 },
    trigger: 'line',
    symbologies: ['DataMatrix'],
    code: {
      window: { x: 320 - side / 2, y: 240 - side / 2, width: side, height: side },
      rows: 22,
      columns: 22,
      module,
    },
    ...changes,
  });
}

const reader = openReader(await compileDecoder());

export async function inspectorOf(job: CameraJob): Promise<Inspector> {
  return createInspector({
    job,
    calibration: {},
    fonts: {},
    reader: await reader,
    now: () => performance.now(),
    wall: Date.now,
  });
}

/** As much time as it takes, and nothing known. */
export const ASK: Ask = { last: [], known: [], isPart: false, budget: Number.POSITIVE_INFINITY };

/** How a frame's code was read, or that it was not; and whether what was read is what was printed. */
export function outcome({ codes }: Inspection, text: string): string {
  const [code] = codes;
  if (code === undefined) return 'no read';
  return code.text === text ? code.readBy : `MISREAD ${code.text}`;
}
