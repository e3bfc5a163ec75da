import type { Look } from '#vision/decode/look.ts';
import type { PassName } from '#vision/decode/passes.ts';

/** Another try at a window that gave nothing. */
export interface Retry {
  readonly drawn: 'as-it-is' | 'calmed' | 'enlarged';
  readonly pass: PassName;
}

interface FailureClass {
  readonly name: 'empty' | 'small' | 'faint' | 'grainy' | 'damaged';
  readonly fits: (look: Look, module: number | undefined) => boolean;
  readonly retries: readonly Retry[];
}

const SECOND: Retry = { drawn: 'as-it-is', pass: 'second' };
const CALMED: Retry = { drawn: 'calmed', pass: 'second' };
const ENLARGED: Retry = { drawn: 'enlarged', pass: 'first' };

/** Paper alone spreads this many times its grain. */
const NOTHING_BUT_GRAIN = 3.5;
const LEAST_SPREAD = 2;
/** The decoder's local threshold ignores smaller differences than some 24 levels. */
const FAINT = 60;
const GRAINY = 5;
/** Below this many pixels a module most codes are not found (vision.md §3.1: 1–3 of 6 at two). */
const SMALL = 3.5;

/** Why a code may not have been read, by what its window looks like; the first that fits decides what is tried next. */
const FAILURE_CLASSES: readonly FailureClass[] = [
  { name: 'empty', fits: ({ spread, grain }) => spread < LEAST_SPREAD + NOTHING_BUT_GRAIN * grain, retries: [] },
  { name: 'small', fits: (_look, module) => module !== undefined && module < SMALL, retries: [ENLARGED, SECOND] },
  { name: 'faint', fits: ({ spread }) => spread < FAINT, retries: [CALMED, SECOND] },
  { name: 'grainy', fits: ({ grain }) => grain > GRAINY, retries: [CALMED, SECOND] },
  // Dots, dead nozzles, wobble.
  { name: 'damaged', fits: () => true, retries: [SECOND, CALMED] },
];

/** The class of a failure, and what to try. */
export function failureOf(look: Look, module: number | undefined): Pick<FailureClass, 'name' | 'retries'> {
  return FAILURE_CLASSES.find(({ fits }) => fits(look, module)) ?? { name: 'damaged', retries: [] };
}
