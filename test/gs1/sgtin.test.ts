import { describe, expect, it } from 'vitest';
import { type Gtin, parseGtin } from '#gs1/gtin.ts';
import { itemUri, itemUrn, lotUri, lotUrn, placeUri } from '#gs1/sgtin.ts';

const gtin = known('80614141123458');
const marks = '6789/&%"!?()';

describe('an item', () => {
  it('has a canonical Digital Link that escapes everything but the unreserved characters', () => {
    expect(itemUri(gtin, marks)).toBe('https://id.gs1.org/01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29');
    expect(itemUri(gtin, 'A-b_c.9')).toBe('https://id.gs1.org/01/80614141123458/21/A-b_c.9');
  });

  it('has an EPC URN that escapes six characters only', () => {
    expect(itemUrn(gtin, 7, marks)).toBe('urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()');
    expect(itemUrn(gtin, 7, "<'*+,:;=>")).toBe("urn:epc:id:sgtin:0614141.812345.%3C'*+,:;=%3E");
  });

  it.each([
    [6, 'urn:epc:id:sgtin:061414.8112345.1'],
    [12, 'urn:epc:id:sgtin:061414112345.8.1'],
  ])('has a URN with a company prefix of %i digits', (length, urn) => {
    expect(itemUrn(gtin, length, '1')).toBe(urn);
  });

  it('has no URN when the length of the company prefix cannot be right', () => {
    expect([itemUrn(gtin, 5, '1'), itemUrn(gtin, 13, '1'), lotUrn(known('00000001234565'), 6, 'L')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('a lot has a class-level form of each kind', () => {
  expect(lotUri(gtin, '2/0098')).toBe('https://id.gs1.org/01/80614141123458/10/2%2F0098');
  expect(lotUrn(gtin, 7, '2/0098')).toBe('urn:epc:class:lgtin:0614141.812345.2%2F0098');
});

it('a line is a part of a place', () => {
  expect(placeUri('9521234000006')).toBe('https://id.gs1.org/414/9521234000006');
  expect(placeUri('9521234000006', 'L1')).toBe('https://id.gs1.org/414/9521234000006/254/L1');
});

function known(text: string): Gtin {
  const parsed = parseGtin(text);
  if (parsed === undefined) throw new Error(`${text} is no GTIN`);
  return parsed;
}
