import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBracketed } from '#gs1/bracketed.ts';
import { parseElementString, readItemCode } from '#gs1/element-string.ts';
import { canonicalIdentifier } from '#gs1/epc/epc-link.ts';
import { parseEpcUrn } from '#gs1/epc/epc-urn.ts';
import { parseSscc } from '#gs1/identity/sscc.ts';
import { parseDigitalLink } from '#gs1/link/digital-link.ts';
import { LINTERS, type LinterName } from '#gs1/linter/linters.ts';
import { parseMessage } from '#gs1/national/iso15434.ts';
import { parsePpnCode } from '#gs1/national/ppn.ts';
import { parseScan } from '#gs1/scan.ts';
import { outOfProportion } from '../growth.ts';
import { crooked } from './arbitrary.ts';

const permitAll = { permitUnknown: true, permitShortGtin: true, permitNames: true, permitAssociations: true };

/** Everything that reads what comes from outside. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'the element string': (text) => parseElementString(text),
  'the item code': readItemCode,
  'the notation with brackets': (text) => parseBracketed(text, permitAll),
  'the scan': parseScan,
  'the Digital Link': (text) => parseDigitalLink(text, permitAll),
  'the EPC URN': parseEpcUrn,
  'the identifier': (text) => canonicalIdentifier(text, permitAll),
  'the ISO 15434 message': parseMessage,
  'the PPN code': parsePpnCode,
  'the SSCC': parseSscc,
};

const GTIN = '09521234543213';

/** Beginnings that take a reader past its first look. */
const HEADS = [
  '',
  '01',
  '21',
  `01${GTIN}21`,
  '(21)',
  ']d2',
  ']Q1',
  ']E0',
  ']Q1https://a/01/',
  `https://a/01/${GTIN}?99=`,
].concat([
  'https://',
  'https://a/',
  `https://a/01/${GTIN}/`,
  `https://a/01/${GTIN}?`,
  'urn:epc:id:sgtin:',
  '[)>\u001e06\u001d',
]);

/** What is repeated behind them for ever. */
const PIECES = [
  '0',
  'A',
  '\u001d',
  '(21)',
  '(21)A',
  '\\(',
  '(',
  ')',
  '/',
  '/01/',
  '/10/A',
  '&',
  '&99=A',
  '99',
  '%',
  '%2',
  '%2F',
].concat([
  '.',
  '..',
  '?',
  '#',
  '+',
  '=',
  '10A\u001d',
  '17281130',
  '\u001d9N',
  '\u001e',
  '[',
  ':',
  '*',
  '|]e0',
  '\ud800',
  '\u0000',
]);

const LENGTH = 300_000;

describe.each(Object.entries(READERS))('%s', (_name, read) => {
  it('takes any bytes and any characters without breaking', () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map((all) => String.fromCharCode(...all));
    const anything = fc.oneof(crooked, bytes, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.constantFrom(...HEADS), anything, (head, text) => {
        expect(() => read(head + text)).not.toThrow();
        expect(() => read(text)).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });

  // A reader that took quadratic time would need hours for these.
  it.each(PIECES)('takes time in proportion to the text with %j for ever', (piece) => {
    const work = (length: number) => {
      const rest = piece.repeat(Math.floor(length / piece.length));
      return () => {
        for (const head of HEADS) read(head + rest);
      };
    };
    expect(outOfProportion(work, LENGTH)).toBeUndefined();
  });
});

it('no linter breaks, or takes its time, over a component that no AI allows', () => {
  for (const linter of Object.values(LINTERS)) {
    for (const piece of ['0', 'A', '=', '/', '%', '\u001d', '\ud800']) {
      const text = piece.repeat(100_000);
      expect(() => linter(text, 0, text.length)).not.toThrow();
      expect(() => linter(text, 500, 500)).not.toThrow();
    }
  }
});

it('what a linter says of a part does not depend on what stands around it', () => {
  const names = Object.keys(LINTERS).filter((name): name is LinterName => name in LINTERS);
  const text = fc.string({ unit: fc.constantFrom(...'0123456789ABab/-=%_ +'), maxLength: 24 });
  fc.assert(
    fc.property(fc.constantFrom(...names), text, text, text, (name, before, part, after) => {
      const alone = LINTERS[name](part, 0, part.length);
      const inside = LINTERS[name](before + part + after, before.length, before.length + part.length);
      expect(inside).toEqual(alone === undefined ? undefined : { ...alone, position: alone.position + before.length });
    }),
    { numRuns: 3000 },
  );
});
