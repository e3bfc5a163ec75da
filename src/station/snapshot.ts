import type { Alarm, LineSnapshot, OrderRow, Reject, RunView } from '#contract/snapshot.ts';
import { ALARMS } from '#line/alarm.ts';
import { firstPassYieldOf, ratePerMinuteOf, readRateOf } from '#line/figures.ts';
import { accountOf, accountsOf } from '#line/ledger.ts';
import type { Instant } from '#line/time.ts';
import { offersFor } from '#order/offers.ts';
import type { Actor } from '#order/run-state.ts';
import { conditionsOf } from '#station/conditions.ts';
import { type Floor, type RunEntry, shownRun } from '#station/floor.ts';

const MOST_ORDERS = 50;

/** Draws the floor for one person, as plain data. A few tens of microseconds; never called per item. */
export function drawSnapshot(floor: Floor, actor: Actor, now: Instant): Omit<LineSnapshot, 'frame'> {
  const shown = shownRun(floor);
  const offers = offersFor(shown?.run, actor, conditionsOf(floor, shown, now));
  return {
    at: now,
    line: floor.file.line,
    mode: floor.file.mode,
    actor: { ...actor },
    ...drawBusy(floor),
    ...(shown === undefined ? {} : { run: drawRun(floor, shown, now) }),
    orders: [...floor.runs.values()].slice(-MOST_ORDERS).reverse().map(drawOrder),
    devices: [...floor.devices.values()].map((tile) => ({ ...tile })),
    alarms: floor.alarms.map(drawAlarm),
    ...drawEye(floor),
    offers: Object.fromEntries(
      Object.entries(offers).map(([command, { allowed, unmet }]) => [
        command,
        { allowed, unmet: unmet.map((one) => ({ ...one })) },
      ]),
    ) as LineSnapshot['offers'],
  };
}

/** A command before an export: somebody stands at the line and waits for it. */
function drawBusy({ busy, exporting }: Floor): Pick<LineSnapshot, 'busy'> {
  const shown = busy ?? exporting;
  return shown === undefined ? {} : { busy: shown };
}

function drawEye({ file }: Floor): Pick<LineSnapshot, 'eye'> {
  const camera = file.devices.find(({ driver }) => driver === 'gige-camera');
  return camera === undefined ? {} : { eye: { device: camera.id } };
}

function drawOrder({ run }: RunEntry): OrderRow {
  const { order, product, lot, quantity } = run.order;
  return { run: run.run, order, product: product.name, lot, quantity, state: run.state };
}

function drawAlarm(alarm: Floor['alarms'][number]): Alarm {
  const { priority, gmp } = ALARMS[alarm.code];
  return { ...alarm, priority, gmp };
}

function drawRun(floor: Floor, entry: RunEntry, now: Instant): RunView {
  const { run, since, startedAt, cause } = entry;
  const { order } = run;
  const { line } = floor;
  const isOnLine = line.ledger.run === run.run;
  const { figures, ledger } = isOnLine ? line : floor.idle;
  const rate = run.state === 'RUNNING' && isOnLine ? ratePerMinuteOf(figures, performance.now()) : undefined;
  const good = accountOf(ledger, 'GOOD');
  const readRate = readRateOf(figures);
  const firstPassYield = firstPassYieldOf(figures);
  return {
    run: run.run,
    order: order.order,
    product: order.product.name,
    gtin: order.product.gtin,
    lot: order.lot,
    expiry: order.expiry,
    quantity: order.quantity,
    minGrade: order.product.minGrade / 10,
    state: run.state,
    since,
    ...(cause === undefined ? {} : { cause }),
    runningOut: isOnLine && line.mode === 'running-out',
    ...(startedAt === undefined ? {} : { startedAt }),
    accounts: accountsOf(ledger),
    allocated: entry.allocated,
    passed: figures.passed,
    failed: figures.failed,
    inTransit: accountOf(ledger, 'PRINTED'),
    diverted: figures.diverted,
    ...(rate === undefined ? {} : { ratePerMinute: rate }),
    idealPerMinute: floor.file.geometry.ratePerMinute,
    ...(readRate === undefined ? {} : { readRate }),
    ...(firstPassYield === undefined ? {} : { firstPassYield }),
    grades: [...figures.grades],
    rejects: [...figures.rejects].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    lastRejects: figures.lastRejects.map((reject): Reject => ({ ...reject })),
    notices: figures.notices,
    ...finish(order.quantity - good, rate, now),
  };
}

function finish(left: number, rate: number | undefined, now: Instant): { finishAt?: Instant } {
  return rate === undefined || left <= 0 ? {} : { finishAt: now + (left / rate) * 60_000 };
}
