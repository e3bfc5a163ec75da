import type { EyeTrend, EyeTrends, EyeView } from '#contract/eye.ts';
import { isGradeCurve } from '#contract/inspection.ts';
import type { TrendLine } from '#renderer/parts/eye/trend-chart.tsx';

export type Series = EyeTrend['series'];

/** The curve that a supervisor should look at: the one that fails items, or will; else one that is not normal, else the grade of the whole. */
export function worstSeries(trends: EyeTrends, inspection: EyeView['inspection']): Series {
  const foreseen = (trends.below ?? trends.forecast)?.series;
  const bad =
    inspection?.parameters.find(({ state }) => state === 'failed') ??
    inspection?.parameters.find(({ state }) => state === 'outside');
  const wanted = foreseen ?? bad?.parameter ?? 'overall';
  return trends.trends.some(({ series }) => series === wanted) ? wanted : (trends.trends[0]?.series ?? 'overall');
}

/** The limit in force for a curve: as the last item was judged by; before the first item, what the order asks for. */
export function limitOf(
  series: Series,
  inspection: EyeView['inspection'],
  orderMinimum: number | undefined,
): number | undefined {
  const limits = inspection?.parameters ?? [];
  if (series !== 'overall') return limits.find(({ parameter }) => parameter === series)?.limit;
  // What is asked of the whole is asked of each parameter: the lowest of their limits is the limit of the whole.
  const lowest = limits.length === 0 ? orderMinimum : Math.min(...limits.map(({ limit }) => limit ?? 0));
  return lowest === 0 ? undefined : lowest;
}

/** A curve as it is drawn: a value in its own unit, or a grade with its limit and where it will meet it. */
export function lineOf(
  trend: EyeTrend,
  { forecast }: Pick<EyeTrends, 'forecast'>,
  limit: number | undefined,
): TrendLine {
  const { series, at, value } = trend;
  const control = within(trend);
  if (!isGradeCurve(series)) return { at, values: value, control };
  return { at, values: value, control, limit, forecast: aheadOf(trend, forecast) };
}

/** Control limits where such a value can be: nothing is graded above 4, no share is above 1, and nothing is below 0. */
function within({ series, control }: EyeTrend): TrendLine['control'] {
  if (control === undefined) return undefined;
  const { most } = reachOf(series);
  return { mean: control.mean, low: Math.max(0, control.low), high: Math.min(most, control.high) };
}

const MINUTE = 60_000;

/** The end of the line into the future: where the limit is met, or as far along it as the past on the screen is long. */
function aheadOf({ series, at, grade }: EyeTrend, forecast: EyeTrends['forecast']): TrendLine['forecast'] {
  if (forecast?.series !== series || forecast.minutes === undefined) return undefined;
  if ((grade.at(-1) ?? 4) < forecast.limit) return undefined; // it is there already
  const newest = at.at(-1) ?? 0;
  const past = newest - (at[0] ?? newest);
  const ahead = forecast.minutes * MINUTE;
  const share = ahead > past ? past / ahead : 1;
  return { at: newest + ahead * share, value: forecast.grade + (forecast.limit - forecast.grade) * share };
}

/** How far the scale reaches at least: grades 0 to 4, shares 0 to 1, stretch and modules as far as grade 0. */
export function scaleOf(series: Series): { readonly low: number; readonly high: number } {
  return { low: 0, high: reachOf(series).shown };
}

/** How far up the scale of a curve reaches at least, and the most that such a thing can be. */
function reachOf(series: Series): { readonly shown: number; readonly most: number } {
  if (isGradeCurve(series)) return { shown: 4, most: 4 };
  if (series === 'grid') return { shown: 1, most: Number.POSITIVE_INFINITY };
  return { shown: series === 'axial' ? 0.15 : 1, most: 1 };
}
