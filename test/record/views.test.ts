import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FACT, type Fact } from '#line/fact.ts';
import type { GoodItem } from '#record/query/questions.ts';
import { openReader } from '#record/reader.ts';
import { allocated, block, GTIN, ORDER, openAt, READER, recordFolder, rowsOf, serialNumber } from './record-file.ts';

let at = recordFolder();
beforeEach(() => {
  at = recordFolder();
});
afterEach(() => at.remove());

/** A short shift: eight serials, each with another fate. */
const SHIFT: readonly Fact[] = [
  {
    kind: FACT.started,
    at: 1,
    body: JSON.stringify({
      found: 'a new record',
      devices: { printer: 'printer-1', reader: 'reader-1', plc: 'plc-1' },
    }),
  },
  { kind: FACT.orderImported, at: 2, run: 1, body: JSON.stringify(ORDER) },
  {
    kind: FACT.command,
    at: 2,
    run: 1,
    body: JSON.stringify({ user: 'supervisor', role: 'SUP', action: 'import', reason: 'by hand', outcome: 'done' }),
  },
  {
    kind: FACT.runMoved,
    at: 3,
    run: 1,
    code: 6,
    body: JSON.stringify({ from: 'READY', to: 'RUNNING', transition: 'T10' }),
  },
  {
    kind: FACT.command,
    at: 3,
    run: 1,
    body: JSON.stringify({ user: 'supervisor', role: 'SUP', action: 'start', outcome: 'done' }),
  },
  { kind: FACT.sent, at: 10, run: 1, serial: 0, count: 7, ref: 100 },
  { kind: FACT.printed, at: 20, run: 1, serial: 0, count: 2, ref: 100 },
  { kind: FACT.verdict, at: 30, run: 1, epoch: 1, item: 1, serial: 0, code: 0, grade: 38, readAt: 29, ref: 501 },
  { kind: FACT.verdict, at: 31, run: 1, epoch: 1, item: 2, serial: 1, code: 11, grade: 9, readAt: 30, ref: 502 },
  { kind: FACT.verdict, at: 32, run: 1, epoch: 1, item: 3, serial: 2, code: 0, grade: 40, readAt: 31, ref: 503 },
  { kind: FACT.verdict, at: 33, run: 1, epoch: 1, item: 4, serial: 0, code: 9, readAt: 32, ref: 504 },
  { kind: FACT.verdict, at: 34, run: 1, epoch: 1, item: 5, code: 1, readAt: 33, ref: 505 },
  { kind: FACT.verdict, at: 35, run: 1, epoch: 1, item: 6, serial: 3, code: 0, grade: 30, readAt: 34, ref: 506 },
  { kind: FACT.printed, at: 36, run: 1, serial: 2, count: 3, ref: 102 },
  { kind: FACT.outcome, at: 40, run: 1, epoch: 1, item: 1, serial: 0, code: 1, ref: 1 },
  { kind: FACT.outcome, at: 41, run: 1, epoch: 1, item: 2, serial: 1, code: 2, ref: 2 },
  { kind: FACT.outcome, at: 42, run: 1, epoch: 1, item: 3, serial: 2, code: 6, ref: 3 },
  { kind: FACT.outcome, at: 43, run: 1, epoch: 1, item: 3, serial: 2, code: 2, ref: 4 },
  { kind: FACT.outcome, at: 44, run: 1, epoch: 1, item: 5, code: 2, ref: 5 },
  { kind: FACT.outcome, at: 45, run: 1, epoch: 1, item: 6, serial: 3, code: 4, ref: 6 },
  {
    kind: FACT.alarmRaised,
    at: 46,
    body: JSON.stringify({
      alarm: 1,
      code: 'printer-lost',
      priority: 1,
      gmp: true,
      device: 'printer-1',
      detail: 'cable',
    }),
  },
  { kind: FACT.alarmAcknowledged, at: 47, body: JSON.stringify({ alarm: 1, user: 'supervisor', role: 'SUP' }) },
  { kind: FACT.alarmCleared, at: 48, body: JSON.stringify({ alarm: 1 }) },
  { kind: FACT.alarmRaised, at: 49, body: JSON.stringify({ alarm: 1, code: 'reader-lost', priority: 2, gmp: false }) },
  { kind: FACT.moved, at: 50, run: 1, serial: 4, count: 1, code: 206, ref: 18 },
  { kind: FACT.moved, at: 51, run: 1, serial: 5, count: 2, code: 105 },
  { kind: FACT.moved, at: 52, run: 1, serial: 7, count: 1, code: 8 },
  {
    kind: FACT.runMoved,
    at: 53,
    run: 1,
    code: 9,
    body: JSON.stringify({ from: 'RUNNING', to: 'ENDING', transition: 'T16' }),
  },
  {
    kind: FACT.runMoved,
    at: 54,
    run: 1,
    code: 11,
    body: JSON.stringify({ from: 'RECONCILING', to: 'CLOSED', transition: 'T19' }),
  },
  {
    kind: FACT.command,
    at: 54,
    run: 1,
    body: JSON.stringify({ user: 'quality-1', role: 'QA', action: 'close', reason: 'all accounted', outcome: 'done' }),
  },
  {
    kind: FACT.exported,
    at: 60,
    run: 1,
    body: JSON.stringify({ file: 'a.json', format: 'epcis-json', items: 1, events: 1, bytes: 9, sha256: 'ff' }),
  },
];

