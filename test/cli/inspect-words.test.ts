import { describe, expect, it } from 'vitest';
import { meaningOf } from '#cli/inspect/meaning.ts';
import { inspectText } from '#cli/inspect/recognise.ts';
import type { Context } from '#cli/inspect/report.ts';
import { withControls } from '#cli/inspect/separators.ts';
import { withCheckDigit } from '#gs1/check-digit.ts';

const NOON: Context = { today: '2026-11-22', now: Date.UTC(2026, 10, 22, 12) };

describe('a value in words', () => {
  it.each([
    ['17', '281231', '31 December 2028'],
    ['17', '280200', 'end of February 2028 (29)'],
    ['17', '261121', '21 November 2026: in the past'],
    ['11', '261121', '21 November 2026'],
    ['7003', '2812311430', '31 December 2028, 14:30'],
    ['8008', '281231143005', '31 December 2028, 14 h, 30 min, 05 s'],
    ['7007', '280101280131', '1 January 2028, 31 January 2028'],
    ['7250', '20280131', '31 January 2028'],
    ['3103', '001250', '1.250 kg'],
    ['3100', '001250', '1250 kg'],
    ['3202', '000005', '0.05 lb'],
    ['3370', '000123', '123 kg per m²'],
    ['3922', '1299', '12.99'],
    ['3932', '9781299', '12.99 in currency 978 (ISO 4217)'],
    ['3941', '0125', '12.5 %'],
    ['37', '0024', '24 pieces'],
    ['422', '276', 'country 276 (ISO 3166)'],
    ['4307', 'DE', 'Germany'],
    ['4321', '1', 'yes'],
    ['4309', '14252000001934050000', 'latitude 52.52000°, longitude 13.40500°'],
    ['8006', `${withCheckDigit('0952123454321')}0102`, 'check digit 3 is right, piece 1 of 2'],
    ['01', withCheckDigit('0000000000123'), 'GTIN-8 00001236, check digit 6 is right'],
    ['21', 'ABC', ''],
  ])('(%s)%s is "%s"', (ai, value, meaning) => {
    expect(meaningOf(ai, value, NOON)).toBe(meaning);
  });

  it('names the company prefix where its length is given', () => {
    expect(meaningOf('00', '195212340000000010', { ...NOON, gcpLength: 7 })).toBe(
      'check digit 0 is right, company prefix 9521234',
    );
  });
});

describe('separators as people paste them', () => {
  const [lot, rest] = ['10EX24A01', '21ABC123'];

  it.each(['\u001d', '<GS>', '<gs>', '{GS}', '[GS]', '<FNC1>', '\\x1d', '\\u001D', '\\035', '␝', '^'])(
    '%j',
    (token) => {
      const given = `0109521234543213${lot}${token}${rest}`;
      expect(inspectText(given, NOON)).toMatchObject({
        kind: 'element-string',
        verdict: 'clean',
        parts: [{ name: '01' }, { name: '10', value: 'EX24A01' }, { name: '21', value: 'ABC123' }],
        notes: token === '\u001d' ? [] : [`"${token}" is taken for the separator GS (FNC1)`],
      });
    },
  );

  it('do not shift the place of a problem behind them', () => {
    const given = `0109521234543213${lot}<GS>17281332`;
    const [problem] = inspectText(given, NOON).problems;
    expect(given.slice(problem?.position, (problem?.position ?? 0) + (problem?.length ?? 0))).toBe('13');
  });

  it('know for each character where it stood', () => {
    const plain = withControls('a<GS>b^c');
    expect([...plain.text].map((_symbol, at) => plain.given(at))).toEqual([0, 1, 5, 6, 7]);
    expect(plain.given(plain.text.length)).toBe(8);
  });
});

