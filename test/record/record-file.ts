import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SerialBlock } from '#contract/journal.ts';
import { FACT, type Fact } from '#line/fact.ts';
import { type Journal, openJournal } from '#record/journal.ts';

export const WRITER = new URL('../../src/record/writer.thread.ts', import.meta.url);
export const READER = new URL('../../src/record/reader.thread.ts', import.meta.url);
export const GTIN = '09521234543213';

/** The order that the tests import. */
export const ORDER = {
  order: 'O-1',
  product: { gtin: GTIN, gcpLength: 7, name: 'Tablets', minGrade: 1.5 },
  lot: 'LOT7',
  expiry: '2028-11-30',
  quantity: 8,
  overagePercent: 25,
  market: 'DE',
};

/** A folder that goes when the test ends. */
export function recordFolder(): { readonly file: string; readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  return { folder, file: join(folder, 'line.db'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function openAt(file: string): Promise<Journal> {
  return openJournal({ file, mode: 'TRAINING', line: 'L1', thread: WRITER });
}

/** Resolves when everything appended so far is on disk. */
export function settled(journal: Journal): Promise<void> {
  const seq = journal.lastSeq;
  if (journal.durableUpTo >= seq) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = journal.durable((upTo) => {
      if (upTo < seq) return;
      stop();
      resolve();
    });
  });
}

/** Serials `A0000`, `A0001`, … as a block. */
export function block(
  run: number,
  count: number,
  options: { first?: number; from?: number; prefix?: string; gtin?: string } = {},
): SerialBlock {
  const { first = 0, from = 0, prefix = 'A', gtin = GTIN } = options;
  const stride = 8;
  const bytes = new Uint8Array(count * stride);
  for (let index = 0; index < count; index += 1)
    bytes.set(Buffer.from(serialNumber(from + index, prefix)), index * stride);
  return { run, gtin, first, count, stride, bytes };
}

export function serialNumber(index: number, prefix = 'A'): string {
  return `${prefix}${String(index).padStart(4, '0')}`;
}

export function allocated(of: SerialBlock): Fact {
  return { kind: FACT.serialsAllocated, at: 10, run: of.run, serial: of.first, count: of.count };
}

/** Runs SQL on the file behind the program's back, as somebody with a database tool would. */
export function tamper(file: string, sql: string): void {
  const db = new Database(file);
  db.exec('DROP TRIGGER fact_is_never_edited; DROP TRIGGER fact_is_never_deleted;');
  db.exec(sql);
  db.close();
}

export function rowsOf(file: string, sql: string): unknown[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}
