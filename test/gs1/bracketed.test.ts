import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketed, hriLines, parseBracketed } from '#gs1/bracketed.ts';
import { parseElementString } from '#gs1/element-string.ts';
import { crooked, soundElements } from './arbitrary.ts';

describe('the notation with brackets', () => {
  it('is read as it was written, whatever the elements', () => {
    fc.assert(
      fc.property(soundElements(), (elements) => {
        expect(parseBracketed(bracketed(elements))).toEqual({ kind: 'parsed', elements });
      }),
    );
  });

  it('escapes a bracket inside a value', () => {
    const elements = [
      { ai: '01', value: '09521234543213' },
      { ai: '21', value: 'A(1)' },
    ];
    expect(bracketed(elements)).toBe('(01)09521234543213(21)A\\(1)');
    expect(parseBracketed('(01)09521234543213(21)A\\(1)')).toEqual({ kind: 'parsed', elements });
  });

  it.each([
    ['nothing', '', undefined, [0, 0], 'empty', 'at least one element'],
    ['no bracket', '0109521234543213', undefined, [0, 1], 'brackets', 'an Application Identifier in brackets'],
    ['a bracket that stays open', '(21)A(10', undefined, [5, 1], 'brackets', 'an Application Identifier in brackets'],
    ['an AI nobody knows', '(21)A(89)B', undefined, [6, 2], 'unknown-ai', 'an Application Identifier'],
    ['an empty value', '(21)(10)A', '21', [4, 0], 'too-short', '1 to 20 characters'],
    ['a wrong check digit', '(01)09521234543214', '01', [17, 1], 'incorrect-check-digit', 'check digit 3'],
    [
      'a fault behind an escape',
      '(21)A\\(B#',
      '21',
      [8, 1],
      'invalid-cset82-character',
      'a character of GS1 character set 82',
    ],
    ['two lots', '(10)A(21)S(10)B', '10', [10, 5], 'duplicate', 'the same value again, or the element once'],
  ] as const)('refuses %s, at its place', (_name, text, ai, [position, length], rule, expected) => {
    expect(parseBracketed(text)).toEqual({ kind: 'malformed', error: { ai, position, length, rule, expected } });
  });

  it('lets an unknown AI pass only when asked, and never one that known AIs make impossible', () => {
    const element = { ai: '89', value: 'ANYTHING' };
    expect(parseBracketed('(89)ANYTHING', { permitUnknown: true })).toEqual({ kind: 'parsed', elements: [element] });
    expect(parseBracketed('(999)ANYTHING', { permitUnknown: true })).toMatchObject({ error: { rule: 'unknown-ai' } });
    expect(parseBracketed('(89)A#', { permitUnknown: true })).toMatchObject({ error: { position: 5 } });
  });

  it('never breaks its reader', () => {
    fc.assert(
      fc.property(fc.oneof(crooked, fc.string({ unit: 'binary' })), (text) => {
        expect(['parsed', 'malformed']).toContain(parseBracketed(text, { permitUnknown: true }).kind);
      }),
      { numRuns: 1000 },
    );
  });
});

it('people read one line per element, dates as they are encoded', () => {
  const parsed = parseElementString('01095212345432131728113010LOT(7\u001d21S1');
  expect(parsed.kind === 'parsed' ? hriLines(parsed.elements) : []).toEqual([
    '(01) 09521234543213',
    '(17) 281130',
    '(10) LOT(7',
    '(21) S1',
  ]);
});
