import { drawDisc, type PrintRaster } from '#virtual-line/camera/ink.ts';
import type { Mark, Scene } from '#virtual-line/camera/scene.ts';
import type { PrintDefects, Stripe } from '#virtual-line/print-defects.ts';
import { randomStream } from '#virtual-line/random.ts';

/** Where the first mark lies in the raster, and how large X is there, in raster pixels. */
interface Frame {
  readonly left: number;
  readonly top: number;
  readonly x: number;
}

/** What went wrong with the ink after it was meant to be square: in the order in which it happens at a head. */
export function damageInk(raster: PrintRaster, first: Mark, { print, seed }: Scene): void {
  const frame = {
    left: (first.x - raster.x) * raster.scale,
    top: (first.y - raster.y) * raster.scale,
    x: first.cell * raster.scale,
  };
  for (const stripe of print.deadRows) fadeRows(raster, frame, stripe);
  for (const stripe of print.missingColumns) fadeColumns(raster, frame, stripe);
  if (print.banding > 0) fadeBands(raster, frame, print.banding);
  if (print.wrinkle > 0) fold(raster, frame, first, print.wrinkle);
  if (print.smear > 0) drag(raster, print.smear * frame.x);
  if (print.splatter > 0) splatter(raster, frame, print, seed);
  if (print.quietDirt > 0) dirtyQuietZone(raster, frame, first, { count: print.quietDirt, seed });
  for (const blot of print.blots) {
    const disc = { x: frame.left + blot.x * frame.x, y: frame.top + blot.y * frame.x, radius: blot.radius * frame.x };
    drawDisc(raster, disc, blot.ink);
  }
}

/** How much of pixel `at` lies in a stripe. */
function inside(at: number, from: number, to: number): number {
  return Math.max(0, Math.min(at + 1, to) - Math.max(at, from));
}

function fadeRows({ width, height, ink }: PrintRaster, { top, x }: Frame, stripe: Stripe): void {
  const from = top + (stripe.at - stripe.width / 2) * x;
  const to = from + stripe.width * x;
  for (let row = Math.max(0, Math.floor(from)); row < Math.min(height, Math.ceil(to)); row++) {
    const left = 1 - inside(row, from, to);
    for (let i = row * width; i < (row + 1) * width; i++) ink[i] = (ink[i] ?? 0) * left;
  }
}

function fadeColumns({ width, ink }: PrintRaster, { left, x }: Frame, stripe: Stripe): void {
  const from = left + (stripe.at - stripe.width / 2) * x;
  const to = from + stripe.width * x;
  for (let column = Math.max(0, Math.floor(from)); column < Math.min(width, Math.ceil(to)); column++) {
    const rest = 1 - inside(column, from, to);
    for (let i = column; i < ink.length; i += width) ink[i] = (ink[i] ?? 0) * rest;
  }
}

function fadeBands({ width, height, ink }: PrintRaster, { top, x }: Frame, depth: number): void {
  for (let row = 0; row < height; row++) {
    const rest = 1 - depth * (0.5 + 0.5 * Math.sin(((row - top) / x) * (Math.PI / 2)));
    for (let i = row * width; i < (row + 1) * width; i++) ink[i] = (ink[i] ?? 0) * rest;
  }
}

/** A gap at 45° through the middle of the symbol. */
function fold({ width, height, ink }: PrintRaster, frame: Frame, { grid }: Mark, gap: number): void {
  const middle = frame.left + frame.top + ((grid.width + grid.height) / 2) * frame.x;
  const half = (gap * frame.x) / 2;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const away = Math.abs(column + row + 1 - middle) / Math.SQRT2;
      const rest = Math.min(1, Math.max(0, away - half + 0.5));
      ink[row * width + column] = (ink[row * width + column] ?? 0) * rest;
    }
  }
}

/** Wet ink is drawn along: half of it stays as a tail behind each mark that thins out over the length. */
const TAIL = 0.5;

function drag({ width, height, ink }: PrintRaster, length: number): void {
  const thinner = TAIL / Math.max(1, length);
  for (let row = 0; row < height; row++) {
    let tail = 0;
    for (let i = row * width; i < (row + 1) * width; i++) {
      const here = ink[i] ?? 0;
      ink[i] = Math.max(here, tail);
      tail = Math.max(TAIL * here, tail - thinner);
    }
  }
}

function splatter(raster: PrintRaster, { x }: Frame, print: PrintDefects, seed: number): void {
  const random = randomStream(seed, 'splatter');
  const area = (raster.width / x) * (raster.height / x);
  for (let n = Math.round((print.splatter * area) / 100); n > 0; n--) {
    drawDisc(raster, {
      x: random() * raster.width,
      y: random() * raster.height,
      radius: (0.12 + 0.3 * random()) * x,
    });
  }
}

/** Whole dark modules in the column left of the symbol, no two at one place. */
function dirtyQuietZone(
  { width, height, ink }: PrintRaster,
  { left, top, x }: Frame,
  { grid }: Mark,
  { count, seed }: { readonly count: number; readonly seed: number },
): void {
  const random = randomStream(seed, 'quiet-zone');
  const rows = Array.from({ length: grid.height }, (_, row) => ({ row, key: random() }));
  rows.sort((a, b) => a.key - b.key);
  for (const { row } of rows.slice(0, count)) {
    for (let py = Math.round(top + row * x); py < Math.min(height, Math.round(top + (row + 1) * x)); py++) {
      for (let px = Math.max(0, Math.round(left - x)); px < Math.round(left); px++) ink[py * width + px] = 1;
    }
  }
}
