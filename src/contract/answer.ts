import { z } from 'zod';

/** A guard that is not met: `guard` names it, `detail` carries the figure or the name that explains it. */
export const Unmet = z.strictObject({ guard: z.string(), detail: z.string().optional() });
export type Unmet = z.infer<typeof Unmet>;

/** What the world failed to do, in one sentence that says what, why and what to do. */
export const Failure = z.strictObject({ code: z.string(), message: z.string() });
export type Failure = z.infer<typeof Failure>;

/** What every command answers: a rule may say no, the world may fail, and both are values. */
export function answer<V extends z.ZodType>(value: V) {
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('done'), value }),
    z.strictObject({ kind: z.literal('refused'), unmet: z.array(Unmet) }),
    z.strictObject({ kind: z.literal('failed'), failure: Failure }),
  ]);
}

export type Answer<V> =
  | { kind: 'done'; value: V }
  | { kind: 'refused'; unmet: Unmet[] }
  | { kind: 'failed'; failure: Failure };
