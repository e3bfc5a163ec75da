import { stringify } from 'csv-stringify/sync';
import type { DocumentChunk } from '#epcis/document.ts';

/** One serial of a run as the view `v_production_record` gives it (docs/record-schema.md); times in milliseconds. */
export interface RecordRow {
  readonly run: number;
  readonly order_id: string;
  readonly gtin: string;
  readonly serial: string;
  readonly lot: string;
  readonly expiry: string;
  readonly state: string;
  readonly sent_at: number | null;
  readonly printed_at: number | null;
  readonly read_at: number | null;
  readonly verdict_at: number | null;
  readonly verdict: string | null;
  readonly reason: string | null;
  /** Process-control grade 0..4. */
  readonly grade: number | null;
  readonly outcome_at: number | null;
  readonly outcome: string | null;
  readonly printer: string | null;
  readonly reader: string | null;
  readonly plc: string | null;
}

/** Columns of the file, in order: the names of the view. */
export const RECORD_COLUMNS = [
  'run',
  'order_id',
  'gtin',
  'serial',
  'lot',
  'expiry',
  'state',
  'sent_at',
  'printed_at',
  'read_at',
  'verdict_at',
  'verdict',
  'reason',
  'grade',
  'outcome_at',
  'outcome',
  'printer',
  'reader',
  'plc',
] as const satisfies readonly (keyof RecordRow)[];

const TIMES: ReadonlySet<string> = new Set(['sent_at', 'printed_at', 'read_at', 'verdict_at', 'outcome_at']);

/** Rows written at a time: enough to share the cost of a call, too few to delay anybody. */
const BATCH = 200;

/**
 * Writes the serialization record as CSV (RFC 4180, UTF-8, header first, CRLF), one row per serial, piece by piece.
 * Times are ISO 8601 in UTC, what is unknown is empty. A text a spreadsheet would take for a formula gets a leading
 * apostrophe, because lots and serials may legally begin with `=`, `+` or `-`.
 */
export async function* recordCsv(rows: Iterable<RecordRow> | AsyncIterable<RecordRow>): AsyncGenerator<DocumentChunk> {
  yield { text: `${RECORD_COLUMNS.join(',')}\r\n`, items: 0 };
  let batch: RecordRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH) {
      yield lines(batch);
      batch = [];
    }
  }
  if (batch.length > 0) yield lines(batch);
}

function lines(rows: readonly RecordRow[]): DocumentChunk {
  const cells = rows.map((row) => RECORD_COLUMNS.map((column) => cell(column, row[column])));
  // The library quotes its own record delimiter alone; a lone CR or LF must be quoted as well.
  const text = stringify(cells, { escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
  return { text, items: rows.length };
}

function cell(column: string, value: string | number | null): string {
  if (value === null) return '';
  return TIMES.has(column) ? new Date(Number(value)).toISOString() : String(value);
}
