import type { AlarmCode } from '#line/alarm.ts';
import type { Effect } from '#line/effect.ts';
import type { Fact } from '#line/fact.ts';
import type { LineState } from '#line/line-state.ts';
import { applyFact } from '#line/replay.ts';

/** Whether items may be commissioned now. */
export function isReleased(line: LineState): boolean {
  return line.mode === 'producing' || line.mode === 'running-out';
}

/** Records a fact and lets it move its serials: in the ledger now, in the views when they are asked. */
export function record(line: LineState, fact: Fact, effects: Effect[]): void {
  applyFact(line.ledger, fact);
  effects.push({ kind: 'record', fact });
}

/**
 * A guard was lost (process.md §4.3). The machine is stopped, the release withdrawn, the printer emptied; what is still
 * to come past the camera fails. Raises the alarm even when the line stands already.
 */
export function suspend(line: LineState, cause: AlarmCode, effects: Effect[], device?: string, detail?: string): void {
  const about = { ...(device === undefined ? {} : { device }), ...(detail === undefined ? {} : { detail }) };
  effects.push({ kind: 'alarm', change: { kind: 'raise', code: cause, ...about } });
  if (!isReleased(line)) {
    // On a line that a person holds, the printer still has its queue: nobody knows any more what will come of it.
    if (!line.disarmed) disarm(line, effects);
    return;
  }
  line.mode = 'suspended';
  effects.push({ kind: 'permit', open: false });
  effects.push({ kind: 'machine', command: 'hold' });
  disarm(line, effects);
  effects.push({ kind: 'suspend-run', cause, ...(device === undefined ? {} : { device }) });
}

/** Empties the printer: what was SENT and not seen is voided at the next release. */
export function disarm(line: LineState, effects: Effect[]): void {
  line.disarmed = true;
  effects.push({ kind: 'disarm-printer' });
}

/** An alarm about something that happened and is over: it stands until somebody acknowledges it. */
export function remark(code: AlarmCode, effects: Effect[], detail?: string): void {
  effects.push({ kind: 'alarm', change: { kind: 'raise', code, ...(detail === undefined ? {} : { detail }) } });
  effects.push({ kind: 'alarm', change: { kind: 'clear', code } });
}
