import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit, hasCheckDigit } from '#gs1/check-digit.ts';
import { type Gtin, hasCompanyPrefix, parseGtin } from '#gs1/gtin.ts';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));

describe('the check digit', () => {
  it.each([
    ['a GTIN-14 of the example company', '0952123454321', 3],
    ['a GTIN-14 with an indicator', '8061414112345', 8],
    ['the GTIN-13 of a book, its zero left out', '978014300723', 4],
    ['a GTIN-8', '9638507', 4],
    ['an SSCC', '00614141123456789', 0],
    ['a GLN', '061414100000', 5],
    ['a body that adds up to ten', '0000000000000', 0],
  ])('of %s', (_name, body, digit) => {
    expect(checkDigit(body)).toBe(digit);
    expect(hasCheckDigit(`${body}${digit}`)).toBe(true);
  });

  it('is right for exactly one of ten last digits', () => {
    fc.assert(
      fc.property(digits(13), (body) => {
        const right = '0123456789'.split('').filter((last) => parseGtin(body + last) !== undefined);
        expect(right).toEqual([String(checkDigit(body))]);
      }),
    );
  });

  it('notices any single wrong digit', () => {
    fc.assert(
      fc.property(digits(13), fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const wrong = String((Number(body[place]) + shift) % 10);
        const typo = body.slice(0, place) + wrong + body.slice(place + 1);
        expect(parseGtin(`${typo}${checkDigit(body)}`)).toBeUndefined();
      }),
    );
  });
});

describe('a GTIN', () => {
  it.each([
    '',
    '9521234543213',
    '095212345432130',
    '0952123454321X',
    ' 9521234543213',
    '09521234543214',
    '٠٩٥٢١٢٣٤٥٤٣٢١٣',
  ])('is not %j', (text) => {
    expect(parseGtin(text)).toBeUndefined();
  });

  it.each([
    ['a prefix of 7 digits', '09521234543213', 7, true],
    ['the shortest prefix', '09521234543213', 6, true],
    ['the longest prefix', '09521234543213', 12, true],
    ['no prefix of 5 digits, which no EPC can carry', '09521234543213', 5, false],
    ['no prefix of 13 digits', '09521234543213', 13, false],
    ['no prefix of half a digit', '09521234543213', 7.5, false],
    ['no company prefix of filling zeros', '00000001234565', 6, false],
  ])('has %s', (_name, text, length, fits) => {
    expect(hasCompanyPrefix(gtin(text), length)).toBe(fits);
  });
});

function gtin(text: string): Gtin {
  const parsed = parseGtin(text);
  if (parsed === undefined) throw new Error(`${text} is no GTIN`);
  return parsed;
}
