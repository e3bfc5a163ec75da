import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unwrap, unwrapOnward } from '#line/wrap.ts';

it.each([
  [0, -1, 0],
  [5, 3, 5],
  [3, 5, 3],
  [0, 65_535, 65_536],
  [65_535, 65_536, 65_535],
  [1, 131_071, 131_073],
  [65_530, 3, -6],
])('the counter %i, last known as %i, is %i', (low, reference, expected) => {
  expect(unwrap(low, reference)).toBe(expected);
});

it.each([
  [65_535, -1, -1],
  [0, -1, 0],
  [5, 3, 5],
  [3, 5, 65_539],
  [40_100, 100, 40_100],
  [100, 40_100, 65_636],
])('the counter %i, that may have gone back from %i, is %i: no number comes twice', (low, reference, expected) => {
  expect(unwrapOnward(low, reference)).toBe(expected);
});

it('a counter of 16 bits is followed for ever, as long as it is seen often enough', () => {
  const steps = fc.array(fc.integer({ min: -200, max: 32_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (taken) => {
      let truth = 0;
      let followed = 0;
      for (const step of taken) {
        truth = Math.max(truth + step, 0);
        followed = unwrap(truth & 0xffff, followed);
      }
      expect(followed).toBe(truth);
    }),
  );
});
