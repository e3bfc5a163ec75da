import type { Statement } from 'better-sqlite3';
import { type JournalBatch, WIDTH } from '#contract/journal.ts';
import { groupHash } from '#record/chain.ts';
import type { WritableDb } from '#record/database.ts';

/** Where the journal ends. */
export interface Head {
  readonly lastSeq: number;
  readonly hash: Uint8Array;
}

/** An allocation whose serials are written and wait for the facts that make them valid. */
export interface Prepared {
  readonly run: number;
  readonly first: number;
}

/**
 * Returns the commit of one group: every row of the batches, the advance of the chain and the sealing of allocations
 * stand in one transaction. It returns the new head; when it throws, nothing happened and it may be called again.
 */
export function groupCommit(
  db: WritableDb,
): (batches: readonly JournalBatch[], head: Head, prepared: ReadonlyMap<number, Prepared>) => Head {
  const insertFact = db.prepare(
    `INSERT INTO fact (seq, kind, at, run, epoch, item, serial, count, code, grade, read_at, ref, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertGroup = db.prepare('INSERT INTO hash_group (first_seq, last_seq, hash) VALUES (?, ?, ?)');
  const seal = db.prepare('UPDATE allocation SET seq = ? WHERE run = ? AND first = ?');
  const hash = groupHash();

  const write = db.transaction(
    (batches: readonly JournalBatch[], head: Head, prepared: ReadonlyMap<number, Prepared>): Head => {
      hash.start(head.hash);
      let lastSeq = head.lastSeq;
      for (const batch of batches) {
        insertRows(insertFact, batch, lastSeq);
        hash.batch(batch);
        lastSeq += batch.count;
        const sealed = batch.seals === undefined ? undefined : prepared.get(batch.seals);
        if (sealed !== undefined) seal.run(lastSeq, sealed.run, sealed.first);
      }
      const next = hash.digest();
      insertGroup.run(head.lastSeq + 1, lastSeq, next);
      return { lastSeq, hash: next };
    },
  );
  return (batches, head, prepared) => write.immediate(batches, head, prepared);
}

function insertRows(insert: Statement<unknown[]>, batch: JournalBatch, lastSeq: number): void {
  const { rows, bodies } = batch;
  let nextBody = 0;
  for (let index = 0; index < batch.count; index += 1) {
    const at = index * WIDTH;
    if (rows[at] !== lastSeq + 1 + index) throw new Error(`fact ${rows[at]} came where ${lastSeq + 1 + index} was due`);
    let body: string | null = null;
    const waiting = bodies[nextBody];
    if (waiting !== undefined && waiting[0] === index) {
      body = waiting[1];
      nextBody += 1;
    }
    // Spelt out, because spreading a typed array costs more than the insert. NaN is stored as NULL by SQLite itself.
    insert.run(
      rows[at],
      rows[at + 1],
      rows[at + 2],
      rows[at + 3],
      rows[at + 4],
      rows[at + 5],
      rows[at + 6],
      rows[at + 7],
      rows[at + 8],
      rows[at + 9],
      rows[at + 10],
      rows[at + 11],
      body,
    );
  }
}

/** Pages in the write-ahead log from which it is worth carrying them into the database. */
const CHECKPOINT_PAGES = 8000;

/**
 * Returns what to call after each group: it looks at the log now and then, and checkpoints a long one. A checkpoint that
 * fails costs nothing but room, for the log holds every commit; a disk that is really full is told by the next commit.
 */
export function checkpoints(db: WritableDb, pages = CHECKPOINT_PAGES): (rows: number) => void {
  let since = 0;
  return (rows) => {
    since += rows + 4;
    if (since < 4000) return;
    since = 0;
    try {
      if (logPages(db.pragma('wal_checkpoint(NOOP)')) >= pages) db.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      since = 0;
    }
  };
}

function logPages(answer: unknown): number {
  const row: unknown = Array.isArray(answer) ? answer[0] : undefined;
  return typeof row === 'object' && row !== null && 'log' in row ? Number(row.log) : 0;
}
