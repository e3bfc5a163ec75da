import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { checkpoints } from '#record/append.ts';
import { assertDurable, openWritable } from '#record/database.ts';
import { openJournal } from '#record/journal.ts';
import { migrate, VERSION, versionOf } from '#record/migrate.ts';
import { openAt, recordFolder, rowsOf, settled, WRITER } from './record-file.ts';

let at = recordFolder();
beforeEach(() => {
  at = recordFolder();
});
afterEach(() => at.remove());

describe('a record that is being written', { timeout: 60_000 }, () => {
  it('keeps what it acknowledged, in order and without a gap', async () => {
    const first = await openAt(at.file);
    expect(first.opening).toEqual({
      lastSeq: 0,
      head: '0'.repeat(64),
      version: VERSION,
      synchronous: 2,
      database: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(first.takeFound()).toEqual({ history: [] });
    expect(first.append({ kind: FACT.started, at: 5, body: '{"found":"nothing"}' })).toBe(1);
    expect(first.append({ kind: FACT.noticed, at: 6, code: 1 })).toBe(2);
    await settled(first);
    expect(first.append({ kind: FACT.noticed, at: 7, code: 2, item: 9 })).toBe(3);
    await first.close();
    const second = await openAt(at.file);
    expect(second.opening.lastSeq).toBe(3);
    const [started] = second.takeFound().history;
    expect(started).toEqual({ seq: 1, kind: FACT.started, at: 5, body: '{"found":"nothing"}' });
    expect(() => second.takeFound()).toThrow('taken before');
    expect(second.append({ kind: FACT.noticed, at: 8, code: 3 })).toBe(4);
    await second.close();
    expect(rowsOf(at.file, 'SELECT seq, at, code, item, body IS NULL AS bare FROM fact WHERE kind = 25')).toEqual([
      { seq: 2, at: 6, code: 1, item: null, bare: 1 },
      { seq: 3, at: 7, code: 2, item: 9, bare: 1 },
      { seq: 4, at: 8, code: 3, item: null, bare: 1 },
    ]);
  });

  it('puts what was recorded in one turn into one transaction', async () => {
    const journal = await openAt(at.file);
    for (let item = 0; item < 100; item += 1) journal.append({ kind: FACT.noticed, at: 1, item });
    await settled(journal);
    await journal.close();
    expect(rowsOf(at.file, 'SELECT first_seq, last_seq FROM hash_group')).toEqual([{ first_seq: 1, last_seq: 100 }]);
  });

  it('tells of every fact exactly when it is on disk, whatever the pace', async () => {
    const journal = await openAt(at.file);
    const told: number[] = [];
    journal.durable((upTo) => told.push(upTo));
    for (let turn = 0; turn < 200; turn += 1) {
      for (let item = 0; item < turn % 7; item += 1) journal.append({ kind: FACT.noticed, at: turn, item });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settled(journal);
    await journal.close();
    const groups = rowsOf(at.file, 'SELECT last_seq FROM hash_group ORDER BY 1') as { last_seq: number }[];
    expect(told).toEqual(groups.map((group) => group.last_seq));
    expect(journal.stats()).toMatchObject({ commits: told.length, facts: journal.lastSeq });
  });

  it('refuses a number that is not whole before it reaches the file', async () => {
    const journal = await openAt(at.file);
    expect(() => journal.append({ kind: FACT.noticed, at: 1.5 })).toThrow('integers');
    expect(() => journal.append({ kind: FACT.noticed, at: 1, item: Number.NaN })).toThrow('integers');
    await journal.close();
    expect(journal.lastSeq).toBe(0);
  });

  it('lets nobody edit or delete a fact through the database', async () => {
    const journal = await openAt(at.file);
    journal.append({ kind: FACT.noticed, at: 1 });
    await journal.close();
    const db = new Database(at.file);
    expect(() => db.exec('UPDATE fact SET at = 2')).toThrow('never edited');
    expect(() => db.exec('DELETE FROM fact')).toThrow('never deleted');
    db.close();
  });

  it('carries a long log into the database', () => {
    const db = openWritable(at.file);
    migrate(db, at.file, { mode: 'TRAINING', line: 'L1' });
    const before = statSync(at.file).size;
    const checkpoint = checkpoints(db, 1);
    checkpoint(1);
    expect(statSync(at.file).size).toBe(before);
    checkpoint(5000);
    expect(statSync(at.file).size).toBeGreaterThan(before);
    db.close();
  });
});

describe('opening a record', { timeout: 60_000 }, () => {
  it('sets and asserts FULL, which SQLite as built would silently lower to NORMAL', () => {
    const db = openWritable(at.file);
    migrate(db, at.file, { mode: 'TRAINING', line: 'L1' });
    expect(assertDurable(db, at.file)).toBe(2);
    db.pragma('synchronous = NORMAL');
    expect(() => assertDurable(db, at.file)).toThrow('would not survive a power cut');
    db.close();
    const plain = new Database(at.file);
    plain.prepare('SELECT count(*) FROM fact').get();
    expect(plain.pragma('synchronous', { simple: true })).toBe(1);
    plain.close();
  });

  it('migrates an older record forward, step by step', () => {
    const db = openWritable(at.file);
    migrate(db, at.file, { mode: 'TRAINING', line: 'L1' });
    db.pragma('user_version = 1');
    for (const view of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").pluck().all())
      db.exec(`DROP VIEW ${String(view)}`);
    const eye = "SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB 'fact_eye*'";
    for (const index of db.prepare(eye).pluck().all()) db.exec(`DROP INDEX ${String(index)}`);
    migrate(db, at.file, { mode: 'TRAINING', line: 'L1' });
    expect(versionOf(db)).toBe(VERSION);
    expect(db.prepare('SELECT * FROM v_start').all()).toEqual([]);
    db.close();
  });

  it('refuses a second writer and says who is in the way', async () => {
    const first = await openAt(at.file);
    await expect(openAt(at.file)).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining('already being written'),
    });
    first.append({ kind: FACT.noticed, at: 1 });
    await first.close();
    const second = await openAt(at.file);
    expect(second.opening.lastSeq).toBe(1);
    await second.close();
  });

  it('refuses a record of a newer program', async () => {
    await (await openAt(at.file)).close();
    const db = new Database(at.file);
    db.pragma(`user_version = ${VERSION + 1}`);
    db.close();
    await expect(openAt(at.file)).rejects.toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining('newer Linewright'),
    });
  });

  it('never mixes training and production, nor two lines', async () => {
    await (await openAt(at.file)).close();
    const other = { file: at.file, thread: WRITER };
    await expect(openJournal({ ...other, mode: 'PRODUCTION', line: 'L1' })).rejects.toMatchObject({
      code: 'wrong-mode',
    });
    await expect(openJournal({ ...other, mode: 'TRAINING', line: 'L2' })).rejects.toMatchObject({ code: 'wrong-line' });
    const production = join(at.folder, 'production.db');
    await (await openJournal({ file: production, thread: WRITER, mode: 'PRODUCTION', line: 'L1' })).close();
    await expect(openAt(production)).rejects.toMatchObject({ code: 'wrong-mode' });
  });

  it('refuses a file that is no record, and leaves every byte of it alone', async () => {
    writeFileSync(at.file, 'Dear diary, today the line stood still.\n'.repeat(200));
    const before = readFileSync(at.file);
    await expect(openAt(at.file)).rejects.toMatchObject({ code: 'not-a-database' });
    expect(readFileSync(at.file).equals(before)).toBe(true);
    const foreign = join(at.folder, 'foreign.db');
    const db = new Database(foreign);
    db.exec('CREATE TABLE recipe (name TEXT)');
    db.close();
    const untouched = readFileSync(foreign);
    await expect(openAt(foreign)).rejects.toMatchObject({ code: 'not-a-database' });
    expect(readFileSync(foreign).equals(untouched)).toBe(true);
  });

  it('says so when the folder is not there', async () => {
    await expect(openAt(join(at.folder, 'nowhere', 'line.db'))).rejects.toMatchObject({ code: 'io' });
    expect(existsSync(join(at.folder, 'nowhere'))).toBe(false);
  });

  it('refuses a record whose last entries were changed', async () => {
    const journal = await openAt(at.file);
    journal.append({ kind: FACT.noticed, at: 1, item: 4 });
    await journal.close();
    const copy = join(at.folder, 'copy.db');
    copyFileSync(at.file, copy);
    const db = new Database(copy);
    db.exec('DROP TRIGGER fact_is_never_edited; UPDATE fact SET item = 5');
    db.close();
    await expect(openAt(copy)).rejects.toMatchObject({
      code: 'broken-chain',
      message: expect.stringContaining('entry 1'),
    });
    await (await openAt(at.file)).close();
  });
});
