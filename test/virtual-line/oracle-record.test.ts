import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FACT } from '#line/fact.ts';
import { openJournal } from '#record/journal.ts';
import { judgeRun } from '#virtual-line/oracle.ts';
import { complaints } from '#virtual-line/oracle-report.ts';
import { commissioning, EXPIRY, finishedRun, GTIN, LOT, serialOf, writeWorld } from './oracle-world.ts';

const AT = 1_795_000_000_000;
const NO_READ = 1;
const MOVES = { sentToUnknown: 105, unknownToScrapped: 507, allocatedToInvalid: 8 };

/** Writes the journal of a run of three items through the product's own writer: two good, one no-read, one never seen. */
async function recordRun(file: string): Promise<void> {
  const thread = new URL('../../src/record/writer.thread.ts', import.meta.url);
  const journal = await openJournal({ file, mode: 'TRAINING', line: 'L1', thread });
  const order = { order: 'O-1', product: { gtin: GTIN, gcpLength: 6, name: 'Tablets', minGrade: 1.5 } };
  const body = JSON.stringify({ ...order, lot: LOT, expiry: EXPIRY, quantity: 3, overagePercent: 0, market: 'DE' });
  journal.append({ kind: FACT.orderImported, at: AT, run: 1, body });
  const bytes = new TextEncoder().encode([0, 1, 2, 3, 4].map(serialOf).join(''));
  await journal.allocate({ run: 1, gtin: GTIN, first: 0, count: 5, stride: 5, bytes }, [
    { kind: FACT.serialsAllocated, at: AT, run: 1, serial: 0, count: 5 },
  ]);
  const step = (from: string, to: string, code: number, user: string, reason?: string): void => {
    journal.append({ kind: FACT.runMoved, at: AT, run: 1, code, body: JSON.stringify({ from, to, transition: 'T' }) });
    const entry = { user, role: 'SUP', action: 'run', outcome: 'done', ...(reason === undefined ? {} : { reason }) };
    journal.append({ kind: FACT.command, at: AT, run: 1, body: JSON.stringify(entry) });
  };
  step('READY', 'RUNNING', 6, 'supervisor');
  journal.append({ kind: FACT.sent, at: AT, run: 1, serial: 0, count: 4, ref: 1 });
  journal.append({ kind: FACT.printed, at: AT, run: 1, serial: 0, count: 3, ref: 1 });
  for (const serial of [0, 1, 2]) {
    const item = { at: AT + serial, run: 1, epoch: 1, item: serial, serial };
    const isGood = serial !== 2;
    journal.append({
      ...item,
      kind: FACT.verdict,
      code: isGood ? 0 : NO_READ,
      grade: 35,
      readAt: AT - 20,
      ref: serial,
    });
    journal.append({ ...item, kind: FACT.outcome, code: isGood ? 1 : 2, ref: serial });
  }
  step('RUNNING', 'ENDING', 9, 'supervisor');
  journal.append({ kind: FACT.moved, at: AT, run: 1, serial: 3, count: 1, code: MOVES.sentToUnknown });
  step('ENDING', 'RECONCILING', 10, 'linewright');
  journal.append({ kind: FACT.moved, at: AT, run: 1, serial: 3, count: 1, code: MOVES.unknownToScrapped });
  journal.append({ kind: FACT.moved, at: AT, run: 1, serial: 4, count: 1, code: MOVES.allocatedToInvalid });
  step('RECONCILING', 'CLOSED', 11, 'supervisor', 'All counted');
  await journal.close();
}

it('A database written by the product is read through its views like any other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const world = finishedRun(3);
  const last = world.ledger.findLast((line) => line['ev'] === 'good');
  Object.assign(last ?? {}, { ev: 'diverted', cause: 'verdict' });
  world.events = [commissioning(serialOf(0)), commissioning(serialOf(1))];
  const { ledgerFile, epcisFile } = await writeWorld(world, folder);
  const databaseFile = join(folder, 'record.db');
  await recordRun(databaseFile);

  const report = await judgeRun({ ledgerFile, databaseFile, epcisFile, run: 1 });

  expect(complaints(report)).toEqual([]);
  expect(report).toMatchObject({
    agrees: true,
    physical: { fed: 3, good: 2, rejectBin: 1 },
    record: { state: 'CLOSED', allocated: 5, sent: 4, accounts: { GOOD: 2, REJECTED: 1, SCRAPPED: 1, INVALID: 1 } },
    falseRejects: [{ item: 3, serial: 'K0002', reason: 'no-read' }],
  });
});
