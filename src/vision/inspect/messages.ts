import type { CameraJob } from '#contract/camera-job.ts';
import type { CodeFound, Inspection } from '#contract/inspection.ts';
import type { TrainedFont } from '#contract/trained-font.ts';
import type { Place } from '#vision/decode/place.ts';
import type { CompiledDecoder } from '#vision/decode/wasm.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';

/** What is known of this camera's optics and light, by calibration (vision.md §8). */
export type Calibration = Pick<GradingProfile, 'toPlane' | 'flatField' | 'reflectance'>;

/** What `{lot}`, `{expiry}` and their like stand for in the texts of a job. */
export type ExpectedText = Readonly<Record<string, string>>;

/** What is known of a camera besides its job. */
export interface Known {
  readonly calibration: Calibration;
  readonly fonts: Readonly<Record<string, TrainedFont>>;
}

/** What an inspect thread is started with. */
export interface InspectOpening extends Known {
  readonly decoder: CompiledDecoder;
  readonly ring: SharedArrayBuffer;
  readonly job: CameraJob;
  readonly expected: ExpectedText;
}

/** One frame, or a part of one. */
export interface Ask {
  /** Where codes were seen last: tried first. */
  readonly last: readonly Place[];
  /** Found already, by this or other threads. */
  readonly known: readonly CodeFound[];
  /** Only those places: neither the rest of the frame nor the checks beyond the codes. */
  readonly isPart: boolean;
  /** Milliseconds that may be spent. Further attempts at what could not be read end with it. */
  readonly budget: number;
}

export type InspectRequest =
  | { readonly kind: 'inspect'; readonly id: number; readonly slot: number; readonly ask: Ask }
  | { readonly kind: 'expect'; readonly expected: ExpectedText }
  /** The camera was taught something: from here on frames are graded and compared by it. */
  | ({ readonly kind: 'know' } & Known);

export type InspectReply =
  | { readonly kind: 'warming'; readonly done: number; readonly of: number }
  /** Warm: milliseconds that a practice frame takes by now. */
  | { readonly kind: 'ready'; readonly frame: number }
  | { readonly kind: 'inspected'; readonly id: number; readonly inspection: Inspection };
