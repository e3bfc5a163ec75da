import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { serialAt } from '#gs1/serial-pool.ts';
import { FACT } from '#line/fact.ts';
import { RUN_STATES } from '#order/run-state.ts';
import { openJournal } from '#record/journal.ts';
import { tell } from './child.ts';
import { GTIN, orderFile, packSerials, RUN, readingOf } from './order.ts';
import { openStation } from './station.ts';

// Fills a record with a large order, as fast as it goes, through the line and the journal; then goes on until it is
// killed. What it says is durable must be there afterwards.

const [folder = '', serialCount, itemCount] = process.argv.slice(2);
const items = Number(itemCount);
const serials = packSerials(Number(serialCount));
/** Facts that may wait for the disk before the filler waits too. */
const MOST_WAITING = 20_000;
const PER_TURN = 50;

mkdirSync(folder, { recursive: true });
const thread = new URL('../src/record/writer.thread.ts', import.meta.url);
const journal = await openJournal({ file: join(folder, 'training.db'), mode: 'TRAINING', line: 'LINE-1', thread });
const began = performance.now();
await importOrder();
const allocatedAt = performance.now();
const station = openStation({ journal, serials, verdict: () => {} });
station.release();
for (let trigger = 1; trigger <= serials.count - 200; ) {
  for (let turn = 0; turn < PER_TURN; turn += 1, trigger += 1) {
    const at = Date.now();
    station.item({
      kind: 'item-read',
      at,
      device: 'reader-1',
      reading: readingOf(trigger, serialAt(serials, trigger - 1), at),
    });
  }
  await nextTurn();
  while (journal.lastSeq - journal.durableUpTo > MOST_WAITING) await nextTurn();
  if (trigger > items && trigger <= items + PER_TURN) {
    const times = { allocating: allocatedAt - began, filling: performance.now() - allocatedAt };
    tell('filled', { durable: journal.durableUpTo, items: trigger - 1, ...times });
  }
}

/** What the station would have recorded before the first item. */
async function importOrder(): Promise<void> {
  const at = Date.now();
  const order = orderFile('BENCH-1', serials.count, 0);
  journal.append({ kind: FACT.orderImported, at, run: RUN, body: JSON.stringify(order) });
  const allocated = { kind: FACT.serialsAllocated, at, run: RUN, serial: 0, count: serials.count };
  const { clash } = await journal.allocate({ run: RUN, gtin: GTIN, first: 0, ...serials }, [allocated]);
  if (clash !== undefined) throw new Error(`serial ${clash} stands twice in the order`);
  const body = JSON.stringify({ from: 'READY', to: 'RUNNING', transition: 'T10' });
  journal.append({ kind: FACT.runMoved, at, run: RUN, code: RUN_STATES.indexOf('RUNNING'), body });
}
