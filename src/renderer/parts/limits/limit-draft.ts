import type { EyeLimits, EyeTrends } from '#contract/eye.ts';
import type { Series } from '#renderer/parts/eye/trend-view.ts';
import { ALL_SERIES, limitIn } from '#renderer/words/limits.ts';

/** What a Data Matrix is graded by: offered before the first item has shown what this line grades. */
const FIRST: readonly Series[] = [
  'overall',
  'contrast',
  'modulation',
  'margin',
  'fixed-pattern',
  'axial',
  'grid',
  'unused-correction',
];

/** Which limits can be moved: of what this line grades, and of whatever has a limit already. Decode passes or fails. */
export function seriesToLimit(trends: EyeTrends | undefined, current: EyeLimits): readonly Series[] {
  const graded = trends === undefined || trends.trends.length === 0 ? FIRST : trends.trends.map(({ series }) => series);
  return ALL_SERIES.filter(
    (series) =>
      limitIn(current, series) !== undefined ||
      series === 'overall' ||
      (graded.includes(series) && series !== 'decode'),
  );
}

/** The limits with one of them moved, or taken away. Grades are set in tenths between 0 and 4. */
export function withLimit(limits: EyeLimits, series: Series, limit: number | undefined): EyeLimits {
  const set = limit === undefined ? undefined : Math.min(4, Math.max(0, Math.round(limit * 10) / 10));
  if (series === 'overall') {
    const { overall: _, ...rest } = limits;
    return set === undefined ? rest : { ...rest, overall: set };
  }
  const { [series]: _, ...others } = limits.parameters;
  return { ...limits, parameters: set === undefined ? others : { ...others, [series]: set } };
}
