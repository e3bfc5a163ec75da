import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cause } from '#contract/inspection.ts';
import { medianOf, significantSlope } from '#station/eye/slope.ts';
import { type PrintTrends, printTrends } from '#station/eye/trends.ts';
import { pcgOf } from './example-pcg.ts';

const minimum = () => 1.5;
/** Repeatable noise of ±0.5. */
const wobble = (at: number): number => ((at * 7919) % 101) / 100 - 0.5;

describe('a trend', () => {
  it('shows the last two hundred items, parameter by parameter', () => {
    const trends = printTrends();
    trends.startRun(1);
    for (let at = 1; at <= 230; at += 1) trends.add(at, pcgOf({ contrast: 4, modulation: 3 }), []);
    const { trends: drawn, run } = trends.draw(1_000, minimum, undefined);
    expect([run, drawn.map(({ series }) => series)]).toEqual([1, ['overall', 'contrast', 'modulation']]);
    expect([drawn[0]?.at.length, drawn[0]?.at[0], drawn[0]?.at.at(-1)]).toEqual([200, 31, 230]);
  });

  it('has control limits of mean and three deviations of the first items of its run, and of no other', () => {
    const trends = printTrends();
    trends.startRun(1);
    const first = Array.from({ length: 25 }, (_, at) => 3 + wobble(at) / 2);
    for (const [at, grade] of first.entries()) trends.add(at, pcgOf({ contrast: grade }), []);
    for (let at = 0; at < 50; at += 1) trends.add(100 + at, pcgOf({ contrast: 1 }), []);
    const values = first.map((grade) => grade / 10);
    const mean = values.reduce((sum, value) => sum + value, 0) / 25;
    const sigma = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 24);
    const control = trends.controlOf('contrast');
    expect(control?.of).toBe(25);
    expect(control?.mean).toBeCloseTo(mean, 12);
    expect(control?.low).toBeCloseTo(mean - 3 * sigma, 12);
    expect(control?.high).toBeCloseTo(mean + 3 * sigma, 12);
    trends.startRun(2);
    expect(trends.controlOf('contrast')).toBeUndefined();
    expect(trends.draw(1, minimum, undefined).trends).toEqual([]);
  });

  it('counts the causes of the last fifty items, the most frequent first', () => {
    const trends = printTrends();
    const nozzle: Cause = { kind: 'dead-nozzle', row: 7 };
    for (let at = 0; at < 30; at += 1) trends.add(at, undefined, [{ kind: 'blur' }]);
    for (let at = 30; at < 70; at += 1) trends.add(at, undefined, [nozzle]);
    expect(trends.draw(1, minimum, undefined).causes).toEqual([
      { cause: nozzle, items: 40, of: 50 },
      { cause: { kind: 'blur' }, items: 10, of: 50 },
    ]);
  });
});

/** Fixed patterns whose worst segment shows no wrong module, while their modules come ever nearer to the threshold. */
function fattening(items: number): PrintTrends {
  const trends = printTrends();
  trends.startRun(1);
  for (let at = 0; at < items; at += 1) {
    const pcg = pcgOf({ contrast: 4, 'fixed-pattern': at < 30 ? 4 : 2 });
    trends.add(
      at,
      { ...pcg, parameters: { ...pcg.parameters, 'fixed-pattern': { value: 0, grade: at < 30 ? 4 : 2 } } },
      [],
    );
  }
  return trends;
}

describe('the curve of a parameter whose value does not tell how good it is', () => {
  it('is no flat line at zero while its grade falls', () => {
    const { trends } = fattening(32).draw(1_000, minimum, undefined);
    const fixed = trends.find(({ series }) => series === 'fixed-pattern');
    expect(fixed?.value.slice(-4)).toEqual([4, 4, 2, 2]);
    expect(fixed?.value).toEqual(fixed?.grade);
  });

  it('has the control limits of what it draws', () => {
    expect(fattening(30).controlOf('fixed-pattern')).toMatchObject({ mean: 4, low: 4, high: 4 });
    expect(fattening(30).controlOf('contrast')?.mean).toBeCloseTo(0.4, 12);
  });
});

