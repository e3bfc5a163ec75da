import { describe, expect, it } from 'vitest';
import { byteInputs } from '#cli/inspect/input.ts';
import type { Context } from '#cli/inspect/report.ts';
import { inspectInput, jsonOf, textOf } from '#cli/inspect.ts';
import { outOfProportion } from '../growth.ts';

const NOON: Context = { today: '2026-11-22', now: Date.UTC(2026, 10, 22, 12), gcpLength: 7 };
const GTIN = '09521234543213';
const ISO_15434 = '[)>\u001e06\u001d';

/** Beginnings that decide what a text is taken for. */
const HEADS = [
  '',
  `01${GTIN}21`,
  '(21)',
  ']d2',
  ']Q1',
  `https://a/01/${GTIN}/`,
  'urn:epc:id:sgtin:',
  ISO_15434,
  '{"a":',
  '<a>',
];

/** What is repeated behind them for ever. */
const PIECES = [
  '0',
  'A',
  ' ',
  '\n',
  'a\n',
  '\u001d',
  '^',
  '<GS>',
  '(21)A',
  '(',
  ')',
  '\\(',
  '/',
  '/10/A',
  '&99=A',
  '%',
  '%2F',
  '.',
].concat([
  '?',
  '=',
  '10A\u001d',
  '17281130',
  '\u001d9N',
  '\u001e',
  '[',
  '{',
  '{"a":',
  '"',
  '"a",',
  '<',
  '<a>',
  '</a>',
  '<!--',
  '&amp;',
  '€',
  '\ud800',
  '\u0000',
  '\ufeff',
]);

/** Others may be using the machine. */
describe('whatever is pasted is answered in time that grows as it does:', { timeout: 60_000 }, () => {
  it.each(PIECES)('%j for ever', (piece) => {
    const work = (length: number) => {
      const rest = piece.repeat(Math.floor(length / piece.length));
      const texts = HEADS.map((head) => new TextEncoder().encode(head + rest));
      return () => {
        for (const bytes of texts) {
          const reports = byteInputs(bytes).map((input) => inspectInput(input, NOON));
          expect(textOf(reports, false) + jsonOf(reports)).not.toBe('');
        }
      };
    };
    expect(outOfProportion(work, 40_000)).toBeUndefined();
  });
});
