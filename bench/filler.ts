import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { serialAt } from '#gs1/serial-pool.ts';
import { FACT } from '#line/fact.ts';
import type { Reading } from '#line/signal.ts';
import { RUN_STATES } from '#order/run-state.ts';
import { openJournal } from '#record/journal.ts';
import { tell } from './child.ts';
import { EXPIRY, GTIN, isGood, LOT, packSerials, RUN } from './order.ts';
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
    station.item({ kind: 'item-read', at, device: 'reader-1', reading: readingOf(trigger, at) });
  }
  await nextTurn();
  while (journal.lastSeq - journal.durableUpTo > MOST_WAITING) await nextTurn();
  if (trigger > items && trigger <= items + PER_TURN) {
    const times = { allocating: allocatedAt - began, filling: performance.now() - allocatedAt };
    tell('filled', { durable: journal.durableUpTo, items: trigger - 1, ...times });
  }
}

function readingOf(trigger: number, at: number): Reading {
  const text = `01${GTIN}21${serialAt(serials, trigger - 1)}\u001d17${EXPIRY.code}10${LOT}`;
  if (!isGood(trigger)) return { trigger, image: trigger, kind: 'no-read', text: '', aim: '', at };
  return { trigger, image: trigger, kind: 'read', text, aim: ']d2', grade: 36, at };
}

/** What the station would have recorded before the first item. */
async function importOrder(): Promise<void> {
  const at = Date.now();
  const order = {
    order: 'BENCH-1',
    product: { gtin: GTIN, gcpLength: 7, name: 'Example Tablets 20 mg, 30 tablets', minGrade: 1.5 },
    lot: LOT,
    expiry: EXPIRY.date,
    quantity: serials.count,
    overagePercent: 0,
    market: 'DE',
  };
  journal.append({ kind: FACT.orderImported, at, run: RUN, body: JSON.stringify(order) });
  const allocated = { kind: FACT.serialsAllocated, at, run: RUN, serial: 0, count: serials.count };
  const { clash } = await journal.allocate({ run: RUN, gtin: GTIN, first: 0, ...serials }, [allocated]);
  if (clash !== undefined) throw new Error(`serial ${clash} stands twice in the order`);
  const body = JSON.stringify({ from: 'READY', to: 'RUNNING', transition: 'T10' });
  journal.append({ kind: FACT.runMoved, at, run: RUN, code: RUN_STATES.indexOf('RUNNING'), body });
}
