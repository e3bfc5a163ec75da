import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Part, startPart } from './child.ts';
import { BOUND, findKnee, type Stretch } from './knee.ts';
import { probeFlush, probeFlushAt, watchStall } from './probes.ts';
import type { RawRun } from './raw-limit.ts';
import type { Spread } from './statistics.ts';
import type { Health } from './subject.ts';

/** Serials of the order under test: they are in the ledger while it is measured. */
export const SERIALS = 1_000_000;

/** How long, and from where, a round looks. */
export interface RoundPlan {
  readonly folder: string;
  /** Seconds of one stretch. */
  readonly seconds: number;
  /** Items a second at which the search for a knee begins. */
  readonly from: { readonly naive: number; readonly product: number };
  readonly say: (words: string) => void;
}

/** A stretch with what the process under test said of itself. */
export type Watched = Stretch & { readonly health: Health };

export interface KneeFound {
  /** Items a second that were served at the highest rate that held; 0 when none did. */
  readonly rate: number;
  readonly at: Watched | undefined;
  readonly stretches: readonly Watched[];
}

export interface Round {
  readonly order: readonly string[];
  readonly echo: Stretch;
  /** Share of the time in which some task waited for a CPU while only the echo ran. */
  readonly stall: number | undefined;
  /** One flush after the other, and at the pace at which the echo answers. */
  readonly flush: Spread;
  readonly pacedFlush: Spread;
  readonly naive: KneeFound;
  readonly product: KneeFound;
  /** At 500 items a second (P3), after the search for the knee: the log is then as long as it gets, as on a line that runs. */
  readonly quiet: Watched;
  /** Items a second of the record thread's own statements, at the knee's group size and at 1000. */
  readonly raw: { readonly group: number; readonly rate: number; readonly rate1000: number };
  readonly factsPerItem: number;
  /** Why this round says nothing; undefined when it counts. */
  readonly void: string | undefined;
}

const QUIET_RATE = 500;
const MOST_RATE = 60_000;
const LEAST_RATE = 20;

type Results = { -readonly [K in keyof Round]?: Round[K] };
type Phase = 'echo' | 'naive' | 'product' | 'raw';

/** One round: echo, naive, product and raw limit in an order drawn afresh; raw needs rows, so it follows the product. */
export async function runRound(plan: RoundPlan): Promise<Round> {
  mkdirSync(plan.folder, { recursive: true });
  const generator = startPart('generator', [String(SERIALS)]);
  const order = drawOrder();
  const results: Results = { order };
  try {
    for (const phase of order) {
      plan.say(`  ${phase} …`);
      await PHASES[phase](plan, generator, results);
    }
  } finally {
    await generator.end();
    rmSync(plan.folder, { recursive: true, force: true });
  }
  const round = results as Round;
  return { ...round, void: voidReason(round) };
}

function drawOrder(): Phase[] {
  const order: Phase[] = ['echo', 'naive', 'product'];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 'echo', order[at] ?? 'echo'];
  }
  const after = order.indexOf('product') + 1;
  order.splice(after + Math.floor(Math.random() * (order.length + 1 - after)), 0, 'raw');
  return order;
}

const PHASES: Readonly<Record<Phase, (plan: RoundPlan, generator: Part, results: Results) => Promise<void>>> = {
  async echo({ folder, seconds }, generator, results) {
    results.flush = probeFlush(folder, 200);
    results.pacedFlush = probeFlushAt(folder, QUIET_RATE, 500);
    const subject = await startSubject('echo', folder, generator);
    const stall = watchStall();
    results.echo = await generator.ask<Stretch>('stretch', { rate: QUIET_RATE, seconds: Math.max(2, seconds) });
    results.stall = stall();
    await subject.end();
  },
  async naive({ folder, seconds, from }, generator, results) {
    const subject = await startSubject('naive', folder, generator);
    results.naive = await kneeOf(generator, subject, { seconds, from: from.naive });
    await subject.end();
  },
  async product({ folder, seconds, from }, generator, results) {
    const subject = await startSubject('product', folder, generator);
    results.product = await kneeOf(generator, subject, { seconds, from: from.product });
    results.quiet = await watched(generator, subject, { rate: QUIET_RATE, seconds: Math.max(2, seconds) });
    const last = results.quiet;
    const shown = [results.quiet, ...results.product.stretches].reduce((sum, one) => sum + one.passed + one.failed, 0);
    results.factsPerItem = (last.health.commits?.facts ?? 0) / (shown + WARM_UP.rate * WARM_UP.seconds);
    await subject.end();
  },
  async raw({ folder, seconds }, _generator, results) {
    const knee = results.product?.at ?? results.quiet;
    const group = Math.max(1, Math.round(knee?.health.meanGroup ?? 1));
    const perItem = results.factsPerItem ?? 1;
    const part = startPart('raw-limit');
    const run = (size: number): Promise<{ rate: number }> => {
      const job: RawRun = { from: join(folder, 'product.db'), file: join(folder, 'raw.db'), group: size, seconds };
      return part.ask('append', job);
    };
    const { rate } = await run(group);
    const { rate: rate1000 } = await run(1000);
    await part.end();
    results.raw = { group, rate: rate / perItem, rate1000: rate1000 / perItem };
  },
};

const WARM_UP = { rate: 1000, seconds: 0.6 } as const;

/** Starts a process under test with a fresh database, waits until it runs, and lets it run itself in. */
export async function startSubject(kind: 'echo' | 'naive' | 'product', folder: string, generator: Part): Promise<Part> {
  const { camera, sink } = await generator.ask<{ camera: number; sink: number }>('ports');
  const subject = startPart(kind, [String(camera), String(sink), join(folder, `${kind}.db`), String(SERIALS)]);
  await subject.next('ready');
  await watched(generator, subject, WARM_UP);
  return subject;
}

export async function watched(
  generator: Part,
  subject: Part,
  wish: { rate: number; seconds: number },
): Promise<Watched> {
  const stretch = await generator.ask<Stretch>('stretch', wish);
  return { ...stretch, health: await subject.ask<Health>('health') };
}

async function kneeOf(generator: Part, subject: Part, wish: { seconds: number; from: number }): Promise<KneeFound> {
  const at = (rate: number): Promise<Watched> => watched(generator, subject, { rate, seconds: wish.seconds });
  const { best, stretches } = await findKnee({ from: wish.from, least: LEAST_RATE, most: MOST_RATE, at });
  return { rate: best?.served ?? 0, at: best, stretches };
}

/** The bounds of performance.md §5 beyond which a shared machine says nothing about the product. */
export const MOST_STALL = 0.15;
const MOST_ECHO = 5;

export function voidReason({ stall, echo }: Pick<Round, 'stall' | 'echo'>): string | undefined {
  if (echo.latency.p999 > MOST_ECHO) return `echo p99.9 ${echo.latency.p999.toFixed(1)} ms > ${MOST_ECHO} ms`;
  if (stall !== undefined && stall > MOST_STALL)
    return `CPU stall ${Math.round(stall * 100)} % > ${MOST_STALL * 100} %`;
  return undefined;
}

/** Where the next round begins: three steps below the best so far, for a bad round says more about the machine. */
export function nextStart(rounds: readonly Round[], kind: 'naive' | 'product', otherwise: number): number {
  const best = Math.max(...rounds.map((round) => round[kind].rate), 0);
  return best === 0 ? otherwise : Math.max(LEAST_RATE, Math.round(best / BOUND.factor ** 3));
}
