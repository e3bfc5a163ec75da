import type { ProductionRecord } from '#contract/workstation.ts';
import { FACT, type FactKind } from '#line/fact.ts';
import { accountsOf, type Ledger, openLedger, stateOf } from '#line/ledger.ts';
import { applyFact } from '#line/replay.ts';
import { type SerialState, STATE_CODE } from '#line/serial-state.ts';
import type { ReadableDb } from '#record/database.ts';
import { readBlocks } from '#record/opening.ts';
import { type DeviceEra, productionRecord, type RunFrame, type SerialFact } from '#record/query/production-record.ts';
import type { GoodItem, RunRow } from '#record/query/questions.ts';
import { serialOf } from '#record/sort-serials.ts';

/** Facts read at a time, and items per chunk: a stream holds no read transaction between two chunks. */
const PAGE = 4096;
const RECORDS_PER_CHUNK = 1024;

export function runs(db: ReadableDb): readonly RunRow[] {
  return db
    .prepare<[], RunRow>(
      `SELECT run, order_id AS "order", product, gtin, lot, expiry, quantity, state, imported_at AS importedAt,
              started_at AS startedAt, ended_at AS endedAt, closed_at AS closedAt FROM v_run ORDER BY run`,
    )
    .all();
}

/** Production records of every item with this serial, the newest run first. */
export function find(db: ReadableDb, serial: string): readonly ProductionRecord[] {
  const eras = readEras(db);
  const facts = factsOfOne(db);
  return db
    .prepare<[string], { run: number; idx: number }>(
      `SELECT s.run, s.idx FROM (SELECT DISTINCT run FROM allocation WHERE seq IS NOT NULL) a
         JOIN serial s ON s.run = a.run AND s.serial = ?
        WHERE EXISTS (SELECT 1 FROM allocation b WHERE b.run = s.run AND b.seq IS NOT NULL
                        AND s.idx >= b.first AND s.idx < b.first + b.count)
        ORDER BY s.run DESC`,
    )
    .all(serial)
    .map(({ run, idx }) => productionRecord(readFrame(db, run), serial, facts(run, idx), eras));
}

/** The balance of a run's ledger. */
export function account(db: ReadableDb, run: number): Readonly<Record<SerialState, number>> {
  const ledger = openLedger(run, readBlocks(db, run));
  for (const page of itemFacts(db, run)) for (const fact of page) applyFact(ledger, fact);
  return accountsOf(ledger);
}

/**
 * Good items of a run in the order in which they became GOOD, up to the last fact at the start of the stream. Memory:
 * the ledger of the run, whatever the number of facts.
 */
export function* goodItems(db: ReadableDb, run: number): Generator<readonly GoodItem[], void> {
  const ledger = openLedger(run, readBlocks(db, run));
  const upTo = lastSeq(db);
  const withdrawn = withdrawnItems(db, run, upTo);
  for (const page of itemFacts(db, run, upTo)) {
    const chunk: GoodItem[] = [];
    for (const fact of page) {
      const { serial: index } = fact;
      const wasGood = fact.kind === FACT.outcome && index !== undefined && stateOf(ledger, index) === 'GOOD';
      applyFact(ledger, fact);
      if (fact.kind !== FACT.outcome || index === undefined || wasGood) continue;
      if (stateOf(ledger, index) === 'GOOD' && !withdrawn.has(index)) {
        chunk.push({ index, serial: serialOf(ledger, index), at: fact.at, seq: fact.seq });
      }
    }
    if (chunk.length > 0) yield chunk;
  }
}

/** Items that were GOOD and are no longer; none, as long as the rule book lets nothing leave that account. */
function withdrawnItems(db: ReadableDb, run: number, upTo: number): ReadonlySet<number> {
  const left = db
    .prepare<[number, number, number], { first: number; count: number }>(
      `SELECT serial AS first, coalesce(count, 1) AS count FROM fact
        WHERE kind IN (20, 21, 24) AND kind = 24 AND run = ? AND seq <= ? AND code / 100 = ?`,
    )
    .all(run, upTo, STATE_CODE.GOOD);
  if (left.length === 0) return new Set();
  const ledger: Ledger = openLedger(run, readBlocks(db, run));
  for (const page of itemFacts(db, run, upTo)) for (const fact of page) applyFact(ledger, fact);
  const indexes = left.flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at));
  return new Set(indexes.filter((index) => stateOf(ledger, index) !== 'GOOD'));
}

/** Production records of a run in the order of allocation. */
export function* productionRecords(db: ReadableDb, run: number): Generator<readonly ProductionRecord[], void> {
  const frame = readFrame(db, run);
  const eras = readEras(db);
  const facts = factsOfMany(db, run);
  for (const block of readBlocks(db, run)) {
    for (let from = 0; from < block.count; from += RECORDS_PER_CHUNK) {
      const count = Math.min(RECORDS_PER_CHUNK, block.count - from);
      const perItem = facts(block.first + from, count);
      yield perItem.map((own, at) => productionRecord(frame, serialOf(block, from + at), own, eras));
    }
  }
}

function lastSeq(db: ReadableDb): number {
  return db.prepare<[], number | null>('SELECT max(seq) FROM fact').pluck().get() ?? 0;
}

