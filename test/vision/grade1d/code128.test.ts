import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askBwip } from '#symbol/bwip.ts';
import { readCharacter, textOf, widthsOf } from '#vision/grade1d/code128.ts';

/** The values of a drawn symbol, from start to check character. */
function valuesOf(text: string, bcid = 'code128', parse = false): readonly number[] {
  const answer = askBwip({ bcid, text, parse }, 1);
  if (answer.kind !== 'drawn') throw new Error(`${text} was not drawn`);
  const widths: number[] = [];
  let last: number | undefined;
  for (const module of answer.picture.modules) {
    if (module === last) widths[widths.length - 1] = (widths.at(-1) ?? 0) + 1;
    else widths.push(1);
    last = module;
  }
  const count = (widths.length - 7) / 6;
  return Array.from({ length: count }, (_none, at) => readCharacter(widths, at * 6)?.value ?? -1);
}

describe('the reference decoder of Code 128', () => {
  it('knows all 107 patterns by their edges, whatever their scale', () => {
    for (let value = 0; value <= 106; value += 1) {
      const widths = widthsOf(value).map((width) => width * 3.7);
      expect(readCharacter(widths, 0)).toEqual({ value, margin: expect.closeTo(1, 9) });
    }
  });

  it('reads what an independent encoder writes, in all three code sets', () => {
    const texts = fc.string({
      unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(texts, (text) => {
        const escaped = [...text].map((each) => `^${String(each.charCodeAt(0)).padStart(3, '0')}`).join('');
        expect(textOf(valuesOf(escaped, 'code128', true))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('sends separators of GS1-128 as GS and leaves FNC1 in front out', () => {
    const values = valuesOf('(10)LOT8(21)ABC123', 'gs1-128');
    expect(textOf(values)).toBe('10LOT8\u001d21ABC123');
  });

  it('reads Latin-1 letters', () => {
    expect(textOf(valuesOf('Gr^252^223e', 'code128', true))).toBe('Grüße');
  });

  it('refuses a wrong check character, a start inside, and what has no content', () => {
    const values = valuesOf('LINE1');
    const wrong = values.with(-1, ((values.at(-1) ?? 0) + 1) % 103);
    expect([wrong, values.slice(0, 2), [50, ...values], [104, 105, (104 + 105) % 103]].map(textOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('does not lose a bar to ink that grows, but tells how near it is to doing so', () => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = widthsOf(40);
    const grown = [0, 0.1, 0.2, 0.3, 0.5].map((by) =>
      readCharacter([a + by, b - by, c + by, d - by, e + by, f - by], 0),
    );
    expect(grown.map((read) => read?.value)).toEqual([40, 40, 40, 40, 40]);
    expect(grown.map((read) => read?.margin)).toEqual(
      [0, 0.1, 0.2, 0.3, 0.5].map((by) => expect.closeTo(1 - (3 * by) / 1.75, 9)),
    );
  });

  it('loses margin as a single edge moves, and reads nothing or another character beyond half a module', () => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = widthsOf(7);
    const moved = [0.1, 0.3, 0.49, 0.6].map((by) => readCharacter([a, b + by, c - by, d, e, f], 0));
    expect(moved.map((read) => (read?.value === 7 ? Number(read.margin.toFixed(2)) : 'other'))).toEqual([
      0.8,
      0.4,
      0.02,
      'other',
    ]);
  });
});
