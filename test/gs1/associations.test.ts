import { describe, expect, it } from 'vitest';
import { associationFaults } from '#gs1/associations.ts';
import { parseBracketed } from '#gs1/bracketed.ts';

const GTIN = '(01)09521234543213';

describe('elements on one item', () => {
  it.each([
    ['GTIN, expiry, lot and serial', `${GTIN}(17)281130(10)LOT(21)S1`],
    ['an SSCC with what is in it', '(00)095212340000000013(02)09521234543213(37)24'],
    ['a Russian tail, which the company may define', `${GTIN}(21)S1(91)EE06(92)dGFpbA`],
    ['a price of a weighed item', `${GTIN}(3103)000195(3922)0299`],
    ['a signature of a serialised item', `${GTIN}(21)S1(8030)abc`],
    ['a code for internal use alone', '(99)ANYTHING'],
  ])('may be %s', (_name, text) => {
    expect(associationFaults(elements(text))).toEqual([]);
  });

  it.each([
    ['a serial without GTIN', '(21)S1', '21', 0, 'missing', '(01) or (03) or (8006) beside (21)'],
    [
      'an expiry without GTIN',
      '(17)281130',
      '17',
      0,
      'missing',
      '(01) or (02) or (03) or (255) or (8006) or (8026) beside (17)',
    ],
    ['a second serial without the first', `${GTIN}(250)X`, '250', 1, 'missing', '(21) beside (250)'],
    ['a potency without lot', `${GTIN}(7004)20`, '7004', 1, 'missing', '(01) with (10) beside (7004)'],
    [
      'a signature of a whole class',
      '(253)9521234000006(8030)abc',
      '253',
      0,
      'unserialised',
      '(253) with its serial part beside (8030)',
    ],
    ['two weights', `${GTIN}(3100)000001(3103)001000`, '3100', 1, 'exclusive', 'no (3103) beside (3100)'],
  ] as const)('may not be %s', (_name, text, ai, place, rule, expected) => {
    expect(associationFaults(elements(text))[0]).toEqual({ ai, place, rule, expected });
  });

  it('may not repeat with another value', () => {
    const twice = [
      { ai: '90', value: 'A' },
      { ai: '90', value: 'A' },
      { ai: '90', value: 'B' },
    ];
    const expected = '(90) with the value it has elsewhere, or once';
    expect(associationFaults(twice)).toEqual([{ ai: '90', place: 2, rule: 'duplicate', expected }]);
  });

  it('are judged each: contents without count and logistic unit break two rules', () => {
    const faults = associationFaults(elements('(02)09521234543213(01)09521234543213'));
    expect(faults.map(({ ai, rule }) => [ai, rule])).toEqual([
      ['02', 'exclusive'],
      ['02', 'missing'],
    ]);
  });
});

function elements(text: string) {
  const parsed = parseBracketed(text);
  if (parsed.kind === 'malformed') throw new Error(JSON.stringify(parsed.error));
  return parsed.elements;
}
