import { describe, expect, it } from 'vitest';
import { asciiWords, padded } from '#vision/ecc200/ascii.ts';
import { createCorrector, withChecks } from '#vision/ecc200/codewords.ts';
import { modulesOf } from '#vision/ecc200/layout.ts';
import { gradeOf, LIMITS } from '#vision/grade2d/limits.ts';
import { type GoodPrint, goodPrint, graded, gradesOf, WHOLE } from '../good-print.ts';

/** A published report of a verifier (scheme 15415:2011) on a 16×36 symbol lists its words; these seven were corrected. */
const DATA = [
  92, 42, 63, 31, 136, 30, 148, 87, 69, 219, 183, 55, 30, 50, 81, 219, 132, 66, 30, 84, 161, 152, 66, 132, 226, 54, 31,
  5, 129, 45, 195, 90,
];
const CHECKS = [
  107, 149, 89, 60, 57, 44, 200, 195, 82, 134, 17, 211, 227, 21, 91, 158, 239, 24, 33, 160, 108, 40, 223, 204,
];
const CORRECTED = [8, 9, 10, 11, 17, 18, 19];
const TEXT = '[)>\u001E06\u001D18VD89536\u001D1P8902A\u001DS3122A02965\u001E\u0004';

const { size } = goodPrint(16, 36);
const data = Uint8Array.from(DATA);

/** What was printed: seven words wrong, cleanly. */
function printed(): GoodPrint {
  const words = withChecks(data, size);
  for (const [at, word] of CORRECTED.entries()) words[word] = (words[word] ?? 0) ^ (0x11 + 37 * at);
  return { size, data, art: { rows: 16, columns: 36, modules: modulesOf(words, size) } };
}

describe("a published verifier report's symbol", () => {
  it('is encoded to the words of the report', () => {
    expect(padded(asciiWords(TEXT) ?? [], size.data)).toEqual(data);
    expect([...withChecks(data, size)]).toEqual([...DATA, ...CHECKS]);
  });

  it('needs seven corrections, and leaves 41.7 % of its error correction', () => {
    const words = withChecks(data, size);
    for (const word of CORRECTED) words[word] = (words[word] ?? 0) ^ 0x5a;
    expect(createCorrector()(words, size)).toMatchObject({ errors: [7] });
    const unused = 1 - 14 / 24;
    expect(unused).toBeCloseTo(0.417, 3);
    expect(gradeOf('15415:2011', LIMITS.unusedCorrection, unused)).toBe(2);
    expect(gradeOf('15415:2024-preview', LIMITS.unusedCorrection, unused)).toBe(2.3);
  });

  it('gets the grades of the report, each: modulation 4 but margin 2, and overall 1 for its stretch', () => {
    const { pcg, data: read, errors } = graded(printed(), { stretch: 1.118, pitch: 7, blur: 0.6, profile: WHOLE });
    expect(gradesOf(pcg)).toEqual({
      decode: 4,
      contrast: 4,
      modulation: 4,
      margin: 2,
      'fixed-pattern': 4,
      axial: 1,
      grid: 4,
      'unused-correction': 2,
    });
    expect(pcg.overall).toBe(1);
    expect(pcg.parameters.axial?.value).toBeCloseTo(0.111, 2);
    expect(pcg.parameters['unused-correction']?.value).toBeCloseTo(1 - 14 / 24, 12);
    expect([read, errors]).toEqual([data, 7]);
  });
});
