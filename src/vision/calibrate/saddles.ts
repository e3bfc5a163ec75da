import type { Point } from '#contract/inspection.ts';
import type { GreyImage } from '#vision/image.ts';

/** Radii of the smoothing, in pixels: three boxes are nearly a Gaussian. */
const BLUR = 2;
/** Weaker corners than this share of the strongest are noise. */
const LEAST = 0.2;
/** Half the side of the square in which a corner is the strongest, and of the one its place is fitted in. */
const ALONE = 5;
const FIT = 3;

/**
 * Corners of a checkerboard: saddles of the grey levels, where it curves up one way and down the other. Strongest first,
 * at sub-pixel places (the first pixel of a frame covers 0..1).
 */
export function saddles(image: GreyImage): readonly Point[] {
  const { width, height } = image;
  if (width < 4 * ALONE || height < 4 * ALONE) return [];
  const smooth = smoothed(image);
  const strength = strengths(smooth, width, height);
  const strongest = strength.reduce((most, value) => Math.max(most, value), 0);
  if (!(strongest > 0)) return [];
  const found: { readonly at: Point; readonly strength: number }[] = [];
  for (let y = ALONE; y < height - ALONE; y += 1) {
    for (let x = ALONE; x < width - ALONE; x += 1) {
      const own = strength[y * width + x] ?? 0;
      if (own < LEAST * strongest || !isAlone(strength, width, x, y)) continue;
      const at = fitted(smooth, width, x, y);
      if (at !== undefined) found.push({ at, strength: own });
    }
  }
  return found.toSorted((a, b) => b.strength - a.strength).map(({ at }) => at);
}

function smoothed({ pixels, width, height, stride }: GreyImage): Float32Array {
  let values = new Float32Array(width * height);
  for (let at = 0; at < values.length; at += 1)
    values[at] = pixels[Math.floor(at / width) * stride + (at % width)] ?? 0;
  for (let round = 0; round < 2; round += 1) {
    values = boxed(values, { count: height, length: width, step: width, along: 1 });
    values = boxed(values, { count: width, length: height, step: 1, along: width });
  }
  return values;
}

interface Lines {
  readonly count: number;
  readonly length: number;
  readonly step: number;
  readonly along: number;
}

/** A running mean along lines; beyond their ends the last value goes on. */
function boxed(values: Float32Array, { count, length, step, along }: Lines): Float32Array<ArrayBuffer> {
  const means = new Float32Array(values.length);
  const size = 2 * BLUR + 1;
  for (let line = 0; line < count; line += 1) {
    const value = (at: number) => values[line * step + Math.min(length - 1, Math.max(0, at)) * along] ?? 0;
    let sum = 0;
    for (let at = -BLUR; at <= BLUR; at += 1) sum += value(at);
    for (let at = 0; at < length; at += 1) {
      means[line * step + at * along] = sum / size;
      sum += value(at + BLUR + 1) - value(at - BLUR);
    }
  }
  return means;
}

/** How much the grey levels are a saddle: less the determinant of their second derivatives, over a few pixels. */
function strengths(smooth: Float32Array, width: number, height: number): Float32Array {
  const strength = new Float32Array(smooth.length);
  const d = BLUR;
  for (let y = d; y < height - d; y += 1) {
    for (let x = d; x < width - d; x += 1) {
      const at = y * width + x;
      const g = (dx: number, dy: number) => smooth[at + dy * d * width + dx * d] ?? 0;
      const xx = g(1, 0) - 2 * g(0, 0) + g(-1, 0);
      const yy = g(0, 1) - 2 * g(0, 0) + g(0, -1);
      const xy = (g(1, 1) - g(1, -1) - g(-1, 1) + g(-1, -1)) / 4;
      strength[at] = Math.max(0, xy * xy - xx * yy);
    }
  }
  return strength;
}

function isAlone(strength: Float32Array, width: number, x: number, y: number): boolean {
  const at = y * width + x;
  const own = strength[at] ?? 0;
  for (let dy = -ALONE; dy <= ALONE; dy += 1) {
    for (let dx = -ALONE; dx <= ALONE; dx += 1) {
      const other = strength[at + dy * width + dx] ?? 0;
      // Of equals the first one counts.
      if (other > own || (other === own && (dy < 0 || (dy === 0 && dx < 0)))) return false;
    }
  }
  return true;
}

/** The saddle's middle: where the gradient of a quadratic surface through its surroundings is 0. */
function fitted(smooth: Float32Array, width: number, x: number, y: number): Point | undefined {
  const at = y * width + x;
  const n = (2 * FIT + 1) ** 2;
  let [s1, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let dy = -FIT; dy <= FIT; dy += 1) {
    for (let dx = -FIT; dx <= FIT; dx += 1) {
      const value = smooth[at + dy * width + dx] ?? 0;
      s1 += value;
      sx += value * dx;
      sy += value * dy;
      sxx += value * dx * dx;
      syy += value * dy * dy;
      sxy += value * dx * dy;
    }
  }
  // Sums of even powers over the square: all that a least-squares quadratic needs.
  const line = Array.from({ length: 2 * FIT + 1 }, (_none, place) => place - FIT);
  const m2 = line.reduce((sum, d) => sum + d * d, 0) * (2 * FIT + 1);
  const m4 = line.reduce((sum, d) => sum + d ** 4, 0) * (2 * FIT + 1);
  const m22 = line.reduce((sum, d) => sum + d * d, 0) ** 2;
  const [a, b, c] = [sx / m2, sy / m2, sxy / m22];
  // The constant term falls out of the difference; the sum of both curvatures needs it.
  const difference = (sxx - syy) / (m4 - m22);
  const sum = (sxx + syy - (2 * m2 * s1) / n) / (m4 + m22 - (2 * m2 * m2) / n);
  const [p, q] = [sum + difference, sum - difference];
  const det = p * q - c * c;
  if (!(det < 0)) return undefined;
  const [ox, oy] = [(c * b - q * a) / det, (c * a - p * b) / det];
  return Math.abs(ox) <= FIT && Math.abs(oy) <= FIT ? [x + 0.5 + ox, y + 0.5 + oy] : undefined;
}
