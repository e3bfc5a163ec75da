import type { Answer } from '#contract/answer.ts';
import {
  ALARMS,
  type AlarmChange,
  type AlarmCode,
  acknowledged,
  cleared,
  raised,
  STOPS,
  standing,
} from '#line/alarm.ts';
import { FACT } from '#line/fact.ts';
import type { Actor } from '#order/run-state.ts';
import { DONE, failed } from '#station/answers.ts';
import { audit } from '#station/audit.ts';
import { refusedTo } from '#station/authority.ts';
import { append, type Desk } from '#station/desk.ts';

/** Raises or clears an alarm: recorded, then shown. Raising what stands already with the same words does nothing. */
export function changeAlarm(desk: Desk, change: AlarmChange): void {
  if (change.kind === 'raise') raise(desk, change);
  else if (change.kind === 'clear') clear(desk, change);
  else for (const { code, device } of desk.floor.alarms) if (STOPS.has(code)) clear(desk, { code, device });
}

function raise(desk: Desk, { code, device, detail }: Extract<AlarmChange, { kind: 'raise' }>): void {
  const { floor } = desk;
  const before = standing(floor.alarms, code, device);
  if (before !== undefined && before.state !== 'returned' && before.detail === detail) return;
  const at = desk.now();
  const about = { ...(device === undefined ? {} : { device }), ...(detail === undefined ? {} : { detail }) };
  const id = before?.id ?? floor.nextAlarm++;
  append(desk, {
    kind: FACT.alarmRaised,
    at,
    run: floor.line.ledger.run,
    body: JSON.stringify({ alarm: id, code, ...ALARMS[code], ...about }),
  });
  floor.alarms = raised(floor.alarms, { id, code, since: at, state: 'active', ...about });
  desk.log.warn('alarm.raised', { code, ...about });
}

function clear(desk: Desk, { code, device }: { code: AlarmCode; device?: string | undefined }): void {
  const { floor } = desk;
  const before = standing(floor.alarms, code, device);
  if (before === undefined || before.state === 'returned') return;
  append(desk, { kind: FACT.alarmCleared, at: desk.now(), body: JSON.stringify({ alarm: before.id }) });
  floor.alarms = cleared(floor.alarms, before.id);
}

/** Somebody has taken note of an alarm that stands. */
export function acknowledgeAlarm(desk: Desk, alarm: number, actor: Actor, comment: string | undefined): Answer<null> {
  const { floor } = desk;
  const detail = { alarm };
  const stranger = refusedTo(desk, actor, { action: 'alarm.acknowledge', reason: comment, detail });
  if (stranger !== undefined) return stranger;
  if (!floor.alarms.some((one) => one.id === alarm))
    return failed('no-such-alarm', 'This alarm does not stand any more.');
  const body = JSON.stringify({ alarm, user: actor.userId, role: actor.role, comment });
  append(desk, { kind: FACT.alarmAcknowledged, at: desk.now(), body });
  audit(desk, actor, { action: 'alarm.acknowledge', reason: comment, detail });
  floor.alarms = acknowledged(floor.alarms, alarm);
  desk.changed();
  return DONE;
}
