import { describe, expect, it } from 'vitest';
import type { EyeInspection, EyeParameter, EyeTrend, EyeTrends } from '#contract/eye.ts';
import { PARAMETERS } from '#contract/inspection.ts';
import { limitOf, lineOf, scaleOf, worstSeries } from '#renderer/parts/eye/trend-view.ts';
import { PARAMETER_WORDS } from '#renderer/words/parameters.ts';

function curve(series: EyeTrend['series']): EyeTrend {
  return { series, at: [0, 60_000, 120_000], value: [3, 2.8, 2.6], grade: [3, 2.8, 2.6] };
}

function seen(...parameters: EyeParameter[]): EyeInspection {
  return { trigger: 1, at: 120_000, codes: [], parameters, causes: [], flags: [] };
}

const TRENDS: EyeTrends = {
  at: 120_000,
  trends: [curve('overall'), curve('contrast'), curve('modulation')],
  causes: [],
};
const FORECAST = { series: 'overall', grade: 2.6, limit: 1.5, items: 600, minutes: 1 } as const;
const LOW: EyeParameter = { parameter: 'modulation', value: 0.3, grade: 2, limit: 2.5, state: 'failed' };
const ODD: EyeParameter = { parameter: 'contrast', value: 0.5, grade: 3, state: 'outside' };

describe('the curve a supervisor is shown first', () => {
  it.each([
    ['the grade of the whole while all is well', TRENDS, seen(), 'overall'],
    ['the parameter that is unusual', TRENDS, seen(ODD), 'contrast'],
    ['rather the parameter that failed the item', TRENDS, seen(ODD, LOW), 'modulation'],
    [
      'above all the one that will reach its limit',
      { ...TRENDS, forecast: { ...FORECAST, series: 'contrast' } } satisfies EyeTrends,
      seen(LOW),
      'contrast',
    ],
    [
      'above all the one that is below its limit',
      { ...TRENDS, below: { series: 'contrast', limit: 1.5, items: 9, since: 60_000 } } satisfies EyeTrends,
      seen(LOW),
      'contrast',
    ],
    ['never one that has no curve', TRENDS, seen({ ...LOW, parameter: 'grid' }), 'overall'],
  ] as const)('is %s', (_which, trends, inspection, series) => {
    expect(worstSeries(trends, inspection)).toBe(series);
  });
});

describe('a curve', () => {
  it('of a parameter is drawn in its own unit, without a limit that is a grade', () => {
    expect(lineOf(curve('contrast'), { forecast: FORECAST }, 2)).toEqual({
      at: [0, 60_000, 120_000],
      values: [3, 2.8, 2.6],
      control: undefined,
    });
  });

  it('of the grade shows the limit and goes on to where it will meet it', () => {
    expect(lineOf(curve('overall'), { forecast: FORECAST }, 1.5)).toMatchObject({
      limit: 1.5,
      forecast: { at: 180_000, value: 1.5 },
    });
  });

  it('goes no further into the future than the past that is shown', () => {
    const { forecast } = lineOf(curve('overall'), { forecast: { ...FORECAST, minutes: 20 } }, 1.5);
    expect(forecast?.at).toBe(240_000);
    expect(forecast?.value).toBeCloseTo(2.49, 5);
  });

  it('has no future to show once it is below its limit', () => {
    expect(lineOf(curve('overall'), { forecast: { ...FORECAST, limit: 3 } }, 3).forecast).toBeUndefined();
  });

  it('stays without a future while the line stands', () => {
    const { minutes: _, ...standing } = FORECAST;
    expect(lineOf(curve('overall'), { forecast: standing }, 1.5).forecast).toBeUndefined();
  });
});

describe('a parameter whose value does not tell how good it is', () => {
  it('is drawn by its grade, with the limit and where it will meet it', () => {
    const forecast = { ...FORECAST, series: 'fixed-pattern' } as const;
    expect(lineOf(curve('fixed-pattern'), { forecast }, 1.5)).toMatchObject({
      values: [3, 2.8, 2.6],
      limit: 1.5,
      forecast: { at: 180_000, value: 1.5 },
    });
    expect(lineOf(curve('fixed-pattern'), { forecast: FORECAST }, 1.5).forecast).toBeUndefined();
  });

  it.each(PARAMETERS)('is every one that the table shows without a figure: %s', (parameter) => {
    const hasFigure = ['share', 'modules'].includes(PARAMETER_WORDS[parameter].unit);
    expect(scaleOf(parameter).high === 4).toBe(!hasFigure);
  });
});

it('keeps control limits where such a value can be', () => {
  const control = { mean: 0.98, low: 0.86, high: 1.1, of: 25 };
  const drawn = (series: EyeTrend['series'], change = {}) =>
    lineOf({ ...curve(series), control: { ...control, ...change } }, {}, undefined).control;
  expect(drawn('contrast')).toMatchObject({ low: 0.86, high: 1 });
  expect(drawn('axial', { low: -0.02 })).toMatchObject({ low: 0 });
  expect(drawn('grid')).toMatchObject({ high: 1.1 });
  expect(drawn('fixed-pattern', { high: 4.4 })).toMatchObject({ high: 4 });
});

describe('the limit of a curve', () => {
  it('is the one by which the last item was judged', () => {
    expect(limitOf('modulation', seen(LOW), 1.5)).toBe(2.5);
    expect(limitOf('contrast', seen(LOW), 1.5)).toBeUndefined();
  });

  it('is for the grade what is asked of every parameter, and before the first item what the order asks', () => {
    expect(limitOf('overall', seen(LOW, { ...ODD, limit: 2 }), 1.5)).toBe(2);
    expect(limitOf('overall', seen(LOW, ODD), 1.5)).toBeUndefined();
    expect(limitOf('overall', seen(), 1.5)).toBe(1.5);
    expect(limitOf('overall', undefined, 0)).toBeUndefined();
  });
});

it('draws grades from 0 to 4, and stretch where a few percent matter', () => {
  expect(scaleOf('overall')).toEqual({ low: 0, high: 4 });
  expect(scaleOf('axial').high).toBeLessThan(0.2);
  expect(scaleOf('contrast')).toEqual({ low: 0, high: 1 });
});
