import type { Cause, Graded } from '#contract/inspection.ts';
import type { LinearParameter } from '#vision/grade1d/limits.ts';

/** From which values on a cause is named. Ours: no standard speaks of causes (vision.md §3.3). */
export const CAUSE_LIMITS = {
  edition: 'linewright 1',
  source: 'vision.md §3.3',
  verified: false,
  /** A grade below this asks for a cause. */
  grade: 3,
  /** The whole is a mean of lines, each with its own weakest parameter: one this near above it is what decides. */
  decisive: 0.5,
  /** Bars so much too wide or too narrow, in X. */
  growth: 0.2,
} as const;

/** What the print suffers from, as far as the lines tell; in the order in which an operator would look. */
export function causesOf(
  parameters: Readonly<Partial<Record<LinearParameter, Graded>>>,
  about: { readonly overall: number; readonly growth: number; readonly quietVisible: boolean },
): readonly Cause[] {
  const { overall, growth, quietVisible } = about;
  const causes: Cause[] = [];
  const isLow = (name: LinearParameter) => (parameters[name]?.grade ?? 0) < CAUSE_LIMITS.grade;
  const isDecisive = (name: LinearParameter) => {
    const grade = parameters[name]?.grade ?? 0;
    return grade < 4 && grade <= overall + CAUSE_LIMITS.decisive;
  };
  // Whether a grade that contrast decides is too low is for whoever knows the limit.
  if (isDecisive('contrast') || isDecisive('minimum-reflectance')) causes.push({ kind: 'low-contrast' });
  const grows = Math.abs(growth) >= CAUSE_LIMITS.growth;
  if (grows) causes.push({ kind: 'print-growth', axis: 'x', growth });
  if (isLow('modulation') && !isLow('contrast') && !grows) causes.push({ kind: 'blur' });
  if (isLow('quiet-zone') && quietVisible) causes.push({ kind: 'quiet-zone' });
  if (isLow('defects')) causes.push({ kind: 'damage' });
  return causes;
}
