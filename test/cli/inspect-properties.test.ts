import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walkBracketed, walkElementString } from '#cli/inspect/elements.ts';
import { byteInputs } from '#cli/inspect/input.ts';
import { printable } from '#cli/inspect/layout.ts';
import { inspectText } from '#cli/inspect/recognise.ts';
import type { Context } from '#cli/inspect/report.ts';
import { exitCode, inspectInput, jsonOf, textOf } from '#cli/inspect.ts';
import { parseBracketed } from '#gs1/bracketed.ts';
import { parseElementString } from '#gs1/element-string.ts';

const NOON: Context = { today: '2026-11-22', now: Date.UTC(2026, 10, 22, 12), gcpLength: 7 };

/** Pieces of real inputs: put together at random they are more often almost right than bytes are. */
const PIECES = [
  ' ',
  ...[']d2', ']d1', ']E0', ']Q1', '01', '09521234543213', '10', 'LOT1', '21', '17', '281231', '<GS>', '\u001d', '^'],
  ...['(', ')', '(01)', '\\(', 'https://', 'id.gs1.org', '/', '%2F', '?', '&', '=', '#', 'urn:epc:', 'id:', 'sgtin:'],
  ...['idpat:', '.', '*', '[)>\u001e06\u001d', '9N', '{', '}', '[', ']', '"type"', ':', '"ObjectEvent"', ',', '<', '>'],
  ...['<?xml?>', '</', 'epcis:EPCISDocument', '\n', '\ufeff', '\u0000', '\ud800', '€', '\u202e', '8003', '0', '3103'],
];
const jumble = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''));
const anyText = fc.oneof(jumble, fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 200 }));

/** Others may be using the machine. */
const PATIENCE = 60_000;

describe('whatever is pasted', { timeout: PATIENCE }, () => {
  it('is answered, in words and as JSON, and never thrown back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), anyText.map(bytesOf)), (bytes) => {
        const reports = byteInputs(bytes).map((input) => inspectInput(input, NOON));
        expect(textOf(reports, false)).not.toBe('');
        expect(JSON.parse(jsonOf(reports))).toHaveLength(reports.length);
        expect([0, 1, 2]).toContain(exitCode(reports, true));
      }),
      { numRuns: 1000 },
    );
  });

  it('has its problems inside the input', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { input, problems } = inspectText(text, NOON);
        const isOutside = problems.some(
          ({ position = 0, length = 0 }) => position < 0 || length < 0 || position + length > input.length,
        );
        expect(isOutside).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('sends no control character to the terminal', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const report = inspectText(text, NOON);
        expect(/[\p{Cc}\p{Cf}]/u.test(textOf([report], false).replaceAll('\n', ''))).toBe(false);
        expect(printable(text)).toHaveLength(text.length);
      }),
    );
  });

  it('is answered however deep JSON is nested', () => {
    for (const depth of [10, 199, 200, 201, 50_000]) {
      const text = `{"type":"ObjectEvent","a:b":${'{"c:d":'.repeat(depth)}1${'}'.repeat(depth)}}`;
      expect(inspectText(text, NOON).verdict).not.toBe('clean');
    }
  });
});

describe('the walk that goes on behind a fault', { timeout: PATIENCE }, () => {
  const parts = fc.constantFrom(
    '01',
    '09521234543213',
    '10',
    'A',
    '21',
    '17281231',
    '\u001d',
    '3103',
    '001',
    '99',
    'é',
  );
  const scans = fc.oneof(
    fc.array(parts, { maxLength: 20 }).map((list) => list.join('')),
    fc.string({ maxLength: 60 }),
  );

  it('agrees with the parser of element strings on what is sound, and on the first fault', () => {
    fc.assert(
      fc.property(scans, (text) => agree(parseElementString(text), walkElementString(text))),
      { numRuns: 1000 },
    );
  });

  it('agrees with the parser of brackets on what is sound, and on the first fault', () => {
    const brackets = fc.array(
      fc.constantFrom('(01)', '09521234543213', '(10)', 'A', '\\(', '(21)', '(99)', '(1234)', '(', ')', '(17)281231'),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(brackets, (list) => agree(parseBracketed(list.join('')), walkBracketed(list.join('')))),
      { numRuns: 1000 },
    );
  });
});

type Parsed = ReturnType<typeof parseElementString>;
type Walked = ReturnType<typeof walkElementString>;

function agree(parsed: Parsed, { elements, problems }: Walked): void {
  const [first] = problems;
  if (parsed.kind === 'parsed') {
    expect(problems).toEqual([]);
    expect(elements.map(({ ai, value }) => ({ ai, value }))).toEqual(parsed.elements);
    return;
  }
  const { rule, position, length, ai } = parsed.error;
  expect({ rule: first?.rule, position: first?.position, length: first?.length, ai: first?.ai }).toEqual({
    rule,
    position,
    length,
    ai,
  });
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
