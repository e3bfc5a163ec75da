import type { EyeChange, EyeLimits, EyeTrial } from '#contract/eye.ts';
import { type Grades, type InspectedBody, type Shortfall, shortfalls } from '#contract/inspected.ts';
import { FACT } from '#line/fact.ts';
import { REASON_CODES } from '#line/verdict.ts';
import type { ReadableDb } from '#record/database.ts';
import { serialNames } from '#record/query/serial-names.ts';

/** How far the laboratory looks back, and how many changes it names. */
const MOST_IMAGES = 10_000;
const MOST_CHANGES = 20;

/** An inspection as it is stored. `code`: the verdict's reason number. */
export interface InspectedRow {
  readonly seq: number;
  readonly at: number;
  readonly run: number;
  readonly epoch: number;
  readonly item: number;
  readonly serial: number | null;
  readonly code: number | null;
  readonly grade: number | null;
  readonly body: string | null;
}

/** What limits would have done to the newest inspections on record; nothing is changed. */
export function tryLimits(db: ReadableDb, limits: EyeLimits): EyeTrial {
  const minimumOf = orderMinimum(db);
  const counts = { images: 0, failed: 0, wouldFail: 0, newlyFailed: 0, newlyPassed: 0 };
  const below = new Map<Shortfall['series'], number>(limitedSeries(limits).map((series) => [series, 0]));
  const changes: EyeChange[] = [];
  const describe = changeOf(db);
  for (const row of newestInspections(db).iterate(MOST_IMAGES)) {
    const tried = tryOn(row, limits, minimumOf(row.run));
    counts.images += 1;
    if (tried.failed) counts.failed += 1;
    if (tried.wouldFail) counts.wouldFail += 1;
    for (const { series } of tried.below) below.set(series, (below.get(series) ?? 0) + 1);
    if (tried.failed === tried.wouldFail) continue;
    if (tried.wouldFail) counts.newlyFailed += 1;
    else counts.newlyPassed += 1;
    if (changes.length < MOST_CHANGES) changes.push(describe(row, tried));
  }
  return { ...counts, below: [...below].map(([series, items]) => ({ series, items })), changes };
}

function newestInspections(db: ReadableDb) {
  return db.prepare<[number], InspectedRow>(
    `SELECT seq, at, run, epoch, item, serial, code, grade, body FROM fact
      WHERE kind >= 26 AND kind = ${FACT.inspected} ORDER BY seq DESC LIMIT ?`,
  );
}

function limitedSeries({ overall, parameters }: EyeLimits): Shortfall['series'][] {
  const named = Object.keys(parameters) as Shortfall['series'][];
  return overall === undefined ? named : ['overall', ...named];
}

/** What other limits make of one item. */
export interface Tried {
  readonly failed: boolean;
  readonly wouldFail: boolean;
  readonly below: readonly Shortfall[];
  readonly because: Shortfall['series'] | undefined;
}

/** Reasons that limits decide on; an item that failed for another one stays failed. */
const BY_LIMITS: ReadonlySet<number> = new Set([REASON_CODES['low-grade'], REASON_CODES['low-parameter']]);

/** `minimum`: of the order, in tenths; it holds besides the limits, and an ungraded item does not reach it. */
export function tryOn(row: InspectedRow, limits: EyeLimits, minimum: number): Tried {
  const code = row.code ?? 0;
  const below = shortfalls(gradesIn(row), limits);
  const failed = code !== 0;
  if (failed && !BY_LIMITS.has(code)) return { failed, wouldFail: true, below, because: undefined };
  const underOrder = minimum > 0 && (row.grade ?? -1) < minimum;
  const [first] = below;
  return {
    failed,
    wouldFail: underOrder || first !== undefined,
    below,
    because: underOrder ? 'overall' : first?.series,
  };
}

function gradesIn({ grade, body }: InspectedRow): Grades {
  const { grades = [] }: Partial<InspectedBody> = JSON.parse(body ?? '{}');
  return { overall: grade ?? undefined, parameters: grades };
}

function orderMinimum(db: ReadableDb): (run: number) => number {
  const known = new Map<number, number>();
  const ask = db
    .prepare<[number], number | null>(
      `SELECT body ->> '$.product.minGrade' FROM fact
        WHERE kind < 20 AND kind = ${FACT.orderImported} AND run = ? ORDER BY seq DESC LIMIT 1`,
    )
    .pluck();
  return (run) => {
    const minimum = known.get(run) ?? Math.round((ask.get(run) ?? 0) * 10);
    known.set(run, minimum);
    return minimum;
  };
}

function changeOf(db: ReadableDb): (row: InspectedRow, tried: Tried) => EyeChange {
  const names = serialNames(db);
  const picture = db
    .prepare<[number, number, number], number>(
      `SELECT seq FROM fact WHERE kind >= 26 AND kind = ${FACT.pictureKept} AND run = ? AND epoch = ? AND item = ? LIMIT 1`,
    )
    .pluck();
  const word = (fails: boolean) => (fails ? 'FAIL' : 'PASS');
  return ({ at, run, epoch, item, serial, grade }, { failed, wouldFail, because }) => {
    const name = serial === null ? undefined : names(run, serial);
    const id = picture.get(run, epoch, item);
    return {
      run,
      at,
      item,
      ...(name === undefined ? {} : { serial: name }),
      was: word(failed),
      would: word(wouldFail),
      ...(because === undefined ? {} : { because }),
      ...(grade === null ? {} : { overall: grade / 10 }),
      ...(id === undefined ? {} : { picture: id }),
    };
  };
}
