/** A stretch of constant acceleration towards a speed, then that speed for ever. Time in ms, way in mm, speed in mm/s. */
export interface BeltMotion {
  readonly t: number;
  readonly enc: number;
  readonly from: number;
  readonly to: number;
  /** Positive, in mm/s². */
  readonly rate: number;
}

/** The belt at rest. */
export function standing(t: number, enc: number): BeltMotion {
  return { t, enc, from: 0, to: 0, rate: 1 };
}

/** From what the belt does at `t`, towards `to`. */
export function change(
  motion: BeltMotion,
  t: number,
  target: { readonly to: number; readonly rate: number },
): BeltMotion {
  return { t, enc: encoderAt(motion, t), from: speedAt(motion, t), ...target };
}

const rampTime = (m: BeltMotion): number => Math.abs(m.to - m.from) / m.rate;
const rampWay = (m: BeltMotion): number => ((m.from + m.to) / 2) * rampTime(m);

export function speedAt(motion: BeltMotion, t: number): number {
  const s = Math.max(0, t - motion.t) / 1000;
  if (s >= rampTime(motion)) return motion.to;
  return motion.from + Math.sign(motion.to - motion.from) * motion.rate * s;
}

export function encoderAt(motion: BeltMotion, t: number): number {
  const s = Math.max(0, t - motion.t) / 1000;
  const ramp = rampTime(motion);
  if (s >= ramp) return motion.enc + rampWay(motion) + motion.to * (s - ramp);
  return motion.enc + ((motion.from + speedAt(motion, t)) / 2) * s;
}

/** When the encoder reaches `enc`; Infinity when it never does under this motion. */
export function timeOf(motion: BeltMotion, enc: number): number {
  const way = enc - motion.enc;
  if (way <= 0) return motion.t;
  const ramp = rampWay(motion);
  if (way > ramp)
    return motion.to === 0 ? Number.POSITIVE_INFINITY : motion.t + (rampTime(motion) + (way - ramp) / motion.to) * 1000;
  const a = Math.sign(motion.to - motion.from) * motion.rate;
  const root = Math.sqrt(Math.max(0, motion.from ** 2 + 2 * a * way));
  // The stable form of (root - from) / a: no cancellation where the ramp is long and the way short.
  return motion.t + ((2 * way) / (motion.from + root)) * 1000;
}

/** When it stands still; undefined when it is not about to. */
export function restsAt(motion: BeltMotion): number | undefined {
  return motion.to === 0 ? motion.t + rampTime(motion) * 1000 : undefined;
}
