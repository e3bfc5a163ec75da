import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  age,
  bytes,
  duration,
  figure,
  grade,
  gradeLetter,
  groupsOfFour,
  moment,
  percent,
  readableCode,
} from '#renderer/words/format.ts';

const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, ' ');

describe('a figure', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1 000'],
    [12_480, '12 480'],
    [1_112_480, '1 112 480'],
  ])('%i is grouped as %s', (value, text) => {
    expect(plain(figure(value))).toBe(text);
  });

  it('loses no digit', () => {
    fc.assert(
      fc.property(fc.nat(), (value) => {
        expect(Number(figure(value).replace(/\u202f/g, ''))).toBe(value);
      }),
    );
  });
});

describe('a share', () => {
  it.each([
    [1, '100.0 %'],
    [0.99999, '99.9 %'],
    [0.998, '99.8 %'],
    [0.0004, '<0.1 %'],
    [0, '0.0 %'],
  ])('%d reads %s: never rounded up to all, nor down to none', (share, text) => {
    expect(plain(percent(share))).toBe(text);
  });
});

describe('a duration', () => {
  it.each([
    [-5, '0 s'],
    [44_600, '45 s'],
    [59_700, '1 min'],
    [12 * 60_000, '12 min'],
    [84 * 60_000, '1 h 24 min'],
    [27 * 3_600_000, '1 d 3 h'],
  ])('%i ms reads %s', (ms, text) => {
    expect(plain(duration(ms))).toBe(text);
  });

  it('never shows sixty of anything', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 * 3_600_000 }), (ms) => {
        expect(plain(duration(ms))).not.toMatch(/\b60 (s|min)\b|\b24 h\b/);
      }),
    );
  });
});

it('tells how old a value is without rounding it up', () => {
  expect(plain(age(2_900))).toBe('2 s');
  expect(plain(age(180_000))).toBe('3 min');
});

it('names the day of what is far ahead, and only the time of what is near', () => {
  const now = Date.UTC(2026, 10, 22, 8);
  expect(moment(now + 3_600_000, now)).toMatch(/^\d\d:\d\d$/);
  expect(moment(now + 48 * 3_600_000, now)).toMatch(/^2026-11-2\d \d\d:\d\d$/);
});

it('gives grades their letters at the limits of ISO/IEC 15415', () => {
  expect([4, 3.5, 3.4, 2.5, 2.4, 1.5, 1.4, 0.5, 0.4].map(gradeLetter).join('')).toBe('AABBCCDDF');
  expect(grade(3.8)).toBe('3.8 (A)');
});

it('groups identifiers by four and changes none of their characters', () => {
  expect(plain(groupsOfFour('09521234543213'))).toBe('0952 1234 5432 13');
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(groupsOfFour(text.replace(/[\u202f\n\r\u2028\u2029]/g, '')).replace(/\u202f/g, '')).toBe(
        text.replace(/[\u202f\n\r\u2028\u2029]/g, ''),
      );
    }),
  );
});

it('sizes files and reads unknown codes', () => {
  expect([812, 1_482, 1_482_113].map((size) => plain(bytes(size)))).toEqual(['812 B', '1.5 kB', '1.5 MB']);
  expect([readableCode('belt-slipped'), readableCode('')]).toEqual(['Belt slipped', 'Unnamed']);
});
