import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EyeLimits } from '#contract/eye.ts';
import { PARAMETERS } from '#contract/inspection.ts';
import { seriesToLimit, withLimit } from '#renderer/parts/limits/limit-draft.ts';
import { limitChanges, limitIn } from '#renderer/words/limits.ts';

const IN_FORCE: EyeLimits = { overall: 1.5, parameters: { contrast: 2 } };

describe('a limit that is moved', () => {
  it('changes itself and no other', () => {
    expect(withLimit(IN_FORCE, 'contrast', 2.5)).toEqual({ overall: 1.5, parameters: { contrast: 2.5 } });
    expect(withLimit(IN_FORCE, 'overall', 2)).toEqual({ overall: 2, parameters: { contrast: 2 } });
  });

  it('can be taken away', () => {
    expect(withLimit(IN_FORCE, 'contrast', undefined)).toEqual({ overall: 1.5, parameters: {} });
    expect(withLimit(IN_FORCE, 'overall', undefined)).toEqual({ parameters: { contrast: 2 } });
  });

  it('is always one that the station takes, however often it is moved', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('overall' as const, ...PARAMETERS),
        fc.array(fc.constantFrom(-0.5, -0.1, 0.1, 0.5), { maxLength: 60 }),
        (series, steps) => {
          let limits = withLimit(IN_FORCE, series, 1.5);
          for (const step of steps) limits = withLimit(limits, series, (limitIn(limits, series) ?? 0) + step);
          expect(EyeLimits.safeParse(limits).success).toBe(true);
        },
      ),
    );
  });
});

describe('what would be different', () => {
  it('is told limit by limit, with what it was', () => {
    const draft: EyeLimits = { overall: 2, parameters: { modulation: 1.5 } };
    expect(limitChanges(IN_FORCE, draft)).toEqual([
      'Process-control grade fails below 2 (was 1.5)',
      'Contrast no limit (was 2)',
      'Modulation fails below 1.5 (was no limit)',
    ]);
  });

  it('is nothing when a limit was moved and moved back', () => {
    expect(limitChanges(IN_FORCE, withLimit(withLimit(IN_FORCE, 'contrast', 3), 'contrast', 2))).toEqual([]);
  });
});

describe('the limits that are offered', () => {
  it('are those of a Data Matrix before the first item', () => {
    expect(seriesToLimit(undefined, { parameters: {} })).toContain('modulation');
    expect(seriesToLimit(undefined, { parameters: {} })).not.toContain('decode');
  });

  it('are those of what the line grades, and of whatever has a limit already', () => {
    const trend = { at: [], value: [], grade: [] };
    const trends = {
      at: 0,
      causes: [],
      trends: [
        { series: 'overall' as const, ...trend },
        { series: 'defects' as const, ...trend },
      ],
    };
    expect(seriesToLimit(trends, IN_FORCE)).toEqual(['overall', 'contrast', 'defects']);
  });
});
