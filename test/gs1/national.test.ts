import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSET82_ORDER } from '#gs1/character-set.ts';
import { parseElementString } from '#gs1/element-string.ts';
import { isMessage, parseMessage, writeMessage } from '#gs1/national/iso15434.ts';
import {
  composeCode,
  identificationCode,
  NATIONAL_FORMS,
  nationalForm,
  publicElements,
} from '#gs1/national/national-forms.ts';
import { isPpn, isPzn, parsePpnCode, ppnCheckDigits, ppnOf, pznCheckDigit, writePpnCode } from '#gs1/national/ppn.ts';
import { crooked } from './arbitrary.ts';

const GTIN = '09521234543213';
const GS = '\u001d';
const text = (length: number) =>
  fc.string({ unit: fc.constantFrom(...CSET82_ORDER), minLength: length, maxLength: length });
const russian = NATIONAL_FORMS.filter(({ tail }) => tail.length > 0);

describe('a Russian code', () => {
  it('carries its tail byte for byte, behind separators', () => {
    const tail = fc.record({ '91': text(4), '92': text(44), '93': text(4) });
    fc.assert(
      fc.property(fc.constantFrom(...russian), text(13), tail, text(88), (form, serial, parts, long) => {
        const values = { ...parts, '01': GTIN, '21': serial, ...(form.id === 'ru-long-tail' ? { '92': long } : {}) };
        const composed = composeCode(form, values);
        if (composed.kind === 'refused') throw new Error(composed.expected);
        const parsed = parseElementString(composed.text);
        if (parsed.kind === 'malformed') throw new Error(parsed.error.rule);
        const chosen = [...form.ais, ...form.tail.map(({ ai }) => ai)];
        expect(parsed.elements.map(({ ai, value }) => [ai, value])).toEqual(
          chosen.map((ai) => [ai, Object.entries(values).find(([name]) => name === ai)?.[1]]),
        );
        expect(identificationCode(parsed.elements)).toBe(`01${GTIN}21${serial}`);
        expect(identificationCode(parsed.elements)?.length).toBe(31);
        expect(publicElements(form, parsed.elements).map(({ ai }) => ai)).toEqual(['01', '21']);
      }),
    );
  });

  it('reads as its operator prescribes', () => {
    const form = nationalForm('ru-medicine');
    const values = { '01': GTIN, '21': 'ABCDEFGHJKLM1', '91': 'EE06', '92': `${'a'.repeat(42)}+=` };
    expect(form === undefined ? undefined : composeCode(form, values)).toEqual({
      kind: 'composed',
      text: `01${GTIN}21ABCDEFGHJKLM1${GS}91EE06${GS}92${'a'.repeat(42)}+=`,
    });
  });

  it.each([
    ['a serial of 12 characters', { '21': 'ABCDEFGHJKLM' }, '21', '13 characters for (21)'],
    ['a tail cut short', { '92': 'a'.repeat(43) }, '92', '44 characters for (92)'],
    ['a tail that somebody has decoded', { '92': `${'a'.repeat(43)}é` }, '92', 'a character of GS1 character set 82'],
    ['a missing tail', { '91': undefined }, '91', 'a value for (91)'],
    ['a wrong GTIN', { '01': '09521234543214' }, '01', 'check digit 3'],
  ])('is refused with %s', (_name, part, ai, expected) => {
    const form = nationalForm('ru-medicine');
    const values = { '01': GTIN, '21': 'ABCDEFGHJKLM1', '91': 'EE06', '92': 'a'.repeat(44), ...part };
    const given = Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
    expect(form === undefined ? undefined : composeCode(form, given)).toEqual({ kind: 'refused', ai, expected });
  });
});

it('each form has an id that recipes name, and a source', () => {
  const ids = ['eu-fmd', 'us-dscsa', 'ru-medicine', 'ru-long-tail', 'ru-short-tail', 'in-export', 'br'];
  expect(NATIONAL_FORMS.map(({ id }) => id)).toEqual(ids);
  expect(NATIONAL_FORMS.filter(({ source, market }) => source === '' || market === '')).toEqual([]);
});

