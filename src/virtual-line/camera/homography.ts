/** A projective map of the plane, row by row. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];
export type Vector = readonly [number, number];

/** First `b`, then `a`. */
export function multiply(a: Homography, b: Homography): Homography {
  const row = (i: 0 | 3 | 6, j: 0 | 1 | 2): number => {
    const [p, q, r] = i === 0 ? [a[0], a[1], a[2]] : i === 3 ? [a[3], a[4], a[5]] : [a[6], a[7], a[8]];
    const [s, t, u] = j === 0 ? [b[0], b[3], b[6]] : j === 1 ? [b[1], b[4], b[7]] : [b[2], b[5], b[8]];
    return p * s + q * t + r * u;
  };
  return [row(0, 0), row(0, 1), row(0, 2), row(3, 0), row(3, 1), row(3, 2), row(6, 0), row(6, 1), row(6, 2)];
}

/** The way back. */
export function invert([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const det = a * A + b * B + c * C;
  return [
    A / det,
    (c * h - b * i) / det,
    (b * f - c * e) / det,
    B / det,
    (a * i - c * g) / det,
    (c * d - a * f) / det,
    C / det,
    (b * g - a * h) / det,
    (a * e - b * d) / det,
  ];
}

export function project(m: Homography, x: number, y: number): Vector {
  const w = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w];
}

export function shift(x: number, y: number): Homography {
  return [1, 0, x, 0, 1, y, 0, 0, 1];
}

export function zoom(x: number, y: number): Homography {
  return [x, 0, 0, 0, y, 0, 0, 0, 1];
}

export function turn(degrees: number): Homography {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c, -s, 0, s, c, 0, 0, 0, 1];
}
