import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What the record claims, read as any stranger would: by SQL, through the views of docs/record-schema.md alone. */

export interface RunRow {
  readonly run: number;
  readonly order_id: string;
  readonly gtin: string;
  readonly lot: string;
  readonly expiry: string;
  readonly state: string;
}

export interface SerialRow {
  readonly idx: number;
  readonly serial: string;
  readonly gtin: string;
  readonly state: string;
  readonly reason: string | null;
}

export interface StepRow {
  readonly seq: number;
  readonly at: number;
  readonly from_state: string | null;
  readonly to_state: string;
  readonly user_id: string | null;
  readonly reason: string | null;
}

export interface AuditRow {
  readonly seq: number;
  readonly at: number | null;
  readonly user_id: string | null;
  readonly action: string | null;
  readonly reason: string | null;
  readonly outcome: string | null;
}

export interface AlarmRow {
  readonly raised_at: number;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
  readonly alarm: number | string;
  readonly code: string;
}

export interface ExportRow {
  readonly file: string;
  readonly items: number;
  readonly events: number;
  readonly sha256: string;
}

/** What the record says about an item under the PLC's count, and the serial it names for it. */
export interface NamedRow {
  readonly view: (typeof NAMING)[number];
  readonly epoch: number;
  readonly item: number;
  readonly serial: string;
  /** The row says itself, by its reason, that the code may be a neighbour's. */
  readonly isDoubted: boolean;
}

/** The views that name a serial for an item of the PLC's count; an outcome has no reason. */
const NAMING = ['v_verdict', 'v_outcome', 'v_inspection', 'v_picture'] as const;
const DOUBTS = new Set<string | null>(['out-of-sequence', 'frame-skew']);

export interface RunRecord {
  readonly run: RunRow;
  readonly serials: readonly SerialRow[];
  /** By its text; the first one where the record holds it twice. */
  readonly bySerial: ReadonlyMap<string, SerialRow>;
  /** How often an index was handed to a printer. */
  readonly sent: ReadonlyMap<number, number>;
  readonly named: readonly NamedRow[];
  readonly passedIndexes: ReadonlySet<number>;
  readonly passed: number;
  readonly failed: number;
  readonly latencies: readonly number[];
  /** How often the PLC reported an index through the good exit. */
  readonly goodExits: ReadonlyMap<number, number>;
  readonly lateVerdicts: number;
  readonly accounts: ReadonlyMap<string, number>;
  readonly steps: readonly StepRow[];
  readonly audit: readonly AuditRow[];
  readonly alarms: readonly AlarmRow[];
  readonly exports: readonly ExportRow[];
}

/**
 * Copies the database as it stands at this moment and hands the copy, opened for reading, to `use`.
 * The copy is gone afterwards; the original is only ever read.
 */