describe('the forecast', () => {
  const falling = (perItem: number, noise: number) => {
    const trends = printTrends();
    trends.startRun(1);
    for (let at = 0; at < 60; at += 1) {
      const modulation = Math.min(4, 3.5 - perItem * at + noise * wobble(at));
      trends.add(at, pcgOf({ contrast: 4, modulation }), []);
    }
    return trends.draw(1_000, minimum, 300).forecast;
  };

  it('says after how many items, and minutes at this rate, the falling parameter reaches the limit', () => {
    const forecast = falling(0.02, 0.3);
    // 3.5 − 0.02 × 59 = 2.32 now; (2.32 − 1.5) / 0.02 = 41 items to go.
    expect(forecast).toMatchObject({ series: 'modulation', limit: 1.5 });
    expect(forecast?.grade).toBeCloseTo(2.32, 0);
    expect(forecast?.items).toBeGreaterThan(31);
    expect(forecast?.items).toBeLessThan(51);
    expect(forecast?.minutes).toBeCloseTo((forecast?.items ?? 0) / 300, 12);
  });

  it('says nothing of a print that only wobbles, nor of one that gets better', () => {
    expect(falling(0, 1)).toBeUndefined();
    expect(falling(-0.01, 0.3)).toBeUndefined();
  });

  it('says nothing where no limit is, and leaves out the minutes while the line stands', () => {
    const trends = printTrends();
    for (let at = 0; at < 60; at += 1) trends.add(at, pcgOf({ modulation: 3.5 - at / 40 }), []);
    expect(trends.draw(1, () => 0, 300).forecast).toBeUndefined();
    expect(trends.draw(1, minimum, undefined).forecast).not.toHaveProperty('minutes');
  });
});

describe('a print that is below its limit already', () => {
  /** Sixty items, one a second: `fall` per item from 3.5 on. */
  const fallen = (fall: number, items = 60) => {
    const trends = printTrends();
    trends.startRun(1);
    for (let at = 0; at < items; at += 1)
      trends.add(1_000 * at, pcgOf({ contrast: 4, modulation: 3.5 - fall * at }), []);
    return trends.draw(90_000, minimum, 300);
  };

  it('is not foretold to fall below it: it is said since when it is', () => {
    // 3.5 − 0.05 × 41 = 1.45 is the first below 1.5.
    const { below, forecast } = fallen(0.05);
    expect({ below, forecast }).toEqual({
      below: { series: 'modulation', limit: 1.5, items: 19, since: 41_000 },
      forecast: undefined,
    });
  });

  it('is not said to be so for one or two items', () => {
    expect(fallen(0.05, 43)).not.toHaveProperty('below');
    expect(fallen(0.05, 44).below).toEqual({ series: 'modulation', limit: 1.5, items: 3, since: 41_000 });
  });

  it('is said without a time when every item on the screen is below', () => {
    const trends = printTrends();
    for (let at = 0; at < 300; at += 1) trends.add(at, pcgOf({ modulation: 1 }), []);
    expect(trends.draw(1, minimum, 300).below).toEqual({ series: 'modulation', limit: 1.5, items: 200 });
  });

  it('is nothing where no limit is', () => {
    const trends = printTrends();
    for (let at = 0; at < 60; at += 1) trends.add(at, pcgOf({ modulation: 0 }), []);
    expect(trends.draw(1, () => 0, 300)).not.toHaveProperty('below');
  });

  it('has no forecast while it wavers about the limit either', () => {
    const trends = printTrends();
    for (let at = 0; at < 60; at += 1) {
      const wavering = at % 2 === 0 ? 0.3 : -0.3;
      trends.add(at, pcgOf({ modulation: Math.max(1.3, 3 - at / 25) + wavering }), []);
    }
    const drawn = trends.draw(1, minimum, 300);
    expect(drawn).not.toHaveProperty('below');
    expect(drawn).not.toHaveProperty('forecast');
  });
});

describe('a slope', () => {
  it('is found through a third of wild values', () => {
    const values = Array.from({ length: 60 }, (_, at) => (at % 4 === 1 ? 40 * wobble(at) : 4 - at / 50));
    const found = significantSlope(values);
    expect(found?.slope).toBeCloseTo(-1 / 50, 2);
  });

  it('of a line is the line, whatever its start', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 20 }), (start, step) => {
        const values = Array.from({ length: 30 }, (_, at) => start - step * at);
        expect(significantSlope(values)).toEqual({ slope: -step, now: start - step * 29 });
      }),
    );
  });

  it('is none of equal values, and none of a few', () => {
    expect(significantSlope(Array.from({ length: 60 }, () => 4))).toBeUndefined();
    expect(significantSlope([4, 3, 2, 1])).toBeUndefined();
    expect(medianOf([3, 1, 2, 10])).toBe(2.5);
  });

  it('is hardly ever seen in chance alone', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 40, maxLength: 60 }), (values) => {
        if (significantSlope(values) !== undefined) seen += 1;
      }),
      { numRuns: 500 },
    );
    expect(seen).toBeLessThan(10);
  });
});
