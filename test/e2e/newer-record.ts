import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Leaves a record in a data folder that only a later version can open. */
export function leaveNewerRecord(data: string): void {
  const folder = join(data, 'LINE-1');
  mkdirSync(folder, { recursive: true });
  const db = new Database(join(folder, 'training.db'));
  db.exec('PRAGMA application_id = 0x4c4e5752; PRAGMA user_version = 99');
  db.close();
}

export const NEEDS_NEWER =
  /training\.db was written by a newer Linewright \(record version 99; this one knows \d+\)\. Use that version\.\n?$/;
