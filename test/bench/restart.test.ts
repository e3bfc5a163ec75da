import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WIDTH } from '#contract/journal.ts';
import { serialAt } from '#gs1/serial-pool.ts';
import { FACT } from '#line/fact.ts';
import { accountsOf } from '#line/ledger.ts';
import { dumpLine } from '#line/line-dump.ts';
import type { LineState } from '#line/line-state.ts';
import { recordedOrder } from '#order/import-order.ts';
import { openJournal } from '#record/journal.ts';
import type { RunEntry } from '#station/floor.ts';
import { recoverLine } from '#station/run-ledger.ts';
import { GTIN, orderFile, packSerials, RUN, readingOf } from '../../bench/order.ts';
import { openStation } from '../../bench/station.ts';

const thread = new URL('../../src/record/writer.thread.ts', import.meta.url);
const SERIALS = 2000;
const serials = packSerials(SERIALS);

function entryOf(): RunEntry {
  const order = recordedOrder(orderFile('BENCH-1', SERIALS, 0));
  if (order === undefined) throw new Error('the order of the benchmark is no order');
  const run = { run: RUN, order, state: 'RUNNING' } as const;
  return { run, since: 1, startedAt: 1, allocated: SERIALS, recordBase: 1, cause: undefined };
}

/** What a line knows of its items, without what a restart rightly forgets. */
function known({ ledger, items, plc, settled, figures }: LineState) {
  const { passed, failed, diverted, seen } = figures;
  return { accounts: accountsOf(ledger), items: [...items.keys()], plc, settled, passed, failed, diverted, seen };
}

describe('a record with a copy of the ledger in it', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'restart-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is opened from the copy and what came after it, and the line is as it was', async () => {
    const options = { file: join(folder, 'training.db'), mode: 'TRAINING', line: 'LINE-1', thread } as const;
    const journal = await openJournal(options);
    const allocated = { kind: FACT.serialsAllocated, at: 1, run: RUN, serial: 0, count: SERIALS };
    await journal.allocate({ run: RUN, gtin: GTIN, first: 0, ...serials }, [allocated]);
    const station = openStation({ journal, serials, verdict: () => {} });
    const { line } = station.desk.floor;
    station.release();
    const show = (from: number, to: number): void => {
      for (let trigger = from; trigger <= to; trigger += 1) {
        const reading = readingOf(trigger, serialAt(serials, trigger - 1), 1_800_000_000_000 + trigger);
        station.item({ kind: 'item-read', at: reading.at, device: 'reader-1', reading });
      }
    };
    show(1, 600);
    const copiedAt = journal.lastSeq;
    journal.dump({ run: RUN, seq: copiedAt, states: dumpLine(line) });
    show(601, 650);
    await journal.close();
    station.close();
    const again = await openJournal(options);
    await again.close();
    const { lastSeq } = again.opening;
    const { open } = again.takeFound();
    expect([open?.dump?.seq, (open?.tail.length ?? 0) / WIDTH]).toEqual([copiedAt, lastSeq - copiedAt]);
    const recovered = open && recoverLine(open, entryOf(), line.settings);
    if (recovered === undefined) throw new Error('the copy of the ledger does not fit');
    // `settled` is set anew by what a restart does next (voidUnseen).
    expect({ ...known(recovered), settled: 0 }).toEqual({ ...known(line), settled: 0 });
  });
});
