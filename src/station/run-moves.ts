import type { AlarmCode } from '#line/alarm.ts';
import { FACT } from '#line/fact.ts';
import { accountOf } from '#line/ledger.ts';
import type { Conditions } from '#order/guards.ts';
import { type Move, move, type Run, type Transition } from '#order/run.ts';
import { type Actor, RUN_STATES } from '#order/run-state.ts';
import { TRANSITIONS } from '#order/transitions.ts';
import { audit } from '#station/audit.ts';
import { conditionsOf } from '#station/conditions.ts';
import { append, type Desk, SYSTEM } from '#station/desk.ts';
import type { RunEntry } from '#station/floor.ts';

/** Why a transition was asked for. `cause` is what the screen shows while the run is SUSPENDED or HELD. */
export interface Why {
  readonly reason?: string | undefined;
  readonly cause?: string | undefined;
  readonly conditions?: Conditions;
}

/**
 * Moves a run by the rule book. State, audit entry and cause are one transaction; a refusal leaves an audit entry with
 * the guards that were not met.
 */
export function moveRun(desk: Desk, entry: RunEntry, transition: Transition, actor: Actor, why: Why = {}): Move {
  const conditions = why.conditions ?? conditionsOf(desk.floor, entry, desk.now(), why.reason);
  const moved = move(entry.run, transition, actor, conditions);
  const { run } = entry.run;
  const { reason } = why;
  if (moved.kind === 'refused') {
    audit(desk, actor, { action: transition.id, outcome: 'refused', run, reason, detail: moved.unmet });
    return moved;
  }
  enter(desk, entry, moved.run, why);
  const { from } = moved;
  const to = moved.run.state;
  const body = JSON.stringify({ from, to, transition: transition.id, cause: entry.cause });
  append(desk, { kind: FACT.runMoved, at: entry.since, run, code: RUN_STATES.indexOf(to), body });
  audit(desk, actor, { action: transition.id, run, reason });
  desk.log.info('run.moved', { run, from, to, by: actor.userId });
  desk.changed();
  return moved;
}

function enter(desk: Desk, entry: RunEntry, run: Run, { cause, reason }: Why): void {
  const stands = run.state === 'SUSPENDED' || run.state === 'HELD';
  entry.run = run;
  entry.since = desk.now();
  entry.cause = stands ? (cause ?? reason) : undefined;
  if (run.state === 'RUNNING') entry.startedAt ??= entry.since;
  desk.floor.current = run.run;
}

/** The core lost a guard: T11, by the software. */
export function suspendRun(desk: Desk, cause: AlarmCode, device: string | undefined): void {
  const { floor } = desk;
  floor.jobVerified = false;
  const entry = floor.runs.get(floor.line.ledger.run);
  if (entry?.run.state !== 'RUNNING') return;
  moveRun(desk, entry, TRANSITIONS.suspend, SYSTEM, {
    cause,
    reason: device === undefined ? cause : `${cause}: ${device}`,
  });
}

/** The line is empty: T16, by whoever asked for it. */
export function endRun(desk: Desk): void {
  const entry = desk.floor.runs.get(desk.floor.line.ledger.run);
  const { endBy } = desk;
  desk.endBy = undefined;
  if (entry === undefined) return;
  const isMade = accountOf(desk.floor.line.ledger, 'GOOD') >= entry.run.order.quantity;
  const reason = endBy?.reason ?? (isMade ? 'the quantity is made' : 'the serial numbers are used up');
  moveRun(desk, entry, TRANSITIONS.end, endBy?.actor ?? SYSTEM, { reason });
}
