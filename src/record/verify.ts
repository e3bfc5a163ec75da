import { type FactRow, GENESIS, type GroupHash, groupHash } from '#record/chain.ts';
import { openReadable, type ReadableDb } from '#record/database.ts';
import { FACT_COLUMNS } from '#record/opening.ts';
import { verifySerials } from '#record/verify-serials.ts';

/** What a verification found. Everything here comes from the file alone. */
export interface Verification {
  readonly isIntact: boolean;
  readonly facts: number;
  readonly groups: number;
  readonly serials: number;
  /** Hex of the last hash that was recomputed and fitted. */
  readonly head: string;
  readonly bad?: Bad;
  /** What a file alone cannot show. */
  readonly note?: string;
}

export interface VerifyOptions {
  readonly onProgress?: (done: number, of: number) => void;
  /** A head (hex) that was written down elsewhere: it must be one of this chain's. */
  readonly expectedHead?: string;
}

const NO_WITNESS =
  'Entries removed from the very end, together with their hashes, leave a shorter chain that fits. Only a head that was written down elsewhere shows that.';

/**
 * Recomputes the whole chain of a record, and the digests of its serials, with nothing but the file. Finds rows that
 * were changed, removed, inserted or cut off. Throws when the file cannot be read at all.
 */
export function verifyChain(file: string, options: VerifyOptions = {}): Verification {
  const db = openReadable(file);
  try {
    return db.transaction(() => verify(db, options))();
  } finally {
    db.close();
  }
}

/** The first thing that does not fit: at which entry, and what about it. */
export interface Bad {
  readonly seq: number;
  readonly what: string;
}

interface Progress {
  facts: number;
  groups: number;
  serials: number;
  head: Uint8Array;
  hasSeenExpected: boolean;
}

function verify(db: ReadableDb, options: VerifyOptions): Verification {
  const progress: Progress = { facts: 0, groups: 0, serials: 0, head: GENESIS, hasSeenExpected: false };
  const expected = options.expectedHead?.toLowerCase();
  progress.hasSeenExpected = expected === undefined || expected === hex(GENESIS);
  const bad = verifyGroups(db, progress, expected, options.onProgress) ?? countSerials(db, progress);
  const missing = progress.hasSeenExpected
    ? undefined
    : {
        seq: progress.facts + 1,
        what: 'the expected head is not in this chain: entries were cut off its end, or it is another record',
      };
  const found = bad ?? missing;
  return {
    isIntact: found === undefined,
    facts: progress.facts,
    groups: progress.groups,
    serials: progress.serials,
    head: hex(progress.head),
    ...(found === undefined ? {} : { bad: found }),
    ...(expected === undefined ? { note: NO_WITNESS } : {}),
  };
}

interface Group {
  readonly first: number;
  readonly last: number;
  readonly hash: Uint8Array;
}

/** Facts between two reports of progress. */
const REPORT_EVERY = 50_000;

function verifyGroups(
  db: ReadableDb,
  progress: Progress,
  expected: string | undefined,
  onProgress: ((done: number, of: number) => void) | undefined,
): Bad | undefined {
  const of = db.prepare<[], number>('SELECT count(*) FROM fact').pluck().get() ?? 0;
  const groups = db
    .prepare<[], Group>('SELECT first_seq AS first, last_seq AS last, hash FROM hash_group ORDER BY first_seq')
    .iterate();
  const rows = db.prepare<[], FactRow>(`SELECT ${FACT_COLUMNS}, body FROM fact ORDER BY seq`).raw().iterate();
  const digest = groupHash();
  let reportAt = REPORT_EVERY;
  using _closed = closing(rows);
  for (const group of groups) {
    const bad = verifyGroup(group, rows, digest, progress);
    if (bad !== undefined) return bad;
    if (expected !== undefined && hex(group.hash) === expected) progress.hasSeenExpected = true;
    if (progress.facts < reportAt) continue;
    onProgress?.(progress.facts, of);
    reportAt = progress.facts + REPORT_EVERY;
  }
  onProgress?.(progress.facts, of);
  const extra = rows.next();
  if (extra.done === true) return undefined;
  const seq = Number(extra.value[0]);
  return { seq, what: `entry ${seq} has no hash: it was inserted, or its hash removed` };
}

/** SQLite is busy as long as a query is left half read. */
function closing(rows: Iterator<FactRow>): Disposable {
  return { [Symbol.dispose]: () => void rows.return?.() };
}

/** Takes the group's rows and advances the progress, unless something does not fit. */
function verifyGroup(group: Group, rows: Iterator<FactRow>, digest: GroupHash, progress: Progress): Bad | undefined {
  if (group.first !== progress.facts + 1) return gap(progress.facts + 1, group.first);
  digest.start(progress.head);
  for (let due = group.first; due <= group.last; due += 1) {
    const row = rows.next();
    const seq = row.done === true ? Number.POSITIVE_INFINITY : Number(row.value[0]);
    if (row.done === true || seq > due) return { seq: due, what: `entry ${due} is missing` };
    if (seq < due) return { seq, what: `entry ${seq} was inserted` };
    digest.row(row.value);
  }
  const hash = digest.digest();
  if (Buffer.compare(hash, group.hash) !== 0) return changed(group);
  progress.head = hash;
  progress.groups += 1;
  progress.facts = group.last;
  return undefined;
}

function gap(due: number, first: number): Bad {
  return {
    seq: due,
    what: first > due ? `the hash of entry ${due} is missing` : `a second hash covers entry ${first}`,
  };
}

function changed(group: Group): Bad {
  const which =
    group.first === group.last ? `entry ${group.first}` : `one of the entries ${group.first} to ${group.last}`;
  return { seq: group.first, what: `${which} was changed, or the hash over it` };
}

function countSerials(db: ReadableDb, progress: Progress): Bad | undefined {
  const result = verifySerials(db);
  progress.serials = result.serials;
  return result.bad;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
