import { inTenths } from '#contract/inspected.ts';
import type { Cause, Inspection, Pcg } from '#contract/inspection.ts';

/** EU medicines presume conformity from here on (vision.md §4, rule 8): what is asked for where nothing else is. */
const PASSING = 1.5;

/**
 * The inspection without causes that are no fault of this print: contrast decides the grade of many a good item, and is
 * named only where that grade is below the limit. `limit`: the grade at which an item fails for its contrast, 0 for none.
 */
export function abnormalOnly(inspection: Inspection, limit: number): Inspection {
  const least = limit > 0 ? limit : PASSING;
  const [first] = inspection.codes;
  return {
    ...inspection,
    codes: inspection.codes.map((code) => {
      const { pcg } = code;
      return pcg === undefined ? code : { ...code, pcg: { ...pcg, causes: named(pcg.causes, pcg, least) } };
    }),
    causes: named(inspection.causes, first?.pcg, least),
  };
}

/** Where nothing was graded, every cause is one of why. */
function named(causes: readonly Cause[], pcg: Pcg | undefined, least: number): readonly Cause[] {
  if (pcg === undefined || inTenths(pcg.overall) < Math.round(least * 10)) return causes;
  return causes.filter(({ kind }) => kind !== 'low-contrast');
}
