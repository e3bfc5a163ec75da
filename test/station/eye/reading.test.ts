import { describe, expect, it } from 'vitest';
import type { EyeLimits } from '#contract/eye.ts';
import type { Finding } from '#contract/inspection.ts';
import { readingOf } from '#station/eye/reading.ts';
import { codeOf, inspectionOf, pcgOf } from './example-pcg.ts';

const NO_LIMITS: EyeLimits = { parameters: {} };
const finding = (check: Finding['check']): Finding => ({ check, found: 'this', expected: 'that' });
const GOOD = codeOf(pcgOf({ contrast: 4, modulation: 3.47 }));

describe('what the line is told of a picture', () => {
  it('is the code with its grade in tenths, never rounded up', () => {
    expect(readingOf(inspectionOf(7, [GOOD]), NO_LIMITS, false)).toEqual({
      trigger: 7,
      image: 7,
      at: 1_007,
      kind: 'read',
      text: '0109521234543213',
      aim: ']d2',
      grade: 34,
    });
  });

  it('is a no-read where no code is, and a no-read with its finding where no picture is', () => {
    expect(readingOf(inspectionOf(1, []), NO_LIMITS, false)).toMatchObject({ kind: 'no-read', text: '' });
    const lost = inspectionOf(2, [], { at: 5.25, findings: [finding('no-image')] });
    expect(readingOf(lost, NO_LIMITS, false)).toEqual({
      trigger: 2,
      image: 2,
      at: 5,
      kind: 'no-read',
      text: '',
      aim: '',
      finding: finding('no-image'),
    });
  });

  it('names an assisted read by the defect that made it one; a job may accept it', () => {
    const assisted = codeOf(pcgOf({ decode: 4 }, { causes: [{ kind: 'dead-nozzle', row: 7 }] }), {
      readBy: 'assisted',
    });
    expect(readingOf(inspectionOf(1, [assisted]), NO_LIMITS, false).finding).toEqual({
      check: 'assisted-read',
      found: 'dead nozzle at row 8',
      expected: 'a code that readers read',
    });
    expect(readingOf(inspectionOf(1, [assisted]), NO_LIMITS, true).finding).toBeUndefined();
  });

  it('has one finding, the weightiest', () => {
    const findings = [finding('wrong-text'), finding('not-present'), finding('wrong-count')];
    expect(readingOf(inspectionOf(1, [GOOD], { findings }), NO_LIMITS, false).finding?.check).toBe('wrong-count');
  });

  it.each([
    ['a parameter below its limit', { parameters: { modulation: 3.5 } }, 'modulation 3.4', '3.5 or better'],
    ['the whole below the limit of the laboratory', { overall: 3.5, parameters: {} }, 'overall 3.4', '3.5 or better'],
  ] as const)('finds %s', (_what, limits, found, expected) => {
    expect(readingOf(inspectionOf(1, [GOOD]), limits, false).finding).toEqual({
      check: 'low-parameter',
      found,
      expected,
    });
  });

  it('finds nothing at the limit itself, and nothing in what the symbology does not have', () => {
    const limits = { overall: 3.4, parameters: { modulation: 3.4, decodability: 4 } };
    expect(readingOf(inspectionOf(1, [GOOD]), limits, false).finding).toBeUndefined();
  });
});
