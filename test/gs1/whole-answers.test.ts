import { describe, expect, it } from 'vitest';
import { parseDate } from '#gs1/calendar.ts';
import { parseEpcUrn } from '#gs1/epc/epc-urn.ts';
import { parseDigitalLink } from '#gs1/link/digital-link.ts';

const GTIN = '09521234543213';
const LINK = `https://a/01/${GTIN}`;

describe('an EPC URN that is none is told why', () => {
  it.each([
    ['', 'not-an-epc: urn:epc: and a scheme of a GS1 key'],
    ['urn:epc:id:thing:1.2', 'not-an-epc: urn:epc: and a scheme of a GS1 key'],
    ['x urn:epc:id:sgtin:9521234.054321.A', 'not-an-epc: urn:epc: and a scheme of a GS1 key'],
    ['urn:epc:id:sgtin:9521234.054321', 'components: 3 components with dots between them'],
    ['urn:epc:id:sscc:9521234', 'components: 2 components with dots between them'],
    ['urn:epc:id:itip:9521234.054321.01.02', 'components: 5 components with dots between them'],
    ['urn:epc:id:sgtin:95212.054321.A', 'company-prefix: a company prefix of 6 to 12 digits'],
    ['urn:epc:id:sgtin:9521234567890..A', 'company-prefix: a company prefix of 6 to 12 digits'],
    ['urn:epc:id:sgtin:952123A.054321.A', 'company-prefix: a company prefix of 6 to 12 digits'],
    ['urn:epc:id:sgtin:9521234.05432.A', 'reference: a reference of 6 digits'],
    ['urn:epc:id:sgtin:9521234.0543210.A', 'reference: a reference of 6 digits'],
    ['urn:epc:id:sgtin:9521234.A54321.A', 'reference: a reference of 6 digits'],
    ['urn:epc:id:sgtin:9521234.05432A.A', 'reference: a reference of 6 digits'],
    ['urn:epc:id:sgln:9521234.000000.0', 'reference: a reference of 5 digits'],
    ['urn:epc:id:sscc:9521234.000000000', 'reference: a reference of 10 digits'],
    ['urn:epc:id:giai:9521234.', 'reference: a reference behind the prefix'],
    ['urn:epc:id:giai:9521234.A/B', 'reference: a reference behind the prefix'],
    ['urn:epc:id:sgtin:9521234.054321.', 'serial: a serial as (21) may be'],
    ['urn:epc:id:sgtin:9521234.054321.A B', 'serial: a serial as (21) may be'],
    ['urn:epc:id:sgln:9521234.00000.', 'serial: a serial as (254) may be'],
    ['urn:epc:id:itip:9521234.054321.03.02.A', 'serial: a serial as (21) may be'],
    ['urn:epc:id:grai:9521234.00000.', 'serial: a value as (8003) may be'],
    ['urn:epc:id:cpi:9521234.a.1', 'serial: a serial as (8011) may be'],
    ['urn:epc:idpat:sgtin:9521234.054321.A', 'serial: * as the last component'],
  ])('%j', (urn, told) => {
    const parsed = parseEpcUrn(urn);
    expect(parsed.kind === 'malformed' && `${parsed.error.rule}: ${parsed.error.expected}`).toBe(told);
  });

  it.each(['1.02', '01.2', 'x01.02', '01x.02', '01.02x', '01.x02', 'A1.02'])(
    'with the pieces %s of an item',
    (pieces) => {
      expect(parseEpcUrn(`urn:epc:id:itip:9521234.054321.${pieces}.A`)).toMatchObject({
        kind: 'malformed',
        error: { rule: 'reference' },
      });
    },
  );

  it.each([
    ['urn:epc:id:itip:9521234.054321.01.02.A', ['8006', '095212345432130102', '21', 'A'], 7],
    ['urn:epc:id:cpi:9521234.A.1', ['8010', '9521234A', '8011', '1'], 7],
    ['urn:epc:id:sgln:952123400000..0', ['414', '9521234000006'], 12],
  ])('and %s is one', (urn, parts, gcpLength) => {
    const parsed = parseEpcUrn(urn);
    const epc = parsed.kind === 'parsed' ? parsed.epc : undefined;
    expect([epc?.elements.flatMap(({ ai, value }) => [ai, value]), epc?.gcpLength]).toEqual([parts, gcpLength]);
  });
});

