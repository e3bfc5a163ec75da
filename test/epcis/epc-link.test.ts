import { describe, expect, it } from 'vitest';
import { readEpcLink } from '#epcis/epc-link.ts';
import { readEpcUrn } from '#epcis/epc-urn.ts';

const HOME = 'https://id.gs1.org';
const GTIN = '09521234543213';
const GLN = '9521234000006';
const SSCC = '095212340000000013';
/** Thirteen digits with their check digit, as GRAI, GDTI and GCN begin. */
const THIRTEEN = GLN;

function read(path: string): string {
  const link = readEpcLink(`${HOME}/${path}`);
  if (link === undefined) return 'no link';
  const fault = link.fault === undefined ? '' : `: ${link.fault}`;
  return `${link.kind} ${link.uri.replace(`${HOME}/`, '')}${fault}`;
}

describe('a Digital Link in an event', () => {
  it.each([
    ['a container', `00/${SSCC}`, `instance 00/${SSCC}`],
    ['a product', `01/${GTIN}`, `class 01/${GTIN}`],
    ['a product with 13 digits', `01/${GTIN.slice(1)}`, `class 01/${GTIN}`],
    ['a product with 8 digits', '01/95200002', 'class 01/00000095200002'],
    ['an item', `01/${GTIN}/21/A1`, `instance 01/${GTIN}/21/A1`],
    ['an item of a lot: the lot is left out', `01/${GTIN}/10/L/21/A1`, `instance 01/${GTIN}/21/A1`],
    ['a lot', `01/${GTIN}/10/L`, `class 01/${GTIN}/10/L`],
    ['a variant: it is left out', `01/${GTIN}/22/V`, `class 01/${GTIN}`],
    ['an item by its third-party serial', `01/${GTIN}/235/T`, `instance 01/${GTIN}/235/T`],
    ['a document', `253/${THIRTEEN}X`, `instance 253/${THIRTEEN}X`],
    ['a kind of document', `253/${THIRTEEN}`, `class 253/${THIRTEEN}`],
    ['a coupon', `255/${THIRTEEN}1`, `instance 255/${THIRTEEN}1`],
    ['a kind of coupon', `255/${THIRTEEN}`, `class 255/${THIRTEEN}`],
    ['a consignment', '401/9521234A', 'other 401/9521234A'],
    ['a place', `414/${GLN}`, `place 414/${GLN}`],
    ['a part of a place', `414/${GLN}/254/L1`, `place 414/${GLN}/254/L1`],
    ['a place with a contact: it is left out', `414/${GLN}/7040/1ABC`, `place 414/${GLN}`],
    ['a party', `417/${GLN}`, `party 417/${GLN}`],
    ['a returnable crate', `8003/0${THIRTEEN}7`, `instance 8003/0${THIRTEEN}7`],
    ['a kind of crate', `8003/0${THIRTEEN}`, `class 8003/0${THIRTEEN}`],
    ['an asset', '8004/9521234A', 'instance 8004/9521234A'],
    ['a piece of an item', `8006/${GTIN}0102/21/A`, `instance 8006/${GTIN}0102/21/A`],
    ['a lot of pieces', `8006/${GTIN}0102/10/L`, `class 8006/${GTIN}0102/10/L`],
    ['a component', '8010/9521234A/8011/12', 'instance 8010/9521234A/8011/12'],
    ['a kind of component', '8010/9521234A', 'class 8010/9521234A'],
    ['what stands behind a stem that looks like a key', `00/00/01/${GTIN}/21/A`, `instance 01/${GTIN}/21/A`],
    ['an item by the old names', `gtin/${GTIN}/ser/A`, `instance 01/${GTIN}/21/A`],
    ['an item with escapes, which stay', `01/${GTIN}/21/A%2fB%2F`, `instance 01/${GTIN}/21/A%2fB%2F`],
  ])('names %s', (_what, path, told) => {
    expect(read(path)).toBe(told);
  });

  it.each([
    [
      'a wrong check digit',
      `01/${GTIN.slice(0, 13)}4`,
      `class 01/${GTIN.slice(0, 13)}4: the check digit of its key (01) is wrong`,
    ],
    [
      'a wrong check digit before a serial',
      `253/${THIRTEEN.slice(0, 12)}7X`,
      `instance 253/${THIRTEEN.slice(0, 12)}7X: the check digit of its key (253) is wrong`,
    ],
    [
      'a wrong check digit behind a zero',
      `8003/0${THIRTEEN.slice(0, 12)}77`,
      `instance 8003/0${THIRTEEN.slice(0, 12)}77: the check digit of its key (8003) is wrong`,
    ],
    ['a query', `01/${GTIN}?17=281231`, `class 01/${GTIN}: it has a query or a fragment`],
    ['a fragment', `01/${GTIN}#x`, `class 01/${GTIN}: it has a query or a fragment`],
    [
      'a serial with a blank',
      `01/${GTIN}/21/A%20B`,
      `instance 01/${GTIN}/21/A%20B: " " may not stand in a value of (21)`,
    ],
    [
      'a lot that is left out, with a blank',
      `01/${GTIN}/10/%20/21/A`,
      `instance 01/${GTIN}/21/A: " " may not stand in a value of (10)`,
    ],
    ['a component in lower case', '8010/9521234a', 'class 8010/9521234a: "a" may not stand in a value of (8010)'],
    ['an asset with a blank', '8004/9521%20', 'instance 8004/9521%20: " " may not stand in a value of (8004)'],
  ])('is understood, and told to be wrong, for %s', (_what, path, told) => {
    expect(read(path)).toBe(told);
  });

  it.each([
    ['no key', 'products/7'],
    ['a key that events do not know', '8020/1'],
    ['a qualifier of another key', `01/${GTIN}/254/A`],
    ['a qualifier without a value', `01/${GTIN}/21/`],
    ['a qualifier without anything behind it', `01/${GTIN}/21`],
    ['a serial of 21 characters', `01/${GTIN}/21/${'A'.repeat(21)}`],
    ['a GTIN of 11 digits', '01/12345678901'],
    ['a GTIN with something behind it', `01/${GTIN}A`],
    ['something before the key', `x/01/${GTIN}/21/A/zz/1`],
    ['a GLN of 14 digits', `414/${GLN}0`],
    ['a document number of 18 characters', `253/${THIRTEEN}${'A'.repeat(18)}`],
    ['a coupon number of 13 digits', `255/${THIRTEEN}${'1'.repeat(13)}`],
    ['a crate that does not begin with zero', `8003/1${THIRTEEN}7`],
    ['a crate number of 17 characters', `8003/0${THIRTEEN}${'A'.repeat(17)}`],
    ['an asset of 31 characters', `8004/${'1'.repeat(31)}`],
    ['a component number of 13 digits', '8010/9521234A/8011/1234567890123'],
  ])('is none with %s', (_what, path) => {
    expect(read(path)).toBe('no link');
  });

  it('may have a serial of exactly 20 characters', () => {
    expect(read(`01/${GTIN}/21/${'A'.repeat(20)}`)).toBe(`instance 01/${GTIN}/21/${'A'.repeat(20)}`);
  });

  it.each(['http://a', 'https://a', 'HTTP://A', 'HTTPS://A', 'https://a:8080/stem'])('may lie on %s', (domain) => {
    expect(readEpcLink(`${domain}/01/${GTIN}`)).toEqual({ kind: 'class', uri: `${HOME}/01/${GTIN}`, fault: undefined });
  });

  it.each([
    `Http://a/01/${GTIN}`,
    `ftp://a/01/${GTIN}`,
    `https:///01/${GTIN}`,
    `see https://a/01/${GTIN}`,
    `https://a`,
    '',
  ])('is not %j', (text) => {
    expect(readEpcLink(text)).toBeUndefined();
  });
});

