import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Clicker, openClicker } from '#cli/clicker.ts';
import { isComplete, startSourceWorkstation } from '#cli/source-workstation.ts';
import { LineFile } from '#contract/line-file.ts';
import type { Workstation } from '#station/workstation.ts';
import { done, orderText } from '../order-text.ts';

/**
 * A workstation as a process of its own, with a person at it, made to be killed: `workstation-entry DATA LINE-FILE ORDER
 * QUANTITY`. It goes on with whatever the record holds, makes the order, closes and exports it, and then says `made`.
 * On stdout it says what it is about to do; on stdin it is told `export` to write a file while the line runs.
 */
const [data = '', lineFile = '', order = '', quantity = '0'] = process.argv.slice(2);

const say = (event: string, more: object = {}): void => {
  process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
};

const line = LineFile.parse(JSON.parse(readFileSync(lineFile, 'utf8')));
const workstation = await startSourceWorkstation({ data, line });
const { desk } = workstation;
await new Promise<void>((resolve) => desk.gate.after(desk.lastSeq, resolve));
const alarms = desk.floor.alarms.map(({ code }) => code);
say('started', { alarms });
const clicker = await openClicker(workstation);
const run =
  runOf(order) ?? done(await clicker.importOrder(orderText(Number(quantity), { order, overagePercent: 1000 }))).run;
let exporting: Promise<unknown> = Promise.resolve();
createInterface({ input: process.stdin }).on('line', (told) => {
  if (told === 'export') exporting = clicker.export(run, 'epcis-json');
});
await carryOn(workstation, clicker);
await exporting; // nobody ends the program on a file that is being written
const { file } = done(await clicker.export(run, 'epcis-json'));
await workstation.close();
say('made', { run, file });
process.exit(0);

function runOf(name: string): number | undefined {
  return [...desk.floor.runs.values()].find((entry) => entry.run.order.order === name)?.run.run;
}

/** Does what a person would do in the state that was found, until the run is closed. */
async function carryOn({ desk: { floor } }: Workstation, person: Clicker): Promise<void> {
  let before = '';
  for (;;) {
    const state = floor.runs.get(run)?.run.state ?? '';
    if (state !== before) say('state', { state });
    before = state;
    if (state === 'CLOSED') return;
    if (state === 'RUNNING') {
      await person.pause(20);
      continue;
    }
    await person.until(() => isComplete(workstation), 'the devices to answer', 120_000);
    if (state === 'SUSPENDED') await person.resumeWhenPossible(run);
    else if (state === 'ENDING' || state === 'RECONCILING') done(await person.close(run, 'crash test: bin counted'));
    else if ((await person.start(run)).kind !== 'done') await person.pause(1_000);
  }
}
