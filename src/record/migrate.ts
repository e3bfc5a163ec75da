import { randomUUID } from 'node:crypto';
import { PICTURE_KEPT, PICTURE_REMOVED } from '#line/fact.ts';
import { SERIAL_MOVES, SERIAL_STATES, STATE_CODE } from '#line/serial-state.ts';
import { OUTCOMES } from '#line/signal.ts';
import { REASON_CODES } from '#line/verdict.ts';
import { RUN_STATES } from '#order/run-state.ts';
import { APPLICATION_ID, type ReadableDb, RecordError, type WritableDb } from '#record/database.ts';
import { sql as tables } from '#record/migrations/0001-tables.ts';
import { sql as views } from '#record/migrations/0002-views.ts';
import { sql as eye } from '#record/migrations/0003-eye.ts';

/** Forward only; the place in this list is the version it leads to, so a line is never changed once released. */
const MIGRATIONS: readonly string[] = [tables, views, eye];

/** The version this program writes. */
export const VERSION = MIGRATIONS.length;

/** Whose record it is: a file belongs to one line, and to training or production, for ever. */
export interface Ownership {
  readonly mode: 'TRAINING' | 'PRODUCTION';
  readonly line: string;
}

export function versionOf(db: ReadableDb): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Brings the database to VERSION, each step whole or not at all. A record of a newer program, of the other mode or of
 * another line is refused before anything is written. Throws RecordError.
 */
export function migrate(db: WritableDb, file: string, ownership: Ownership): void {
  const version = versionOf(db);
  if (version > VERSION) {
    throw new RecordError(
      'newer-version',
      `${file} was written by a newer Linewright (record version ${version}; this one knows ${VERSION}). Use that version.`,
    );
  }
  if (version > 0) refuseForeignRecord(db, file, ownership);
  for (let next = version; next < VERSION; next += 1) {
    db.transaction(() => {
      db.exec(MIGRATIONS[next] ?? '');
      if (next === 0) found(db, ownership);
      db.pragma(`user_version = ${next + 1}`);
    }).immediate();
  }
  spellWords(db);
}

function refuseForeignRecord(db: ReadableDb, file: string, ownership: Ownership): void {
  const value = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const mode = value.get('mode');
  const line = value.get('line');
  if (mode !== ownership.mode) {
    throw new RecordError(
      'wrong-mode',
      `${file} holds ${mode} data and was opened as ${ownership.mode}. Training and production records never mix: choose the other file.`,
    );
  }
  if (line !== ownership.line) {
    throw new RecordError(
      'wrong-line',
      `${file} belongs to line ${line}, not to ${ownership.line}. Choose that line's own file.`,
    );
  }
}

function found(db: WritableDb, ownership: Ownership): void {
  db.pragma(`application_id = ${APPLICATION_ID}`);
  const insert = db.prepare('INSERT INTO meta (name, value) VALUES (?, ?)');
  insert.run('mode', ownership.mode);
  insert.run('line', ownership.line);
  insert.run('database_id', randomUUID());
}

/** The words and moves behind the stored numbers. Lists only ever grow, so this adds what a newer program knows. */
function spellWords(db: WritableDb): void {
  const lists: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
    state: SERIAL_STATES.map((word, code) => [code, word]),
    run: RUN_STATES.map((word, code) => [code, word]),
    reason: Object.entries(REASON_CODES).map(([word, code]) => [code, word]),
    outcome: Object.entries(OUTCOMES).map(([word, code]) => [code, word]),
    kept: Object.entries(PICTURE_KEPT).map(([word, code]) => [code, word]),
    removed: Object.entries(PICTURE_REMOVED).map(([word, code]) => [code, word]),
  };
  const words = Object.entries(lists).flatMap(([list, entries]) =>
    entries.map(([code, word]) => [list, code, word] as const),
  );
  const moves = SERIAL_STATES.flatMap((from) =>
    SERIAL_MOVES[from].map((to) => [STATE_CODE[from], STATE_CODE[to]] as const),
  );
  const known = db
    .prepare<[], number>('SELECT (SELECT count(*) FROM word) + (SELECT count(*) FROM serial_rule)')
    .pluck()
    .get();
  if (known === words.length + moves.length) return;
  const insertWord = db.prepare('INSERT OR IGNORE INTO word (list, code, word) VALUES (?, ?, ?)');
  const insertMove = db.prepare('INSERT OR IGNORE INTO serial_rule (from_code, to_code) VALUES (?, ?)');
  db.transaction(() => {
    for (const word of words) insertWord.run(...word);
    for (const move of moves) insertMove.run(...move);
  }).immediate();
}
