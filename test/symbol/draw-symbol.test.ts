import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Element } from '#gs1/element-string.ts';
import { parseScan } from '#gs1/scan.ts';
import { drawSymbol } from '#symbol/draw-symbol.ts';
import type { SymbolLayout } from '#symbol/layout.ts';
import { toSvg } from '#symbol/picture.ts';
import { elementOf, entryOf } from '../gs1/arbitrary.ts';
import { decode } from './decode.ts';

const LAYOUTS: readonly SymbolLayout[] = [
  { kind: 'gs1-data-matrix', size: '32x32' },
  { kind: 'gs1-data-matrix', size: '40x40' },
  { kind: 'gs1-qr', version: 6, level: 'M' },
  { kind: 'link-qr', version: 9, level: 'M', stem: 'https://id.gs1.org' },
  { kind: 'gs1-128', widest: 1000, height: 40 },
];

/** QR codes take the encoder ten times as long. */
const layouts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...LAYOUTS.filter(({ kind }) => !kind.endsWith('qr'))) },
  { weight: 1, arbitrary: fc.constantFrom(...LAYOUTS.filter(({ kind }) => kind.endsWith('qr'))) },
);

const one = (ai: string) => elementOf(entryOf(ai));
/** Labels as lines print them: an item in several orders of elements, a weighed item, a pallet, a case. */
const labels: fc.Arbitrary<Element[]> = fc.oneof(
  fc.tuple(one('01'), one('17'), one('10'), one('21')),
  fc.tuple(one('01'), one('21')),
  fc.tuple(one('01'), one('21'), one('17'), one('10')),
  fc.tuple(one('01'), one('10'), one('3103')),
  fc.tuple(one('00')),
  fc.tuple(
    one('00'),
    one('02'),
    one('37').map(({ ai, value }) => ({ ai, value: value.slice(0, 3) })),
  ),
);

interface Printed {
  readonly layout: SymbolLayout;
  readonly elements: Element[];
}

const hasPercent = (elements: readonly Element[]) => elements.some(({ value }) => value.includes('%'));
const printed: Printed[] = fc.sample(
  fc
    .record({ layout: layouts, elements: labels })
    .filter(({ layout, elements }) => layout.kind !== 'gs1-qr' || !hasPercent(elements)),
  { numRuns: 500, seed: 20261122 },
);

/** What became of one label: read back as it was, too long for its layout, or anything else. */
async function print(label: Printed): Promise<'read' | 'does-not-fit' | { label: Printed; found: unknown }> {
  const symbol = drawSymbol(label.layout, label.elements);
  if (symbol.kind === 'does-not-fit') return 'does-not-fit';
  if (symbol.kind === 'refused') return { label, found: symbol };
  const scan = parseScan((await decode(symbol.picture)) ?? '');
  const elements = scan.kind === 'elements' ? scan.elements : scan.kind === 'link' ? scan.link.elements : [];
  return same(label, elements) ? 'read' : { label, found: scan };
}

describe('five hundred labels', () => {
  let outcomes: Awaited<ReturnType<typeof print>>[] = [];

  beforeAll(async () => {
    outcomes = await Promise.all(printed.map(print));
  }, 120_000);

  it('are read by another engine as the elements they were made of', () => {
    expect(outcomes.filter((outcome) => typeof outcome !== 'string')).toEqual([]);
    expect(outcomes.filter((outcome) => outcome === 'read').length).toBeGreaterThan(420);
  });

  it('fit their layouts but for linear symbols of more than 48 characters', () => {
    const tooLong = printed.filter((_label, place) => outcomes[place] === 'does-not-fit');
    expect(tooLong.filter(({ layout }) => layout.kind !== 'gs1-128')).toEqual([]);
    const length = ({ elements }: Printed) =>
      elements.reduce((sum, { ai, value }) => sum + ai.length + value.length, 0);
    expect(tooLong.every((label) => length(label) > 46)).toBe(true);
  });
});

