import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startPart } from './child.ts';
import type { Ready } from './cold-start.ts';
import type { LedgerMemory } from './ledger-memory.ts';
import { watchStall } from './probes.ts';
import { median } from './statistics.ts';
import type { VerifyRate } from './verify-rate.ts';
import { timedWindows } from './window.ts';

export interface BatchPlan {
  readonly folder: string;
  readonly serials: number;
  /** Items made when the process is killed. */
  readonly items: number;
  /** Starts that are timed, of each kind. */
  readonly starts: number;
  readonly say: (words: string) => void;
}

export interface Start extends Ready {
  /** Milliseconds from the start of the process to its word that it is ready. */
  readonly took: number;
}

/** What a large order costs: memory, start, recovery, verification (performance.md §4, P6 to P8). */
export interface BigBatch {
  readonly memory: readonly LedgerMemory[];
  readonly serials: number;
  readonly items: number;
  readonly allocatingSeconds: number;
  readonly itemsPerSecondUnpaced: number;
  /** The last fact that was said to be durable before the kill, and the last one found after it. */
  readonly acknowledged: number;
  readonly found: number;
  readonly empty: readonly Start[];
  readonly cold: readonly Start[];
  readonly recovered: readonly Start[];
  /** Milliseconds from process start to the overview drawn; undefined when the product was not built. */
  readonly windows: readonly number[] | undefined;
  readonly verify: VerifyRate;
  /** Share of the time in which some task waited for a CPU while it was verified. */
  readonly verifyStall: number | undefined;
}

interface Filled {
  readonly durable: number;
  readonly items: number;
  readonly allocating: number;
  readonly filling: number;
}

/** The browser host keeps the data of a line in a folder of its name. */
const LINE = 'LINE-1';
const DATABASE = ['training.db', 'training.db-wal', 'training.db-shm'];

export async function measureBigBatch(plan: BatchPlan): Promise<BigBatch> {
  const { folder, serials, items, starts, say } = plan;
  const memory: LedgerMemory[] = [];
  for (const count of [1_000_000, 10_000_000]) {
    say(`  a ledger of ${count} serials …`);
    memory.push(await startPart('ledger-memory', [String(count)]).next<LedgerMemory>('memory'));
  }
  say(`  a record of ${serials} serials and ${items} items …`);
  const killed = join(folder, 'killed');
  const filler = startPart('filler', [killed, String(serials), String(items)]);
  const filled = await filler.next<Filled>('filled');
  const gone = new Promise((resolve) => filler.child.once('exit', resolve));
  filler.child.kill('SIGKILL');
  await gone;
  say(`  ${starts} starts each: after the kill, after a clean end, and of an empty record …`);
  const recovered = await startOften(starts, (at) => startFromCopy(killed, join(folder, `recovered-${at}`, LINE)));
  const cold = await startOften(starts, () => timedStart(join(folder, 'recovered-0', LINE)));
  const empty = await startOften(starts, (at) => timedStart(join(folder, `empty-${at}`)));
  say('  the window …');
  const windows = await timedWindows(join(folder, 'recovered-0'), starts);
  say('  verification of the whole record …');
  const stall = watchStall();
  const verify = await startPart('verify-rate', [join(folder, 'recovered-0', LINE, 'training.db')]).next<VerifyRate>(
    'rate',
  );
  const verifyStall = stall();
  rmSync(folder, { recursive: true, force: true });
  return {
    memory,
    serials,
    items: filled.items,
    allocatingSeconds: filled.allocating / 1000,
    itemsPerSecondUnpaced: (filled.items * 1000) / filled.filling,
    acknowledged: filled.durable,
    found: Math.min(...recovered.map((start) => start.lastSeq)),
    empty,
    cold,
    recovered,
    windows,
    verify,
    verifyStall,
  };
}

async function startOften(times: number, start: (at: number) => Promise<Start>): Promise<Start[]> {
  const starts: Start[] = [];
  for (let at = 0; at < times; at += 1) starts.push(await start(at));
  return starts;
}

/** The killed record stays as it was left, so that each start recovers the same. */
async function startFromCopy(from: string, to: string): Promise<Start> {
  mkdirSync(to, { recursive: true });
  for (const name of DATABASE) cpSync(join(from, name), join(to, name));
  return timedStart(to);
}

async function timedStart(folder: string): Promise<Start> {
  const began = performance.now();
  const part = startPart('cold-start', [folder]);
  const ready = await part.next<Ready>('ready');
  const took = performance.now() - began;
  await part.end();
  return { ...ready, took };
}

export function medianTook(starts: readonly Start[]): number {
  return median(starts.map((start) => start.took));
}
