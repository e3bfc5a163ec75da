import Database from 'better-sqlite3';
import { groupCommit, type Head } from '#record/append.ts';
import { GENESIS } from '#record/chain.ts';
import type { WritableDb } from '#record/database.ts';
import type { Journal } from '#record/journal.ts';
import { migrate } from '#record/migrate.ts';
import { pendingFacts } from '#record/pending.ts';
import { packSerials } from './order.ts';
import { openSink, openStation } from './station.ts';
import { runSubject, subjectArguments, watchHealth } from './subject.ts';

// The same work as one would write it first: on the main thread, one transaction and one flush per item, then the
// verdict. Tables, indexes, hash, parsing and judging are the product's own; only the way to the disk differs.

interface NaiveJournal extends Journal {
  /** Commits what the item has left. */
  commit(): void;
}

function openNaive(file: string): NaiveJournal {
  const db = new Database(file) as WritableDb;
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  migrate(db, file, { mode: 'TRAINING', line: 'LINE-1' });
  const write = groupCommit(db);
  const pending = pendingFacts();
  const listeners = new Set<(upTo: number) => void>();
  let head: Head = { lastSeq: 0, hash: GENESIS };
  let lastSeq = 0;
  const never = (): never => {
    throw new Error('not part of the comparison');
  };
  return {
    opening: { lastSeq: 0, head: '', database: '', version: 0, synchronous: 2 },
    takeFound: never,
    append(fact) {
      lastSeq += 1;
      pending.add(lastSeq, fact);
      return lastSeq;
    },
    commit() {
      const batch = pending.take();
      if (batch === undefined) return;
      head = write([batch], head, new Map());
      for (const listener of listeners) listener(head.lastSeq);
    },
    durable(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get durableUpTo() {
      return head.lastSeq;
    },
    get lastSeq() {
      return lastSeq;
    },
    // Copies of the ledger for a fast start are no part of a first design.
    dump: () => {},
    failed: () => () => {},
    allocate: never,
    load: never,
    retry: never,
    stats: never,
    close: () => Promise.resolve(void db.close()),
  };
}

const { camera, sink, file, serials } = subjectArguments();
const journal = openNaive(file);
const verdict = await openSink(sink, false);
const station = openStation({ journal, serials: packSerials(serials), verdict });
runSubject({
  station,
  cameraPort: camera,
  after: journal.commit,
  health: watchHealth(() => undefined),
  close: () => journal.close(),
});
