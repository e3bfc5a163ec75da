/** PackML states of ISA-TR88.00.02, by number. */
export const STATE = {
  clearing: 1,
  stopped: 2,
  starting: 3,
  idle: 4,
  suspended: 5,
  execute: 6,
  stopping: 7,
  aborting: 8,
  aborted: 9,
  holding: 10,
  held: 11,
  unholding: 12,
  suspending: 13,
  unsuspending: 14,
  resetting: 15,
  completing: 16,
  complete: 17,
} as const;

/** CntrlCmd numbers. */
export const COMMAND = {
  reset: 1,
  start: 2,
  stop: 3,
  hold: 4,
  unhold: 5,
  suspend: 6,
  unsuspend: 7,
  abort: 8,
  clear: 9,
  complete: 10,
} as const;

interface Rule {
  readonly to: number;
  /** The states it is taken from; for `isAllowedFrom: false`, the states it is refused in. */
  readonly states: readonly number[];
  readonly isAllowedFrom: boolean;
}

const from = (to: number, ...states: readonly number[]): Rule => ({ to, states, isAllowedFrom: true });
const exceptFrom = (to: number, ...states: readonly number[]): Rule => ({ to, states, isAllowedFrom: false });

const RULES: Readonly<Record<number, Rule>> = {
  [COMMAND.reset]: from(STATE.resetting, STATE.stopped, STATE.complete),
  [COMMAND.start]: from(STATE.starting, STATE.idle),
  [COMMAND.stop]: exceptFrom(
    STATE.stopping,
    STATE.stopping,
    STATE.stopped,
    STATE.aborting,
    STATE.aborted,
    STATE.clearing,
  ),
  [COMMAND.hold]: from(
    STATE.holding,
    STATE.execute,
    STATE.starting,
    STATE.suspending,
    STATE.suspended,
    STATE.unsuspending,
    STATE.unholding,
    STATE.completing,
  ),
  [COMMAND.unhold]: from(STATE.unholding, STATE.held),
  [COMMAND.suspend]: from(STATE.suspending, STATE.execute),
  [COMMAND.unsuspend]: from(STATE.unsuspending, STATE.suspended),
  [COMMAND.abort]: exceptFrom(STATE.aborting, STATE.aborting, STATE.aborted),
  [COMMAND.clear]: from(STATE.clearing, STATE.aborted),
  [COMMAND.complete]: from(STATE.completing, STATE.execute, STATE.held, STATE.suspended),
};

/** The acting state a command leads to from `state`, or undefined: the machine refuses it. */
export function commanded(state: number, command: number): number | undefined {
  const rule = RULES[command];
  if (!rule || rule.states.includes(state) !== rule.isAllowedFrom) return undefined;
  return rule.to;
}

/** The wait state (or Execute) an acting state ends in. */
export const COMPLETED: Readonly<Record<number, number>> = {
  [STATE.clearing]: STATE.stopped,
  [STATE.starting]: STATE.execute,
  [STATE.stopping]: STATE.stopped,
  [STATE.aborting]: STATE.aborted,
  [STATE.holding]: STATE.held,
  [STATE.unholding]: STATE.execute,
  [STATE.suspending]: STATE.suspended,
  [STATE.unsuspending]: STATE.execute,
  [STATE.resetting]: STATE.idle,
  [STATE.completing]: STATE.complete,
};
