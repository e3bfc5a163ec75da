import { stringify } from 'csv-stringify/sync';
import type { ProductionRecord } from '#contract/workstation.ts';
import type { Pages } from '#epcis/life-events.ts';
import type { DocumentChunk } from '#epcis/write-json.ts';

/** Columns of the file, in order, under the names of view `v_production_record` (docs/record-schema.md). */
const COLUMNS: readonly (readonly [name: string, cell: (record: ProductionRecord) => string])[] = [
  ['run', (record) => String(record.run)],
  ['order_id', (record) => record.order],
  ['gtin', (record) => record.gtin],
  ['serial', (record) => record.serial],
  ['lot', (record) => record.lot],
  ['expiry', (record) => record.expiry],
  ['state', (record) => record.state],
  ['sent_at', (record) => time(record.sentAt)],
  ['printed_at', (record) => time(record.printedAt)],
  ['read_at', (record) => time(record.readAt)],
  ['verdict_at', (record) => time(record.verdictAt)],
  ['verdict', (record) => record.verdict ?? ''],
  ['reason', (record) => record.reason ?? ''],
  ['grade', (record) => (record.grade === null ? '' : record.grade.toFixed(1))],
  ['outcome_at', (record) => time(record.outcomeAt)],
  ['outcome', (record) => record.outcome ?? ''],
  ['devices', (record) => record.devices.join(' ')],
];

/** Rows written at a time: enough to share the cost of a call, too few to delay anybody. */
const BATCH = 100;

/**
 * Writes the serialization record as CSV (RFC 4180, UTF-8, header first, CRLF), one row per serial, piece by piece.
 * Times are ISO 8601 in UTC, what is unknown is empty. A text a spreadsheet would take for a formula gets a leading
 * apostrophe, because lots and serials may legally begin with `=`, `+` or `-`.
 */
export async function* recordCsv(records: Pages<ProductionRecord>): AsyncGenerator<DocumentChunk> {
  yield { text: `${COLUMNS.map(([name]) => name).join(',')}\r\n`, items: 0 };
  for await (const page of records) {
    for (let from = 0; from < page.length; from += BATCH) yield lines(page.slice(from, from + BATCH));
  }
}

function lines(records: readonly ProductionRecord[]): DocumentChunk {
  const rows = records.map((record) => COLUMNS.map(([, cell]) => cell(record)));
  // The library quotes its own record delimiter alone; a lone CR or LF must be quoted as well.
  const text = stringify(rows, { escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
  return { text, items: records.length };
}

function time(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString();
}
