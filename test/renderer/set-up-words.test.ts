import { describe, expect, it } from 'vitest';
import { keptTogether, taughtBy, taughtName, underWay } from '#renderer/words/set-up.ts';

describe('a sentence of the camera', () => {
  it.each([
    [
      'frames of 1280 × 960 pixels; the job now has 640 × 480 pixels.',
      'frames of 1280_×_960_pixels; the job now has 640_×_480_pixels.',
    ],
    ['0.04 px off: 0.0833 mm per pixel', '0.04_px off: 0.0833_mm per pixel'],
    ['it differs by 20 % over the frame', 'it differs by 20_% over the frame'],
    ['known from 16 frames: L O T 4 2', 'known from 16 frames: L O T 4 2'],
  ])('never parts a figure from its unit: %s', (sentence, kept) => {
    expect(keptTogether(sentence).replaceAll('\u00a0', '_')).toBe(kept);
  });
});

it('says what is under way, and whose it is', () => {
  expect(underWay({ task: { kind: 'flat-field' }, by: 'supervisor' })).toBe('Light · begun by supervisor');
});

it('says what is known, and where it comes from', () => {
  const font = { what: 'font', name: 'ink', from: 'line-file', sentence: '' } as const;
  expect([taughtName(font), taughtBy(font)]).toEqual(['Characters, font ink', 'from the line file']);
});
