import { askBwip, type BwipQuestion } from '#symbol/bwip.ts';
import type { GreyImage } from '#vision/image.ts';

/** Modules of a symbol as an encoder that is not ours draws them: 1 is dark. */
export interface Modules {
  readonly width: number;
  readonly height: number;
  readonly modules: Uint8Array;
}

export const ELEMENTS = '(01)09520000000004(17)271231(10)L1(21)ABC123';
/** What a reader sends for them. */
export const CONTENT = '01095200000000041727123110L1\u001d21ABC123';

/** Asks bwip-js, and expects it to draw. */
export function drawn(question: BwipQuestion, barHeight = 40): Modules {
  const answer = askBwip(question, barHeight);
  if (answer.kind !== 'drawn') throw new Error(`bwip-js: ${JSON.stringify(answer)}`);
  return answer.picture;
}

export function dataMatrix(text = ELEMENTS): Modules {
  return drawn({ bcid: 'gs1datamatrix', text, parse: true });
}

export interface Placing {
  /** Pixels of a module. */
  readonly module: number;
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise on the screen, around the symbol's middle. */
  readonly angle?: number;
  readonly isMirrored?: boolean;
}

/** Samples per pixel and axis: edges between pixels come out grey. */
const FINE = 3;

/** An empty frame of paper. */
export function paper(width: number, height: number, grey = 230): GreyImage {
  return { pixels: new Uint8Array(width * height).fill(grey), width, height, stride: width };
}

/** Prints a symbol with its top left module at x, y, before it is turned. */
export function print(image: GreyImage, symbol: Modules, placing: Placing, ink = 30): void {
  const { module, x, y, angle = 0, isMirrored = false } = placing;
  const [w, h] = [symbol.width * module, symbol.height * module];
  const [cx, cy] = [x + w / 2, y + h / 2];
  const reach = Math.ceil(Math.hypot(w, h) / 2) + 1;
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const isDark = (px: number, py: number): boolean => {
    const [dx, dy] = [px - cx, py - cy];
    const u = Math.floor(((isMirrored ? -1 : 1) * (cos * dx + sin * dy) + w / 2) / module);
    const v = Math.floor((cos * dy - sin * dx + h / 2) / module);
    return u >= 0 && v >= 0 && u < symbol.width && v < symbol.height && symbol.modules[v * symbol.width + u] === 1;
  };
  const rows = { from: Math.max(0, Math.floor(cy - reach)), to: Math.min(image.height, Math.ceil(cy + reach)) };
  const columns = { from: Math.max(0, Math.floor(cx - reach)), to: Math.min(image.width, Math.ceil(cx + reach)) };
  for (let row = rows.from; row < rows.to; row += 1) {
    for (let column = columns.from; column < columns.to; column += 1) {
      const share = coverage(isDark, column, row);
      const at = row * image.stride + column;
      image.pixels[at] = Math.round((image.pixels[at] ?? 0) * (1 - share) + ink * share);
    }
  }
}

function coverage(isDark: (x: number, y: number) => boolean, column: number, row: number): number {
  let dark = 0;
  for (let i = 0; i < FINE * FINE; i += 1) {
    if (isDark(column + ((i % FINE) + 0.5) / FINE, row + (Math.floor(i / FINE) + 0.5) / FINE)) dark += 1;
  }
  return dark / (FINE * FINE);
}
