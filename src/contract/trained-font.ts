import { z } from 'zod';

/** One character as the camera sees it. `pixels`: grey levels row by row, in base64. */
const TrainedCharacter = z.strictObject({
  character: z.string().length(1),
  width: z.int().min(2).max(200),
  pixels: z.base64(),
});

/** Characters cut from pictures of the job's own camera, against which human-readable text is compared. */
export const TrainedFont = z.strictObject({
  /** Rows of every character, in pixels. */
  height: z.int().min(6).max(204),
  /** Pixels from one character to the next; null: each takes its own width. */
  pitch: z.number().positive().nullable(),
  /** Pixels between two characters, and of a space, where each takes its own width. */
  gap: z.number(),
  space: z.number().nonnegative(),
  characters: z.array(TrainedCharacter).min(1).max(200),
  /** Pairs that the pictures do not tell apart. */
  alike: z.array(z.string().length(2)).max(400),
});
export type TrainedFont = z.infer<typeof TrainedFont>;
