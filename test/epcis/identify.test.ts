import { describe, expect, it } from 'vitest';
import { identify, quickIdentify } from '#epcis/identify.ts';

const HOME = 'https://id.gs1.org';
const GTIN = '09521234543213';
const PRODUCT = `${HOME}/01/${GTIN}/21/`;

describe('an identifier', () => {
  it.each([
    ['urn:epc:id:sgtin:9521234.054321.A', 'known', 'instance', `${PRODUCT}A`],
    [`http://a/01/${GTIN}`, 'known', 'class', `${HOME}/01/${GTIN}`],
    [`HTTPS://A/414/9521234000006`, 'known', 'place', `${HOME}/414/9521234000006`],
  ])('%s is %s', (text, kind, role, uri) => {
    expect(identify(text)).toEqual({ kind, identifier: { kind: role, uri } });
  });

  it.each([
    ['urn:epc:id:sgtin:9521234.05432.A', 'urn-malformed', 'it has not the parts that its scheme asks for'],
    ['urn:epc:id:thing:1.2', 'urn-malformed', 'it has not the parts that its scheme asks for'],
    [`${HOME}/nothing`, 'link-malformed', 'it has no key of GS1 in a form that events may have'],
    ['HTTP://ID.GS1.ORG/nothing', 'link-malformed', 'it has no key of GS1 in a form that events may have'],
    ['https://a/01/123456', 'link-malformed', 'it has no key of GS1 in a form that events may have'],
    [`${HOME}/01/09521234543214`, 'link-check-digit', 'the check digit of its key (01) is wrong'],
    [`${HOME}/01/${GTIN}?17=281231`, 'link-query', 'it has a query or a fragment'],
    [`${PRODUCT}A%20`, 'link-malformed', '" " may not stand in a value of (21)'],
  ])('%s has the fault %s', (text, rule, why) => {
    expect(identify(text)).toEqual({ kind: 'fault', rule, why });
  });

  it.each([
    '',
    'A',
    'urn:uuid:1',
    'urn:epc:id:gid:1.2.3',
    'urn:epc:idpat:usdod:1.2',
    'https://example.com/products/7',
    'https://a/01/12345',
    'https://a/21/123456',
    'https://a/01/12a456',
    `see https://a/01/${GTIN}`,
    `see ${HOME}/nothing`,
    'https://example.com/see/https://id.gs1.org/nothing',
  ])('%j is of nobody that is known here', (text) => {
    expect(identify(text)).toEqual({ kind: 'foreign' });
  });
});

describe('the serials of the product that was seen last', () => {
  function seen(...texts: readonly string[]) {
    const quick = quickIdentify();
    for (const text of texts) quick.of(text);
    return quick.isPlain;
  }

  it.each(['0', '9', 'A', 'Z', 'a', 'z', '-', '.', '_', 'A1-b._', 'A'.repeat(20)])(
    'are sound as they stand: %s',
    (serial) => {
      expect(seen(`${PRODUCT}X`)(PRODUCT + serial)).toBe(true);
    },
  );

  it.each(['', '/', ':', '@', '[', '`', '{', 'A%2F', 'A/10/L', 'A b', 'é', 'A?x', 'A'.repeat(21)])(
    'are looked at when they are not plain: %j',
    (serial) => {
      expect(seen(`${PRODUCT}X`)(PRODUCT + serial)).toBe(false);
    },
  );

  it.each([
    ['nothing was seen', []],
    ['what was seen was of another product', [`${HOME}/01/09521234543220/21/X`]],
    ['what was seen was wrong', [`${PRODUCT}%20`]],
    ['what was seen was no canonical link', [`http://a/01/${GTIN}/21/X`]],
    ['what was seen carried a lot, too', [`${HOME}/01/${GTIN}/10/L/21/X`]],
    ['what was seen was no item', [`${HOME}/01/${GTIN}`]],
    ['what was seen was a stem that looks like it', [`https://a/x?${PRODUCT}X`]],
  ])('are not taken for sound when %s', (_why, before) => {
    expect(seen(...before)(`${PRODUCT}A`)).toBe(false);
    expect(seen(...before)('A')).toBe(false);
    expect(seen(...before)('')).toBe(false);
  });

  it('stay known when something else was seen between', () => {
    const isPlain = seen(`${PRODUCT}X`, 'https://example.com/', `${HOME}/414/9521234000006`);
    expect(isPlain(`${PRODUCT}A`)).toBe(true);
    expect(isPlain(`x${PRODUCT}A`)).toBe(false);
  });
});
