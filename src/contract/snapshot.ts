import { z } from 'zod';
import { Unmet } from '#contract/answer.ts';
import { SERIAL_STATES } from '#line/serial-state.ts';
import { REASONS } from '#line/verdict.ts';
import { ROLES, RUN_STATES } from '#order/run-state.ts';

const count = z.int().nonnegative();
const instant = z.number();

/** Why an item failed, with what makes a plain sentence: what the code reads, what the order says. */
export const Reject = z.strictObject({
  seq: count,
  at: instant,
  reason: z.enum(REASONS),
  serial: z.string().optional(),
  read: z.string().optional(),
  expected: z.string().optional(),
});
export type Reject = z.infer<typeof Reject>;

/** A fault a person must act on. `code` selects its words; `device` and `detail` fill them in. */
export const Alarm = z.strictObject({
  id: count,
  code: z.string(),
  priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  gmp: z.boolean(),
  state: z.enum(['active', 'acknowledged', 'returned']),
  since: instant,
  device: z.string().optional(),
  detail: z.string().optional(),
});
export type Alarm = z.infer<typeof Alarm>;

/** One device tile, in flow order. */
export const Device = z.strictObject({
  id: z.string(),
  station: z.string(),
  kind: z.enum(['printer', 'reader', 'plc']),
  driver: z.string(),
  evidence: z.enum(['hardware', 'foreign-stack', 'own-emulator']),
  link: z.enum(['connecting', 'online', 'offline']),
  since: instant,
  /** PackML state number of the PLC, the printer's queue, the reader's count: what this kind shows. */
  packml: count.optional(),
  queued: count.optional(),
  handled: count.optional(),
  fault: z.string().optional(),
  /** A camera whose inspect threads are not ready yet: how much of their practice is done, 0..1. */
  warmUp: z.number().min(0).max(1).optional(),
});
export type Device = z.infer<typeof Device>;

export const RunView = z.strictObject({
  run: count,
  order: z.string(),
  product: z.string(),
  gtin: z.string(),
  lot: z.string(),
  expiry: z.string(),
  quantity: count,
  minGrade: z.number(),
  state: z.enum(RUN_STATES),
  since: instant,
  /** Why it is SUSPENDED or HELD: an alarm code of the line, or the words a person gave. */
  cause: z.string().optional(),
  /** Printing has stopped and the line is running empty; the run ends by itself. */
  runningOut: z.boolean(),
  startedAt: instant.optional(),
  accounts: z.record(z.enum(SERIAL_STATES), count),
  allocated: count,
  /** Items that passed the camera, by verdict; inTransit are printed and not yet past the divert. */
  passed: count,
  failed: count,
  inTransit: count,
  diverted: count,
  /** Rolling, items per minute; undefined while nothing moved. */
  ratePerMinute: z.number().optional(),
  idealPerMinute: z.number(),
  /** 0..1, over the last 200 items; undefined before the first. */
  readRate: z.number().optional(),
  firstPassYield: z.number().optional(),
  /** Items by letter grade A, B, C, D, F and ungraded. */
  grades: z.tuple([count, count, count, count, count, count]),
  rejects: z.array(z.strictObject({ reason: z.enum(REASONS), count })),
  lastRejects: z.array(Reject),
  /** Extra readings, lost rows: counted and harmless. */
  notices: count,
  finishAt: instant.optional(),
});
export type RunView = z.infer<typeof RunView>;

/** One row of the order list. */
export const OrderRow = z.strictObject({
  run: count,
  order: z.string(),
  product: z.string(),
  lot: z.string(),
  quantity: count,
  state: z.enum(RUN_STATES),
});
export type OrderRow = z.infer<typeof OrderRow>;

/** Whether a command would be carried out now, and what is missing if not: the screen's "Why not?". */
export const Offer = z.strictObject({ allowed: z.boolean(), unmet: z.array(Unmet) });
export type Offer = z.infer<typeof Offer>;

export const COMMANDS = ['start', 'hold', 'resume', 'end', 'close'] as const;
export type Command = (typeof COMMANDS)[number];

/** The whole truth that a screen draws. Latest wins; a screen that comes late gets the newest first. */
export const LineSnapshot = z.strictObject({
  frame: count,
  at: instant,
  line: z.string(),
  mode: z.enum(['TRAINING', 'PRODUCTION']),
  actor: z.strictObject({ userId: z.string(), role: z.enum(ROLES) }),
  /** What the station is busy with, for a progress line: importing, starting, exporting, recovering. */
  busy: z.strictObject({ task: z.string(), done: count, of: count }).optional(),
  run: RunView.optional(),
  orders: z.array(OrderRow),
  devices: z.array(Device),
  alarms: z.array(Alarm),
  /** The line looks with a camera of its own: there is something to see on the eye's page. */
  eye: z.strictObject({ device: z.string() }).optional(),
  offers: z.record(z.enum(COMMANDS), Offer),
});
export type LineSnapshot = z.infer<typeof LineSnapshot>;

/** The last ten minutes, one column per series, oldest first; null where nothing was known. */
export const Trend = z.strictObject({
  at: z.array(instant),
  ratePerMinute: z.array(z.number().nullable()),
  rejectsPercent: z.array(z.number().nullable()),
  grade: z.array(z.number().nullable()),
});
export type Trend = z.infer<typeof Trend>;
