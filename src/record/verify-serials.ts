import { hash } from 'node:crypto';
import type { SerialBlock } from '#contract/journal.ts';
import { FACT } from '#line/fact.ts';
import type { ReadableDb } from '#record/database.ts';
import { readBlocks } from '#record/opening.ts';
import { serialOf } from '#record/sort-serials.ts';

/** How many serials were compared, and the first that does not fit the fact which allocated it. */
export interface SerialVerification {
  readonly serials: number;
  readonly bad?: { readonly seq: number; readonly what: string };
}

interface Allocated {
  readonly seq: number;
  readonly run: number;
  readonly first: number;
  readonly body: string | null;
}

/**
 * Serials lie outside the chain; the fact that allocates them holds the digest of their bytes. The search index must
 * say the same as those bytes.
 */
export function verifySerials(db: ReadableDb): SerialVerification {
  const allocations = db
    .prepare<[number], Allocated>(
      'SELECT seq, run, coalesce(serial, 0) AS first, body FROM fact WHERE kind < 20 AND kind = ? ORDER BY seq',
    )
    .all(FACT.serialsAllocated);
  let serials = 0;
  for (const fact of allocations) {
    const recorded = allocatedIn(fact.body);
    const block = readBlocks(db, fact.run).find((candidate) => candidate.first === fact.first);
    if (recorded === undefined) continue;
    if (block === undefined || hash('sha256', block.bytes, 'hex') !== recorded.sha256) {
      return { serials, bad: { seq: fact.seq, what: `the serials that entry ${fact.seq} allocated were changed` } };
    }
    if (block.gtin !== recorded.gtin) {
      return {
        serials,
        bad: { seq: fact.seq, what: `the GTIN of the serials that entry ${fact.seq} allocated was changed` },
      };
    }
    const wrong = wrongInIndex(db, block);
    if (wrong !== undefined)
      return { serials, bad: { seq: fact.seq, what: `${wrong} in the index of serials of run ${fact.run}` } };
    serials += block.count;
  }
  return { serials };
}

function allocatedIn(body: string | null): { readonly gtin: string; readonly sha256: string } | undefined {
  const parsed: unknown = body === null ? undefined : JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null || !('sha256' in parsed)) return undefined;
  return { gtin: 'gtin' in parsed ? String(parsed.gtin) : '', sha256: String(parsed.sha256) };
}

function wrongInIndex(db: ReadableDb, block: SerialBlock): string | undefined {
  const rows = db
    .prepare<[number, number, number], [string, number]>(
      'SELECT serial, idx FROM serial WHERE run = ? AND idx >= ? AND idx < ?',
    )
    .raw();
  let count = 0;
  for (const [serial, index] of rows.iterate(block.run, block.first, block.first + block.count)) {
    if (serialOf(block, index - block.first) !== serial) return `'${serial}' is wrong`;
    count += 1;
  }
  return count === block.count ? undefined : `${block.count - count} are missing`;
}
