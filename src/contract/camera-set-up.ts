import { z } from 'zod';
import { Window } from '#contract/camera-job.ts';
import { EyePicture } from '#contract/eye.ts';
import { Offer } from '#contract/snapshot.ts';

const count = z.int().nonnegative();

/** What a camera can be taught by a person who stands at it (vision.md §8). Lengths in millimetres. */
export const SetUpTask = z.discriminatedUnion('kind', [
  /** `card`: its reflectance 0..1, where it is known: then grades are not relative. */
  z.strictObject({ kind: z.literal('flat-field'), card: z.number().min(0.05).max(1).optional() }),
  z.strictObject({
    kind: z.literal('plane'),
    board: z.strictObject({
      across: z.int().min(4).max(40),
      down: z.int().min(4).max(40),
      square: z.number().min(0.1).max(100),
    }),
  }),
  /** `module`: side of a module of the printed code. */
  z.strictObject({ kind: z.literal('card'), module: z.number().min(0.05).max(20) }),
  /** `line`: which of the job's lines of text shows the characters. `isNew`: those known so far are forgotten, not added to. */
  z.strictObject({ kind: z.literal('font'), line: z.string().min(1).max(40), isNew: z.boolean() }),
]);
export type SetUpTask = z.infer<typeof SetUpTask>;

export const SET_UP_STEPS = [
  'wants-dark',
  'wants-card',
  'wants-board',
  'wants-picture',
  'wants-text',
  'done',
  'refused',
] as const;
export type SetUpStep = (typeof SET_UP_STEPS)[number];

/** What was found in the picture, in pixels of the frame. */
export const SetUpMarks = z.strictObject({
  corners: z.array(z.tuple([z.number(), z.number()])).max(2_000),
  /** Gains at the crossings of a grid, row by row; the first crossing lies on the frame's first pixel. */
  gains: z
    .strictObject({ step: z.int().positive(), across: z.int().positive(), values: z.array(z.number()) })
    .optional(),
  /** Each character as it was cut. */
  cuts: z.array(z.strictObject({ character: z.string(), ...Window.shape })).optional(),
});
export type SetUpMarks = z.infer<typeof SetUpMarks>;

/** A set-up that somebody has begun. `sentence`: what the person is asked to do, or told. */
export const SetUpSession = z.strictObject({
  by: z.string(),
  task: SetUpTask,
  step: z.enum(SET_UP_STEPS),
  sentence: z.string(),
  /** Pictures that were taken in, and that are needed. */
  done: count,
  of: count,
  marks: SetUpMarks,
  picture: EyePicture.optional(),
  /** A sentence on the last picture that did not come. */
  trouble: z.string().optional(),
  /** A picture is being taken, or looked at. */
  isBusy: z.boolean(),
});
export type SetUpSession = z.infer<typeof SetUpSession>;

/** Something the camera was taught. `why`: why it is not in force, in a sentence. */
export const Taught = z.strictObject({
  what: z.enum(['flat-field', 'plane', 'font']),
  /** Of a font. */
  name: z.string().optional(),
  from: z.enum(['line-file', 'set-up']),
  at: z.number().optional(),
  userId: z.string().optional(),
  reason: z.string().optional(),
  sha256: z.string().optional(),
  sentence: z.string(),
  why: z.string().optional(),
});
export type Taught = z.infer<typeof Taught>;

/** The camera's set-up page. `lines`: the job's lines of text, with the fonts they are compared with. */
export const CameraSetUp = z.strictObject({
  hasCamera: z.boolean(),
  /** Whether the person at this screen may begin now, and what is missing if not. */
  begin: Offer,
  lines: z.array(z.strictObject({ name: z.string(), font: z.string(), window: Window })),
  taught: z.array(Taught),
  session: SetUpSession.optional(),
  /** What may be put before the emulated camera of a training line; none elsewhere. */
  targets: z.array(z.string()),
  /** What stands there now. */
  target: z.string().optional(),
});
export type CameraSetUp = z.infer<typeof CameraSetUp>;

/** What is done with an open set-up. */
export const SET_UP_ACTS = ['picture', 'no-dark', 'again', 'discard'] as const;
