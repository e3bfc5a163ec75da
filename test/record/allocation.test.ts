import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { STATE_CODE } from '#line/serial-state.ts';
import { serialOf, sortedOrder } from '#record/sort-serials.ts';
import { verifyChain } from '#record/verify.ts';
import { allocated, block, GTIN, openAt, recordFolder, rowsOf, serialNumber, settled, tamper } from './record-file.ts';

let at = recordFolder();
beforeEach(() => {
  at = recordFolder();
});
afterEach(() => at.remove());

describe('serials of an order', { timeout: 60_000 }, () => {
  it('are in the record together with the fact that allocates them, or not at all', async () => {
    const journal = await openAt(at.file);
    const serials = block(1, 3000);
    expect(await journal.allocate(serials, [allocated(serials)])).toEqual({});
    expect(journal.durableUpTo).toBe(1);
    await journal.close();
    expect(rowsOf(at.file, 'SELECT count(*) AS n, min(serial) AS low, max(serial) AS high FROM serial')).toEqual([
      { n: 3000, low: 'A0000', high: 'A2999' },
    ]);
    const again = await openAt(at.file);
    const { history, open } = again.takeFound();
    expect(open).toEqual({ run: 1, blocks: [serials], tail: new Float64Array(0) });
    expect(history).toMatchObject([{ seq: 1, kind: FACT.serialsAllocated, run: 1, serial: 0, count: 3000 }]);
    await again.close();
  });

  it('are refused when one of them was used in an earlier run of the product', async () => {
    const journal = await openAt(at.file);
    const first = block(1, 100);
    await journal.allocate(first, [allocated(first)]);
    const overlap = block(2, 100, { from: 99 });
    expect(await journal.allocate(overlap, [allocated(overlap)])).toEqual({ clash: 'A0099' });
    const sameRun = block(1, 50, { first: 100, from: 20 });
    expect(await journal.allocate(sameRun, [allocated(sameRun)])).toEqual({ clash: 'A0020' });
    expect(journal.lastSeq).toBe(1);
    const otherProduct = block(3, 100, { gtin: '09521234543220' });
    expect(await journal.allocate(otherProduct, [allocated(otherProduct)])).toEqual({});
    const fresh = block(4, 100, { from: 100 });
    expect(await journal.allocate(fresh, [allocated(fresh)])).toEqual({});
    await journal.close();
    expect(rowsOf(at.file, 'SELECT run, count(*) AS n FROM serial GROUP BY run')).toEqual([
      { run: 1, n: 100 },
      { run: 3, n: 100 },
      { run: 4, n: 100 },
    ]);
  });

  it('are refused when one stands twice in the order itself', async () => {
    const journal = await openAt(at.file);
    const twice = block(1, 5000);
    twice.bytes.copyWithin(4000 * 8, 17 * 8, 18 * 8);
    expect(await journal.allocate(twice, [allocated(twice)])).toEqual({ clash: 'A0017' });
    await journal.close();
    expect(rowsOf(at.file, 'SELECT count(*) AS n FROM allocation')).toEqual([{ n: 0 }]);
  });

  it('do not hold up the line while they are written', async () => {
    const journal = await openAt(at.file);
    const many = block(1, 9000);
    const allocation = journal.allocate(many, [allocated(many)]);
    let isDone = false;
    void allocation.then(() => {
      isDone = true;
    });
    let meanwhile = 0;
    while (!isDone) {
      journal.append({ kind: FACT.noticed, at: meanwhile, code: 1 });
      await settled(journal);
      if (!isDone) meanwhile += 1;
    }
    expect(meanwhile).toBeGreaterThan(3);
    await journal.close();
    expect(verifyChain(at.file)).toMatchObject({ isIntact: true, facts: journal.lastSeq });
  });

  it('that were left half written by a crash are gone after the next start, and may be given again', async () => {
    await (await openAt(at.file)).close();
    tamper(
      at.file,
      `INSERT INTO allocation (run, first, count, stride, gtin) VALUES (7, 0, 2, 8, '${GTIN}');
       INSERT INTO serial_block VALUES (7, 0, 2, 8, zeroblob(16)); INSERT INTO serial VALUES (7, 'A0000', 0)`,
    );
    const journal = await openAt(at.file);
    expect(
      rowsOf(
        at.file,
        'SELECT (SELECT count(*) FROM allocation) + (SELECT count(*) FROM serial_block) + (SELECT count(*) FROM serial) AS n',
      ),
    ).toEqual([{ n: 0 }]);
    const again = block(7, 10);
    expect(await journal.allocate(again, [allocated(again)])).toEqual({});
    await journal.close();
  });

  it('sort as SQLite sorts them, whatever their length', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[!-~]{1,6}$/), { maxLength: 60 }), (serials) => {
        const bytes = new Uint8Array(serials.length * 6);
        for (const [index, serial] of serials.entries()) bytes.set(Buffer.from(serial), index * 6);
        const all = { run: 1, gtin: GTIN, first: 0, count: serials.length, stride: 6, bytes };
        const sorting = sortedOrder(all);
        let step = sorting.next();
        while (step.done !== true) step = sorting.next();
        expect(Array.from(step.value, (place) => serialOf(all, place))).toEqual([...serials].sort());
      }),
    );
  });
});

