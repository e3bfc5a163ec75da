import type { Unmet } from '#order/guards.ts';
import type { Desk } from '#station/desk.ts';

/**
 * The moment in which a person asked for something that may set the line going. Whoever asked looked at the line as it
 * was then; what has come between makes the wish void, because nobody may stand there any more (decision 0030).
 */
export type Asked = Pick<Desk, 'recordFailures' | 'holds'>;

export function askedNow({ recordFailures, holds }: Desk): Asked {
  return { recordFailures, holds };
}

/** What has come between since; empty while the wish stands. */
export function cameBetween({ recordFailures, holds }: Desk, asked: Asked): readonly Unmet[] {
  return [
    ...(recordFailures === asked.recordFailures ? [] : [{ guard: 'record-kept' }]),
    ...(holds === asked.holds ? [] : [{ guard: 'not-held-since' }]),
  ];
}

/** It waited longer than anybody stands before a button. */
export const WAITED: readonly Unmet[] = [{ guard: 'asked-just-now' }];
