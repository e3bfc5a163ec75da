import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProductionRecord } from '#contract/workstation.ts';
import { FACT, type Fact } from '#line/fact.ts';
import { accountsOf, openLedger, stateOf } from '#line/ledger.ts';
import { applyFact } from '#line/replay.ts';
import { groupCommit } from '#record/append.ts';
import { GENESIS } from '#record/chain.ts';
import type { ReadableDb, WritableDb } from '#record/database.ts';
import { migrate } from '#record/migrate.ts';
import { pendingFacts } from '#record/pending.ts';
import { account, find, goodItems, productionRecords } from '#record/query/answers.ts';
import { allocated, block, GTIN, ORDER, serialNumber } from './record-file.ts';

const index = fc.nat({ max: 11 });
const range = { serial: index, count: fc.integer({ min: 1, max: 6 }) };
const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ kind: fc.constant(FACT.sent), at: fc.nat(99), run: fc.constant(1), ...range, ref: fc.nat(999) }),
  fc.record({ kind: fc.constant(FACT.printed), at: fc.nat(99), run: fc.constant(1), ...range, ref: fc.nat(999) }),
  fc.record({
    kind: fc.constant(FACT.verdict),
    at: fc.nat(99),
    run: fc.constant(1),
    item: fc.nat(99),
    serial: index,
    code: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 21 })),
    readAt: fc.nat(99),
    grade: fc.nat(40),
  }),
  fc.record({
    kind: fc.constant(FACT.outcome),
    at: fc.nat(99),
    run: fc.constant(1),
    item: fc.nat(99),
    serial: index,
    code: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({
    kind: fc.constant(FACT.moved),
    at: fc.nat(99),
    run: fc.constant(1),
    ...range,
    code: fc.nat(9).chain((from) => fc.nat(9).map((to) => 100 * from + to)),
    ref: fc.integer({ min: 1, max: 21 }),
  }),
  fc.record({ kind: fc.constant(FACT.noticed), at: fc.nat(99), run: fc.constant(1), code: fc.nat(9) }),
);

/** Writes facts into a database in memory, the way the thread does. */
function recorded(facts: readonly Fact[]): WritableDb {
  const db = new Database(':memory:') as unknown as WritableDb;
  migrate(db, ':memory:', { mode: 'TRAINING', line: 'L1' });
  const serials = block(1, 12);
  db.prepare('INSERT INTO allocation VALUES (1, 0, 12, 8, ?, 1)').run(GTIN);
  db.prepare('INSERT INTO serial_block VALUES (1, 0, 12, 8, ?)').run(serials.bytes);
  for (let at = 0; at < 12; at += 1) db.prepare('INSERT INTO serial VALUES (1, ?, ?)').run(serialNumber(at), at);
  const pending = pendingFacts();
  const start = { kind: FACT.orderImported, at: 1, run: 1, body: JSON.stringify(ORDER) } as const;
  for (const [place, fact] of [allocated(serials), start, ...facts].entries()) pending.add(place + 1, fact);
  const batch = pending.take();
  if (batch === undefined) throw new Error('nothing was pending');
  groupCommit(db)([batch], { lastSeq: 0, hash: GENESIS }, new Map());
  return db;
}

function streamed<T>(chunks: Iterable<readonly T[]>): T[] {
  return [...chunks].flat();
}

describe('whatever the line recorded', { timeout: 60_000 }, () => {
  it('the views, the reader and the ledger agree on every serial', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 80 }), (facts) => {
        const db = recorded(facts);
        const ledger = openLedger(1, [block(1, 12)]);
        for (const fact of facts) applyFact(ledger, fact);
        const expected = Array.from({ length: 12 }, (_, idx) => ({ idx, state: stateOf(ledger, idx) }));
        expect(db.prepare('SELECT idx, state FROM v_serial WHERE run = 1 ORDER BY idx').all()).toEqual(expected);
        const balance = Object.fromEntries(Object.entries(accountsOf(ledger)).filter(([, count]) => count > 0));
        const accounts = db.prepare('SELECT state, count FROM v_account').all() as { state: string; count: number }[];
        expect(Object.fromEntries(accounts.map((row) => [row.state, row.count]))).toEqual(balance);
        expect(account(db, 1)).toEqual(accountsOf(ledger));
        const good = new Set(streamed(goodItems(db, 1)).map((item) => item.index));
        expect(good).toEqual(
          new Set(
            expected.filter((row) => row.state === 'GOOD' && reachedByOutcome(facts, row.idx)).map((row) => row.idx),
          ),
        );
        expectSameRecords(db);
        db.close();
      }),
      { numRuns: 80 },
    );
  });
});

/** A serial may also be posted to GOOD by a person; the stream is of those that the divert confirmed. */
function reachedByOutcome(facts: readonly Fact[], idx: number): boolean {
  const ledger = openLedger(1, [block(1, 12)]);
  for (const fact of facts) {
    const before = stateOf(ledger, idx);
    applyFact(ledger, fact);
    if (before !== 'GOOD' && stateOf(ledger, idx) === 'GOOD') return fact.kind === FACT.outcome;
  }
  return false;
}

function expectSameRecords(db: ReadableDb): void {
  const rows = db.prepare('SELECT * FROM v_production_record WHERE run = 1 ORDER BY serial').all() as {
    [column: string]: string | number | null;
  }[];
  const fromView = rows.map((row) => ({
    run: row['run'],
    order: row['order_id'],
    gtin: row['gtin'],
    serial: row['serial'],
    lot: row['lot'],
    expiry: row['expiry'],
    state: row['state'],
    sentAt: row['sent_at'],
    printedAt: row['printed_at'],
    readAt: row['read_at'],
    verdictAt: row['verdict_at'],
    verdict: row['verdict'],
    reason: row['reason'],
    grade: row['grade'],
    outcomeAt: row['outcome_at'],
    outcome: row['outcome'],
    devices: [],
  }));
  const fromReader: ProductionRecord[] = streamed(productionRecords(db, 1));
  expect(fromReader).toEqual(fromView);
  expect(find(db, 'A0003')).toEqual([fromView[3]]);
}