interface ItemFact {
  readonly seq: number;
  readonly kind: FactKind;
  readonly at: number;
  readonly serial?: number;
  readonly count?: number;
  readonly code?: number;
}

/** The facts that can move serials of a run, in order, a page at a time. */
function* itemFacts(db: ReadableDb, run: number, upTo = lastSeq(db)): Generator<readonly ItemFact[], void> {
  const page = db
    .prepare<[number, number, number], (number | null)[]>(
      `SELECT seq, kind, at, serial, count, code FROM fact
        WHERE seq > ? AND seq <= ? AND run = ? AND kind BETWEEN ${FACT.sent} AND ${FACT.moved} ORDER BY seq LIMIT ${PAGE}`,
    )
    .raw();
  let after =
    db.prepare<[number], number | null>('SELECT min(seq) FROM allocation WHERE run = ?').pluck().get(run) ?? upTo;
  for (;;) {
    const facts = page.all(after, upTo, run).map(toItemFact);
    if (facts.length === 0) return;
    yield facts;
    after = facts.at(-1)?.seq ?? upTo;
  }
}

function toItemFact(row: (number | null)[]): ItemFact {
  const [seq, kind, at, serial, count, code] = row;
  return {
    seq: seq ?? 0,
    kind: (kind ?? 0) as FactKind,
    at: at ?? 0,
    ...(serial == null ? {} : { serial }),
    ...(count == null ? {} : { count }),
    ...(code == null ? {} : { code }),
  };
}

function readFrame(db: ReadableDb, run: number): RunFrame {
  const order = db
    .prepare<[number], Omit<RunFrame, 'run'>>(
      `SELECT body ->> '$.order' AS "order", body ->> '$.product.gtin' AS gtin, body ->> '$.lot' AS lot, body ->> '$.expiry' AS expiry
         FROM fact WHERE kind < 20 AND kind = ${FACT.orderImported} AND run = ? ORDER BY seq DESC LIMIT 1`,
    )
    .get(run);
  const gtin = db.prepare<[number], string>('SELECT gtin FROM allocation WHERE run = ? LIMIT 1').pluck().get(run);
  return { run, order: order?.order ?? '', gtin: gtin ?? '', lot: order?.lot ?? '', expiry: order?.expiry ?? '' };
}

function readEras(db: ReadableDb): DeviceEra[] {
  return db
    .prepare<[], DeviceEra>(
      `SELECT seq, body ->> '$.devices.printer' AS printer, body ->> '$.devices.reader' AS reader, body ->> '$.devices.plc' AS plc
         FROM fact WHERE kind < 20 AND kind = ${FACT.started} ORDER BY seq`,
    )
    .all();
}

const SERIAL_FACT = 'seq, kind, at, code, grade, read_at AS readAt, ref, serial AS first, coalesce(count, 1) AS count';

interface PlacedFact extends SerialFact {
  readonly first: number;
  readonly count: number;
}

function factsOfOne(db: ReadableDb): (run: number, index: number) => readonly SerialFact[] {
  const all = db.prepare<[number, number, number, number, number], PlacedFact>(
    `SELECT ${SERIAL_FACT} FROM fact WHERE kind IN (20, 21, 24) AND run = ? AND serial <= ? AND serial + coalesce(count, 1) > ?
     UNION ALL SELECT ${SERIAL_FACT} FROM fact WHERE kind IN (3, 20, 21, 22, 23, 24) AND kind IN (22, 23) AND serial IS NOT NULL AND run = ? AND serial = ? ORDER BY seq`,
  );
  return (run, index) => all.all(run, index, index, run, index);
}

/** Ranges up to this length are found by the index of where they start; the few longer ones are kept at hand. */
const LONG_RANGE = 4096;

/** Facts of a stretch of serials, one list per serial. */
function factsOfMany(db: ReadableDb, run: number): (first: number, count: number) => readonly SerialFact[][] {
  const long = db
    .prepare<[number], PlacedFact>(
      `SELECT ${SERIAL_FACT} FROM fact WHERE kind IN (20, 21, 24) AND run = ? AND count > ${LONG_RANGE}`,
    )
    .all(run);
  const ranges = db.prepare<[number, number, number], PlacedFact>(
    `SELECT ${SERIAL_FACT} FROM fact
      WHERE kind IN (20, 21, 24) AND run = ? AND serial > ? - ${LONG_RANGE} AND serial < ? AND coalesce(count, 1) <= ${LONG_RANGE}`,
  );
  const items = db.prepare<[number, number, number], PlacedFact>(
    `SELECT ${SERIAL_FACT} FROM fact
      WHERE kind IN (3, 20, 21, 22, 23, 24) AND kind IN (22, 23) AND serial IS NOT NULL AND run = ? AND serial >= ? AND serial < ?`,
  );
  return (first, count) => {
    const lists: SerialFact[][] = Array.from({ length: count }, () => []);
    const facts = [...long, ...ranges.all(run, first, first + count), ...items.all(run, first, first + count)];
    facts.sort((one, other) => one.seq - other.seq);
    for (const fact of facts) {
      const isRange = fact.kind !== FACT.verdict && fact.kind !== FACT.outcome;
      const from = Math.max(first, fact.first);
      const to = Math.min(first + count, fact.first + (isRange ? fact.count : 1));
      for (let index = from; index < to; index += 1) lists[index - first]?.push(fact);
    }
    return lists;
  };
}