describe('an EPC URN in an event', () => {
  it.each([
    ['urn:epc:id:sgtin:9521234.054321.A', 'instance', `01/${GTIN}/21/A`],
    ['urn:epc:class:lgtin:9521234.054321.L', 'class', `01/${GTIN}/10/L`],
    ['urn:epc:idpat:sgtin:9521234.054321.*', 'class', `01/${GTIN}`],
    ['urn:epc:id:sscc:9521234.0000000001', 'instance', `00/${SSCC}`],
    ['urn:epc:id:sgln:9521234.00000.L1', 'place', `414/${GLN}/254/L1`],
    ['urn:epc:id:pgln:9521234.00000', 'party', `417/${GLN}`],
    ['urn:epc:id:ginc:9521234.A', 'other', '401/9521234A'],
    ['urn:epc:id:gsin:9521234.000000001', 'other', '402/95212340000000013'],
  ])('%s names %s', (urn, kind, path) => {
    expect(readEpcUrn(urn)).toEqual({ kind, uri: `${HOME}/${path}` });
  });

  it.each(['urn:epc:id:gsrn:9521234.0000000001', 'urn:epc:id:gsrnp:9521234.0000000001'])(
    '%s names a service relation',
    (urn) => {
      expect(readEpcUrn(urn)?.kind).toBe('other');
    },
  );

  it.each(['', 'urn:epc:id:sgtin:9521234.05432.A', 'urn:epc:id:gid:1.2.3', `${HOME}/01/${GTIN}`])(
    'is not %j',
    (text) => {
      expect(readEpcUrn(text)).toBeUndefined();
    },
  );
});