describe('the kind of', () => {
  it.each([
    [']C10109521234543213', 'scan', 'clean'],
    [']Q30109521234543213', 'scan', 'clean'],
    [']e00109521234543213', 'scan', 'clean'],
    [']J10109521234543213', 'scan', 'clean'],
    [']E09521234543213', 'scan', 'clean'],
    [']E09521234543214', 'scan', 'problems'],
    [']E096385074', 'scan', 'problems'],
    [']E496385074', 'scan', 'clean'],
    [']I119521234543210', 'scan', 'clean'],
    [']Q1https://id.gs1.org/01/09521234543213', 'scan', 'clean'],
    [']C0hello', 'scan', 'clean'],
    ['96385074', 'gtin-8', 'clean'],
    ['614141000036', 'gtin-12', 'clean'],
    ['19521234543210', 'gtin-14', 'clean'],
    ['0109521234543213', 'element-string', 'clean'],
    ['\u001d0109521234543213', 'element-string', 'clean'],
    ['id.gs1.org/01/09521234543213', 'digital-link', 'clean'],
    ['HTTPS://ID.GS1.ORG/01/09521234543213', 'digital-link', 'clean'],
    ['https://id.gs1.org/01/09521234543214', 'digital-link', 'problems'],
    ['https://example.com/', 'web-address', 'problems'],
    ['urn:epc:idpat:sgtin:9521234.054321.*', 'epc-urn', 'clean'],
    ['urn:epc:class:lgtin:9521234.054321.LOT1', 'epc-urn', 'clean'],
    ['urn:epc:tag:sgtin-96:1.9521234.054321.1', 'epc-urn', 'problems'],
    ['urn:epcglobal:cbv:bizstep:packing', 'cbv-word', 'clean'],
    [`ni:///sha-256;${'0f'.repeat(32)}?ver=CBV2.0`, 'event-hash', 'clean'],
    ['(10)LOT1', 'bracketed', 'clean'],
    ['(01)09521234543213(255)9521234543213', 'bracketed', 'problems'],
    ['[)>\u001e05\u001d01', 'message', 'problems'],
    ['[)>\u001e05\u001d0109521234543213\u001e\u0004', 'message', 'clean'],
    [']d1[)>\u001e06\u001d9N111234567842\u001d1TA\u001dD281231\u001dSX\u001e\u0004', 'scan', 'clean'],
    ['(01) 09521234543213 (10) LOT1', 'bracketed', 'clean'],
    ['(01) 09521234543213 (10) LOT 1', 'bracketed', 'problems'],
    ['12345', 'unknown', 'unusable'],
    ['', 'empty', 'unusable'],
  ])('%j is %s, %s', (given, kind, verdict) => {
    const report = inspectText(given, NOON);
    expect([report.kind, report.verdict]).toEqual([kind, verdict]);
  });

  it.each([
    ['0109521234543213 21ABC', 'expected an Application Identifier, found a blank'],
    ['010952123454321310A\u200bB', 'expected a character of GS1 character set 82, found U+200B'],
    ['010952123454321310A\u00e9', 'expected a character of GS1 character set 82, found "\u00e9"'],
  ])('a character in %j that nobody sees is named', (given, message) => {
    expect(inspectText(given, NOON).problems[0]?.message).toBe(message);
  });

  it.each([
    ['0109521234543213 21ABC', 'No value has blanks. Without them the text would be sound: 010952123454321321ABC'],
    [
      'https://id.gs1.org/AQnYUc1gmiCNV4JG',
      'It may be a compressed Digital Link; those are not read here. Ask for the uncompressed form.',
    ],
  ])('what might be meant by %j is told, and not assumed', (given, note) => {
    expect(inspectText(given, NOON)).toMatchObject({ verdict: 'problems', notes: [note] });
  });

  it('a key that another symbol must complete is clean with a warning', () => {
    expect(inspectText('(10)LOT1', NOON).problems).toMatchObject([{ severity: 'warning', rule: 'missing', ai: '10' }]);
  });

  it('a URN whose company prefix is longer than the one that was given is wrong', () => {
    const report = inspectText('urn:epc:id:sgtin:9521234.054321.A', { ...NOON, gcpLength: 9 });
    expect(report.problems).toMatchObject([{ rule: 'company-prefix', position: 17, length: 7 }]);
  });
});
