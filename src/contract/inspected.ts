import { type DrawnBody, drawnBody } from '#contract/drawn.ts';
import type { EyeLimits } from '#contract/eye.ts';
import {
  type Box,
  type Cause,
  type CodeFound,
  type Flag,
  type Inspection,
  PARAMETERS,
  type Parameter,
  type Pcg,
} from '#contract/inspection.ts';

/** The body of an `inspected` fact. `values` and `grades` (tenths) stand in the order of PARAMETERS, null where not graded. */
export interface InspectedBody {
  /** Id of the `profileUsed` fact's body that says how it was graded. */
  readonly profile: string;
  readonly readBy?: CodeFound['readBy'];
  /** The global-threshold decode, apart from what the reader read. */
  readonly reference?: boolean;
  readonly values?: readonly (number | null)[];
  readonly grades?: readonly (number | null)[];
  readonly causes?: readonly Cause[];
  /** Pixels per module, and print growth along both axes in X: what the grade was computed from, ungraded. */
  readonly module?: number;
  readonly growth?: readonly [x: number, y: number];
  /** What limits this grade, besides what its profile says of the calibration. */
  readonly flags?: readonly Flag[];
  /** Limits in force that this item missed, in tenths. */
  readonly below?: Readonly<Partial<Record<Parameter, number>>>;
  /** What is drawn over the picture, where one is to be kept. */
  readonly drawn?: DrawnBody;
}

/** What is recorded of an inspection besides what the camera saw. */
export interface InspectedAbout {
  readonly profile: string;
  /** The grade at which an item fails for a parameter, 0 for none. */
  readonly limitOf: (parameter: Parameter) => number;
  /** Where the code was looked for; absent where no picture is to be kept, and nothing will ever be drawn. */
  readonly search?: Box;
}

/** A grade 0..4 in tenths, never rounded up: 3.47 is 34. The small share makes up for binary fractions only. */
export function inTenths(grade: number): number {
  return Math.floor(Math.max(0, Math.min(4, grade)) * 10 + 1e-6);
}

/** What is recorded of an inspection, in some 150 bytes; and in some 150 bytes more what is needed to draw it. */
export function inspectedBody(inspection: Inspection, { profile, limitOf, search }: InspectedAbout): InspectedBody {
  const { codes, causes } = inspection;
  const [code] = codes;
  const pcg = code?.pcg;
  const named = causes.length > 0 ? causes : (pcg?.causes ?? []);
  return {
    profile,
    ...(code === undefined ? {} : { readBy: code.readBy }),
    ...(pcg === undefined ? {} : { reference: pcg.referenceDecode, ...columns(pcg) }),
    ...(named.length === 0 ? {} : { causes: named.slice(0, MOST_CAUSES) }),
    ...(pcg === undefined ? {} : { ...basis(pcg), ...missed(pcg, limitOf) }),
    ...(search === undefined ? {} : { drawn: drawnBody(inspection, search) }),
  };
}

function missed(pcg: Pcg, limitOf: InspectedAbout['limitOf']): Pick<InspectedBody, 'below'> {
  const { parameters } = gradesOf(pcg);
  const below = PARAMETERS.flatMap((name, at) => {
    const grade = parameters[at];
    const limit = Math.round(limitOf(name) * 10);
    return typeof grade === 'number' && grade < limit ? [[name, limit] as const] : [];
  });
  return below.length === 0 ? {} : { below: Object.fromEntries(below) };
}

const MOST_CAUSES = 4;
const BY_PROFILE: ReadonlySet<Flag> = new Set(['uncalibrated-geometry', 'uncalibrated-reflectance']);

function basis({ pixelsPerModule, growth, flags }: Pcg): Pick<InspectedBody, 'module' | 'growth' | 'flags'> {
  const own = flags.filter((flag) => !BY_PROFILE.has(flag));
  return {
    module: Math.round(pixelsPerModule * 10) / 10,
    ...(growth === undefined ? {} : { growth: [rounded(growth.x), rounded(growth.y)] }),
    ...(own.length === 0 ? {} : { flags: own }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function columns({ parameters }: Pcg): Pick<InspectedBody, 'values' | 'grades'> {
  const last = PARAMETERS.findLastIndex((name) => parameters[name] !== undefined);
  const known = PARAMETERS.slice(0, last + 1).map((name) => parameters[name]);
  return {
    values: known.map((one) => (one === undefined ? null : rounded(one.value))),
    grades: known.map((one) => (one === undefined ? null : inTenths(one.grade))),
  };
}

/** Grades of one item in tenths: of the whole, and by parameter in the order of PARAMETERS. */
export interface Grades {
  readonly overall: number | undefined;
  readonly parameters: readonly (number | null | undefined)[];
}

export function gradesOf(pcg: Pcg | undefined): Grades {
  return {
    overall: pcg === undefined ? undefined : inTenths(pcg.overall),
    parameters: pcg === undefined ? [] : (columns(pcg).grades ?? []),
  };
}

/** A series below its limit, both in tenths. */
export interface Shortfall {
  readonly series: 'overall' | Parameter;
  readonly grade: number;
  readonly limit: number;
}

/**
 * Every limit that these grades do not reach, the grade of the whole first. A parameter that the symbology does not have
 * cannot miss its limit. The one rule for items on the line and for the laboratory's trial.
 */
export function shortfalls({ overall, parameters }: Grades, limits: EyeLimits): Shortfall[] {
  const found: Shortfall[] = [];
  const check = (series: Shortfall['series'], grade: number | null | undefined, limit: number | undefined): void => {
    if (typeof grade !== 'number' || limit === undefined) return;
    const least = Math.round(limit * 10);
    if (grade < least) found.push({ series, grade, limit: least });
  };
  check('overall', overall, limits.overall);
  for (const [at, name] of PARAMETERS.entries()) check(name, parameters[at], limits.parameters[name]);
  return found;
}
