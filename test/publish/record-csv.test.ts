import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProductionRecord } from '#contract/workstation.ts';
import { recordCsv } from '#publish/record-csv.ts';

const good: ProductionRecord = {
  run: 7,
  order: 'PO-1001',
  gtin: '09521234543213',
  serial: '0123456789AB',
  lot: 'EX24A01',
  expiry: '2028-11-22',
  state: 'GOOD',
  sentAt: 1_790_000_000_000,
  printedAt: 1_790_000_001_000,
  readAt: 1_790_000_001_500,
  verdictAt: 1_790_000_001_503,
  verdict: 'PASS',
  reason: null,
  grade: 3,
  outcomeAt: 1_790_000_002_100,
  outcome: 'good-exit',
  devices: ['printer-1', 'reader-1', 'plc-1'],
};

const unused: ProductionRecord = {
  ...good,
  serial: 'ZZZZZZZZZZZZ',
  state: 'INVALID',
  sentAt: null,
  printedAt: null,
  readAt: null,
  verdictAt: null,
  verdict: null,
  grade: null,
  outcomeAt: null,
  outcome: null,
  devices: [],
};

describe('the serialization record as CSV', () => {
  it('has a row for each serial, used or not, under the names of the record', async () => {
    expect(await csv([good, unused])).toBe(
      [
        'run,order_id,gtin,serial,lot,expiry,state,sent_at,printed_at,read_at,verdict_at,verdict,reason,grade,outcome_at,outcome,devices',
        '7,PO-1001,09521234543213,0123456789AB,EX24A01,2028-11-22,GOOD,2026-09-21T14:13:20.000Z,2026-09-21T14:13:21.000Z,2026-09-21T14:13:21.500Z,2026-09-21T14:13:21.503Z,PASS,,3.0,2026-09-21T14:13:22.100Z,good-exit,printer-1 reader-1 plc-1',
        '7,PO-1001,09521234543213,ZZZZZZZZZZZZ,EX24A01,2028-11-22,INVALID,,,,,,,,,,',
        '',
      ].join('\r\n'),
    );
  });

  it('gives back the rows it was made from, whatever their texts hold', async () => {
    const awkward = fc.string({
      unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', "'", '\t', 'A', '7', 'ä'),
      maxLength: 12,
    });
    const rows = fc.array(
      fc.record({ lot: awkward, serial: awkward, sentAt: fc.option(fc.integer({ min: 0, max: 2e12 })) }),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (parts) => {
        const [header, ...cells] = parse(await csv(parts.map((part) => ({ ...good, ...part }))));
        expect(header?.length).toBe(17);
        expect(cells.map((row) => [row[4], row[3], row[7]])).toEqual(
          parts.map(({ lot, serial, sentAt }) => [
            asSpreadsheetText(lot),
            asSpreadsheetText(serial),
            sentAt === null ? '' : new Date(sentAt).toISOString(),
          ]),
        );
      }),
    );
  });

  it.each(['=1+1', '+49', '-2', '@SUM(A1)'])('keeps a spreadsheet from calculating with the lot %s', async (lot) => {
    const [, row] = parse(await csv([{ ...good, lot }]));
    expect(row?.[4]).toBe(`'${lot}`);
  });

  it('of 100 000 serials is written in small pieces', async () => {
    let given = 0;
    let longest = 0;
    for await (const { text, items } of recordCsv(many(100_000))) {
      given += items;
      longest = Math.max(longest, text.length);
    }
    expect(given).toBe(100_000);
    expect(longest).toBeLessThan(256 * 1024);
  });
});

function* many(count: number): Generator<ProductionRecord[]> {
  for (let n = 0; n < count; n += 1000)
    yield Array.from({ length: 1000 }, (_none, at) => (at % 2 === 0 ? good : unused));
}

async function csv(records: readonly ProductionRecord[]): Promise<string> {
  let all = '';
  for await (const chunk of recordCsv([records])) all += chunk.text;
  return all;
}

/** What would be a formula carries an apostrophe. */
function asSpreadsheetText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** RFC 4180, strict: CRLF between rows, quotes doubled inside quotes. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r\n)/y;
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    const value = found[1] ?? '';
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (found[2] === '\r\n') rows.push([]);
    if (cell.lastIndex === text.length) return rows.slice(0, -1);
  }
  throw new Error('the text is no CSV');
}
