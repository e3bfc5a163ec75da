import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSET82, strangerIn } from '#gs1/character-set.ts';
import { elementString, itemElementString, parseElementString, readItemCode } from '#gs1/element-string.ts';
import { crooked, soundElements } from './arbitrary.ts';

const GTIN = '09521234543213';
const every = Array.from({ length: 128 }, (_none, code) => String.fromCharCode(code));
const symbols82 = every.filter((symbol) => strangerIn(symbol, CSET82, 0, 1) === -1);

describe('an element string', () => {
  it('is read as it was written, whatever its elements and their order', () => {
    fc.assert(
      fc.property(soundElements(), (elements) => {
        expect(parseElementString(elementString(elements))).toEqual({ kind: 'parsed', elements });
      }),
    );
  });

  it('never breaks the reader, and both readers agree on every text', () => {
    const others = soundElements(['01', '10', '11', '17', '21', '240', '3103', '90']);
    const item = others.map((elements) => elementString([{ ai: '01', value: GTIN }, ...elements]));
    fc.assert(
      fc.property(fc.oneof(crooked, fc.string(), item), (text) => {
        const parsed = parseElementString(text);
        const carried = (ai: string) =>
          parsed.kind === 'parsed' ? parsed.elements.find((element) => element.ai === ai)?.value : undefined;
        const isItem = carried('01') !== undefined && carried('21') !== undefined;
        expect(readItemCode(text)).toEqual(
          isItem
            ? { gtin: carried('01'), serial: carried('21'), lot: carried('10'), expiry: carried('17') }
            : undefined,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('of an item carries GTIN, expiry, lot and serial with one separator', () => {
    const text = itemElementString({ gtin: GTIN, expiryYymmdd: '281130', lot: 'EX24A01', serial: '0123ABC' });
    expect(text).toBe(`01${GTIN}1728113010EX24A01\u001d210123ABC`);
    expect(readItemCode(text)).toEqual({ gtin: GTIN, serial: '0123ABC', lot: 'EX24A01', expiry: '281130' });
  });

  it.each([
    ['a separator after a pre-defined length', `01${GTIN}\u001d21S1`],
    ['a separator at the end', `01${GTIN}21S1\u001d`],
    ['the same element twice', `01${GTIN}01${GTIN}21S1`],
    ['an element the line does not print', `01${GTIN}240SPARE\u001d21S1`],
  ])('may have %s', (_name, text) => {
    expect(readItemCode(text)).toEqual({ gtin: GTIN, serial: 'S1', lot: undefined, expiry: undefined });
  });

  it.each([
    ['nothing at all', '', undefined, [0, 0], 'empty', 'at least one element'],
    ['an AI nobody knows', `01${GTIN}88X`, undefined, [16, 2], 'unknown-ai', 'an Application Identifier'],
    ['a longer AI nobody knows', `3199000001`, undefined, [0, 4], 'unknown-ai', 'an Application Identifier'],
    [
      'a separator too many',
      `01${GTIN}\u001d\u001d21S1`,
      undefined,
      [17, 1],
      'unknown-ai',
      'an Application Identifier',
    ],
    [
      'a colon in an AI, the character behind 9',
      '31:0000001',
      undefined,
      [0, 2],
      'unknown-ai',
      'an Application Identifier',
    ],
    ['half an AI', `01${GTIN}2`, undefined, [16, 1], 'unknown-ai', 'an Application Identifier'],
    ['a GTIN cut off', '010952123454321', '01', [15, 0], 'too-short', '14 digits'],
    ['a GTIN cut off by a separator', '0109521234\u001d21ABCDEFG', '01', [10, 0], 'too-short', '14 digits'],
    ['a wrong check digit', '0109521234543214', '01', [15, 1], 'incorrect-check-digit', 'check digit 3'],
    ['a letter in a GTIN', '01095212345432A3', '01', [14, 1], 'non-digit-character', 'a digit'],
    ['an empty serial', `01${GTIN}21`, '21', [18, 0], 'too-short', '1 to 20 characters'],
    ['a serial of 22 characters', `21${'S'.repeat(22)}`, '21', [22, 2], 'too-long', '1 to 20 characters'],
    ['a space in a lot', '10LOT 7', '10', [5, 1], 'invalid-cset82-character', 'a character of GS1 character set 82'],
    ['29 February of a common year', '17270229', '17', [6, 2], 'illegal-day', 'a day that exists in this month'],
    ['a month 13', '17271301', '17', [4, 2], 'illegal-month', 'a month from 01 to 12'],
    ['half a second date', '70072112252112', '7007', [10, 4], 'date-too-short', 'all digits of a date'],
    ['a country nobody knows', '423528999', '423', [6, 3], 'not-iso3166', 'a numeric country code of ISO 3166'],
    ['two different serials', '21A\u001d21B', '21', [4, 3], 'duplicate', 'the same value again, or the element once'],
    ['65 elements', '99A\u001d'.repeat(65), '99', [256, 3], 'too-many', '64 elements'],
  ] as const)('is refused with %s, at its place', (_name, text, ai, [position, length], rule, expected) => {
    const error = { ai, position, length, rule, expected };
    expect(parseElementString(text)).toEqual({ kind: 'malformed', error });
    expect(readItemCode(text)).toBeUndefined();
  });

  it.each([...'# $@[]\\^{|}~`'])('is refused with %j, which character set 82 lacks', (symbol) => {
    expect(parseElementString(`21A${symbol}B`)).toMatchObject({
      error: { ai: '21', position: 3, rule: 'invalid-cset82-character' },
    });
  });

  it('of a symbol without FNC1 is refused, though its text would do', () => {
    const text = `01${GTIN}21S1`;
    expect(parseElementString(text, ']d2').kind).toBe('parsed');
    expect(parseElementString(text, ']d1')).toMatchObject({
      kind: 'malformed',
      error: { rule: 'not-gs1', position: 0 },
    });
  });

  // A reader that took quadratic time would need hours for these.
  it.each([
    ['a serial without end', `21${'A'.repeat(1_000_000)}`],
    ['separators only', '\u001d'.repeat(1_000_000)],
    ['the same date for ever', '17281130'.repeat(125_000)],
    ['short lots for ever', '10A\u001d'.repeat(250_000)],
    ['digits for ever', '0'.repeat(1_000_000)],
  ])('of a million characters is judged at once: %s', (_name, text) => {
    expect(parseElementString(text).kind).toBe('malformed');
    expect(readItemCode(text)).toBeUndefined();
  });
});

it('character set 82 has 82 characters and no space', () => {
  expect(symbols82.length).toBe(82);
  expect(symbols82).not.toContain(' ');
});
