import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Database, { SqliteError } from 'better-sqlite3';
import type { JournalFailure } from '#contract/journal.ts';

declare const access: unique symbol;

/** A connection that may only read. Queries take this. */
export type ReadableDb = Database.Database & { readonly [access]: 'read' | 'write' };

/** The one connection that may write. Only the writer thread holds it. */
export type WritableDb = Database.Database & { readonly [access]: 'write' };

/** 'LNWR' in the header of the file: what a stranger's tool shows as its kind. */
export const APPLICATION_ID = 0x4c4e5752;

/** Why a record cannot be opened or written, for a person: what failed, why, and what to do. */
export class RecordError extends Error {
  readonly code: JournalFailure;

  constructor(code: JournalFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RecordError';
    this.code = code;
  }
}

/** Opens a connection that can only read; the file must exist. */
export function openReadable(file: string): ReadableDb {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  db.pragma('query_only = ON');
  return db as ReadableDb;
}

/**
 * Opens the connection that writes, creating the file if there is none. A file that is not a record is refused before
 * a byte of it changes. Throws RecordError.
 */
export function openWritable(file: string): WritableDb {
  refuseForeignFile(file);
  const db = new Database(file, { timeout: 2000 }) as WritableDb;
  try {
    refuseForeignDatabase(db, file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // Checkpoints are run by the writer between groups, so that no verdict waits for one.
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('journal_size_limit = 67108864');
    return db;
  } catch (cause) {
    db.close();
    throw asRecordError(cause, file);
  }
}

/**
 * better-sqlite3 is compiled with a WAL default of NORMAL, which takes over silently at the first table access and
 * loses the last commits of a power cut (performance.md §2.1). So what was set is asked for again after that access.
 */
export function assertDurable(db: WritableDb, file: string): number {
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  const synchronous = Number(db.pragma('synchronous', { simple: true }));
  const mode = String(db.pragma('journal_mode', { simple: true }));
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
  if (synchronous !== 2 || mode !== 'wal') {
    throw new RecordError(
      'not-durable',
      `${file}: commits would not survive a power cut (journal_mode ${mode}, synchronous ${synchronous}). Keep the record on a local disk.`,
    );
  }
  if (!isAtLeast(version, [3, 51, 3])) {
    throw new RecordError('not-durable', `SQLite ${version} can corrupt a record; 3.51.3 or newer is needed.`);
  }
  return synchronous;
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [place, wanted] of least.entries()) {
    const part = parts[place] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}

function refuseForeignFile(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const head = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, 16, 0);
  } finally {
    closeSync(handle);
  }
  if (head.toString('latin1') === 'SQLite format 3\0') return;
  throw new RecordError(
    'not-a-database',
    `${file} is not a database. Move it away, or restore the record from a backup.`,
  );
}

function refuseForeignDatabase(db: WritableDb, file: string): void {
  const id = Number(db.pragma('application_id', { simple: true }));
  const objects = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (id === APPLICATION_ID || (id === 0 && objects === 0)) return;
  throw new RecordError('not-a-database', `${file} is a database of another program. Choose another file.`);
}

/**
 * One writer per file, and it holds this as long as it lives: a lock of the operating system, so that it goes with the
 * process, however that ends. Readers are not kept out. Returns how to let go.
 */
export function lockWriter(file: string): () => void {
  const lock = new Database(`${file}-writer`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (cause instanceof SqliteError && cause.code.startsWith('SQLITE_BUSY')) {
      throw new RecordError(
        'locked',
        `${file} is already being written by another workstation. Close that one first.`,
        cause,
      );
    }
    throw asRecordError(cause, file);
  }
  return () => lock.close();
}

/** What SQLite reports of the world, in our words. What is our own mistake is thrown as it is. */
export function asRecordError(cause: unknown, file: string): Error {
  if (cause instanceof RecordError) return cause;
  if (!(cause instanceof Error)) return new Error(String(cause));
  const code = 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') {
    return new RecordError(
      'disk-full',
      `${file} cannot grow: the disk is full. Free some space, then try again.`,
      cause,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new RecordError('locked', `${file} is held by another program. Close that one, then try again.`, cause);
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new RecordError('not-a-database', `${file} is damaged (${cause.message}). Restore it from a backup.`, cause);
  }
  if (
    /^SQLITE_(IOERR|CANTOPEN|READONLY|PERM|AUTH)|^E[A-Z]+$/.test(code) ||
    cause.message.includes('directory does not exist')
  ) {
    return new RecordError(
      'io',
      `${file} cannot be read or written (${code || cause.message}). Check the disk and its rights.`,
      cause,
    );
  }
  return cause;
}
