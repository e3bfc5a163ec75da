import type { Effect } from '#line/effect.ts';
import { accountOf } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import { disarm, remark } from '#line/suspend.ts';

/** Records left in the printer at which the infeed closes: what is on the belt before the head still needs one each. */
const LAST_IN_QUEUE = 6;

/** PackML states in which the belt stands until a person presses a button (process.md §6.1); 0 is: not known yet. */
const STANDING: ReadonlySet<number> = new Set([0, 2, 4, 9, 11, 17]);
const HELD = 11;
const COMPLETE = 17;
const EXECUTE = 6;

/** Whether the belt stands until a person at the machine moves it. */
export function stands({ machine }: LineState): boolean {
  return STANDING.has(machine);
}

/** Whether items may still be on the belt: everything but a machine that ran empty or was cleared. */
export function mayHoldItems(line: LineState): boolean {
  return line.machine === HELD || !stands(line) || (line.machine === COMPLETE && line.items.size > 0);
}

/** Stops feeding; what is on the belt is finished as usual. */
export function runOut(line: LineState, effects: Effect[]): void {
  if (line.mode !== 'producing') return;
  line.mode = 'running-out';
  // Told while it stands, a machine is complete at once, with items on its belt: it waits until it runs (`moveOn`).
  if (line.machine === EXECUTE) effects.push({ kind: 'machine', command: 'complete' });
  effects.push({ kind: 'permit', open: stands(line) });
}

/** Says that a run ends because it has no numbers left, not because it is made or somebody wants it. */
export function remarkUsedUp({ ledger, endWanted, expected }: LineState, effects: Effect[]): void {
  if (!endWanted && accountOf(ledger, 'GOOD') < expected.quantity) remark('serials-low', effects, '0');
}

/** Nothing more is to be made: a person wants the end, the quantity is good, or every number was used. */
export function isMade({ ledger, endWanted, expected }: LineState): boolean {
  const isUsedUp = ledger.nextToSend >= ledger.size && accountOf(ledger, 'SENT') === 0;
  return endWanted || isUsedUp || accountOf(ledger, 'GOOD') >= expected.quantity;
}

/**
 * Lets a belt run empty on which something may stand, without printing: what was past the divert when it stopped leaves
 * through the good exit whenever it moves again, and must not do so in another run. A person at the machine starts it.
 */
export function runEmpty(line: LineState, effects: Effect[]): void {
  line.mode = 'running-out';
  disarm(line, effects);
  effects.push({ kind: 'permit', open: stands(line) });
}

/**
 * A line that runs empty was stopped, or is started again: the machine needs the permit to start, and may feed nothing.
 * Its purge keeps the infeed shut until it is in Execute, where it is told to come to its end.
 */
export function moveOn(line: LineState, effects: Effect[]): void {
  effects.push({ kind: 'permit', open: stands(line) });
  if (line.machine === EXECUTE) effects.push({ kind: 'machine', command: 'complete' });
}

/** Closes the infeed when what is good and what is still on its way make the quantity, or the serials are used up. */
export function runOutIfMade(line: LineState, effects: Effect[]): void {
  if (line.mode !== 'producing') return;
  const { ledger } = line;
  if (accountOf(ledger, 'GOOD') + accountOf(ledger, 'PRINTED') >= line.expected.quantity) {
    runOut(line, effects);
    return;
  }
  if (ledger.nextToSend < ledger.size || accountOf(ledger, 'SENT') > LAST_IN_QUEUE) return;
  remark('serials-low', effects, '0');
  line.endWanted = true;
  runOut(line, effects);
}
