import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketed, parseBracketed } from '#gs1/bracketed.ts';
import type { Element } from '#gs1/element-string.ts';
import { canonicalIdentifier, linkOfUrn, urnOfLink } from '#gs1/epc/epc-link.ts';
import { EPC_SCHEMES } from '#gs1/epc/epc-schemes.ts';
import { epcUrn, parseEpcUrn } from '#gs1/epc/epc-urn.ts';
import { crooked, elementOf, entryOf } from './arbitrary.ts';

/** A key that has an EPC, with or without its serial. */
const identities = fc.constantFrom(...EPC_SCHEMES).chain(({ ai, serial }) => {
  const key = elementOf(entryOf(ai));
  if (!('ai' in serial)) return key.map((element): Element[] => [element]);
  return fc.tuple(key, elementOf(entryOf(serial.ai))).map((both): Element[] => both);
});

const GTIN = '80614141123458';

describe('an EPC URN', () => {
  it('names what its elements name, whatever the key and the length of the prefix', () => {
    fc.assert(
      fc.property(identities, fc.integer({ min: 6, max: 12 }), (elements, length) => {
        const urn = epcUrn(elements, length);
        if (urn === undefined) return; // the prefix does not fit this key, or it is one that a URN cannot name
        expect(parseEpcUrn(urn)).toMatchObject({ kind: 'parsed', epc: { elements, gcpLength: length } });
        const link = linkOfUrn(urn);
        expect(urnOfLink(link ?? '', length)).toBe(urn);
        expect(canonicalIdentifier(urn)).toBe(canonicalIdentifier(link ?? ''));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['an item', '(01)80614141123458(21)6789/&%"!?\\()', 'id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()'],
    ['an item of a lot', '(01)80614141123458(10)L1(21)1', 'id:sgtin:0614141.812345.1'],
    ['a lot', '(01)80614141123458(10)2.3', 'class:lgtin:0614141.812345.2.3'],
    ['a product', '(01)80614141123458', 'idpat:sgtin:0614141.812345.*'],
    ['a tobacco unit', '(01)80614141123458(235)1A', 'id:upui:0614141.812345.1A'],
    ['a pallet', '(00)006141411234567890', 'id:sscc:0614141.0123456789'],
    ['a place', '(414)0614141000005', 'id:sgln:0614141.00000.0'],
    ['a line of a place', '(414)0614141000005(254)L1', 'id:sgln:0614141.00000.L1'],
    ['a party', '(417)0614141000005', 'id:pgln:0614141.00000'],
    ['a crate', '(8003)00614141000005X7', 'id:grai:0614141.00000.X7'],
    ['all crates of a type', '(8003)00614141000005', 'idpat:grai:0614141.00000.*'],
    ['a machine', '(8004)0614141M-1', 'id:giai:0614141.M-1'],
    ['a document', '(253)0614141000005D1', 'id:gdti:0614141.00000.D1'],
    ['a coupon', '(255)061414100000577', 'id:sgcn:0614141.00000.77'],
    ['a consignment', '(401)0614141C1', 'id:ginc:0614141.C1'],
    ['a piece of an item', '(8006)806141411234580102(21)1', 'id:itip:0614141.812345.01.02.1'],
    ['a part', '(8010)0614141P#7(8011)42', 'id:cpi:0614141.P%237.42'],
  ])('of %s', (_name, text, urn) => {
    const parsed = parseBracketed(text);
    if (parsed.kind === 'malformed') throw new Error(JSON.stringify(parsed.error));
    expect(epcUrn(parsed.elements, 7)).toBe(`urn:epc:${urn}`);
    const back = parseEpcUrn(`urn:epc:${urn}`);
    const elements = parsed.elements.filter(({ ai }) => !(ai === '10' && urn.startsWith('id:sgtin')));
    expect(back.kind === 'parsed' ? bracketed(back.epc.elements) : back.error).toBe(bracketed(elements));
  });

  it('with a prefix of twelve digits leaves an empty reference between two dots', () => {
    expect(epcUrn([{ ai: '414', value: '0614141000005' }], 12)).toBe('urn:epc:id:sgln:061414100000..0');
    expect(linkOfUrn('urn:epc:id:sgln:061414100000..0')).toBe('https://id.gs1.org/414/0614141000005');
  });

  it.each([
    ['a prefix too short', 5],
    ['a prefix too long', 13],
    ['half a digit', 7.5],
    ['no length', Number.NaN],
  ])('cannot be written with %s', (_name, length) => {
    expect(epcUrn([{ ai: '01', value: GTIN }], length)).toBeUndefined();
  });

  it.each([
    ['a prefix of filling zeros', [{ ai: '01', value: '00000000123457' }]],
    [
      'an extension 0, which means none',
      [
        { ai: '414', value: '0614141000005' },
        { ai: '254', value: '0' },
      ],
    ],
    ['a wrong check digit', [{ ai: '01', value: '80614141123459' }]],
    ['no key', [{ ai: '21', value: 'S1' }]],
    ['nothing', []],
  ])('cannot be written of %s', (_name, elements) => {
    expect(epcUrn(elements, 7)).toBeUndefined();
  });

  it.each([
    ['another name space', 'urn:uuid:1-2-3', 'not-an-epc'],
    ['a scheme nobody knows', 'urn:epc:id:usdod:CAGEY.1', 'not-an-epc'],
    ['a missing serial', 'urn:epc:id:sgtin:0614141.812345', 'components'],
    ['letters in the prefix', 'urn:epc:id:sgtin:06141A1.812345.1', 'company-prefix'],
    ['a reference too short', 'urn:epc:id:sgtin:0614141.81234.1', 'reference'],
    ['an empty serial', 'urn:epc:id:sgtin:0614141.812345.', 'serial'],
    ['a serial of 21 characters', `urn:epc:id:sgtin:0614141.812345.${'1'.repeat(21)}`, 'serial'],
    ['a reserved character as it is', 'urn:epc:id:sgtin:0614141.812345.A/B', 'serial'],
    ['half an escape', 'urn:epc:id:sgtin:0614141.812345.A%2', 'serial'],
    ['a character in disguise', 'urn:epc:id:sgtin:0614141.812345.A%00', 'serial'],
    ['a pattern where an item is wanted', 'urn:epc:idpat:sgtin:0614141.812345.7', 'serial'],
    ['piece 3 of 2', 'urn:epc:id:itip:0614141.812345.03.02.1', 'serial'],
  ])('is refused with %s', (_name, urn, rule) => {
    expect(parseEpcUrn(urn)).toMatchObject({ kind: 'malformed', error: { rule } });
  });

  it('never breaks its reader', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EPC_SCHEMES),
        fc.oneof(crooked, fc.string({ unit: 'binary' })),
        ({ name }, text) => {
          expect(['parsed', 'malformed']).toContain(parseEpcUrn(`urn:epc:${name}:${text}`).kind);
          expect(['parsed', 'malformed']).toContain(parseEpcUrn(text).kind);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
