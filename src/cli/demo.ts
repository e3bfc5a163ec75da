import { createHash } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Clicker, openClicker } from '#cli/clicker.ts';
import { type DemoArguments, readDemoArguments } from '#cli/demo-arguments.ts';
import { emptyDemoFolder } from '#cli/demo-folder.ts';
import { progressLine } from '#cli/progress.ts';
import { isComplete, lineNamed, startSourceWorkstation } from '#cli/source-workstation.ts';
import type { Answer } from '#contract/answer.ts';
import type { Workstation } from '#station/workstation.ts';
import { judgeRun } from '#virtual-line/oracle.ts';
import type { OracleReport } from '#virtual-line/oracle-report.ts';

/**
 * Runs a whole order on the virtual line, without a screen: the same workstation, driven through its contract. Answers
 * the exit code: 0 when the oracle agrees, 1 when it does not, 2 when it could not be run.
 */
export async function runDemo(argv: readonly string[]): Promise<number> {
  const args = readDemoArguments(argv);
  if (typeof args === 'string') {
    process.stderr.write(`${args}\n`);
    return 2;
  }
  const out = resolve(args.out);
  const data = join(out, 'line');
  const taken = emptyDemoFolder(data);
  if (taken !== undefined) {
    process.stderr.write(`${taken}\n`);
    return 2;
  }
  const since = performance.now();
  const workstation = await startSourceWorkstation({
    data,
    line: lineNamed(args.line),
    virtualLine: ['--speed', String(args.speed), '--seed', String(args.seed)],
  });
  const made = await madeAndClosed(workstation, args).catch(whyNot);
  if (typeof made === 'string') {
    process.stderr.write(`The order could not be made: ${made}\n`);
    return 2;
  }
  const files = ['epcis-json', 'csv'] as const;
  for (const format of files) copyFileSync(made.exports[format].file, join(out, nameOf(made.exports[format].file)));
  const oracle = await judgeRun({
    ledgerFile: join(data, 'virtual-line', 'ledger.jsonl'),
    databaseFile: join(data, 'training.db'),
    epcisFile: made.exports['epcis-json'].file,
    run: made.run,
  });
  writeSummary(out, args, made, oracle, (performance.now() - since) / 1000);
  return oracle.agrees ? 0 : 1;
}

/** Whatever happens, devices, virtual line and record are closed in order. */
async function madeAndClosed(workstation: Workstation, args: DemoArguments): Promise<Made> {
  try {
    return await makeOrder(workstation, args);
  } finally {
    await workstation.close();
  }
}

type Made = Awaited<ReturnType<typeof makeOrder>>;

async function makeOrder(workstation: Workstation, args: DemoArguments) {
  const clicker = await openClicker(workstation);
  const { desk, virtualLine } = workstation;
  await clicker.until(() => isComplete(workstation), 'the devices to answer', 60_000);
  for (const { fault, item, seconds } of args.faults) {
    virtualLine?.tell({ do: 'inject', fault, item, ...(seconds === undefined ? {} : { seconds }) });
  }
  const { run } = must(await clicker.importOrder(orderText(args)));
  await start(clicker, run);
  await produce(clicker, workstation, run, args.items);
  const { line } = desk.floor;
  const atEnd = {
    verdicts: { passed: line.figures.passed, failed: line.figures.failed },
    reasons: Object.fromEntries(line.figures.rejects),
  };
  must(await clicker.close(run, 'demo: reject bin counted, unused numbers returned'));
  const exports = {
    'epcis-json': must(await clicker.export(run, 'epcis-json')),
    csv: must(await clicker.export(run, 'csv')),
  };
  const accounts = clicker.accounts();
  return {
    run,
    exports,
    accounts,
    allocated: line.ledger.size,
    latency: desk.latencies.read(),
    stops: clicker.stops(),
    notices: line.figures.notices,
    ...atEnd,
  };
}

/** Watches the run as a supervisor would: lets it go on when a cause is cleared, until the line has run empty. */
async function produce(clicker: Clicker, { desk }: Workstation, run: number, items: number): Promise<void> {
  const progress = progressLine(items);
  for (;;) {
    const entry = desk.floor.runs.get(run);
    const good = clicker.accounts().GOOD;
    progress.show(good, entry?.run.state ?? '');
    if (entry?.run.state === 'ENDING') break;
    if (entry?.run.state === 'SUSPENDED') await clicker.resumeWhenPossible(run);
    await clicker.pause(100);
  }
  progress.end();
}

/** A device that did not take its job is asked again, as a supervisor would. */
async function start(clicker: Clicker, run: number): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const answer = await clicker.start(run);
    if (answer.kind !== 'failed' || tries === STARTS) return void must(answer);
    await clicker.pause(1_000);
  }
}

const STARTS = 5;

/** The workstation refused what the demo needs, or failed at it: a sentence for whoever started it. */
class NotMade extends Error {}

function whyNot(error: unknown): string {
  if (error instanceof NotMade) return error.message;
  throw error;
}

function must<V>(answer: Answer<V>): V {
  if (answer.kind === 'done') return answer.value;
  throw new NotMade(answer.kind === 'refused' ? `refused: ${JSON.stringify(answer.unmet)}` : answer.failure.message);
}

function orderText({ items, faults }: DemoArguments): string {
  const spare = 150 + 150 * faults.length;
  return JSON.stringify({
    order: 'DEMO-1',
    product: { gtin: '09521234543213', gcpLength: 7, name: 'Example Tablets 20 mg, 30 tablets', minGrade: 1.5 },
    lot: 'DEMO24A',
    expiry: '+24m',
    quantity: items,
    overagePercent: Math.min(1000, Math.ceil((spare / items) * 100) + 5),
    market: 'DE',
  });
}

function nameOf(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}

function writeSummary(out: string, args: DemoArguments, made: Made, oracle: OracleReport, seconds: number): void {
  const { run: _run, exports, accounts, allocated, ...rest } = made;
  const sum = Object.values(accounts).reduce((total, count) => total + count, 0);
  const summary = {
    arguments: { ...args, out: undefined },
    allocated,
    accounts,
    balance: allocated - sum,
    ...rest,
    wallSeconds: Math.round(seconds * 10) / 10,
    exports: Object.values(exports).map((one) => ({ ...one, file: nameOf(one.file) })),
    oracle,
  };
  const text = `${JSON.stringify(summary, null, 2)}\n`;
  writeFileSync(join(out, 'summary.json'), text);
  const verdict = oracle.agrees ? 'the oracle agrees' : 'THE ORACLE DISAGREES';
  process.stdout.write(
    `${accounts.GOOD} good of ${allocated} allocated, balance ${allocated - sum}, ${seconds.toFixed(1)} s: ${verdict}\n`,
  );
  if (!oracle.agrees)
    for (const check of oracle.checks.filter(({ held }) => !held))
      process.stdout.write(`${check.id} ${check.title}: ${check.found.join(' | ')}\n`);
  process.stdout.write(`summary.json ${createHash('sha256').update(text).digest('hex')}\n`);
}