export async function withCopy<T>(file: string, use: (copy: Database.Database) => T | Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-'));
  const original = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const copied = join(folder, 'copy.db');
    await original.backup(copied);
    const copy = new Database(copied, { readonly: true, fileMustExist: true });
    try {
      return await use(copy);
    } finally {
      copy.close();
    }
  } finally {
    original.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads everything the record says about a run. Throws when it does not know the run. */
export function readRecord(db: Database.Database, run: number): RunRecord {
  const row = db
    .prepare<[number], RunRow>('SELECT run, order_id, gtin, lot, expiry, state FROM v_run WHERE run = ?')
    .get(run);
  if (row === undefined) throw new Error(`The database does not know run ${run}.`);
  const serials = db
    .prepare<[number], SerialRow>('SELECT idx, serial, gtin, state, reason FROM v_serial WHERE run = ? ORDER BY idx')
    .all(run);
  const bySerial = new Map<string, SerialRow>();
  for (const serial of serials) if (!bySerial.has(serial.serial)) bySerial.set(serial.serial, serial);
  return { run: row, serials, bySerial, ...readItems(db, run), ...readPeople(db, run) };
}

function readItems(db: Database.Database, run: number) {
  const sent = new Map<number, number>();
  const rows = db.prepare<[number], { idx: number }>('SELECT idx FROM v_sent WHERE run = ?');
  for (const { idx } of rows.iterate(run)) sent.set(idx, (sent.get(idx) ?? 0) + 1);
  return { sent, named: readNamed(db, run), ...readVerdicts(db, run), ...readOutcomes(db, run) };
}

function readNamed(db: Database.Database, run: number): readonly NamedRow[] {
  type Row = Omit<NamedRow, 'view' | 'isDoubted'> & { readonly reason: string | null };
  return NAMING.flatMap((view) => {
    const reason = view === 'v_outcome' ? 'NULL' : 'reason';
    const rows = db.prepare<[number], Row>(
      `SELECT epoch, item, serial, ${reason} AS reason FROM ${view} WHERE run = ? AND serial IS NOT NULL`,
    );
    return rows.all(run).map(({ reason: why, ...row }) => ({ view, ...row, isDoubted: DOUBTS.has(why) }));
  });
}

function readVerdicts(db: Database.Database, run: number) {
  const passedIndexes = new Set<number>();
  const latencies: number[] = [];
  let passed = 0;
  let failed = 0;
  const rows = db.prepare<[number], { idx: number | null; verdict: string; at: number; read_at: number | null }>(
    'SELECT idx, verdict, at, read_at FROM v_verdict WHERE run = ?',
  );
  for (const { idx, verdict, at, read_at } of rows.iterate(run)) {
    if (verdict === 'PASS') {
      passed += 1;
      if (idx !== null) passedIndexes.add(idx);
    } else failed += 1;
    if (read_at !== null) latencies.push(at - read_at);
  }
  return { passedIndexes, passed, failed, latencies };
}

function readOutcomes(db: Database.Database, run: number) {
  const goodExits = new Map<number, number>();
  let lateVerdicts = 0;
  const rows = db.prepare<[number], { idx: number | null; outcome: string }>(
    'SELECT idx, outcome FROM v_outcome WHERE run = ?',
  );
  for (const { idx, outcome } of rows.iterate(run)) {
    if (outcome === 'late-verdict') lateVerdicts += 1;
    if (outcome === 'good-exit' && idx !== null) goodExits.set(idx, (goodExits.get(idx) ?? 0) + 1);
  }
  return { goodExits, lateVerdicts };
}

function readPeople(db: Database.Database, run: number) {
  const accounts = new Map(
    db
      .prepare<[number], { state: string; count: number }>('SELECT state, count FROM v_account WHERE run = ?')
      .all(run)
      .map(({ state, count }) => [state, count] as const),
  );
  const steps = db
    .prepare<[number], StepRow>(
      'SELECT seq, at, from_state, to_state, user_id, reason FROM v_run_step WHERE run = ? ORDER BY seq',
    )
    .all(run);
  const audit = db
    .prepare<[number], AuditRow>(
      'SELECT seq, at, user_id, action, reason, outcome FROM v_audit WHERE run = ? ORDER BY seq',
    )
    .all(run);
  const alarms = db
    .prepare<[], AlarmRow>('SELECT raised_at, acknowledged_at, acknowledged_by, alarm, code FROM v_alarm ORDER BY seq')
    .all();
  const exports = db
    .prepare<[number], ExportRow>(
      "SELECT file, items, events, sha256 FROM v_export WHERE run = ? AND format = 'epcis-json'",
    )
    .all(run);
  return { accounts, steps, audit, alarms, exports };
}

/** Walks over the serials of all other runs, one at a time. */
export function* otherSerials(
  db: Database.Database,
  run: number,
): Generator<{ readonly run: number; readonly serial: string; readonly gtin: string }> {
  const others = db.prepare<[number], { run: number }>('SELECT run FROM v_run WHERE run <> ?').all(run);
  const rows = db.prepare<[number], { run: number; serial: string; gtin: string }>(
    'SELECT run, serial, gtin FROM v_serial WHERE run = ?',
  );
  for (const other of others) yield* rows.iterate(other.run);
}
