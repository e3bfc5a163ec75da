import type { EyeCause, EyeTrends } from '#contract/eye.ts';

type Counted = EyeTrends['causes'][number];

/** What to tell of the print: a cause to act on, and how often it was seen; or one that is only an accident of a few items. */
export interface PrintFault {
  readonly cause: EyeCause;
  readonly counted: Counted | undefined;
  readonly isProbable: boolean;
}

/** A cause that fewer of the last items show is an accident of those items, not of the print. */
const SOME = 0.2;

/** The cause of the last item, else the most frequent one of the last items; undefined when all is well. */
export function printFault(causes: readonly Counted[], last: readonly EyeCause[]): PrintFault | undefined {
  const [own] = last;
  if (own !== undefined) {
    return { cause: own, counted: causes.find(({ cause }) => isSame(cause, own)), isProbable: true };
  }
  const [often] = causes;
  if (often === undefined) return undefined;
  return { cause: often.cause, counted: often, isProbable: often.items >= SOME * often.of };
}

function isSame(one: EyeCause, other: EyeCause): boolean {
  if (one.kind === 'dead-nozzle') return other.kind === one.kind && other.row === one.row;
  if (one.kind === 'dead-column') return other.kind === one.kind && other.column === one.column;
  if (one.kind === 'print-growth') return other.kind === one.kind && other.axis === one.axis;
  return other.kind === one.kind;
}
