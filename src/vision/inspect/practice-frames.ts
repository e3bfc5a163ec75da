import type { CameraJob } from '#contract/camera-job.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { Place } from '#vision/decode/place.ts';
import { type PracticeSymbol, practiceSymbol } from '#vision/inspect/practice-symbols.ts';

/** A frame to practise on, and where its codes are said to have been last. */
export interface PracticeFrame {
  readonly frame: Frame;
  readonly last: readonly Place[];
}

const PAPER = 230;
const INK = 25;

/** How a practice print came out. */
interface Print {
  /** Share of a module's width that takes ink. */
  readonly drop: number;
  /** The left leg of the finder took ink: without it, no reader reads a DataMatrix. */
  readonly hasLeg: boolean;
}

const GOOD: Print = { drop: 1, hasLeg: true };

/**
 * One frame for each way through an inspection (vision.md §9.4): where the code was last, elsewhere, dots for the second
 * pass, a broken finder for the assisted read, and nothing at all. With the symbol and the frame size of the job.
 */
export function practiceFrames(job: CameraJob): readonly PracticeFrame[] {
  return job.symbologies.flatMap((symbology) => {
    const symbol = practiceSymbol(symbology, job);
    const spots = spotsOf(job, symbol);
    const last = spots.map((spot) => placeAt(spot, symbol));
    const away = spots.map((spot) => elsewhere(spot, symbol, job));
    return [
      { frame: drawn(job, symbol, spots, GOOD), last },
      { frame: drawn(job, symbol, spots, GOOD), last: [] },
      { frame: drawn(job, symbol, away, GOOD), last },
      { frame: drawn(job, symbol, spots, { drop: 0.7, hasLeg: true }), last },
      { frame: drawn(job, symbol, spots, { drop: 1, hasLeg: false }), last },
      { frame: drawn(job, symbol, [], GOOD), last },
    ];
  });
}

/** Top left of a symbol in the frame, and pixels of its module. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly module: number;
}

/** As many as the job expects, side by side in the template's window. */
function spotsOf({ code, frame }: CameraJob, { rows, columns }: PracticeSymbol): readonly Spot[] {
  const { window, count } = code;
  const across = Math.ceil(Math.sqrt((count * window.width) / window.height));
  const down = Math.ceil(count / across);
  const [width, height] = [window.width / across, window.height / down];
  const room = count === 1 ? 0 : 4;
  const fits = Math.min(width / (columns + room), height / (rows + room));
  const module = Math.max(2, Math.min(code.module ?? fits, frame.width / (columns + 4), frame.height / (rows + 4)));
  const inside = (at: number, size: number, most: number): number => Math.max(2, Math.min(most - size - 2, at));
  return Array.from({ length: count }, (_, place) => ({
    x: inside(window.x + (place % across) * width + (width - columns * module) / 2, columns * module, frame.width),
    y: inside(
      window.y + Math.floor(place / across) * height + (height - rows * module) / 2,
      rows * module,
      frame.height,
    ),
    module,
  }));
}

/** Half a symbol away, on the side where there is more room. */
function elsewhere({ x, y, module }: Spot, { columns }: PracticeSymbol, { frame }: CameraJob): Spot {
  const shift = (columns * module) / 2;
  const isLeft = x + columns * module + shift > frame.width;
  return { x: Math.max(0, isLeft ? x - shift : x + shift), y, module };
}

function placeAt({ x, y, module }: Spot, { rows, columns }: PracticeSymbol): Place {
  const [right, bottom] = [x + columns * module, y + rows * module];
  return {
    corners: [
      [x, y],
      [right, y],
      [right, bottom],
      [x, bottom],
    ],
    size: { rows, columns },
  };
}

function drawn(job: CameraJob, symbol: PracticeSymbol, spots: readonly Spot[], print: Print): Frame {
  const { width, height } = job.frame;
  const pixels = new Uint8Array(width * height).fill(job.inverted === true ? INK : PAPER);
  for (const spot of spots)
    draw({ pixels, width, height, ink: job.inverted === true ? PAPER : INK }, symbol, spot, print);
  return { slot: -1, trigger: 0, at: 0, width, height, stride: width, pixels };
}

interface Canvas {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly ink: number;
}

function draw(
  { pixels, width, height, ink }: Canvas,
  symbol: PracticeSymbol,
  spot: Spot,
  { drop, hasLeg }: Print,
): void {
  const { rows, columns, modules } = symbol;
  const [right, bottom] = [spot.x + columns * spot.module, spot.y + rows * spot.module];
  const isInDrop = (at: number): boolean => Math.abs(at - Math.floor(at) - 0.5) * 2 <= drop;
  for (let y = Math.max(0, Math.floor(spot.y)); y < Math.min(height, bottom); y += 1) {
    const v = (y + 0.5 - spot.y) / spot.module;
    const row = Math.floor(v);
    if (row < 0 || row >= rows || !isInDrop(v)) continue;
    for (let x = Math.max(0, Math.floor(spot.x)); x < Math.min(width, right); x += 1) {
      const u = (x + 0.5 - spot.x) / spot.module;
      if (!hasLeg && u < 1) continue;
      if (u >= 0 && u < columns && isInDrop(u) && modules[row * columns + Math.floor(u)] === 1)
        pixels[y * width + x] = ink;
    }
  }
}
