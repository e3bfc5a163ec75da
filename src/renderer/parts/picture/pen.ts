import { type Box, type Corners, type Placing, type Point, placed } from '#renderer/parts/picture/picture-geometry.ts';

/** A picture is grey whatever the scheme: light lines with a dark edge are seen on every print. */
export const LIGHT = '#ffffff';
export const DARK = '#1b1f24';
export const ABNORMAL = '#f08c00';

/** A line as it is drawn: widths and dashes in pixels of the page, whatever the scale of the picture. */
interface Line {
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

/** Draws on a canvas at places of the frame. A path is begun by `outline`, `line` or `circle`. */
export interface Pen {
  outline(corners: Corners): void;
  line(from: Point, to: Point): void;
  /** `radius` in pixels of the frame. */
  circle(middle: Point, radius: number): void;
  /** With a dark edge, so that it is seen on light as on dark. */
  stroke(line: Line): void;
  fill(colour: string): void;
  /** A word above a place, kept inside what is shown. */
  label(text: string, at: Point): void;
}

/** Height of a label, and its distance from what it names, in pixels of the page. */
const TEXT = 14;
const BESIDE = 4;

/** Where a pen draws. `ratio`: pixels of the canvas per pixel of the page. */
interface Paper {
  readonly placing: Placing;
  /** The part of the frame that is shown. */
  readonly view: Box;
  readonly ratio: number;
}

export function penOn(ctx: CanvasRenderingContext2D, { placing, view, ratio }: Paper): Pen {
  const move = (points: readonly Point[]): void => {
    ctx.beginPath();
    for (const point of points) ctx.lineTo(...placed(placing, point));
  };
  return {
    outline(corners) {
      move(corners);
      ctx.closePath();
    },
    line: (from, to) => move([from, to]),
    circle(middle, radius) {
      ctx.beginPath();
      ctx.arc(...placed(placing, middle), radius * placing.scale, 0, 2 * Math.PI);
    },
    stroke({ colour, width, dash = [] }) {
      ctx.lineJoin = 'round';
      ctx.setLineDash(dash.map((length) => length * ratio));
      for (const [style, thick] of [
        [DARK, width * 2],
        [colour, width],
      ] as const) {
        ctx.lineWidth = thick * ratio;
        ctx.strokeStyle = style;
        ctx.stroke();
      }
      ctx.setLineDash([]);
    },
    fill(colour) {
      ctx.fillStyle = colour;
      ctx.fill();
    },
    label(text, at) {
      const [x, y] = placed(placing, at);
      const [left, top] = placed(placing, [view.x, view.y]);
      const [size, gap] = [TEXT * ratio, BESIDE * ratio];
      ctx.font = `650 ${size}px ${getComputedStyle(ctx.canvas).fontFamily}`;
      const most = left + view.width * placing.scale - ctx.measureText(text).width - gap;
      const from = Math.max(left + gap, Math.min(x, most));
      const base = Math.max(top + size + gap, y - 2 * gap);
      ctx.lineWidth = 4 * ratio;
      ctx.strokeStyle = DARK;
      ctx.strokeText(text, from, base);
      ctx.fillStyle = LIGHT;
      ctx.fillText(text, from, base);
    },
  };
}
