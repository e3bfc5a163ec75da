import type { Answer, Unmet } from '#contract/answer.ts';

/** It was done, and there is nothing to tell. */
export const DONE: Answer<null> = { kind: 'done', value: null };

type Unmets = readonly { readonly guard: string; readonly detail?: string }[];

/** A rule said no: every guard that is not met. */
export function refused(unmet: Unmets): Extract<Answer<never>, { kind: 'refused' }> {
  return { kind: 'refused', unmet: unmet.map((one): Unmet => ({ ...one })) };
}

export function refusedMove({ unmet }: { readonly unmet: Unmets }): Extract<Answer<never>, { kind: 'refused' }> {
  return refused(unmet);
}

/** The world said no. */
export function failed(code: string, message: string): Extract<Answer<never>, { kind: 'failed' }> {
  return { kind: 'failed', failure: { code, message } };
}
