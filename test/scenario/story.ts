import { join } from 'node:path';
import type { LineFile } from '#contract/line-file.ts';
import type { RejectedItem } from '#line/figures.ts';
import { judgeRun } from '#virtual-line/oracle.ts';
import { type FaultSpan, readLedger } from '#virtual-line/oracle-ledger.ts';
import { type Reactions, reactionsOf } from '#virtual-line/oracle-reactions.ts';
import type { OracleReport } from '#virtual-line/oracle-report.ts';
import { done } from './order-text.ts';
import { openStage, type Stage } from './stage.ts';
import { type PhysicalItem, physicalItems, type RecordView, recordOf } from './witnesses.ts';

/** What goes wrong, and when. */
export interface Planned {
  readonly fault: string;
  readonly item?: number;
  readonly seconds?: number;
  /** A person removes the cause while the run stands. */
  readonly remedied?: true;
}

export interface StoryOptions {
  readonly items: number;
  readonly speed: number;
  readonly seed?: number;
  readonly faults?: readonly Planned[];
  readonly line?: LineFile;
}

/** A stop as the person at the line saw it. */
export interface Stop {
  readonly state: string;
  readonly cause: string | undefined;
  readonly alarms: readonly string[];
}

/** A whole run, told afterwards: what was seen, what was recorded, what physically happened, and what the oracle says. */
export interface Story {
  readonly run: number;
  readonly data: string;
  readonly stops: readonly Stop[];
  /** Every reject of the run in its order, with the values that make its sentence. */
  readonly rejects: readonly RejectedItem[];
  readonly accounts: Readonly<Record<string, number>>;
  readonly record: RecordView;
  readonly physical: ReadonlyMap<number, PhysicalItem>;
  /** The scripted faults as the line's own ledger has them, on the wall clock. */
  readonly faults: readonly FaultSpan[];
  readonly reactions: Reactions;
  readonly oracle: OracleReport;
}

/** Runs an order to its end as a supervisor would, closes and exports it, and has the oracle judge. */
export async function tell({ items, faults = [], ...options }: StoryOptions): Promise<Story> {
  const stage = await openStage(options);
  for (const { fault, item, seconds } of faults) {
    const when = { ...(item === undefined ? {} : { item }), ...(seconds === undefined ? {} : { seconds }) };
    stage.tell({ do: 'inject', fault, ...when });
  }
  const run = await stage.order(items);
  await stage.start(run);
  return await finish(stage, run, faults);
}

/** Watches a started run until it is made, then closes, exports and judges it. */
export async function finish(stage: Stage, run: number, faults: readonly Planned[] = []): Promise<Story> {
  const seen = await watch(stage, run, faults);
  const { data, clicker } = stage;
  done(await clicker.close(run, 'scenario: reject bin counted, unused numbers returned'));
  const { file } = done(await clicker.export(run, 'epcis-json'));
  const accounts = clicker.accounts();
  await stage.close();
  const ledgerFile = ledgerOf(data);
  const databaseFile = databaseOf(data);
  const oracle = await judgeRun({ ledgerFile, databaseFile, epcisFile: file, run });
  return {
    run,
    data,
    ...seen,
    accounts,
    record: recordOf(databaseFile, run),
    physical: await physicalItems(ledgerFile),
    faults: (await readLedger(ledgerFile)).faults,
    reactions: await reactionsOf({ ledgerFile, databaseFile, run }),
    oracle,
  };
}

export const ledgerOf = (data: string): string => join(data, 'virtual-line', 'ledger.jsonl');
export const databaseOf = (data: string): string => join(data, 'training.db');

/** Lets the run go on whenever it stands, until it has run empty; keeps what a person would have seen. */
export async function watch(
  stage: Stage,
  run: number,
  faults: readonly Planned[],
): Promise<Pick<Story, 'stops' | 'rejects'>> {
  const { clicker, workstation } = stage;
  const { floor } = workstation.desk;
  const stops: Stop[] = [];
  const rejects = rejectCollector();
  const isOver = (): boolean => {
    rejects.take(floor.line.figures.lastRejects);
    return stage.state(run) !== 'RUNNING';
  };
  for (;;) {
    await stage.until(isOver, 'the run to stop or end', 90_000);
    if (stage.state(run) !== 'SUSPENDED') break;
    const { alarms } = floor;
    stops.push({ state: 'SUSPENDED', cause: floor.runs.get(run)?.cause, alarms: alarms.map(({ code }) => code) });
    const { cause } = stops.at(-1) ?? {};
    const isSilence = cause === 'device-offline'; // for which nobody looks at the print
    for (const { fault, remedied } of faults) if (remedied && !isSilence) stage.tell({ do: 'clear', fault });
    await clicker.resumeWhenPossible(run);
    rejects.take(floor.line.figures.lastRejects);
  }
  return { stops, rejects: rejects.all };
}

/** Waits until so many items are good, and lets the run go on when a device of a machine that is starved was silent. */
export async function goodReaches(stage: Stage, run: number, count: number): Promise<void> {
  const { clicker } = stage;
  const isGood = (): boolean => (clicker.accounts().GOOD ?? 0) >= count;
  while (!isGood()) {
    await stage.until(() => isGood() || stage.state(run) === 'SUSPENDED', `${count} good items`);
    if (!isGood()) await clicker.resumeWhenPossible(run);
  }
}

/** The screen keeps a dozen of the last rejects; looked at often enough, they are all of them. */
function rejectCollector() {
  const all: RejectedItem[] = [];
  return {
    all,
    take(newestFirst: readonly RejectedItem[]): void {
      const last = all.at(-1)?.seq ?? 0;
      all.push(...newestFirst.filter(({ seq }) => seq > last).reverse());
    },
  };
}
