import { hash } from 'node:crypto';
import {
  COLUMNS,
  type Found,
  type LedgerDump,
  type Opening,
  type OpenRun,
  type SerialBlock,
  type StoredFact,
  WIDTH,
} from '#contract/journal.ts';
import { FACT } from '#line/fact.ts';
import { RUN_STATES } from '#order/run-state.ts';
import type { Head } from '#record/append.ts';
import { type FactRow, GENESIS, type GroupHash, groupHash } from '#record/chain.ts';
import { type ReadableDb, RecordError, type WritableDb } from '#record/database.ts';
import { versionOf } from '#record/migrate.ts';

/** The columns of a row, in the order of COLUMNS. */
export const FACT_COLUMNS = 'seq, kind, at, run, epoch, item, serial, count, code, grade, read_at, ref';

/** Groups at the end of the chain that are recomputed at each open; all of it is `verifyChain`'s work. */
const GROUPS_CHECKED = 64;

/** As many of those as have this many rows together, and the last one anyway: an open takes no longer for a long run. */
const ROWS_CHECKED = 20_000;

/** Where the journal ends, after recomputing its last groups. Throws RecordError 'broken-chain'. */
export function readHead(db: ReadableDb, file: string): Head {
  const groups = db
    .prepare<[number], HashGroup>('SELECT first_seq, last_seq, hash FROM hash_group ORDER BY first_seq DESC LIMIT ?')
    .all(GROUPS_CHECKED + 1);
  const lastSeq = db.prepare<[], number | null>('SELECT max(seq) FROM fact').pluck().get() ?? 0;
  const newest = groups[0];
  if ((newest?.last_seq ?? 0) !== lastSeq) throw broken(file, Math.min(newest?.last_seq ?? 0, lastSeq) + 1);
  checkGroups(db, file, groups, lastSeq);
  return { lastSeq, hash: newest?.hash ?? GENESIS };
}

interface HashGroup {
  readonly first_seq: number;
  readonly last_seq: number;
  readonly hash: Uint8Array;
}

/** Recomputes the newest groups, given newest first; each needs the one before it for the hash it starts from. */
function checkGroups(db: ReadableDb, file: string, groups: readonly HashGroup[], lastSeq: number): void {
  const digest = groupHash();
  for (const [at, group] of groups.entries()) {
    const before = groups[at + 1];
    if (at === GROUPS_CHECKED || (at > 0 && lastSeq - group.first_seq > ROWS_CHECKED)) return;
    digest.start(before?.hash ?? GENESIS);
    const bad = hashRows(db, digest, (before?.last_seq ?? 0) + 1, group.last_seq);
    if (bad !== undefined) throw broken(file, bad);
    if (Buffer.compare(digest.digest(), group.hash) !== 0) throw broken(file, group.first_seq);
  }
}

/** Hashes a gap-free stretch of rows; the seq that is missing, if one is. */
function hashRows(db: ReadableDb, digest: GroupHash, first: number, last: number): number | undefined {
  const rows = db
    .prepare<[number, number], FactRow>(`SELECT ${FACT_COLUMNS}, body FROM fact WHERE seq BETWEEN ? AND ? ORDER BY seq`)
    .raw();
  let due = first;
  for (const row of rows.iterate(first, last)) {
    if (row[0] !== due) return due;
    digest.row(row);
    due += 1;
  }
  return due === last + 1 ? undefined : due;
}

function broken(file: string, seq: number): RecordError {
  return new RecordError(
    'broken-chain',
    `${file} was changed outside the program: entry ${seq} does not fit the chain. Run verify on it, and restore it from a backup.`,
  );
}

export function bodyOf(row: FactRow): string | null {
  const body = row[WIDTH];
  return typeof body === 'string' ? body : null;
}

/** What the station goes on from: the rare facts and the open run. Also drops dumps of facts that never came to be. */
export function readFound(db: WritableDb, head: Head): Found {
  db.prepare('DELETE FROM ledger_dump WHERE seq > ?').run(head.lastSeq);
  const history = readHistory(db);
  const run = openRunOf(db, history);
  const open = run === undefined ? undefined : readRun(db, run);
  return { history, ...(open === undefined ? {} : { open }) };
}

export function readOpening(db: WritableDb, head: Head, synchronous: number): Opening {
  return {
    lastSeq: head.lastSeq,
    head: Buffer.from(head.hash).toString('hex'),
    database: db.prepare<[], string>("SELECT value FROM meta WHERE name = 'database_id'").pluck().get() ?? '',
    version: versionOf(db),
    synchronous,
  };
}

function readHistory(db: ReadableDb): StoredFact[] {
  return db
    .prepare<[], FactRow>(`SELECT ${FACT_COLUMNS}, body FROM fact WHERE kind < 20 ORDER BY seq`)
    .raw()
    .all()
    .map(toFact);
}

function toFact(row: FactRow): StoredFact {
  const fact: Record<string, number | string> = {};
  for (const [column, name] of COLUMNS.entries()) {
    const value = row[column];
    if (value !== null && value !== undefined) fact[name] = value;
  }
  const body = bodyOf(row);
  if (body !== null) fact['body'] = body;
  return fact as unknown as StoredFact;
}