/** A link reorders elements: they are compared as a set. */
function same({ layout, elements }: Printed, read: readonly Element[]): boolean {
  const written = (all: readonly Element[]) => all.map(({ ai, value }) => `${ai} ${value}`);
  if (layout.kind !== 'link-qr') return JSON.stringify(elements) === JSON.stringify(read);
  return JSON.stringify(written(elements).sort()) === JSON.stringify(written(read).sort());
}

const ITEM: Element[] = [
  { ai: '01', value: '09521234543213' },
  { ai: '17', value: '281130' },
  { ai: '10', value: 'EX24A01' },
  { ai: '21', value: '0123ABC' },
];
const matrix: SymbolLayout = { kind: 'gs1-data-matrix', size: '24x24' };

describe('a symbol', () => {
  it('has the size of its layout, whatever the serial', () => {
    const sizeFor = (serial: string) => {
      const symbol = drawSymbol(matrix, [...ITEM.slice(0, 3), { ai: '21', value: serial }]);
      return symbol.kind === 'drawn' ? [symbol.picture.width, symbol.picture.height] : symbol;
    };
    expect(['1', '1234567890', 'A1B2C3D4E5'].map(sizeFor)).toEqual([
      [24, 24],
      [24, 24],
      [24, 24],
    ]);
    const qr = drawSymbol({ kind: 'gs1-qr', version: 4, level: 'M' }, ITEM);
    expect(qr.kind === 'drawn' ? qr.picture.width : qr).toBe(33);
  });

  it('says what a reader will send', () => {
    expect(drawSymbol(matrix, ITEM)).toMatchObject({ content: '01095212345432131728113010EX24A01\u001d210123ABC' });
    expect(drawSymbol({ kind: 'link-qr', version: 6, level: 'M', stem: 'https://example.com' }, ITEM)).toMatchObject({
      content: 'https://example.com/01/09521234543213/10/EX24A01/21/0123ABC?17=281130',
    });
  });

  it('is refused rather than drawn larger', () => {
    expect(drawSymbol({ kind: 'gs1-data-matrix', size: '18x18' }, ITEM)).toEqual({ kind: 'does-not-fit' });
    expect(drawSymbol({ kind: 'gs1-qr', version: 1, level: 'H' }, ITEM)).toEqual({ kind: 'does-not-fit' });
    expect(drawSymbol({ kind: 'link-qr', version: 1, level: 'H', stem: 'https://a' }, ITEM)).toEqual({
      kind: 'does-not-fit',
    });
    expect(drawSymbol({ kind: 'gs1-128', widest: 100, height: 1 }, ITEM)).toEqual({ kind: 'does-not-fit' });
    expect(() => drawSymbol({ kind: 'gs1-qr', version: 11, level: 'M' }, ITEM)).toThrow(RangeError);
  });

  it.each([
    ['a wrong check digit', [{ ai: '01', value: '09521234543214' }], 'incorrect-check-digit', 'check digit 3'],
    ['a serial alone', [{ ai: '21', value: 'S1' }], 'missing', '(01) or (03) or (8006) beside (21)'],
    ['nothing', [], 'empty', 'at least one element'],
    [
      'a % in a GS1 QR code',
      [
        { ai: '01', value: '09521234543213' },
        { ai: '21', value: 'A%' },
      ],
      'percent-in-qr',
      'no % in a GS1 QR code: encoders and readers disagree on it',
    ],
  ])('is refused for %s before the encoder is asked', (_name, elements, rule, expected) => {
    const layout: SymbolLayout = rule === 'percent-in-qr' ? { kind: 'gs1-qr', version: 6, level: 'M' } : matrix;
    expect(drawSymbol(layout, elements)).toEqual({ kind: 'refused', by: 'linewright', rule, expected });
  });

  it('becomes a drawing of as many units as it has modules', () => {
    const picture = { width: 3, height: 2, modules: Uint8Array.from([1, 1, 0, 0, 0, 1]) };
    expect(toSvg(picture, 1)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 4" shape-rendering="crispEdges">' +
        '<rect width="100%" height="100%" fill="#fff"/><path d="M1 1h2v1h-2zM3 2h1v1h-1z"/></svg>',
    );
  });
});
