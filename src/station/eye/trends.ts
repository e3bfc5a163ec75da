import type { EyeCause, EyeTrend, EyeTrends } from '#contract/eye.ts';
import { inTenths } from '#contract/inspected.ts';
import { type Cause, type Graded, isGradeCurve, PARAMETERS, type Pcg } from '#contract/inspection.ts';
import { significantSlope } from '#station/eye/slope.ts';

/** Items that a curve shows, that the forecast looks at, that set the control limits, and whose causes are counted. */
const SHOWN = 200;
const LOOKED_AT = 60;
const FIRST = 25;
const CAUSES_OF = 50;
/** Further away, a forecast says nothing. */
const FARTHEST = 20_000;

type Series = EyeTrend['series'];
const SERIES: readonly Series[] = ['overall', ...PARAMETERS];

/** One graded item of the run. */
interface Point {
  readonly at: number;
  readonly pcg: Pcg;
}

/** Control limits of one series: mean and mean ± 3σ of the run's first items. */
export type Control = NonNullable<EyeTrend['control']>;

/** How the print of a run develops. In constant memory, whatever the run's length. */
export interface PrintTrends {
  /** Another run is on the line: its first items set new control limits. */
  startRun(run: number): void;
  add(at: number, pcg: Pcg | undefined, causes: readonly Cause[]): void;
  controlOf(series: Series): Control | undefined;
  /** `limitOf`: the grade at which an item fails for this series; `rate`: items per minute. */
  draw(now: number, limitOf: (series: Series) => number, rate: number | undefined): EyeTrends;
}

export function printTrends(): PrintTrends {
  let run: number | undefined;
  const points: Point[] = [];
  const firsts: Point[] = [];
  const causes: (readonly Cause[])[] = [];
  const controls = new Map<Series, Control>();
  return {
    startRun(next) {
      if (next === run) return;
      run = next;
      for (const list of [points, firsts, causes]) list.length = 0;
      controls.clear();
    },
    add(at, pcg, named) {
      causes.push(named);
      if (causes.length > CAUSES_OF) causes.shift();
      if (pcg === undefined) return;
      points.push({ at, pcg });
      if (points.length > SHOWN) points.shift();
      if (firsts.length >= FIRST) return;
      firsts.push({ at, pcg });
      if (firsts.length === FIRST) setControls(firsts, controls);
    },
    controlOf: (series) => controls.get(series),
    draw(now, limitOf, rate) {
      const trends = SERIES.flatMap((series) => drawSeries(series, points, controls.get(series)));
      const below = belowOf(trends, limitOf);
      const forecast = below === undefined ? forecastOf(trends, limitOf, rate) : undefined;
      return {
        at: now,
        ...(run === undefined ? {} : { run }),
        trends,
        causes: countCauses(causes),
        ...(below === undefined ? {} : { below }),
        ...(forecast === undefined ? {} : { forecast }),
      };
    },
  };
}

/** What a curve shows of one item, and what its control limits are of. */
export function drawnOf(series: Series, { value, grade }: Graded): number {
  return isGradeCurve(series) ? Math.max(0, Math.min(4, grade)) : value;
}

function pointOf(series: Series, { overall, parameters }: Pcg): Graded | undefined {
  const graded = series === 'overall' ? { value: overall, grade: overall } : parameters[series];
  return graded && { value: drawnOf(series, graded), grade: graded.grade };
}

function setControls(firsts: readonly Point[], controls: Map<Series, Control>): void {
  for (const series of SERIES) {
    const values = firsts.flatMap(({ pcg }) => pointOf(series, pcg)?.value ?? []);
    if (values.length < FIRST) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    const sigma = Math.sqrt(spread);
    controls.set(series, { mean, low: mean - 3 * sigma, high: mean + 3 * sigma, of: values.length });
  }
}

function drawSeries(series: Series, points: readonly Point[], control: Control | undefined): EyeTrend[] {
  const trend = { at: [] as number[], value: [] as number[], grade: [] as number[] };
  for (const { at, pcg } of points) {
    const point = pointOf(series, pcg);
    if (point === undefined) continue;
    trend.at.push(at);
    trend.value.push(Math.round(point.value * 10_000) / 10_000);
    trend.grade.push(Math.max(0, Math.min(4, point.grade)));
  }
  if (trend.at.length === 0) return [];
  return [{ series, ...trend, ...(control === undefined ? {} : { control }) }];
}

const weight = ({ series }: { readonly series: Series }): number => (series === 'overall' ? 1 : 0);

function countCauses(items: readonly (readonly Cause[])[]): EyeTrends['causes'] {
  const counted = new Map<string, { cause: EyeCause; items: number }>();
  for (const causes of items) {
    for (const cause of causes) {
      const key = cause.kind === 'print-growth' ? `${cause.kind} ${cause.axis}` : JSON.stringify(cause);
      counted.set(key, { cause: { ...cause }, items: (counted.get(key)?.items ?? 0) + 1 });
    }
  }
  const of = items.length;
  return [...counted.values()].sort((one, other) => other.items - one.items).map((one) => ({ ...one, of }));
}

/** So many items below a limit are the print; fewer are single items, of which their verdicts tell. */
const BELOW_FOR = 3;

/** The series that has been below its limit for longest, to the last item. */
function belowOf(trends: readonly EyeTrend[], limitOf: (series: Series) => number): EyeTrends['below'] {
  const found = trends.flatMap(({ series, at, grade }) => {
    const limit = limitOf(series);
    const first = grade.findLastIndex((one) => inTenths(one) >= Math.round(limit * 10)) + 1;
    const items = grade.length - first;
    if (items < BELOW_FOR) return [];
    const since = first === 0 ? undefined : at[first];
    return [{ series, limit, items, ...(since === undefined ? {} : { since }) }];
  });
  return found.sort((one, other) => other.items - one.items || weight(one) - weight(other))[0];
}

/** The series that will be the first to fail an item, if the last ones fall on as they did. */
function forecastOf(
  trends: readonly EyeTrend[],
  limitOf: (series: Series) => number,
  rate: number | undefined,
): EyeTrends['forecast'] {
  const falls = trends.flatMap(({ series, grade }) => {
    const fall = significantSlope(grade.slice(-LOOKED_AT));
    const limit = limitOf(series);
    if (fall === undefined || fall.slope >= 0 || limit <= 0) return [];
    const now = Math.max(0, Math.min(4, fall.now));
    // A print that wavers about its limit has nothing left to reach.
    if (now < limit) return [];
    const items = Math.ceil((now - limit) / -fall.slope);
    return items > FARTHEST ? [] : [{ series, grade: now, limit, items }];
  });
  // The whole falls with its weakest part: of two that say the same, the part is the more useful word.
  const [first] = falls.sort((one, other) => one.items - other.items || weight(one) - weight(other));
  if (first === undefined) return undefined;
  return { ...first, ...(rate === undefined || rate <= 0 ? {} : { minutes: first.items / rate }) };
}
