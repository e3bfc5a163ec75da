import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, holds, wholeOf, within } from '#vision/decode/region.ts';
import { failureOf } from '#vision/decode/retries.ts';

const number = fc.integer({ min: -500, max: 3000 });
const size = fc.record({ width: fc.integer({ min: 1, max: 2000 }), height: fc.integer({ min: 1, max: 2000 }) });
const window = fc.record({
  x: fc.double({ min: -500, max: 2500, noNaN: true }),
  y: fc.double({ min: -500, max: 2500, noNaN: true }),
  width: fc.double({ min: 0, max: 3000, noNaN: true }),
  height: fc.double({ min: 0, max: 3000, noNaN: true }),
});

describe('a window', () => {
  it('is cut to whole pixels of the frame, or is nothing', () => {
    fc.assert(
      fc.property(window, size, (each, frame) => {
        const cut = within(each, frame);
        if (cut === undefined) return;
        expect(holds(wholeOf(frame), cut)).toBe(true);
        expect(Object.values(cut).every(Number.isInteger)).toBe(true);
        expect(cut.width > 0 && cut.height > 0).toBe(true);
      }),
    );
  });

  it('around corners holds all of them', () => {
    const point = fc.tuple(number, number);
    fc.assert(
      fc.property(fc.tuple(point, point, point, point), (corners) => {
        const bounds = boundsOf(corners);
        expect(corners.every(([x, y]) => holds(bounds, { x, y, width: 0, height: 0 }))).toBe(true);
      }),
    );
  });
});

it.each([
  ['paper', { spread: 1, grain: 0.5 }, 6, 'empty', []],
  ['noise', { spread: 20, grain: 6 }, 6, 'empty', []],
  ['small modules', { spread: 150, grain: 1 }, 2.4, 'small', ['enlarged first', 'as-it-is second']],
  ['little ink', { spread: 30, grain: 1 }, 6, 'faint', ['calmed second', 'as-it-is second']],
  ['much noise', { spread: 150, grain: 9 }, 6, 'grainy', ['calmed second', 'as-it-is second']],
  ['dots or dead nozzles', { spread: 150, grain: 1 }, 6, 'damaged', ['as-it-is second', 'calmed second']],
  [
    'anything, of modules nobody knows',
    { spread: 150, grain: 1 },
    undefined,
    'damaged',
    ['as-it-is second', 'calmed second'],
  ],
] as const)('a window that shows %s is tried again as suits it', (_what, look, module, name, retries) => {
  const failure = failureOf(look, module);
  expect({ name: failure.name, retries: failure.retries.map(({ drawn, pass }) => `${drawn} ${pass}`) }).toEqual({
    name,
    retries,
  });
});
