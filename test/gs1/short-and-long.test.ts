import { expect, it } from 'vitest';
import { isX20 } from '#gs1/character-set.ts';
import { hasCheckDigit } from '#gs1/check-digit.ts';

it.each([
  ['', false],
  ['A', true],
  ['A'.repeat(20), true],
  ['A'.repeat(21), false],
  ['A B', false],
])('a lot or serial of 1 to 20 characters: %j is one, %s', (text, isOne) => {
  expect(isX20(text)).toBe(isOne);
});

it('a check digit stands behind at least one digit', () => {
  expect(['', '0', '00', '17', '18'].map(hasCheckDigit)).toEqual([false, false, true, true, false]);
});
