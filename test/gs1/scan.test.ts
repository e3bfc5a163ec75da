import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementString } from '#gs1/element-string.ts';
import { parseScan } from '#gs1/scan.ts';
import { scanOf } from '#gs1/scan-build.ts';
import { crooked, soundElements } from './arbitrary.ts';

const GTIN = '09521234543213';

describe('a scan', () => {
  it.each([
    [']d2', 'data-matrix'],
    [']Q3', 'qr'],
    [']C1', 'gs1-128'],
    [']e0', 'databar-expanded'],
    [']J1', 'dot-code'],
  ] as const)('of a GS1 symbol %s says what the symbol was made from', (aim, symbology) => {
    fc.assert(
      fc.property(soundElements(), (elements) => {
        const scan = scanOf(symbology, { kind: 'elements', text: elementString(elements) });
        expect(parseScan(scan ?? '')).toEqual({ kind: 'elements', aim, elements });
      }),
      { numRuns: 50 },
    );
  });

  it('of a composite reads both components as one', () => {
    const scan = scanOf('gs1-128', { kind: 'elements', text: `01${GTIN}10L1`, composite: '21S1' });
    expect(scan).toBe(`]e001${GTIN}10L1\u001d21S1`);
    expect(scanOf('ean-13', { kind: 'digits', digits: '9521234543213', composite: '21S1' })).toBe(
      ']E09521234543213|]e021S1',
    );
    expect(parseScan(']E09521234543213|]e021S1')).toEqual({
      kind: 'trade-item',
      aim: ']E0',
      digits: '9521234543213',
      elements: [
        { ai: '01', value: GTIN },
        { ai: '21', value: 'S1' },
      ],
    });
  });

  it('of a plain symbol stays text, and says when its FNC1 is missing', () => {
    expect(parseScan(`]d101${GTIN}21S1`)).toEqual({ kind: 'text', aim: ']d1', text: `01${GTIN}21S1`, lacksFnc1: true });
    expect(parseScan(']Q1HELLO')).toEqual({ kind: 'text', aim: ']Q1', text: 'HELLO', lacksFnc1: false });
  });

  it('of a QR code with a Digital Link reads the link', () => {
    const text = `https://id.gs1.org/01/${GTIN}/21/S1`;
    expect(parseScan(`]Q1${text}`)).toMatchObject({ kind: 'link', text, link: { key: { ai: '01', value: GTIN } } });
  });

  it.each([
    ['nothing', '', [0, 0], 'not-gs1'],
    ['no identifier', `01${GTIN}`, [0, 3], 'not-gs1'],
    ['an identifier alone', ']d2', [3, 0], 'empty'],
    ['a wrong GTIN', ']d20109521234543214', [18, 1], 'incorrect-check-digit'],
    ['a wrong EAN-13', ']E09521234543214', [15, 1], 'incorrect-check-digit'],
    ['an EAN-8 of nine digits', ']E4123456789', [3, 9], 'linear-key'],
    ['a fault in the composite', ']E09521234543213|]e021', [22, 0], 'too-short'],
    ['a link without key', ']Q1https://a/b', [13, 1], 'no-key'],
  ] as const)('is refused with %s, at its place', (_name, scan, [position, length], rule) => {
    expect(parseScan(scan)).toMatchObject({ kind: 'malformed', error: { position, length, rule } });
  });

  it.each([
    ['text in a GS1-128', scanOf('gs1-128', { kind: 'text', text: 'A' })],
    ['a lot in an EAN-13', scanOf('ean-13', { kind: 'elements', text: '10L' })],
    ['a case in an EAN-13', scanOf('ean-13', { kind: 'elements', text: '0119521234543210' })],
    ['a wrong check digit', scanOf('ean-8', { kind: 'digits', digits: '02345674' })],
    ['an indicator 2 in DataBar Limited', scanOf('databar-limited', { kind: 'digits', digits: '20000000000004' })],
    ['digits in a Data Matrix', scanOf('data-matrix', { kind: 'digits', digits: '02345673' })],
    ['a malformed composite', scanOf('qr', { kind: 'elements', text: '10L', composite: '88' })],
    ['a malformed element string', scanOf('qr', { kind: 'elements', text: '88' })],
  ])('cannot come of %s', (_name, scan) => {
    expect(scan).toBeUndefined();
  });

  it('never breaks its reader', () => {
    const aims = fc.constantFrom(']d2', ']d1', ']Q1', ']Q3', ']E0', ']E4', ']e0', '');
    fc.assert(
      fc.property(aims, fc.oneof(crooked, fc.string({ unit: 'binary' })), (aim, text) => {
        expect(typeof parseScan(aim + text).kind).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });
});