describe('a Digital Link that is none is told why, and where', () => {
  it.each<[string, object]>([
    ['', { position: 0, length: 0, rule: 'not-a-uri', expected: 'http(s)://domain/…/key/value' }],
    [`HtTp://a/01/${GTIN}`, { position: 0, length: 26, rule: 'not-a-uri', expected: 'http(s)://domain/…/key/value' }],
    ['https://a', { position: 0, length: 9, rule: 'not-a-uri', expected: 'http(s)://domain/…/key/value' }],
    ['https://?01=1', { position: 0, length: 13, rule: 'not-a-uri', expected: 'http(s)://domain/…/key/value' }],
    ['https://a/', { position: 10, length: 0, rule: 'no-key', expected: 'a key and its value at the end of the path' }],
    [
      'https://a/x/y',
      { position: 10, length: 3, rule: 'no-key', expected: 'a key and its value at the end of the path' },
    ],
    [
      `https://a b/01/${GTIN}`,
      { position: 9, length: 1, rule: 'uri-character', expected: 'a character that a URI may have' },
    ],
    [`${LINK}/21/A<B`, { position: 32, length: 1, rule: 'uri-character', expected: 'a character that a URI may have' }],
    [`${LINK}/`, { position: 10, length: 18, rule: 'no-key', expected: 'a key and its value at the end of the path' }],
    [
      `${LINK}/21/A/10/L`,
      {
        ai: '01',
        position: 10,
        length: 27,
        rule: 'order',
        expected: 'the qualifiers of this key, in their order, and of one alternative',
      },
    ],
    [`${LINK}?10=L`, { ai: '10', position: 28, length: 4, rule: 'in-path', expected: '(10) in the path of this key' }],
    [
      `${LINK}?17=281231&17=281231`,
      { ai: '17', position: 38, length: 9, rule: 'duplicate', expected: 'each Application Identifier once' },
    ],
    [
      `${LINK}?8200=x`,
      {
        ai: '8200',
        position: 28,
        length: 4,
        rule: 'no-attribute',
        expected: 'an AI that may be an attribute of a link',
      },
    ],
    [`${LINK}?9999=1`, { position: 28, length: 4, rule: 'unknown-ai', expected: 'an Application Identifier' }],
    [`${LINK}?x=1&&?y&17=`, { ai: '17', position: 39, length: 0, rule: 'too-short', expected: '6 digits' }],
    [`${LINK}?17=281231+`, { ai: '17', position: 37, length: 1, rule: 'too-long', expected: '6 digits' }],
    [`${LINK}?37=1`, { ai: '01', position: 10, length: 17, rule: 'exclusive', expected: 'no (37) beside (01)' }],
    [
      `${LINK}/21/A%00`,
      {
        ai: '21',
        position: 32,
        length: 3,
        rule: 'invalid-cset82-character',
        expected: 'a character of GS1 character set 82',
      },
    ],
    [
      `${LINK}/21/${'A'.repeat(21)}`,
      { ai: '21', position: 51, length: 1, rule: 'too-long', expected: '1 to 20 characters' },
    ],
    [
      'https://a/01/09521234543214',
      { ai: '01', position: 26, length: 1, rule: 'incorrect-check-digit', expected: 'check digit 3' },
    ],
    ['https://a/01/9521234543213', { ai: '01', position: 26, length: 0, rule: 'too-short', expected: '14 digits' }],
  ])('%j', (uri, error) => {
    expect(parseDigitalLink(uri)).toEqual({ kind: 'malformed', error: expect.objectContaining(error) });
  });

  it.each([
    ['a malformed escape, which stays', `${LINK}/21/A%4GB`, 'A%4GB'],
    ['half an escape, which stays', `${LINK}/21/A%2`, 'A%2'],
    ['half an escape alone, which stays', `${LINK}/21/%4`, '%4'],
    ['an escape in lower case', `${LINK}/21/A%2fB`, 'A/B'],
  ])('and one is that has %s', (_what, uri, serial) => {
    expect(parseDigitalLink(uri)).toMatchObject({ link: { qualifiers: [{ ai: '21', value: serial }] } });
  });

  it('and what it ignores is listed', () => {
    const ignored = (tail: string) => {
      const parsed = parseDigitalLink(LINK + tail);
      return parsed.kind === 'parsed' ? parsed.link.ignored : parsed.error.rule;
    };
    expect(['#f', '?17=281231#f', '?https://b=1', '?x=1'].map(ignored)).toEqual([
      ['#f'],
      ['#f'],
      ['https://b=1'],
      ['x=1'],
    ]);
  });
});

it('a date has ten characters and nothing around them', () => {
  expect(['2026-11-22', 'x2026-11-22', '2026-11-22x', '2026-11-31'].map(parseDate)).toEqual([
    { year: 2026, month: 11, day: 22 },
    undefined,
    undefined,
    undefined,
  ]);
});
