import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureBigBatch } from './big-batch.ts';
import { startPart } from './child.ts';
import { describeEnvironment } from './environment.ts';
import { isMissed, judgeAll, type Measured } from './judgement.ts';
import { measurePlc } from './plc.ts';
import { nextStart, type Round, runRound, SERIALS, startSubject, type Watched, watched } from './round.ts';
import { median } from './statistics.ts';
import { tableOf } from './table.ts';

// `npm run bench` (about 10 minutes) and `npm run bench -- --quick` (under 3): performance.md §5. Figures are ratios
// inside one run; what a machine that is busy with other things says is called void, and judged neither way.

interface Extent {
  readonly rounds: number;
  /** How many void rounds are repeated at the most. */
  readonly repeats: number;
  readonly seconds: number;
  readonly holdSeconds: number;
  readonly plcSeconds: number;
  readonly items: number;
  readonly starts: number;
}

const QUICK: Extent = { rounds: 3, repeats: 0, seconds: 0.7, holdSeconds: 4, plcSeconds: 8, items: 60_000, starts: 2 };
const FULL: Extent = { rounds: 7, repeats: 2, seconds: 2, holdSeconds: 60, plcSeconds: 45, items: 950_000, starts: 5 };

/** Items a second at which the first round begins. */
const FIRST = { naive: 400, product: 2000 } as const;
const HELD = 0.8;
/** The least that is held, whatever the knee: more than twelve of the fastest lines together. */
const LEAST_HELD = 500;

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, out: { type: 'string' }, data: { type: 'string' }, name: { type: 'string' } },
});
const extent = values.quick === true ? QUICK : FULL;
const out = values.out ?? join(import.meta.dirname, '../docs/measured');
const folder = mkdtempSync(join(values.data ?? tmpdir(), 'linewright-bench-'));
const began = performance.now();

function say(words: string): void {
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s ${words}\n`);
}

async function measureRounds(): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let tries = 0; tries < extent.rounds + extent.repeats; tries += 1) {
    if (rounds.filter((round) => round.void === undefined).length >= extent.rounds) break;
    say(`round ${tries + 1}`);
    const from = {
      naive: nextStart(rounds, 'naive', FIRST.naive),
      product: nextStart(rounds, 'product', FIRST.product),
    };
    const round = await runRound({ folder: join(folder, `round-${tries}`), seconds: extent.seconds, from, say });
    rounds.push(round);
    const [product, naive, raw] = [round.product.rate, round.naive.rate, round.raw.rate].map(Math.round);
    say(
      `  product ${product}/s, naive ${naive}/s, raw ${raw}/s${round.void === undefined ? '' : `; void: ${round.void}`}`,
    );
  }
  return rounds;
}

/** The product alone, for longer, at four fifths of its knee. */
async function measureHold(rounds: readonly Round[]): Promise<Watched> {
  const knee = median(rounds.map((round) => round.product.rate));
  const most = (SERIALS * 0.9) / extent.holdSeconds;
  const rate = Math.round(Math.min(Math.max(knee * HELD, LEAST_HELD), most));
  say(`hold at ${rate}/s for ${extent.holdSeconds} s`);
  const place = join(folder, 'hold');
  mkdirSync(place);
  const generator = startPart('generator', [String(SERIALS)]);
  const subject = await startSubject('product', place, generator);
  const held = await watched(generator, subject, { rate, seconds: extent.holdSeconds });
  await subject.end();
  await generator.end();
  return held;
}

async function measure(): Promise<Measured> {
  const rounds = await measureRounds();
  const hold = await measureHold(rounds);
  say('a line with a PLC');
  const plc = await measurePlc(folder, extent.plcSeconds, say);
  say('a large order');
  const place = join(folder, 'batch');
  mkdirSync(place);
  const { items, starts } = extent;
  const batch = await measureBigBatch({ folder: place, serials: 1_000_000, items, starts, say });
  const { microseconds } = await startPart('line-alone').next<{ microseconds: number }>('cost');
  return { rounds, hold, plc, batch, lineAlone: microseconds };
}

try {
  const environment = describeEnvironment(folder);
  say(`${environment.cpu}, ${environment.cores} cores, ${environment.fileSystem}, Node ${environment.node}`);
  const measured = await measure();
  const lines = judgeAll(measured);
  process.stdout.write(`\n${tableOf(lines)}\n`);
  const date = new Date().toISOString().slice(0, 10);
  const name = `${date}-${values.name ?? (values.quick === true ? 'quick' : 'full')}.json`;
  const seconds = Math.round((performance.now() - began) / 1000);
  mkdirSync(out, { recursive: true });
  const report = { date, extent, seconds, environment, lines, measured };
  writeFileSync(join(out, name), `${JSON.stringify(report, rounded, 1)}\n`);
  say(`${name} written`);
  process.exitCode = isMissed(lines) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Four digits behind the point are more than any of these figures deserves. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e4) / 1e4 : value;
}
