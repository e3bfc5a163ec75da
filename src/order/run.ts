import type { Conditions, Guard, Unmet } from '#order/guards.ts';
import { isOneOf, startsIn } from '#order/guards.ts';
import type { Order } from '#order/order.ts';
import type { Actor, Role, RunState } from '#order/run-state.ts';

/** The carrying-out of one order on the line. In this version one order is one lot and one run (design.md §9). */
export interface Run {
  readonly run: number;
  readonly order: Order;
  readonly state: RunState;
  /** The state a hold came from, to which it goes back (T14). */
  readonly heldFrom?: RunState;
}

/** One row of the rule book of process.md §4.2. */
export interface Transition {
  readonly id: string;
  readonly from: readonly RunState[];
  readonly to: RunState;
  readonly by: readonly Role[];
  readonly needs: readonly Guard[];
}

export type Move =
  | { readonly kind: 'moved'; readonly run: Run; readonly from: RunState; readonly transition: string }
  | { readonly kind: 'refused'; readonly unmet: readonly Unmet[] };

/** Moves the run, or names everything that is missing. */
export function move(run: Run, transition: Transition, actor: Actor, conditions: Conditions): Move {
  const unmet = unmetOf(run, transition, actor, conditions);
  if (unmet.length > 0) return { kind: 'refused', unmet };
  const { heldFrom, ...rest } = run;
  const to = transition.id === 'T14' ? (heldFrom ?? transition.to) : transition.to;
  const moved: Run = { ...rest, state: to, ...(transition.id === 'T13' ? { heldFrom: run.state } : {}) };
  return { kind: 'moved', run: moved, from: run.state, transition: transition.id };
}

/** What stands between this run and a transition: empty when nothing does. */
export function unmetOf(run: Run, transition: Transition, actor: Actor, conditions: Conditions): readonly Unmet[] {
  const guards = [startsIn(transition.from), isOneOf(transition.by), ...transition.needs];
  return guards.flatMap((guard) => guard(run, actor, conditions) ?? []);
}