describe('a start after a stop in the middle of a run', { timeout: 60_000 }, () => {
  it('has the newest dump and the item facts behind it', async () => {
    const journal = await openAt(at.file);
    const serials = block(5, 20);
    await journal.allocate(serials, [allocated(serials)]);
    journal.append({ kind: FACT.sent, at: 20, run: 5, serial: 0, count: 10, ref: 100 });
    const states = new Uint8Array(20);
    states.fill(STATE_CODE.SENT, 0, 10);
    journal.dump({ run: 5, seq: journal.lastSeq, states });
    journal.append({
      kind: FACT.verdict,
      at: 30,
      run: 5,
      epoch: 2,
      item: 1,
      serial: 3,
      code: 0,
      grade: 35,
      readAt: 29,
      ref: 8,
    });
    journal.append({ kind: FACT.alarmRaised, at: 31, body: '{"alarm":1,"code":"x"}' });
    await journal.close();
    const { open } = await openAndClose();
    expect(open?.dump).toEqual({ run: 5, seq: 2, states });
    expect(open?.tail).toEqual(Float64Array.of(3, FACT.verdict, 30, 5, 2, 1, 3, Number.NaN, 0, 35, 29, 8));
  });

  it('does without a dump that is damaged or came before its facts', async () => {
    const journal = await openAt(at.file);
    const serials = block(5, 20);
    await journal.allocate(serials, [allocated(serials)]);
    journal.append({ kind: FACT.sent, at: 20, run: 5, serial: 0, count: 10, ref: 100 });
    journal.dump({ run: 5, seq: 2, states: new Uint8Array(20) });
    journal.dump({ run: 5, seq: 99, states: new Uint8Array(20) });
    await journal.close();
    expect(rowsOf(at.file, 'SELECT seq FROM ledger_dump')).toEqual([{ seq: 2 }]);
    tamper(at.file, 'UPDATE ledger_dump SET states = randomblob(20)');
    const { open } = await openAndClose();
    expect(open?.dump).toBeUndefined();
    expect(open?.tail.length).toBe(12);
  });

  it('goes on with the run that moved last and is not over; any other is had on request', async () => {
    const journal = await openAt(at.file);
    for (const run of [1, 2, 3]) {
      const serials = block(run, 5, { from: run * 5 });
      await journal.allocate(serials, [allocated(serials)]);
    }
    journal.append({ kind: FACT.runMoved, at: 9, run: 2, code: 6, body: '{}' });
    journal.append({ kind: FACT.runMoved, at: 9, run: 3, code: 11, body: '{}' });
    await settled(journal);
    expect((await journal.load(1))?.blocks).toEqual([block(1, 5, { from: 5 })]);
    expect(await journal.load(4)).toBeUndefined();
    await journal.close();
    const { open } = await openAndClose();
    expect([open?.run, open?.blocks[0]?.bytes.length]).toEqual([2, 40]);
    expect(serialNumber(10)).toBe(serialOf(block(2, 5, { from: 10 }), 0));
  });

  it('goes on with the run on the line, though a command for a waiting one was refused after it moved', async () => {
    const journal = await openAt(at.file);
    for (const run of [1, 2]) {
      const serials = block(run, 5, { from: run * 5 });
      await journal.allocate(serials, [allocated(serials)]);
    }
    journal.append({ kind: FACT.runMoved, at: 9, run: 2, code: 6, body: '{}' });
    journal.append({ kind: FACT.command, at: 10, run: 1, body: '{"action":"run.start","outcome":"refused"}' });
    journal.append({ kind: FACT.exported, at: 11, run: 1, body: '{}' });
    await journal.close();
    const { open } = await openAndClose();
    expect(open?.run).toBe(2);
  });
});

async function openAndClose() {
  const journal = await openAt(at.file);
  await journal.close();
  return journal.takeFound();
}
