import type { Corners } from '#contract/inspection.ts';
import { type FittedPlane, planeFrom } from '#vision/calibrate/plane.ts';
import { byteAt } from '#vision/ecc200/at.ts';
import { FROM_READER, fitQr } from '#vision/grade-qr/fit.ts';
import type { Landmarks } from '#vision/grade-qr/landmarks.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { finenessOf } from '#vision/grade2d/grid/fineness.ts';
import { pitchOf, poseOf, xOf, yOf } from '#vision/grade2d/grid/homography.ts';
import { cutPlate, emptyPlate, fillPlate, type Plate, reflectanceAt } from '#vision/grade2d/plate.ts';
import type { GreyImage } from '#vision/image.ts';

/** A printed code of known size, such as a 26×26 Data Matrix, as the reader read it. */
export interface PrintedCard {
  readonly corners: Corners;
  readonly rows: number;
  readonly columns: number;
  /** Its modules, row by row: 1 is dark. */
  readonly modules: Uint8Array;
  /** Side of a module in millimetres. */
  readonly module: number;
}

/** Fits the plane to all edges between dark and light modules of a printed code; print growth is taken out. */
export function fitCard(image: GreyImage, card: PrintedCard): FittedPlane {
  const extent = { rows: card.rows, columns: card.columns };
  const rough = poseOf(card.corners, extent);
  const { x, y } = pitchOf(card.corners, extent);
  const pitch = (x + y) / 2;
  const plate = emptyPlate();
  if (rough === undefined || !cutPlate(plate, image, { corners: card.corners, margin: 2 * pitch })) {
    return { kind: 'refused', why: 'the card is not in the frame' };
  }
  fillPlate(plate, image, { edition: '15415:2011', aperture: 0 });
  const landmarks = edgesOf(card);
  const threshold = middleGrey(plate, rough, card);
  const scene = { plate, threshold, fine: finenessOf(pitch) };
  const fit = fitQr(scene, rough, { landmarks, reaches: FROM_READER });
  if (fit === undefined) return { kind: 'refused', why: 'the edges of the card are not seen: is it flat and sharp?' };
  const seen = fit.off.filter((off) => !Number.isNaN(off));
  const squares = seen.reduce((sum, off) => sum + off * off, 0);
  const residual = Math.sqrt(squares / Math.max(1, seen.length)) * pitch;
  const [a, b, c, d, e, f, g, h] = Array.from(
    { length: 9 },
    (_none, at) => realAt(fit.pose, at) / (at % 3 === 2 ? 1 : card.module),
  );
  return planeFrom([a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0, f ?? 0, g ?? 0, h ?? 0, 1], {
    points: seen.length,
    residual,
    middle: [image.width / 2, image.height / 2],
  });
}

/** Every edge between two modules of different colours, crossed in the middle of their side. */
function edgesOf({ rows, columns, modules }: PrintedCard): Landmarks {
  const edges: { u: number; v: number; axis: number; way: number }[] = [];
  const dark = (row: number, column: number) =>
    row < 0 || column < 0 || row >= rows || column >= columns ? 0 : byteAt(modules, row * columns + column);
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      const own = dark(row, column);
      const across = own - dark(row, column - 1);
      const down = own - dark(row - 1, column);
      if (across !== 0) edges.push({ u: column, v: row + 0.5, axis: 0, way: across });
      if (down !== 0) edges.push({ u: column + 0.5, v: row, axis: 1, way: down });
    }
  }
  return {
    count: edges.length,
    u: Float64Array.from(edges, ({ u }) => u),
    v: Float64Array.from(edges, ({ v }) => v),
    axis: Uint8Array.from(edges, ({ axis }) => axis),
    way: Int8Array.from(edges, ({ way }) => way),
    node: new Int16Array(edges.length).fill(-1),
    nodes: [],
  };
}

/** Between the mean of the dark and the mean of the light modules. */
function middleGrey(plate: Plate, pose: Float64Array, { rows, columns, modules }: PrintedCard): number {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let at = 0; at < rows * columns; at += 1) {
    const [u, v] = [(at % columns) + 0.5, Math.floor(at / columns) + 0.5];
    const colour = byteAt(modules, at) === 1 ? 1 : 0;
    sums[colour] = (sums[colour] ?? 0) + reflectanceAt(plate, xOf(pose, u, v), yOf(pose, u, v));
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  const mean = (colour: number) => (sums[colour] ?? 0) / Math.max(1, counts[colour] ?? 0);
  return (mean(0) + mean(1)) / 2;
}
