import type Database from 'better-sqlite3';
import { type FaultSpan, readLedger } from '#virtual-line/oracle-ledger.ts';
import { type AlarmRow, readRecord, type StepRow, withCopy } from '#virtual-line/oracle-record.ts';

/** How the run answered to what happened to it: the material for O7, which each scenario judges by its own row of §6. */

/** A step of the run to SUSPENDED or HELD. */
export interface Reaction {
  readonly state: 'SUSPENDED' | 'HELD';
  readonly at: number;
  /** `linewright` when the software stopped by itself; otherwise the person who decided. */
  readonly user: string;
  readonly reason: string;
  /** Codes of the alarms raised with it, from 2 s before to 2 s after. */
  readonly alarms: readonly string[];
  /** The youngest fault that explains it, and how long after its begin (wall ms) the run stopped. */
  readonly fault?: string;
  readonly sinceFault?: number;
}

export interface Reactions {
  readonly reactions: readonly Reaction[];
  /** Stops of the software that no scripted fault explains. */
  readonly falseStops: readonly Reaction[];
  /** Faults of the ledger during which, and until `patience` after which, the run did not stop; some need not. */
  readonly unanswered: readonly { readonly fault: string; readonly at: number; readonly item?: number }[];
}

export interface ReactionsCase {
  readonly ledgerFile: string;
  readonly databaseFile: string;
  readonly run: number;
  /** How long after its end a fault still explains a stop, wall ms: a no-read is judged after the item has passed. */
  readonly patience?: number;
}

const PATIENCE = 5000;
const ALARM_NEAR = 2000;

/** Lists the stops of a run with their faults, in both directions: unexplained stops, and faults without a stop. */
export async function reactionsOf({
  ledgerFile,
  databaseFile,
  run,
  patience = PATIENCE,
}: ReactionsCase): Promise<Reactions> {
  const { faults } = await readLedger(ledgerFile);
  const { steps, alarms, span } = await withCopy(databaseFile, (copy) => ({
    ...readRecord(copy, run),
    span: spanOf(copy, run),
  }));
  const stops = steps.flatMap((step) =>
    step.to_state === 'SUSPENDED' || step.to_state === 'HELD' ? [{ ...step, state: step.to_state } as const] : [],
  );
  const reactions = stops.map((stop) => react(stop.state, stop, faults, alarms, patience));
  return {
    reactions,
    falseStops: reactions.filter((reaction) => reaction.user === 'linewright' && reaction.fault === undefined),
    unanswered: faults
      .filter((fault) => fault.from >= span.from && fault.from <= span.until)
      .filter((fault) => !stops.some((stop) => explains(fault, stop.at, patience)))
      .map(({ fault, from, item }) => ({ fault, at: from, ...(item === undefined ? {} : { item }) })),
  };
}

function spanOf(db: Database.Database, run: number): { readonly from: number; readonly until: number } {
  const row = db
    .prepare<[number], { from: number | null; until: number | null }>(
      'SELECT started_at AS "from", ended_at AS "until" FROM v_run WHERE run = ?',
    )
    .get(run);
  return { from: row?.from ?? Number.NEGATIVE_INFINITY, until: row?.until ?? Number.POSITIVE_INFINITY };
}

function explains(fault: FaultSpan, at: number, patience: number): boolean {
  return fault.from <= at && at <= fault.until + patience;
}

function react(
  state: Reaction['state'],
  step: StepRow,
  faults: readonly FaultSpan[],
  alarms: readonly AlarmRow[],
  patience: number,
): Reaction {
  const fault = faults.filter((span) => explains(span, step.at, patience)).findLast(() => true);
  const near = alarms.filter((alarm) => Math.abs(alarm.raised_at - step.at) <= ALARM_NEAR);
  return {
    state,
    at: step.at,
    user: step.user_id ?? '',
    reason: step.reason ?? '',
    alarms: near.map((alarm) => alarm.code),
    ...(fault === undefined ? {} : { fault: fault.fault, sinceFault: step.at - fault.from }),
  };
}
