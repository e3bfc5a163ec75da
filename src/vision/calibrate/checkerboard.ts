import type { Point } from '#contract/inspection.ts';
import { saddles } from '#vision/calibrate/saddles.ts';
import type { GreyImage } from '#vision/image.ts';

/** A printed checkerboard: how many squares across and down, and the side of one in millimetres. */
export interface Board {
  readonly across: number;
  readonly down: number;
  readonly square: number;
}

/** Inner corners of a board, row by row in its own order, as seen in the frame. */
export type BoardCorners =
  | { readonly kind: 'found'; readonly corners: readonly Point[] }
  | { readonly kind: 'not-found'; readonly why: string };

/** How far from where its neighbours say a corner may be, as a share of their distance. */
const SLACK = 0.3;

/** Finds the inner corners of a checkerboard, wherever it lies and however it is turned. */
export function findBoard(image: GreyImage, { across, down }: Board): BoardCorners {
  const found = saddles(image);
  const wanted = (across - 1) * (down - 1);
  if (found.length < wanted) return missing(found.length, wanted);
  const lattice = grow(found.slice(0, 4 * wanted + 40));
  const grid = lattice === undefined ? undefined : rectangle(lattice, across - 1, down - 1);
  return grid === undefined ? missing(lattice?.size ?? 0, wanted) : { kind: 'found', corners: grid };
}

function missing(found: number, wanted: number): BoardCorners {
  return { kind: 'not-found', why: `${found} of the ${wanted} inner corners of the board are seen` };
}

/** Corners by their places in the lattice. */
type Lattice = Map<string, Node>;

interface Node {
  readonly i: number;
  readonly j: number;
  readonly at: Point;
}

/** Seeds tried: the strongest corners may lie on something else. */
const SEEDS = 8;

/** Goes from one corner to its neighbours, and on from there; the largest lattice of several starts. */
function grow(points: readonly Point[]): Lattice | undefined {
  let best: Lattice | undefined;
  const middle = nearestTo(points, meanOf(points));
  for (const seed of [middle, ...points.slice(0, SEEDS)]) {
    const lattice = seed === undefined ? undefined : grownFrom(points, seed);
    if (lattice !== undefined && lattice.size > (best?.size ?? 0)) best = lattice;
  }
  return best;
}

function meanOf(points: readonly Point[]): Point {
  const n = Math.max(1, points.length);
  return [points.reduce((sum, [x]) => sum + x, 0) / n, points.reduce((sum, [, y]) => sum + y, 0) / n];
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}

function nearestTo(points: readonly Point[], to: Point, except?: Point): Point | undefined {
  let best: Point | undefined;
  for (const point of points) {
    if (point !== except && distance(point, to) < (best === undefined ? Infinity : distance(best, to))) best = point;
  }
  return best;
}

function grownFrom(points: readonly Point[], seed: Point): Lattice | undefined {
  const first = nearestTo(points, seed, seed);
  if (first === undefined) return undefined;
  const ex: Point = [first[0] - seed[0], first[1] - seed[1]];
  const second = nearAt(points, [seed[0] - ex[1], seed[1] + ex[0]], SLACK * 1.5 * Math.hypot(...ex));
  const ey: Point = second === undefined ? [-ex[1], ex[0]] : [second[0] - seed[0], second[1] - seed[1]];
  const lattice: Lattice = new Map([[keyOf(0, 0), { i: 0, j: 0, at: seed }]]);
  const open: Node[] = [{ i: 0, j: 0, at: seed }];
  for (let node = open.shift(); node !== undefined; node = open.shift()) {
    for (const [di, dj] of STEPS) {
      const found = neighbour(points, lattice, { node, di, dj, ex, ey });
      if (found === undefined) continue;
      lattice.set(keyOf(found.i, found.j), found);
      open.push(found);
    }
  }
  return lattice;
}

const STEPS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

function keyOf(i: number, j: number): string {
  return `${i},${j}`;
}

interface Reach {
  readonly node: Node;
  readonly di: number;
  readonly dj: number;
  /** Steps along both axes at the seed. */
  readonly ex: Point;
  readonly ey: Point;
}

