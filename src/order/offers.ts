import type { Conditions, Unmet } from '#order/guards.ts';
import {
  cameraFree,
  cameraReady,
  devicesOnline,
  expiryValid,
  fontsTrained,
  type Guard,
  isOneOf,
  lineIsFree,
  recordWritable,
  startsIn,
} from '#order/guards.ts';
import { type Run, unmetOf } from '#order/run.ts';
import type { Actor } from '#order/run-state.ts';
import { TRANSITIONS } from '#order/transitions.ts';

/** Whether a command would be carried out now; what is missing is the screen's "Why not?". */
export interface Offer {
  readonly allowed: boolean;
  readonly unmet: readonly Unmet[];
}

/** What a start needs before it walks T02 to T10; what the walk itself brings about is not asked beforehand. */
const startNeeds: readonly Guard[] = [
  startsIn(['RECEIVED', 'PREPARED', 'CLEARING', 'SETUP', 'VERIFYING', 'READY']),
  isOneOf(['SUP']),
  lineIsFree,
  devicesOnline,
  cameraReady,
  cameraFree,
  fontsTrained,
  recordWritable,
  expiryValid,
];

/** On the way to a resume faults are acknowledged and the job is read back: neither is asked beforehand. */
export const beforeResume = (conditions: Conditions): Conditions => ({ ...conditions, jobVerified: true, faulty: [] });

/** A reason is asked in the dialog of the command. */
const withReason = (conditions: Conditions): Conditions => ({ ...conditions, reason: 'asked in the dialog' });

const offer = (unmet: readonly Unmet[]): Offer => ({ allowed: unmet.length === 0, unmet });

/** The five commands of the overview, for this run and person. */
export function offersFor(
  run: Run | undefined,
  actor: Actor,
  conditions: Conditions,
): Record<'start' | 'hold' | 'resume' | 'end' | 'close', Offer> {
  if (run === undefined) {
    const none = offer([{ guard: 'order-selected' }]);
    return { start: none, hold: none, resume: none, end: none, close: none };
  }
  const asked = withReason(beforeResume(conditions));
  const resume = run.state === 'HELD' ? TRANSITIONS.unhold : TRANSITIONS.resume;
  return {
    start: offer(startNeeds.flatMap((guard) => guard(run, actor, asked) ?? [])),
    hold: offer(unmetOf(run, TRANSITIONS.hold, actor, asked)),
    resume: offer(unmetOf(run, resume, actor, asked)),
    end: offer(unmetOf(run, TRANSITIONS.end, actor, asked)),
    close: offer([
      ...(startsIn(['ENDING', 'RECONCILING'])(run, actor, asked) ? [{ guard: 'run-state', detail: run.state }] : []),
      ...(isOneOf(TRANSITIONS.close.by)(run, actor, asked) ? [{ guard: 'role', detail: 'SUP' }] : []),
    ]),
  };
}
