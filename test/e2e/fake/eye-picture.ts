import { crc32, deflateSync } from 'node:zlib';
import type { EyeCode, EyePicture } from '#contract/eye.ts';
import { drawSymbol } from '#symbol/draw-symbol.ts';

/** What is done to a drawn code before it is "photographed". */
export interface Print {
  readonly serial: string;
  /** A row of modules that stays white. */
  readonly deadRow?: number;
  /** Difference of light and dark, 0..1. */
  readonly contrast?: number;
}

/** A picture of cardboard, with what is known about it. */
export interface FakePicture {
  readonly grey: Uint8Array;
  readonly side: number;
  readonly code: Pick<EyeCode, 'corners' | 'size' | 'wrongModules'>;
}

export const FRAME = { width: 640, height: 480 };
const SIDE = 250;
/** Where the small picture lies in the frame. */
export const WINDOW = { x: 198, y: 112, width: SIDE, height: SIDE };
const MODULE = 7;
const ANGLE = 0.05;

/** A real GS1 DataMatrix, a little tilted, with grain and uneven light. The same call gives the same picture. */
export function photograph({ serial, deadRow, contrast = 0.75 }: Print): FakePicture {
  const symbol = drawSymbol({ kind: 'gs1-data-matrix', size: '22x22' }, [
    { ai: '01', value: '09521234543213' },
    { ai: '17', value: '281130' },
    { ai: '10', value: 'A2041' },
    { ai: '21', value: serial },
  ]);
  if (symbol.kind !== 'drawn') throw new Error(`the code cannot be drawn: ${JSON.stringify(symbol)}`);
  const { width: columns, height: rows, modules } = symbol.picture;
  const wrongModules = Array.from(modules, (dark, index) =>
    dark === 1 && Math.floor(index / columns) === deadRow ? index : -1,
  ).filter((index) => index !== -1);
  const isDark = (row: number, column: number): boolean =>
    row >= 0 &&
    column >= 0 &&
    row < rows &&
    column < columns &&
    row !== deadRow &&
    modules[row * columns + column] === 1;
  const [cos, sin] = [Math.cos(ANGLE), Math.sin(ANGLE)];
  const toModule = (x: number, y: number): [number, number] => {
    const [dx, dy] = [x - SIDE / 2, y - SIDE / 2];
    return [(-sin * dx + cos * dy) / MODULE + rows / 2, (cos * dx + sin * dy) / MODULE + columns / 2];
  };
  const toFrame = (row: number, column: number): [number, number] => {
    const [dx, dy] = [(column - columns / 2) * MODULE, (row - rows / 2) * MODULE];
    return [WINDOW.x + SIDE / 2 + cos * dx - sin * dy, WINDOW.y + SIDE / 2 + sin * dx + cos * dy];
  };
  const grain = grains(7);
  const grey = new Uint8Array(SIDE * SIDE);
  for (let at = 0; at < grey.length; at += 1) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    let dark = 0;
    for (const [a, b] of SUBPIXELS) {
      const [row, column] = toModule(x + a, y + b);
      if (isDark(Math.floor(row), Math.floor(column))) dark += 1 / SUBPIXELS.length;
    }
    grey[at] = Math.round(208 - 12 * (x / SIDE) - dark * contrast * 200 + 9 * grain());
  }
  const corners: EyeCode['corners'] = [toFrame(0, 0), toFrame(0, columns), toFrame(rows, columns), toFrame(rows, 0)];
  return { grey, side: SIDE, code: { corners, size: { rows, columns }, wrongModules } };
}

/** As the station sends it to the eye's page. */
export function eyePicture(picture: FakePicture, at: number): EyePicture {
  const { grey, side } = picture;
  return {
    at,
    frame: FRAME,
    window: WINDOW,
    width: side,
    height: side,
    grey: Buffer.from(grey).toString('base64'),
  };
}

/** As the station serves a kept one: the whole frame, cardboard around what was photographed. */
export function pngOf({ grey, side }: FakePicture): Buffer {
  const { width, height } = FRAME;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8; // bits, grey, no interlace
  const lines = Buffer.alloc((width + 1) * height, 200);
  for (let y = 0; y < height; y += 1) {
    const row = y - WINDOW.y;
    lines[y * (width + 1)] = 0; // no filter
    if (row >= 0 && row < side) lines.set(grey.subarray(row * side, (row + 1) * side), y * (width + 1) + 1 + WINDOW.x);
  }
  const signature = Buffer.of(137, 80, 78, 71, 13, 10, 26, 10);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.of())]);
}

const SUBPIXELS = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const;

/** −1..1, the same on every run. */
function grains(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
