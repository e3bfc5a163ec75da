import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killOften, momentsOf } from '../test/scenario/crash/kill-often.ts';

// `npm run soak -- --kills 200 --seed 1`: kills the workstation at random moments of production, starts it again on the
// same record, and has the oracle judge every order that was made. Exit code 1 when anything did not hold.
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '10' },
    quantity: { type: 'string', default: '600' },
    keep: { type: 'boolean', default: false },
  },
});
const data = mkdtempSync(join(tmpdir(), 'linewright-soak-'));
const seed = Number(values.seed);
const since = performance.now();
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const report = await killOften({
  data,
  moments: momentsOf(Number(values.kills), seed),
  seed,
  speed: Number(values.speed),
  quantity: Number(values.quantity),
  note: say,
});
const minutes = ((performance.now() - since) / 60_000).toFixed(1);
say(`${report.kills} kills, ${report.orders} orders, ${report.good} good items, ${minutes} min, seed ${seed}`);
for (const problem of report.problems) say(problem);
const isSound = report.problems.length === 0;
say(isSound ? 'Nothing was lost and nothing was made twice.' : `${report.problems.length} PROBLEMS; see ${data}`);
if (isSound && !values.keep) rmSync(data, { recursive: true, force: true });
process.exitCode = isSound ? 0 : 1;
