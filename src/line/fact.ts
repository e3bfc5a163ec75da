import type { Instant } from '#line/time.ts';

/**
 * What can be recorded. The numbers are stored and hashed: append only, never renumber (docs/record-schema.md).
 * A fact is never edited; a correction is a new fact with a reason.
 */
export const FACT = {
  started: 1, // the station opened this database; body: what it found
  orderImported: 2, // body: the order file, as received
  serialsAllocated: 3, // serial = first index, count
  runMoved: 4, // code = new run state; body: { from, to, transition }
  command: 5, // the audit entry of a command; body: { user, role, action, reason?, outcome, ... }
  alarmRaised: 6, // body: { alarm, code, device?, detail? }
  alarmCleared: 7, // body: { alarm }
  alarmAcknowledged: 8, // body: { alarm, user, role, comment? }
  deviceLost: 9, // body: { device, detail }
  deviceBack: 10, // body: { device }
  exported: 11, // body: { file, format, counts, sha256 }
  limitsSet: 12, // limits of the laboratory; body: { limits, user, role, reason }
  profileUsed: 13, // how pictures are graded from here on; body: { profile, ... } (docs/record-schema.md)
  cameraTaught: 14, // light, plane or a font learnt at the camera; body: { device, what, sha256, data, user, ... }
  sent: 20, // serial = first index, count; ref = first record number
  printed: 21, // serial = first index, count; ref = first record number
  verdict: 22, // epoch, item, serial?, code = 0 PASS or a reason, grade, readAt, ref = the reader's trigger number
  outcome: 23, // epoch, item, serial?, code = the PLC's result 1..6, ref = the PLC's event counter
  moved: 24, // serial = first index, count; code = 100 * from + to; ref = reason code or null
  noticed: 25, // something counted and otherwise ignored, the start of a new track, or where the printer stood; code = a notice; epoch?, item?, ref?
  inspected: 26, // epoch, item, serial?, code = the verdict's, grade, readAt, ref = trigger; body: values and grades
  pictureKept: 27, // epoch, item, serial?, code = why (PICTURE_KEPT), grade, count = bytes, ref = trigger; body: { file, ... }
  pictureRemoved: 28, // epoch, item; code = by which rule (PICTURE_REMOVED)
} as const;

export type FactKind = (typeof FACT)[keyof typeof FACT];

/** Why a picture was kept, and by which rule of retention it went: append only. */
export const PICTURE_KEPT = { fail: 1, 'first-article': 2, sample: 3 } as const;
export const PICTURE_REMOVED = { size: 1, age: 2 } as const;

/**
 * One row of the journal. All numbers are integers; `grade` is the grade times ten.
 * Which fields a kind uses stands beside the kind. `body` is JSON, and short where facts are not rare.
 */
export interface Fact {
  readonly kind: FactKind;
  readonly at: Instant;
  readonly run?: number;
  readonly epoch?: number;
  readonly item?: number;
  readonly serial?: number;
  readonly count?: number;
  readonly code?: number;
  readonly grade?: number;
  readonly readAt?: Instant;
  readonly ref?: number;
  readonly body?: string;
}
