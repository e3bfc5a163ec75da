import type { Instant } from '#line/time.ts';

/** Priority 1 to 4 and GMP class of each alarm (hmi.md §9.3). Its words stand in the renderer. */
export const ALARMS = {
  'duplicate-serial': { priority: 1, gmp: true },
  'foreign-code': { priority: 1, gmp: true },
  'wrong-content': { priority: 1, gmp: true },
  'divert-failed': { priority: 1, gmp: true },
  'tracking-lost': { priority: 1, gmp: true },
  'record-failed': { priority: 1, gmp: true },
  'disk-full': { priority: 1, gmp: true },
  'frame-skew': { priority: 1, gmp: true },
  'out-of-sequence': { priority: 1, gmp: true },
  'consecutive-failures': { priority: 2, gmp: true },
  'device-offline': { priority: 2, gmp: false },
  'printer-fault': { priority: 2, gmp: false },
  'camera-fault': { priority: 2, gmp: false },
  'printer-reset': { priority: 2, gmp: false },
  'printer-ahead': { priority: 1, gmp: true },
  'plc-restarted': { priority: 2, gmp: false },
  'plc-out-of-step': { priority: 1, gmp: true },
  'serials-low': { priority: 2, gmp: false },
  'machine-held': { priority: 2, gmp: false },
  'late-verdicts': { priority: 2, gmp: true },
  'rows-lost': { priority: 2, gmp: true },
  restarted: { priority: 2, gmp: true },
  'evidence-disk-full': { priority: 3, gmp: true },
  'unsolicited-readings': { priority: 4, gmp: false },
} as const;

export type AlarmCode = keyof typeof ALARMS;

export interface RaisedAlarm {
  readonly id: number;
  readonly code: AlarmCode;
  readonly since: Instant;
  /** active: unacknowledged · acknowledged: still true · returned: no longer true, unacknowledged (ISA-18.2 B, C, D). */
  readonly state: 'active' | 'acknowledged' | 'returned';
  readonly device?: string;
  readonly detail?: string;
}

/** What happened to an alarm: recorded first, then applied by `withAlarm`. */
export type AlarmChange =
  | { readonly kind: 'raise'; readonly code: AlarmCode; readonly device?: string; readonly detail?: string }
  | { readonly kind: 'clear'; readonly code: AlarmCode; readonly device?: string }
  /** The line was released: what had stopped it, and is no lasting condition, is over. */
  | { readonly kind: 'over' };

/** Alarms about something that happened and stopped the line: true until a person lets it go on. */
export const STOPS: ReadonlySet<AlarmCode> = new Set([
  'duplicate-serial',
  'wrong-content',
  'divert-failed',
  'tracking-lost',
  'frame-skew',
  'out-of-sequence',
  'consecutive-failures',
  'printer-reset',
  'printer-ahead',
  'plc-restarted',
  'plc-out-of-step',
  'rows-lost',
]);

/** Finds the standing alarm of a code and device. */
export function standing(alarms: readonly RaisedAlarm[], code: AlarmCode, device?: string): RaisedAlarm | undefined {
  return alarms.find((alarm) => alarm.code === code && alarm.device === device);
}

/** Adds an alarm, or marks a returned one active again. */
export function raised(alarms: readonly RaisedAlarm[], alarm: RaisedAlarm): readonly RaisedAlarm[] {
  const others = alarms.filter((other) => !(other.code === alarm.code && other.device === alarm.device));
  return [...others, alarm].sort((a, b) => ALARMS[a.code].priority - ALARMS[b.code].priority || b.since - a.since);
}

/** The condition is gone: an acknowledged alarm disappears, another waits for its acknowledgement. */
export function cleared(alarms: readonly RaisedAlarm[], id: number): readonly RaisedAlarm[] {
  return alarms.flatMap((alarm) => {
    if (alarm.id !== id) return [alarm];
    return alarm.state === 'acknowledged' ? [] : [{ ...alarm, state: 'returned' as const }];
  });
}

/** Somebody has taken note: a returned alarm disappears. */
export function acknowledged(alarms: readonly RaisedAlarm[], id: number): readonly RaisedAlarm[] {
  return alarms.flatMap((alarm) => {
    if (alarm.id !== id) return [alarm];
    return alarm.state === 'returned' ? [] : [{ ...alarm, state: 'acknowledged' as const }];
  });
}
