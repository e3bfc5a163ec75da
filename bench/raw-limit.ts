import { rmSync } from 'node:fs';
import { type JournalBatch, WIDTH } from '#contract/journal.ts';
import { checkpoints, groupCommit, type Head } from '#record/append.ts';
import { type FactRow, GENESIS } from '#record/chain.ts';
import { openReadable, openWritable } from '#record/database.ts';
import { migrate } from '#record/migrate.ts';
import { FACT_COLUMNS } from '#record/opening.ts';
import { answerAsPart } from './child.ts';

// What the record thread's own statements do with the rows of a round, in the group sizes of that round, with nothing
// beside them: no line, no sockets, no other thread.

export interface RawRun {
  readonly from: string;
  readonly file: string;
  /** Facts in one commit. */
  readonly group: number;
  readonly seconds: number;
}

const MOST_ROWS = 400_000;

function readRows(from: string): Float64Array {
  const db = openReadable(from);
  const rows = db.prepare<[number], FactRow>(`SELECT ${FACT_COLUMNS} FROM fact WHERE body IS NULL LIMIT ?`).raw();
  const packed = new Float64Array(MOST_ROWS * WIDTH);
  let count = 0;
  for (const row of rows.iterate(MOST_ROWS)) {
    for (let column = 1; column < WIDTH; column += 1)
      packed[count * WIDTH + column] = Number(row[column] ?? Number.NaN);
    packed[count * WIDTH] = count + 1;
    count += 1;
  }
  db.close();
  return packed.subarray(0, count * WIDTH);
}

/** Facts a second. */
function append({ from, file, group, seconds }: RawRun): { rate: number } {
  const rows = readRows(from);
  const db = openWritable(file);
  migrate(db, file, { mode: 'TRAINING', line: 'LINE-1' });
  const commit = groupCommit(db);
  const checkpoint = checkpoints(db);
  const count = rows.length / WIDTH;
  let head: Head = { lastSeq: 0, hash: GENESIS };
  const began = performance.now();
  while (head.lastSeq + group <= count && performance.now() - began < seconds * 1000) {
    const batch: JournalBatch = {
      rows: rows.slice(head.lastSeq * WIDTH, (head.lastSeq + group) * WIDTH),
      count: group,
      bodies: [],
    };
    head = commit([batch], head, new Map());
    checkpoint(group);
  }
  const rate = (head.lastSeq * 1000) / (performance.now() - began);
  db.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  return { rate };
}

answerAsPart({ append });
