import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { judgeRun } from '#virtual-line/oracle.ts';
import { complaints } from '#virtual-line/oracle-report.ts';
import { type Said, type Shift, startShift } from './shift.ts';
import { type SurvivingLine, startSurvivingLine } from './surviving-line.ts';
import { inspectRestart, inspectWreck } from './wreck.ts';

/** For things that come within seconds on a quiet machine. */
const PATIENCE = 120_000;

/** In the middle of what the workstation is killed. */
const MOMENTS = ['start', 'production', 'resume', 'suspended', 'export', 'ending'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface CrashPlan {
  /** An empty folder; what it holds afterwards is the evidence. */
  readonly data: string;
  /** When to kill, one after the other. */
  readonly moments: readonly Moment[];
  readonly seed: number;
  readonly speed: number;
  /** Items of an order. When one is made before all kills are done, another is begun in the same record. */
  readonly quantity: number;
  readonly note?: (text: string) => void;
}

export interface CrashReport {
  readonly kills: number;
  readonly orders: number;
  readonly good: number;
  /** Everything that did not hold, in sentences; empty when nothing was found. */
  readonly problems: readonly string[];
}

/**
 * Kills a workstation (SIGKILL) again and again while the line it runs survives, starts it on the same record, and lets
 * the scripted person go on, until the kills are used up and the last order is made. The oracle judges every order.
 */
export async function killOften(plan: CrashPlan): Promise<CrashReport> {
  const line = await startSurvivingLine(plan.data, plan.speed, plan.seed);
  const database = join(plan.data, 'training.db');
  const random = randomOf(plan.seed);
  const waiting = [...plan.moments];
  const made: Made[] = [];
  const problems: string[] = [];
  let wreck = inspectWreck(database);
  try {
    for (let isOver = false; !isOver; ) {
      const [moment] = waiting;
      const { shift, order } = await live(plan, line, `CRASH-${made.length + 1}`, moment, random);
      const started = shift.said.find((said) => said.event === 'started');
      const restart = started === undefined ? [] : inspectRestart(database, wreck, started.alarms);
      wreck = inspectWreck(database);
      if (order !== undefined) made.push(order);
      else waiting.shift();
      isOver = order !== undefined && moment === undefined;
      const name = `kill ${plan.moments.length - waiting.length} (${order === undefined ? moment : 'none, order made'})`;
      problems.push(...[...restart, ...wreck.problems].map((problem) => `${name}: ${problem}`));
      plan.note?.(`${name}: ${made.length} orders made, ${problems.length} problems`);
    }
  } finally {
    await line.end();
  }
  const judged = await judge(plan.data, database, made);
  return {
    kills: plan.moments.length,
    orders: made.length,
    good: judged.good,
    problems: [...problems, ...judged.problems],
  };
}

/** A run that was closed and exported. */
type Made = Extract<Said, { event: 'made' }>;

/** One life of the workstation. `order`: it made its order before it could be killed. */
async function live(
  { data, quantity }: CrashPlan,
  line: SurvivingLine,
  order: string,
  moment: Moment | undefined,
  random: () => number,
): Promise<{ readonly shift: Shift; readonly order: Made | undefined }> {
  const shift = startShift(data, line.lineFile, order, quantity);
  try {
    if (moment === undefined) await shift.says(isMade, 10 * PATIENCE);
    else await Promise.race([shift.gone, momentCome(moment, shift, line, random)]);
    if (shift.said.some(isMade)) await shift.gone;
  } finally {
    shift.kill();
    await shift.gone;
  }
  if (shift.complaint() !== '') throw new Error(`The workstation complained: ${shift.complaint()}`);
  const made = shift.said.find(isMade);
  if (made === undefined && moment === undefined) throw new Error('The workstation did not make its order in time.');
  return { shift, order: made };
}

const isMade = (said: Said): said is Made => said.event === 'made';
const isIn =
  (...states: readonly string[]) =>
  (said: Said): boolean =>
    said.event === 'state' && states.includes(said.state);

/** Resolves when it is time to kill. */
async function momentCome(moment: Moment, shift: Shift, line: SurvivingLine, random: () => number): Promise<void> {
  const soon = (most: number) => pause(random() * most);
  if (moment === 'start') return soon(2_500);
  await shift.says(isIn('RUNNING', 'CLOSED'), PATIENCE);
  switch (moment) {
    case 'resume':
      return soon(300);
    case 'production':
      return soon(4_000);
    case 'suspended':
      await soon(1_500);
      line.inject('F02');
      await shift.says(isIn('SUSPENDED', 'ENDING'), PATIENCE);
      return soon(800);
    case 'ending':
      await shift.says(isIn('ENDING', 'RECONCILING', 'CLOSED'), PATIENCE);
      return soon(150);
    case 'export':
      await soon(2_000);
      shift.tell('export');
      return soon(60);
  }
}

async function judge(data: string, databaseFile: string, made: readonly Made[]) {
  const ledgerFile = join(data, 'virtual-line', 'ledger.jsonl');
  const problems: string[] = [];
  let good = 0;
  for (const { run, file } of made) {
    const oracle = await judgeRun({ ledgerFile, databaseFile, epcisFile: file, run });
    good += oracle.record.accounts['GOOD'] ?? 0;
    problems.push(...complaints(oracle).map((problem) => `run ${run}: ${problem}`));
  }
  return { good, problems };
}

/** Moments for many kills, each as likely as the others. */
export function momentsOf(kills: number, seed: number): readonly Moment[] {
  const random = randomOf(seed ^ 0x5bd1e995);
  return Array.from({ length: kills }, () => MOMENTS[Math.floor(random() * MOMENTS.length)] ?? 'production');
}

/** Numbers in [0, 1) from a seed (mulberry32), so that a plan can be carried out again. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
