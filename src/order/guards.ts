import type { Run } from '#order/run.ts';
import type { Actor, Role, RunState } from '#order/run-state.ts';

/** What the guards look at: facts about the line, gathered by the station before it asks. */
export interface Conditions {
  /** Another order that is on the line: neither waiting nor closed. */
  readonly otherRun: string | undefined;
  readonly offline: readonly string[];
  readonly faulty: readonly string[];
  /** Cameras whose inspect threads are not warm yet. */
  readonly warmingUp: readonly string[];
  /** Who is setting the camera up; nobody is on most lines at most times. */
  readonly settingUp?: string | undefined;
  /** Fonts that the camera's job compares text with, and that nobody has taught it. */
  readonly untrained?: readonly string[];
  readonly jobVerified: boolean;
  readonly allocated: number;
  readonly recordWritable: boolean;
  /** The run's expiry date is still to come. */
  readonly expiryValid: boolean;
  readonly good: number;
  /** Serials that no terminal account holds yet. */
  readonly openSerials: number;
  readonly reason: string | undefined;
}

/** A guard that is not met. The words for it stand in the renderer; `detail` fills them in. */
export interface Unmet {
  readonly guard: string;
  readonly detail?: string;
}

/** Says what is missing, or nothing. */
export type Guard = (run: Run, actor: Actor, conditions: Conditions) => Unmet | undefined;

const unless = (holds: boolean, guard: string, detail?: string): Unmet | undefined =>
  holds ? undefined : { guard, ...(detail === undefined || detail === '' ? {} : { detail }) };

export const startsIn =
  (states: readonly RunState[]): Guard =>
  (run) =>
    unless(states.includes(run.state), 'run-state', run.state);

export const isOneOf =
  (roles: readonly Role[]): Guard =>
  (_run, actor) =>
    unless(roles.includes(actor.role), 'role', roles.filter((role) => role !== 'SYS').join(' '));

export const lineIsFree: Guard = (_run, _actor, { otherRun }) =>
  unless(otherRun === undefined, 'no-other-run', otherRun);

export const devicesOnline: Guard = (_run, _actor, { offline }) =>
  unless(offline.length === 0, 'devices-online', offline.join(', '));

export const cameraReady: Guard = (_run, _actor, { warmingUp }) =>
  unless(warmingUp.length === 0, 'camera-ready', warmingUp.join(', '));

export const cameraFree: Guard = (_run, _actor, { settingUp }) =>
  unless(settingUp === undefined, 'camera-free', settingUp);

export const fontsTrained: Guard = (_run, _actor, { untrained = [] }) =>
  unless(untrained.length === 0, 'fonts-trained', untrained.join(', '));

export const causeCleared: Guard = (_run, _actor, { faulty }) =>
  unless(faulty.length === 0, 'cause-cleared', faulty.join(', '));

export const jobVerified: Guard = (_run, _actor, conditions) => unless(conditions.jobVerified, 'job-verified');

export const serialsAllocated: Guard = (run, _actor, { allocated }) =>
  unless(allocated >= run.order.quantity, 'serials-allocated', String(run.order.quantity - allocated));

export const recordWritable: Guard = (_run, _actor, conditions) => unless(conditions.recordWritable, 'record-writable');

export const expiryValid: Guard = (run, _actor, conditions) =>
  unless(conditions.expiryValid, 'expiry-valid', run.order.expiry);

export const reasonGiven: Guard = (_run, _actor, { reason }) =>
  unless(reason !== undefined && reason.trim().length >= 3, 'reason-given');

/** Ending short of 95 % of the quantity needs words (T16). */
export const reasonIfShort: Guard = (run, _actor, { good, reason }) =>
  unless(
    good >= run.order.quantity * 0.95 || (reason ?? '').trim().length >= 3,
    'reason-short',
    `${good} / ${run.order.quantity}`,
  );

export const everySerialAccounted: Guard = (_run, _actor, { openSerials }) =>
  unless(openSerials === 0, 'line-empty', String(openSerials));