it('a site adds a form of its own as data', () => {
  const own = {
    id: 'own',
    market: 'Somewhere',
    ais: ['01', '10'],
    tail: [],
    needsRandomSerials: false,
    source: 'contract 7',
  };
  const form = nationalForm('own', [...NATIONAL_FORMS, own]);
  expect(form === undefined ? undefined : composeCode(form, { '01': GTIN, '10': 'L1' })).toEqual({
    kind: 'composed',
    text: `01${GTIN}10L1`,
  });
  expect(nationalForm('own')).toBeUndefined();
});

describe('a German code with PPN', () => {
  const code = { ppn: '110375286414', serial: '12345ABCDEF98765', lot: '12345ABCD', expiry: '281130' };
  const written = `[)>\u001e06${GS}9N110375286414${GS}1T12345ABCD${GS}D281130${GS}S12345ABCDEF98765\u001e\u0004`;

  it('has the check digits of its number', () => {
    expect([ppnCheckDigits('1103752864'), ppnOf('03752864'), pznCheckDigit('0375286')]).toEqual([
      '14',
      '110375286414',
      4,
    ]);
    expect(['03752864', '03752865', '3752864', 'A3752864'].map(isPzn)).toEqual([true, false, false, false]);
    expect(['110375286414', '110375286415', '120375286414', ''].map(isPpn)).toEqual([true, false, false, false]);
    expect(ppnOf('03752865')).toBeUndefined();
  });

  it('is read as it was written, with or without the end of its envelope', () => {
    expect(writePpnCode(code)).toBe(written);
    for (const end of ['', '\u001e', '\u001e\u0004']) {
      expect(parsePpnCode(written.slice(0, -2) + end)).toEqual({ kind: 'parsed', code });
    }
  });

  it.each([
    ['a GS1 code', `01${GTIN}`, 'an ISO/IEC 15434 envelope of format 06'],
    [
      'a PPN with wrong check digits',
      written.replace('6414', '6415'),
      'a PPN (9N) of a PZN, with the right check digits',
    ],
    ['a day that does not exist', written.replace('281130', '281131'), 'an expiry (D) as YYMMDD'],
    ['a lot in lower case', written.replace('ABCD', 'abcd'), 'a lot (1T) of 1 to 20 characters 0-9 A-Z - _'],
    ['no serial', written.split('S12345')[0] ?? '', 'a data identifier: up to three digits and a capital letter'],
    ['two PPNs', written.replace(`${GS}1T`, `${GS}9N110375286414${GS}1T`), 'one PPN (9N)'],
    ['more behind its end', `${written}X`, 'RS and EOT at the end, and nothing behind'],
  ])('is refused as %s', (_name, given, expected) => {
    expect(parsePpnCode(given)).toEqual({ kind: 'malformed', expected });
  });

  it('is not written of parts that have not their form', () => {
    expect(writePpnCode({ ...code, serial: 'a' })).toBeUndefined();
  });
});

describe('an ISO/IEC 15434 message', () => {
  it('is read as it was written', () => {
    const field = fc.record({ identifier: fc.constantFrom('9N', '1T', 'D', 'S', '25P'), value: text(5) });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        expect(parseMessage(writeMessage(fields))).toEqual({ kind: 'parsed', fields });
      }),
    );
  });

  it('never breaks its reader, and no GS1 code looks like one', () => {
    fc.assert(
      fc.property(fc.oneof(crooked, fc.string({ unit: 'binary' })), (given) => {
        expect(['parsed', 'malformed']).toContain(parseMessage(given).kind);
        expect(['parsed', 'malformed']).toContain(parsePpnCode(`[)>\u001e06${GS}${given}`).kind);
        expect(isMessage(given) && parseElementString(given).kind === 'parsed').toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
