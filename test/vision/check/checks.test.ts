import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Corners } from '#contract/inspection.ts';
import { checkCount } from '#vision/check/count.ts';
import { checkPlacement, offsetOf } from '#vision/check/placement.ts';
import { checkPresence, presenceContrast } from '#vision/check/presence.ts';
import type { GreyImage } from '#vision/image.ts';

const JOB = { x: 320, y: 240, tolerance: 10, angle: 0, angleTolerance: 3 };

/** A code of 100 px, its middle moved and turned. */
function code(dx: number, dy: number, degrees: number): Corners {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) * 50, Math.sin((degrees * Math.PI) / 180) * 50];
  const [x, y] = [320 + dx, 240 + dy];
  return [
    [x - cos + sin, y - sin - cos],
    [x + cos + sin, y + sin - cos],
    [x + cos - sin, y + sin + cos],
    [x - cos - sin, y - sin + cos],
  ];
}

describe('placement', () => {
  it.each([
    ['in its place', code(0, 0, 0), undefined],
    ['at the limit', code(6, 8, 2.999), undefined],
    ['just beyond it', code(6, 8.1, 0), '10.1 px away (+6.0 px across, +8.1 px down), turned by +0.0°'],
    ['turned too far', code(0, 0, -3.2), '0.0 px away (+0.0 px across, +0.0 px down), turned by -3.2°'],
    ['upside down', code(0, 0, 179), '0.0 px away (+0.0 px across, +0.0 px down), turned by +179.0°'],
  ])('a code %s', (_where, corners, found) => {
    expect(checkPlacement(corners, JOB)?.found.replaceAll('-0.0 px', '+0.0 px')).toBe(found);
  });

  it('knows angles on both sides of half a turn', () => {
    expect(offsetOf(code(0, 0, 179), { ...JOB, angle: -179 }).turn).toBeCloseTo(-2, 6);
  });

  it('has corners that are no numbers misplaced', () => {
    const nowhere: Corners = [
      [Number.NaN, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    expect(checkPlacement(nowhere, JOB)?.check).toBe('misplaced');
  });
});

it('counts the codes in view', () => {
  expect([checkCount(40, 40), checkCount(1, 2), checkCount(41, 40)]).toEqual([
    undefined,
    { check: 'wrong-count', found: '1 code in view', expected: '2' },
    { check: 'wrong-count', found: '41 codes in view', expected: '40' },
  ]);
});

const CAP = { name: 'cap', window: { x: 40, y: 30, width: 40, height: 30 }, contrast: 0.2 };

/** A frame with a grey background and a patch of another grey level in the middle. */
function frame(patch: (x: number, y: number) => number): GreyImage {
  const pixels = new Uint8Array(120 * 90).fill(128);
  for (let y = 30; y < 60; y += 1) for (let x = 40; x < 80; x += 1) pixels[y * 120 + x] = patch(x, y);
  return { pixels, width: 120, height: 90, stride: 120 };
}

describe('presence', () => {
  it.each([
    ['a dark cap', () => 20, undefined],
    ['a light cap', () => 240, undefined],
    ['a printed leaflet of the same mean grey', (x: number) => (x % 4 < 2 ? 60 : 196), undefined],
    ['a cap just dark enough', () => 128 - 51, undefined],
    ['one just not', () => 128 - 50, 'cap: contrast 0.20'],
    ['nothing', () => 128, 'cap: contrast 0.00'],
  ])('%s', (_what, patch, found) => {
    expect(checkPresence(frame(patch), CAP)?.found).toBe(found);
  });

  it('takes a window outside the frame for nothing there', () => {
    const outside = { ...CAP, window: { x: 500, y: 0, width: 10, height: 10 } };
    expect(
      checkPresence(
        frame(() => 20),
        outside,
      ),
    ).toEqual({
      check: 'not-present',
      found: 'cap: the window lies outside the frame',
      expected: 'at least 0.20',
    });
  });

  it('judges a window that fills the frame by its structure alone', () => {
    const whole = { x: 0, y: 0, width: 120, height: 90 };
    expect(
      presenceContrast(
        frame(() => 0),
        whole,
      ),
    ).toBeCloseTo(128 / 255, 6);
  });

  it('never falls when the cap grows darker', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 128 }), (grey) => {
        const darker =
          presenceContrast(
            frame(() => grey - 1),
            CAP.window,
          ) ?? 0;
        expect(darker).toBeGreaterThan(
          presenceContrast(
            frame(() => grey),
            CAP.window,
          ) ?? 1,
        );
      }),
    );
  });
});