/** The corner one step on: as far as the step before was, so that a board seen at an angle is followed. */
function neighbour(points: readonly Point[], lattice: Lattice, { node, di, dj, ex, ey }: Reach): Node | undefined {
  const [i, j] = [node.i + di, node.j + dj];
  if (lattice.has(keyOf(i, j))) return undefined;
  const before = lattice.get(keyOf(node.i - di, node.j - dj));
  const beside = stepBeside(lattice, { node, di, dj });
  const start: Point = [di * ex[0] + dj * ey[0], di * ex[1] + dj * ey[1]];
  const step: Point = before !== undefined ? [node.at[0] - before.at[0], node.at[1] - before.at[1]] : (beside ?? start);
  const at = nearAt(points, [node.at[0] + step[0], node.at[1] + step[1]], SLACK * Math.hypot(...step));
  return at === undefined ? undefined : { i, j, at };
}

/** The same step, as a neighbour of the node took it. */
function stepBeside(lattice: Lattice, { node, di, dj }: Pick<Reach, 'node' | 'di' | 'dj'>): Point | undefined {
  for (const side of [1, -1]) {
    const from = lattice.get(keyOf(node.i + side * dj, node.j + side * di));
    const to = lattice.get(keyOf(node.i + side * dj + di, node.j + side * di + dj));
    if (from !== undefined && to !== undefined) return [to.at[0] - from.at[0], to.at[1] - from.at[1]];
  }
  return undefined;
}

function nearAt(points: readonly Point[], place: Point, within: number): Point | undefined {
  const nearest = nearestTo(points, place);
  return nearest !== undefined && distance(nearest, place) <= within ? nearest : undefined;
}

/** The lattice as a full rectangle of the board's size, the corner nearest to the frame's top left first. */
function rectangle(lattice: Lattice, across: number, down: number): readonly Point[] | undefined {
  const nodes = [...lattice.values()];
  const [i0, j0] = [Math.min(...nodes.map(({ i }) => i)), Math.min(...nodes.map(({ j }) => j))];
  const [wide, high] = [Math.max(...nodes.map(({ i }) => i)) - i0 + 1, Math.max(...nodes.map(({ j }) => j)) - j0 + 1];
  const isTurned = wide === down && high === across && across !== down;
  if (nodes.length !== across * down || (!isTurned && (wide !== across || high !== down))) return undefined;
  const at = (column: number, row: number): Point => {
    const [i, j] = isTurned ? [row, column] : [column, row];
    return lattice.get(keyOf(i0 + i, j0 + j))?.at ?? [Number.NaN, Number.NaN];
  };
  return oriented(at, across, down);
}

/** Of the ways round that keep rows rows and are not mirrored, the one whose first corner is nearest to the top left. */
function oriented(at: (column: number, row: number) => Point, across: number, down: number): readonly Point[] {
  const ways: readonly (readonly [boolean, boolean])[] = [
    [false, false],
    [true, true],
    [true, false],
    [false, true],
  ];
  const sheets = ways.map(([mirrorColumns, mirrorRows]) =>
    Array.from({ length: across * down }, (_none, place) => {
      const [column, row] = [place % across, Math.floor(place / across)];
      return at(mirrorColumns ? across - 1 - column : column, mirrorRows ? down - 1 - row : row);
    }),
  );
  const right = sheets.filter((sheet) => isClockwise(sheet, across));
  return right.toSorted((a, b) => topLeft(a) - topLeft(b))[0] ?? sheets[0] ?? [];
}

function isClockwise(sheet: readonly Point[], across: number): boolean {
  const [origin = [0, 0], along = [0, 0], below = [0, 0]] = [sheet[0], sheet[1], sheet[across]];
  const cross = (along[0] - origin[0]) * (below[1] - origin[1]) - (along[1] - origin[1]) * (below[0] - origin[0]);
  return cross > 0;
}

function topLeft(sheet: readonly Point[]): number {
  const [x = 0, y = 0] = sheet[0] ?? [];
  return x + y;
}