const WITH_SERIAL = (index: number) => serialNumber(index);

describe('the views of a record, read by somebody who has only the file', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    const journal = await openAt(at.file);
    const serials = block(1, 8);
    for (const fact of SHIFT.slice(0, 3)) journal.append(fact); // 1 to 3
    await journal.allocate(serials, [allocated(serials)]); // 4
    for (const fact of SHIFT.slice(3)) journal.append(fact);
    await journal.close();
  });

  it('v_serial: every serial in one account, and why it was rejected', () => {
    expect(rowsOf(at.file, 'SELECT idx, serial, state, reason FROM v_serial WHERE run = 1 ORDER BY idx')).toEqual([
      { idx: 0, serial: 'A0000', state: 'GOOD', reason: null },
      { idx: 1, serial: 'A0001', state: 'REJECTED', reason: 'low-grade' },
      { idx: 2, serial: 'A0002', state: 'REJECTED', reason: 'late-verdict' },
      { idx: 3, serial: 'A0003', state: 'REJECTED', reason: 'tracking-lost' },
      { idx: 4, serial: 'A0004', state: 'MISSING', reason: null },
      { idx: 5, serial: 'A0005', state: 'UNKNOWN_FATE', reason: null },
      { idx: 6, serial: 'A0006', state: 'UNKNOWN_FATE', reason: null },
      { idx: 7, serial: 'A0007', state: 'INVALID', reason: null },
    ]);
    expect(rowsOf(at.file, 'SELECT DISTINCT run, gtin FROM v_serial')).toEqual([{ run: 1, gtin: GTIN }]);
  });

  it('v_account: the balance', () => {
    expect(rowsOf(at.file, 'SELECT state, count FROM v_account WHERE run = 1 ORDER BY state')).toEqual([
      { state: 'GOOD', count: 1 },
      { state: 'INVALID', count: 1 },
      { state: 'MISSING', count: 1 },
      { state: 'REJECTED', count: 3 },
      { state: 'UNKNOWN_FATE', count: 2 },
    ]);
  });

  it('v_verdict, v_outcome, v_sent: what happened to which item', () => {
    expect(
      rowsOf(
        at.file,
        'SELECT at, item, idx, serial, verdict, reason, grade, read_at, trigger_no FROM v_verdict WHERE item IN (2, 5) ORDER BY seq',
      ),
    ).toEqual([
      {
        at: 31,
        item: 2,
        idx: 1,
        serial: 'A0001',
        verdict: 'FAIL',
        reason: 'low-grade',
        grade: 0.9,
        read_at: 30,
        trigger_no: 502,
      },
      {
        at: 34,
        item: 5,
        idx: null,
        serial: null,
        verdict: 'FAIL',
        reason: 'no-read',
        grade: null,
        read_at: 33,
        trigger_no: 505,
      },
    ]);
    expect(rowsOf(at.file, 'SELECT item, idx, serial, outcome, event FROM v_outcome ORDER BY seq LIMIT 3')).toEqual([
      { item: 1, idx: 0, serial: 'A0000', outcome: 'good-exit', event: 1 },
      { item: 2, idx: 1, serial: 'A0001', outcome: 'diverted', event: 2 },
      { item: 3, idx: 2, serial: 'A0002', outcome: 'late-verdict', event: 3 },
    ]);
    expect(rowsOf(at.file, 'SELECT record_no, idx, serial FROM v_sent WHERE run = 1 ORDER BY record_no')).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((idx) => ({ record_no: 100 + idx, idx, serial: WITH_SERIAL(idx) })),
    );
  });

  it('v_production_record: one line that says it all', () => {
    const rows = rowsOf(at.file, 'SELECT * FROM v_production_record WHERE run = 1 ORDER BY serial');
    expect(rows[0]).toEqual({
      run: 1,
      order_id: 'O-1',
      gtin: GTIN,
      serial: 'A0000',
      lot: 'LOT7',
      expiry: '2028-11-30',
      state: 'GOOD',
      sent_at: 10,
      printed_at: 20,
      read_at: 29,
      verdict_at: 30,
      verdict: 'PASS',
      reason: null,
      grade: 3.8,
      outcome_at: 40,
      outcome: 'good-exit',
      printer: 'printer-1',
      reader: 'reader-1',
      plc: 'plc-1',
    });
    expect(rows[2]).toMatchObject({
      serial: 'A0002',
      state: 'REJECTED',
      verdict: 'PASS',
      reason: 'late-verdict',
      outcome: 'diverted',
      printed_at: 36,
    });
    expect(rows[7]).toMatchObject({
      serial: 'A0007',
      state: 'INVALID',
      sent_at: null,
      verdict: null,
      outcome: null,
      printer: null,
    });
  });

  it('v_run and v_run_step: the order and who moved it', () => {
    expect(rowsOf(at.file, 'SELECT * FROM v_run')).toEqual([
      {
        run: 1,
        order_id: 'O-1',
        product: 'Tablets',
        gtin: GTIN,
        lot: 'LOT7',
        expiry: '2028-11-30',
        quantity: 8,
        state: 'CLOSED',
        imported_at: 2,
        started_at: 3,
        ended_at: 53,
        closed_at: 54,
      },
    ]);
    expect(
      rowsOf(
        at.file,
        'SELECT at, from_state, to_state, transition, user_id, role, reason FROM v_run_step ORDER BY seq',
      ),
    ).toEqual([
      {
        at: 3,
        from_state: 'READY',
        to_state: 'RUNNING',
        transition: 'T10',
        user_id: 'supervisor',
        role: 'SUP',
        reason: null,
      },
      {
        at: 53,
        from_state: 'RUNNING',
        to_state: 'ENDING',
        transition: 'T16',
        user_id: 'quality-1',
        role: 'QA',
        reason: 'all accounted',
      },
      {
        at: 54,
        from_state: 'RECONCILING',
        to_state: 'CLOSED',
        transition: 'T19',
        user_id: 'quality-1',
        role: 'QA',
        reason: 'all accounted',
      },
    ]);
  });

  it('v_audit, v_alarm, v_export, v_start: what people did and saw', () => {
    expect(
      rowsOf(at.file, 'SELECT user_id, role, action, run, reason, outcome, detail FROM v_audit ORDER BY seq LIMIT 1'),
    ).toEqual([
      {
        user_id: 'supervisor',
        role: 'SUP',
        action: 'import',
        run: 1,
        reason: 'by hand',
        outcome: 'done',
        detail: null,
      },
    ]);
    expect(
      rowsOf(
        at.file,
        'SELECT raised_at, cleared_at, acknowledged_at, acknowledged_by, alarm, code, device, detail FROM v_alarm ORDER BY seq',
      ),
    ).toEqual([
      {
        raised_at: 46,
        cleared_at: 48,
        acknowledged_at: 47,
        acknowledged_by: 'supervisor',
        alarm: 1,
        code: 'printer-lost',
        device: 'printer-1',
        detail: 'cable',
      },
      {
        raised_at: 49,
        cleared_at: null,
        acknowledged_at: null,
        acknowledged_by: null,
        alarm: 1,
        code: 'reader-lost',
        device: null,
        detail: null,
      },
    ]);
    expect(rowsOf(at.file, 'SELECT run, file, format, items, events, sha256 FROM v_export')).toEqual([
      { run: 1, file: 'a.json', format: 'epcis-json', items: 1, events: 1, sha256: 'ff' },
    ]);
    expect(rowsOf(at.file, 'SELECT * FROM v_start')).toEqual([{ seq: 1, at: 1, found: 'a new record' }]);
  });

  it('the reader thread tells the same', async () => {
    const reader = await openReader({ file: at.file, thread: READER });
    const [found] = await reader.find('A0002');
    expect(found).toMatchObject({
      run: 1,
      order: 'O-1',
      state: 'REJECTED',
      reason: 'late-verdict',
      devices: ['printer-1', 'reader-1', 'plc-1'],
    });
    expect(await reader.find('nobody')).toEqual([]);
    expect(await reader.runs()).toMatchObject([
      { run: 1, order: 'O-1', product: 'Tablets', state: 'CLOSED', startedAt: 3 },
    ]);
    expect(await reader.account(1)).toMatchObject({ GOOD: 1, REJECTED: 3, MISSING: 1, UNKNOWN_FATE: 2, INVALID: 1 });
    const good: GoodItem[] = [];
    for await (const chunk of reader.goodItems(1)) good.push(...chunk);
    expect(good).toEqual([{ index: 0, serial: 'A0000', at: 40, seq: 16 }]);
    for await (const chunk of reader.productionRecords(1)) {
      expect(chunk.length).toBe(8);
      break;
    }
    await reader.close();
    await expect(reader.find('A0002')).rejects.toThrow('ended');
  });
});
