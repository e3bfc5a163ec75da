import type { Finding, Inspection } from '#contract/inspection.ts';

/** What is known of a frame that nobody has looked into. */
export interface FrameNamed {
  readonly trigger: number;
  readonly at: number;
  readonly width?: number;
  readonly height?: number;
}

/** Says that a frame was not looked into, and why: never a PASS (vision.md rule 9). */
export function notInspected(frame: FrameNamed, finding: Finding, now: number): Inspection {
  const { trigger, at, width = 0, height = 0 } = frame;
  const took = { whole: Math.max(0, now - at), decode: 0, grade: 0 };
  return { trigger, at, width, height, codes: [], findings: [finding], causes: [], took };
}
