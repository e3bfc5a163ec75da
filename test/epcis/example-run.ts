import { createHash } from 'node:crypto';
import type { EpcisItem, EpcisRun, Hash } from '#epcis/life-events.ts';
import type { DocumentChunk } from '#epcis/write-json.ts';
import { type Gtin, parseGtin } from '#gs1/gtin.ts';

export const T0 = Date.UTC(2026, 10, 22, 8, 0, 0);

export const sha256: Hash = (text) => createHash('sha256').update(text).digest();

/** A closed run of the example company. */
export const run: EpcisRun = {
  database: '5f0c7f1e',
  run: 7,
  order: 'PO-1001',
  gtin: gtin('09521234543213'),
  lot: 'EX/24=A',
  expiry: '2028-11-22',
  mode: 'PRODUCTION',
  asOf: T0 + 3_600_000,
  location: { gln: '9521234000006', extension: 'L1' },
  offsetAt: () => '+01:00',
};

/** Items that left the line, one each 100 ms, in pages of 300. */
export function* items(count: number): Generator<EpcisItem[]> {
  for (let from = 0; from < count; from += 300) {
    yield Array.from({ length: Math.min(300, count - from) }, (_none, at) => item(from + at + 1));
  }
}

function item(n: number): EpcisItem {
  return { serial: `S${String(n).padStart(7, '0')}`, at: T0 + n * 100, seq: 10 * n };
}

export async function text(chunks: AsyncIterable<DocumentChunk>): Promise<string> {
  let all = '';
  for await (const chunk of chunks) all += chunk.text;
  return all;
}

function gtin(digits: string): Gtin {
  const parsed = parseGtin(digits);
  if (parsed === undefined) throw new Error(`${digits} is no GTIN`);
  return parsed;
}
