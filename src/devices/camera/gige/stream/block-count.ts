/** Block ids of 16 bits go 1…65535 and back to 1. */
const PLAIN_IDS = 65_535;
/** A camera that starts its count with the stream has lost no more pictures than this before the first that came. */
const LOST_AT_START = 16;
/** Further ahead or behind, and the count is not believed any more. */
export const LARGEST_JUMP = 256;

/** Steps from one block to another, forward or back. */
export function blocksBetween(from: number, to: number, hasExtendedIds: boolean): number {
  if (hasExtendedIds) return to - from;
  const forward = (((to - from) % PLAIN_IDS) + PLAIN_IDS) % PLAIN_IDS;
  return forward > PLAIN_IDS / 2 ? forward - PLAIN_IDS : forward;
}

/** The id that many steps from another. */
export function blockAfter(block: number, steps: number, hasExtendedIds: boolean): number {
  if (hasExtendedIds) return block + steps;
  return ((((block - 1 + steps) % PLAIN_IDS) + PLAIN_IDS) % PLAIN_IDS) + 1;
}

/** What is known of a camera's count when it is armed again. */
export interface CountSoFar {
  /** The last block of the acquisition before, in this session. */
  readonly block: number | undefined;
  /** It was seen to begin at 1 again. */
  readonly startsAnew: boolean;
}

/** Which trigger the first block after arming is; `guessed` when the camera counts on from what nobody saw. */
export function firstTrigger(
  block: number,
  { block: before, startsAnew }: CountSoFar,
): { readonly trigger: number; readonly guessed: boolean } {
  if (block === 1) return { trigger: 1, guessed: false };
  if (before !== undefined && !startsAnew) {
    const steps = blocksBetween(before, block, block > PLAIN_IDS);
    if (steps >= 1 && steps <= LOST_AT_START) return { trigger: steps, guessed: false };
  }
  if (block <= LOST_AT_START) return { trigger: block, guessed: false };
  return { trigger: 1, guessed: true };
}
