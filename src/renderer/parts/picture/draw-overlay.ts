import type { EyeCode } from '#contract/eye.ts';
import {
  type Box,
  type Corners,
  moduleOutline,
  type Placing,
  type Point,
  placed,
} from '#renderer/parts/picture/picture-geometry.ts';

/** What is drawn over a picture. */
export interface Overlay {
  /** Where the code is looked for. */
  readonly window?: Box | undefined;
  readonly codes: readonly EyeCode[];
  /** The item failed: the outline says so by its colour and by its double line. */
  readonly isFail: boolean;
}

/** A picture is grey whatever the scheme: light lines with a dark edge are seen on every print. */
const LIGHT = '#ffffff';
const DARK = '#1b1f24';
const ABNORMAL = '#f08c00';

/** Search window dashed, found codes outlined, wrong modules hatched: shape and colour say the same. */
export function drawOverlay(ctx: CanvasRenderingContext2D, overlay: Overlay, placing: Placing, ratio: number): void {
  if (overlay.window !== undefined) {
    ctx.setLineDash([8 * ratio, 6 * ratio]);
    trace(ctx, cornersOf(overlay.window), placing);
    stroke(ctx, LIGHT, 1.5 * ratio);
    ctx.setLineDash([]);
  }
  for (const code of overlay.codes) {
    drawWrongModules(ctx, code, placing, ratio);
    trace(ctx, code.corners, placing);
    stroke(ctx, overlay.isFail ? ABNORMAL : LIGHT, (overlay.isFail ? 4 : 2.5) * ratio);
  }
}

function drawWrongModules(
  ctx: CanvasRenderingContext2D,
  { corners, size, wrongModules }: EyeCode,
  placing: Placing,
  ratio: number,
): void {
  if (size === undefined) return;
  for (const index of wrongModules) {
    const outline = moduleOutline(corners, size, index);
    trace(ctx, outline, placing);
    ctx.fillStyle = ABNORMAL;
    ctx.fill();
    const [from, , to] = outline;
    line(ctx, placed(placing, from), placed(placing, to));
    ctx.lineWidth = 1.5 * ratio;
    ctx.strokeStyle = DARK;
    ctx.stroke();
  }
}

function trace(ctx: CanvasRenderingContext2D, corners: Corners, placing: Placing): void {
  ctx.beginPath();
  for (const corner of corners) ctx.lineTo(...placed(placing, corner));
  ctx.closePath();
}

function line(ctx: CanvasRenderingContext2D, from: Point, to: Point): void {
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
}

function stroke(ctx: CanvasRenderingContext2D, colour: string, width: number): void {
  ctx.lineJoin = 'round';
  ctx.lineWidth = width * 2;
  ctx.strokeStyle = DARK;
  ctx.stroke();
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

function cornersOf({ x, y, width, height }: Box): Corners {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}