/**
 * Of the runs with serials that are not over, the one that moved last. A refused command or an export speaks of a run
 * too, and does not put it on the line.
 */
function openRunOf(db: ReadableDb, history: readonly StoredFact[]): number | undefined {
  const allocated = db.prepare<[], number>('SELECT DISTINCT run FROM allocation WHERE seq IS NOT NULL').pluck().all();
  const over = new Set<number>();
  const moved = new Map<number, number>(allocated.map((run) => [run, 0]));
  for (const fact of history) {
    if (fact.kind !== FACT.runMoved || fact.run === undefined || !moved.has(fact.run)) continue;
    moved.set(fact.run, fact.seq);
    const state = RUN_STATES[fact.code ?? 0];
    if (state === 'CLOSED' || state === 'CANCELLED') over.add(fact.run);
  }
  const live = [...moved]
    .filter(([run]) => !over.has(run))
    .sort((one, other) => one[1] - other[1] || one[0] - other[0]);
  return live.at(-1)?.[0];
}

/**
 * A run's serials, the newest dump that can be trusted (none with `fromFacts`), and the item facts after it; undefined if it
 * has no serials.
 */
export function readRun(db: ReadableDb, run: number, fromFacts = false): OpenRun | undefined {
  const blocks = readBlocks(db, run);
  if (blocks.length === 0) return undefined;
  const size = blocks.reduce((sum, block) => sum + block.count, 0);
  const dump = fromFacts ? undefined : readDump(db, run, size);
  const allocatedAt =
    db
      .prepare<[number], number>('SELECT min(seq) FROM allocation WHERE run = ? AND seq IS NOT NULL')
      .pluck()
      .get(run) ?? 0;
  const tail = readTail(db, run, dump?.seq ?? allocatedAt);
  return { run, blocks, tail, ...(dump === undefined ? {} : { dump }) };
}

export function readBlocks(db: ReadableDb, run: number): SerialBlock[] {
  const pieces = db.prepare<[number, number, number], { first: number; bytes: Uint8Array }>(
    'SELECT first, bytes FROM serial_block WHERE run = ? AND first >= ? AND first < ? ORDER BY first',
  );
  return db
    .prepare<[number], Omit<SerialBlock, 'bytes'>>(
      'SELECT run, gtin, first, count, stride FROM allocation WHERE run = ? AND seq IS NOT NULL ORDER BY first',
    )
    .all(run)
    .map((block) => {
      const bytes = new Uint8Array(block.count * block.stride);
      for (const piece of pieces.iterate(run, block.first, block.first + block.count)) {
        bytes.set(piece.bytes, (piece.first - block.first) * block.stride);
      }
      return { ...block, bytes };
    });
}

function readTail(db: ReadableDb, run: number, after: number): Float64Array {
  const rows = db
    .prepare<[number, number], (number | null)[]>(
      `SELECT ${FACT_COLUMNS} FROM fact WHERE seq > ? AND run = ? AND kind BETWEEN ${FACT.sent} AND ${FACT.noticed} ORDER BY seq`,
    )
    .raw();
  let tail = new Float64Array(1024 * WIDTH);
  let length = 0;
  for (const row of rows.iterate(after, run)) {
    if (length + WIDTH > tail.length) {
      const larger = new Float64Array(tail.length * 2);
      larger.set(tail);
      tail = larger;
    }
    for (let column = 0; column < WIDTH; column += 1) tail[length + column] = row[column] ?? Number.NaN;
    length += WIDTH;
  }
  return tail.slice(0, length);
}

/** Writes a dump and keeps the one before it, in case this one turns out unfit. */
export function writeDump(db: WritableDb, dump: LedgerDump): void {
  const insert = db.prepare('INSERT OR REPLACE INTO ledger_dump (run, seq, digest, states) VALUES (?, ?, ?, ?)');
  const forget = db.prepare(
    'DELETE FROM ledger_dump WHERE run = ? AND seq NOT IN (SELECT seq FROM ledger_dump WHERE run = ? ORDER BY seq DESC LIMIT 2)',
  );
  db.transaction(() => {
    insert.run(dump.run, dump.seq, hash('sha256', dump.states, 'hex'), dump.states);
    forget.run(dump.run, dump.run);
  }).immediate();
}

function readDump(db: ReadableDb, run: number, size: number): LedgerDump | undefined {
  const dumps = db
    .prepare<[number], { seq: number; digest: string; states: Uint8Array }>(
      'SELECT seq, digest, states FROM ledger_dump WHERE run = ? ORDER BY seq DESC',
    )
    .all(run);
  // A byte per serial, then what else the line carries.
  const fit = dumps.find((dump) => dump.states.length >= size && hash('sha256', dump.states, 'hex') === dump.digest);
  // A copy: the bytes of a Buffer may lie in a pool that cannot be handed to another thread.
  return fit === undefined ? undefined : { run, seq: fit.seq, states: Uint8Array.from(fit.states) };
}
