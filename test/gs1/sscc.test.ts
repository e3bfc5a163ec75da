import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextSsccs,
  overlap,
  parseSscc,
  rangeFault,
  rangeLevel,
  type SsccRange,
  ssccCapacity,
  ssccOf,
} from '#gs1/identity/sscc.ts';

const range: SsccRange = { prefix: '9521234', extension: 3, from: 100, to: 199 };

const ranges = fc
  .record({ prefix: fc.constantFrom('9521', '95212', '952123', '9521234'), extension: fc.constantFrom(0, 1) })
  .chain(({ prefix, extension }) => {
    const reference = fc.nat(ssccCapacity(prefix.length) - 1);
    return fc
      .tuple(reference, reference)
      .map(([a, b]) => ({ prefix, extension, from: Math.min(a, b), to: Math.max(a, b) }));
  });

describe('an SSCC', () => {
  it('has extension, prefix, reference and check digit', () => {
    expect(ssccOf(range, 100)).toBe('395212340000001004');
    expect(parseSscc('395212340000001004')).toBe('395212340000001004');
  });

  it.each(['395212340000001000', '39521234000000100', '3952123400000010049', '39521234000000100X', ''])(
    'is not %j',
    (text) => {
      expect(parseSscc(text)).toBeUndefined();
    },
  );

  it('is handed out in order and without gaps, and the caller keeps how many are gone', () => {
    const first = nextSsccs(range, 0, 2);
    expect(first).toEqual({
      kind: 'allocated',
      ssccs: [ssccOf(range, 100), ssccOf(range, 101)],
      used: 2,
      level: 'free',
    });
    expect(nextSsccs(range, 2, 1)).toMatchObject({ ssccs: [ssccOf(range, 102)], used: 3 });
  });

  it('gives the alarm at 80 % of its range and stops at its end', () => {
    expect([0, 79, 80, 99, 100].map((used) => rangeLevel(range, used))).toEqual([
      'free',
      'free',
      'running-out',
      'running-out',
      'used-up',
    ]);
    expect(nextSsccs(range, 98, 2)).toMatchObject({ kind: 'allocated', level: 'used-up' });
    expect(nextSsccs(range, 98, 3)).toEqual({ kind: 'exhausted', left: 2 });
  });

  it.each([
    ['letters in the prefix', { prefix: '952X' }, 'a company prefix has 4 to 12 digits'],
    ['an extension of two digits', { extension: 10 }, 'an extension digit is 0 to 9'],
    ['references beyond the prefix', { to: 10 ** 9 }, 'references of this prefix go from 0 to 999999999'],
    ['a range that goes backwards', { from: 200 }, 'references of this prefix go from 0 to 999999999'],
  ])('has no range with %s', (_name, part, fault) => {
    expect(rangeFault({ ...range, ...part })).toBe(fault);
    expect(rangeFault(range)).toBeUndefined();
  });

  it('belongs to two ranges exactly when they are said to overlap', () => {
    const ends = ({ from, to }: SsccRange) => [from, to];
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        // Seventeen digits: more than a number holds exactly, and as digits of one length they compare as they are.
        const body = (one: SsccRange, reference: number) => ssccOf(one, reference).slice(0, 17);
        const [aFrom = '', aTo = ''] = ends(a).map((reference) => body(a, reference));
        const [bFrom = '', bTo = ''] = ends(b).map((reference) => body(b, reference));
        expect(overlap(a, b)).toBe(aFrom <= bTo && bFrom <= aTo);
        expect(overlap(b, a)).toBe(overlap(a, b));
      }),
      { numRuns: 500 },
    );
  });
});
