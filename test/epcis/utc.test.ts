import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utc } from '#epcis/utc.ts';

it('an instant is written as everybody else writes it, to the end of the year 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) }), (at) => {
      expect(utc(at)).toBe(new Date(at).toISOString());
    }),
    { numRuns: 5000 },
  );
});

it('a fraction of a millisecond is cut off', () => {
  expect(utc(999.9)).toBe('1970-01-01T00:00:00.999Z');
});
