import type { Window } from '#contract/camera-job.ts';
import type { Corners, Point } from '#contract/inspection.ts';
import { type InkMap, inkAt, inkMap, sumsOf } from '#vision/decode/ink-map.ts';
import type { GreyImage } from '#vision/image.ts';

/** A Data Matrix that is looked for without being read. */
export interface PoseQuestion {
  /** Where in the image, which holds it. */
  readonly window: Window;
  readonly rows: number;
  readonly columns: number;
  /** Pixels of a module, within a tenth or so. */
  readonly module: number;
  readonly isInverted: boolean;
  /** Degrees by which the print is turned from one of the four right angles. */
  readonly angle: number;
}

/** How the symbol lies: its middle in the frame, and degrees. */
interface Stance {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** Cells of the map to a module. */
const FINE = 2;
const BOXES = 2;
const KEPT = 3;
/** Stances worse than this share of the best are no rivals. */
const RIVAL = 0.6;

/**
 * Where a symbol may lie, roughly, most likely first: a box of ink with light around it, and in it the L and the clock
 * tracks in one of four orientations. Survives a dead nozzle, dots, a broken leg (vision.md §3.2). Prints turned far from
 * what is expected are not found.
 */
export function searchPoses(image: GreyImage, question: PoseQuestion): readonly Corners[] {
  const side = Math.max(1, Math.round(question.module / FINE));
  const map = inkMap(image, question.window, side, question.isInverted);
  if (map === undefined) return [];
  const scored = boxesOfInk(map, question).flatMap((middle) => stancesAround(map, question, middle));
  scored.sort((a, b) => b.likeness - a.likeness);
  const best = scored[0]?.likeness ?? 0;
  const rivals = scored.slice(0, KEPT).filter(({ likeness }) => likeness > best * RIVAL);
  return rivals.map(({ stance }) => cornersOf(stance, question));
}

interface Scored {
  readonly stance: Stance;
  readonly likeness: number;
}

/** Middles of the boxes, as large as the symbol in any of its turns, with most ink inside and least around. */
function boxesOfInk(map: InkMap, { rows, columns, module, angle }: PoseQuestion): readonly Point[] {
  const sums = sumsOf(map);
  const quiet = Math.max(1, Math.round(FINE * 1.5));
  const found: { at: Point; score: number }[] = [];
  const cos = Math.cos((angle * Math.PI) / 180);
  const sin = Math.abs(Math.sin((angle * Math.PI) / 180));
  const [wide, high] = [columns * cos + rows * sin, columns * sin + rows * cos];
  const upright: readonly [number, number] = [wide, high];
  const sizes = rows === columns ? [upright] : [upright, [high, wide] as const];
  for (const [across, down] of sizes) {
    const [w, h] = [Math.round((across * module) / map.side), Math.round((down * module) / map.side)];
    for (let row = -quiet; row + h <= map.rows + quiet; row += 1) {
      for (let column = -quiet; column + w <= map.columns + quiet; column += 1) {
        const inside = boxSum(map, sums, { column, row, w, h });
        const all = boxSum(map, sums, { column: column - quiet, row: row - quiet, w: w + 2 * quiet, h: h + 2 * quiet });
        const around = (all - inside) / ((w + 2 * quiet) * (h + 2 * quiet) - w * h);
        const at: Point = [map.x + (column + w / 2) * map.side, map.y + (row + h / 2) * map.side];
        keepBest(found, { at, score: inside / (w * h) - around }, 3 * module);
      }
    }
  }
  return found.map(({ at }) => at);
}

function keepBest(found: { at: Point; score: number }[], next: { at: Point; score: number }, apart: number): void {
  const near = found.findIndex(({ at }) => Math.hypot(at[0] - next.at[0], at[1] - next.at[1]) < apart);
  const rival = near === -1 ? undefined : found[near];
  if (rival !== undefined) {
    if (rival.score >= next.score) return;
    found.splice(near, 1);
  }
  const place = found.findIndex(({ score }) => score < next.score);
  if (place === -1 && found.length >= BOXES) return;
  found.splice(place === -1 ? found.length : place, 0, next);
  if (found.length > BOXES) found.length = BOXES;
}

interface Box {
  readonly column: number;
  readonly row: number;
  readonly w: number;
  readonly h: number;
}

function boxSum({ columns, rows }: InkMap, sums: Float64Array, { column, row, w, h }: Box): number {
  const clampX = (at: number): number => Math.max(0, Math.min(columns, at));
  const clampY = (at: number): number => Math.max(0, Math.min(rows, at)) * (columns + 1);
  const [left, right, top, bottom] = [clampX(column), clampX(column + w), clampY(row), clampY(row + h)];
  return (sums[bottom + right] ?? 0) - (sums[bottom + left] ?? 0) - (sums[top + right] ?? 0) + (sums[top + left] ?? 0);
}

const TURNS = [0, 90, 180, 270];
const LEANS = [-5, -2.5, 0, 2.5, 5];
const SHIFTS = [-2, -1, 0, 1, 2];

/** The best stance of each of the four orientations around a middle. */
function stancesAround(map: InkMap, question: PoseQuestion, [x, y]: Point): readonly Scored[] {
  const { module } = question;
  return TURNS.map((turn) => {
    let best: Scored = {
      stance: { x, y, angle: turn },
      likeness: Number.NEGATIVE_INFINITY,
    };
    for (const lean of LEANS) {
      for (const dx of SHIFTS) {
        for (const dy of SHIFTS) {
          const angle = turn + question.angle + lean;
          const stance = { x: x + dx * module, y: y + dy * module, angle };
          const likeness = likenessOf(map, question, stance);
          if (likeness > best.likeness) best = { stance, likeness };
        }
      }
    }
    return best;
  });
}

/** Odd, so that dark and light modules of a clock track both have their turn. */
const EVERY = 3;

/** Ink where a Data Matrix has it, less ink where it has none: legs against the quiet zone, and the clock tracks. */
function likenessOf(map: InkMap, { rows, columns, module }: PoseQuestion, stance: Stance): number {
  const { x, y, angle } = stance;
  const cos = Math.cos((angle * Math.PI) / 180);
  const sin = Math.sin((angle * Math.PI) / 180);
  const at = (column: number, row: number): number => {
    const u = (column + 0.5 - columns / 2) * module;
    const v = (row + 0.5 - rows / 2) * module;
    return inkAt(map, x + u * cos - v * sin, y + u * sin + v * cos);
  };
  let legs = 0;
  let clocks = 0;
  for (let row = 0; row < rows; row += EVERY) {
    legs += at(0, row) - at(-1, row);
    clocks += (row % 2 === 1 ? 1 : -1) * at(columns - 1, row) - at(columns, row) / 2;
  }
  for (let column = 0; column < columns; column += EVERY) {
    legs += at(column, rows - 1) - at(column, rows);
    clocks += (column % 2 === 0 ? 1 : -1) * at(column, 0) - at(column, -1) / 2;
  }
  const modules = Math.ceil(rows / EVERY) + Math.ceil(columns / EVERY);
  return (legs + 2 * clocks) / (2 * modules);
}

function cornersOf({ x, y, angle }: Stance, { rows, columns, module }: PoseQuestion): Corners {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const corner = (right: number, below: number): Point => {
    const [u, v] = [(right * columns * module) / 2, (below * rows * module) / 2];
    return [x + u * cos - v * sin, y + u * sin + v * cos];
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}
