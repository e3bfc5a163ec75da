import type { StoredFact } from '#contract/journal.ts';
import { OrderFile } from '#contract/order-file.ts';
import { ALARMS, type AlarmCode, acknowledged, cleared, raised } from '#line/alarm.ts';
import { FACT } from '#line/fact.ts';
import { recordedOrder } from '#order/import-order.ts';
import type { Order } from '#order/order.ts';
import { RUN_STATES, type RunState } from '#order/run-state.ts';
import type { Floor } from '#station/floor.ts';

/** Puts the rare facts of the record back into the floor, oldest first: orders, runs, alarms. */
export function recall(floor: Floor, history: readonly StoredFact[]): void {
  for (const fact of history) recallFact(floor, fact);
}

function recallFact(floor: Floor, fact: StoredFact): void {
  switch (fact.kind) {
    case FACT.orderImported:
      recallOrder(floor, fact);
      return;
    case FACT.serialsAllocated: {
      const { count = 0 } = fact;
      const base = floor.serialsEver + 1;
      // Also of a run that cannot be read: the printer knew its records by these numbers.
      floor.serialsEver += count;
      const entry = floor.runs.get(fact.run ?? -1);
      if (entry === undefined) return;
      entry.recordBase = base;
      entry.allocated += count;
      return;
    }
    case FACT.runMoved:
      recallMove(floor, fact);
      return;
    case FACT.alarmRaised:
    case FACT.alarmCleared:
    case FACT.alarmAcknowledged:
      recallAlarm(floor, fact);
      return;
    default:
      return;
  }
}

function recallOrder(floor: Floor, fact: StoredFact): void {
  floor.runsEver = Math.max(floor.runsEver, fact.run ?? 0);
  const order = orderOf(JSON.parse(fact.body ?? '{}'));
  if (order === undefined || fact.run === undefined) return;
  floor.runs.set(fact.run, {
    run: { run: fact.run, order, state: 'RECEIVED' },
    since: fact.at,
    startedAt: undefined,
    allocated: 0,
    recordBase: 1,
    cause: undefined,
  });
}

/** Runs on record whose order this version cannot read: they are not shown, and their numbers are not given again. */
export function unreadRuns({ runs, runsEver }: Floor): readonly number[] {
  return Array.from({ length: runsEver }, (_, index) => index + 1).filter((run) => !runs.has(run));
}

/** An order as it was recorded: the file, with its expiry resolved. */
export function orderOf(body: unknown): Order | undefined {
  const file = OrderFile.safeParse(body);
  return file.success ? recordedOrder(file.data) : undefined;
}

function recallMove(floor: Floor, fact: StoredFact): void {
  const entry = floor.runs.get(fact.run ?? -1);
  const state = RUN_STATES[fact.code ?? -1];
  if (entry === undefined || state === undefined) return;
  const body: { from?: RunState; cause?: string } = JSON.parse(fact.body ?? '{}');
  const { heldFrom: _before, ...run } = entry.run;
  entry.run = { ...run, state, ...(state === 'HELD' && body.from !== undefined ? { heldFrom: body.from } : {}) };
  entry.since = fact.at;
  entry.cause = body.cause;
  if (state === 'RUNNING') entry.startedAt ??= fact.at;
  floor.current = entry.run.run;
}

function recallAlarm(floor: Floor, fact: StoredFact): void {
  const body: { alarm: number; code?: AlarmCode; device?: string; detail?: string } = JSON.parse(fact.body ?? '{}');
  if (fact.kind === FACT.alarmCleared) floor.alarms = cleared(floor.alarms, body.alarm);
  if (fact.kind === FACT.alarmAcknowledged) floor.alarms = acknowledged(floor.alarms, body.alarm);
  if (fact.kind !== FACT.alarmRaised || body.code === undefined || !(body.code in ALARMS)) return;
  floor.nextAlarm = Math.max(floor.nextAlarm, body.alarm + 1);
  floor.alarms = raised(floor.alarms, {
    id: body.alarm,
    code: body.code,
    since: fact.at,
    state: 'active',
    ...(body.device === undefined ? {} : { device: body.device }),
    ...(body.detail === undefined ? {} : { detail: body.detail }),
  });
}
