import type { FlatFieldData, PlaneData } from '#contract/calibration.ts';
import type { CameraJob, Window } from '#contract/camera-job.ts';
import type { SetUpMarks, SetUpStep, SetUpTask } from '#contract/camera-set-up.ts';
import type { TrainedFont } from '#contract/trained-font.ts';

/** What a set-up thread is started with: one thread for one task. */
export interface SetUpOpening {
  readonly ring: SharedArrayBuffer;
  readonly job: CameraJob;
  readonly task: SetUpTask;
  /** Of a font: where the line stands, and what was trained before, to which characters are added. */
  readonly window?: Window | undefined;
  readonly font?: TrainedFont | undefined;
}

/** What happens in a set-up. `at`: milliseconds since 1970. */
export type SetUpSignal =
  /** A picture in a slot that stays the asker's. */
  | { readonly kind: 'picture'; readonly slot: number; readonly at: number }
  /** A kept picture: the bytes of its PNG. */
  | { readonly kind: 'kept'; readonly png: Uint8Array }
  | { readonly kind: 'no-dark' }
  /** What the line of text in the picture says. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'again' };

/** What was learnt. */
export type Lesson = FlatFieldData | PlaneData | { readonly kind: 'font'; readonly font: TrainedFont };

/** Where a set-up stands after a signal. */
export interface SetUpState {
  readonly step: SetUpStep;
  readonly sentence: string;
  readonly done: number;
  readonly of: number;
  readonly marks: SetUpMarks;
  readonly lesson?: Lesson;
}

export type ToSetUp = { readonly id: number; readonly signal: SetUpSignal };
export type FromSetUp =
  | { readonly id: number; readonly state: SetUpState }
  /** It could not be done, and why: a fault of ours, or a picture that cannot be read. */
  | { readonly id: number; readonly fault: string };
