import { alignmentMiddles } from '#vision/grade-qr/layout.ts';
import { alignmentAt, sideOf } from '#vision/grade-qr/sizes.ts';

/** Printed edges whose place is known before the symbol is read, in module coordinates. */
export interface Landmarks {
  readonly count: number;
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** 0: crossed from left to right; 1: from top to bottom. */
  readonly axis: Uint8Array;
  /** 1: dark begins here; -1: it ends. */
  readonly way: Int8Array;
  /** The node each belongs to (see `nodes`), or -1 where it is a timing pattern's. */
  readonly node: Int16Array;
  /** Alignment coordinates along one side, in modules; node = row * nodes.length + column. */
  readonly nodes: readonly number[];
}

interface Edge {
  readonly u: number;
  readonly v: number;
  readonly axis: 0 | 1;
  readonly way: 1 | -1;
  readonly node: number;
}

const landmarks = new Map<number, Landmarks>();

/** The landmarks of a version, made once: finders, timing and alignment patterns. */
export function landmarksOf(version: number): Landmarks {
  const known = landmarks.get(version);
  if (known !== undefined) return known;
  const made = makeLandmarks(version);
  landmarks.set(version, made);
  return made;
}

function makeLandmarks(version: number): Landmarks {
  const side = sideOf(version);
  const at = alignmentAt(version);
  const last = at.length - 1;
  const nodeOf = (row: number, column: number) => (at.length === 0 ? -1 : row * at.length + column);
  const edges: Edge[] = [
    ...finder(0, 0, nodeOf(0, 0)),
    ...finder(side - 7, 0, nodeOf(0, last)),
    ...finder(0, side - 7, nodeOf(last, 0)),
    ...timing(side),
    ...alignmentMiddles(at).flatMap(([row, column]) =>
      alignment(column + 0.5, row + 0.5, nodeOf(at.indexOf(row), at.indexOf(column))),
    ),
  ];
  return {
    count: edges.length,
    u: Float64Array.from(edges, (edge) => edge.u),
    v: Float64Array.from(edges, (edge) => edge.v),
    axis: Uint8Array.from(edges, (edge) => edge.axis),
    way: Int8Array.from(edges, (edge) => edge.way),
    node: Int16Array.from(edges, (edge) => edge.node),
    nodes: at.map((middle) => middle + 0.5),
  };
}

/** The same edges along both axes: all these patterns are symmetrical. */
function both(u: number, v: number, edge: Pick<Edge, 'way' | 'node'>, middle: readonly [number, number]): Edge[] {
  const [cu, cv] = middle;
  return [
    { u: cu + u, v: cv + v, axis: 0, ...edge },
    { u: cu + v, v: cv + u, axis: 1, ...edge },
  ];
}

/** Where dark begins (1) and ends (-1) along the rows of a finder, from its middle. */
const FINDER_ROWS: Readonly<Record<number, readonly (readonly [number, 1 | -1])[]>> = {
  0: [
    [-3.5, 1],
    [-2.5, -1],
    [-1.5, 1],
    [1.5, -1],
    [2.5, 1],
    [3.5, -1],
  ],
  1: [
    [-3.5, 1],
    [-2.5, -1],
    [-1.5, 1],
    [1.5, -1],
    [2.5, 1],
    [3.5, -1],
  ],
  2: [
    [-3.5, 1],
    [-2.5, -1],
    [2.5, 1],
    [3.5, -1],
  ],
  3: [
    [-3.5, 1],
    [3.5, -1],
  ],
};

function finder(left: number, top: number, node: number): Edge[] {
  const middle = [left + 3.5, top + 3.5] as const;
  return [-3, -2, -1, 0, 1, 2, 3].flatMap((row) =>
    (FINDER_ROWS[Math.abs(row)] ?? []).flatMap(([u, way]) => both(u, row, { way, node }, middle)),
  );
}

function timing(side: number): Edge[] {
  const edges: Edge[] = [];
  for (let at = 8; at <= side - 8; at += 1) {
    edges.push(...both(at - 6.5, 0, { way: at % 2 === 0 ? 1 : -1, node: -1 }, [6.5, 6.5]));
  }
  return edges;
}

/** What lies around the outer ring is data: only its inner edges and the middle's are known. */
const ALIGNMENT_ROWS: Readonly<Record<number, readonly (readonly [number, 1 | -1])[]>> = {
  0: [
    [-1.5, -1],
    [-0.5, 1],
    [0.5, -1],
    [1.5, 1],
  ],
  1: [
    [-1.5, -1],
    [1.5, 1],
  ],
};

function alignment(u: number, v: number, node: number): Edge[] {
  return [-1, 0, 1].flatMap((row) =>
    (ALIGNMENT_ROWS[Math.abs(row)] ?? []).flatMap(([across, way]) => both(across, row, { way, node }, [u, v])),
  );
}
