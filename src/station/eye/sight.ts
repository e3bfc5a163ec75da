import type { CameraJob } from '#contract/camera-job.ts';
import type {
  EyeCamera,
  EyeCheck,
  EyeInspection,
  EyeLimits,
  EyeParameter,
  EyePicture,
  EyeVerdict,
  EyeView,
} from '#contract/eye.ts';
import { inTenths } from '#contract/inspected.ts';
import {
  type Checked,
  type Corners,
  type Inspection,
  PARAMETERS,
  type Parameter,
  type Pcg,
} from '#contract/inspection.ts';
import { letterOf, profileText } from '#station/eye/profile.ts';
import { type Control, drawnOf } from '#station/eye/trends.ts';

const TOOK_KEPT = 200;

/** The last picture that the screens were given, with what was said of it. */
interface Shown {
  readonly inspection: Inspection;
  readonly picture: EyePicture | undefined;
  verdict: EyeVerdict | undefined;
}

/** What there is to see at this moment, kept as it comes and drawn when somebody asks. */
export interface Sight {
  /** `picture`: a copy; the pixels themselves are soon gone. */
  add(inspection: Inspection, picture: EyePicture | undefined): void;
  /** The item of this trigger was judged. True when the view has changed. */
  judged(trigger: number, verdict: EyeVerdict): boolean;
  took(): EyeCamera['took'];
  draw(parts: ViewParts): Omit<EyeView, 'frame'>;
}

export interface ViewParts {
  readonly now: number;
  readonly camera: EyeCamera;
  readonly job: CameraJob;
  /** The grade at which an item fails for this parameter; 0 for none. */
  readonly limitOf: (parameter: Parameter) => number;
  readonly controlOf: (parameter: Parameter) => Control | undefined;
}

export function openSight(): Sight {
  const took: number[] = [];
  let shown: Shown | undefined;
  let profile: string | undefined;
  return {
    add(inspection, picture) {
      took.push(inspection.took.whole);
      if (took.length > TOOK_KEPT) took.shift();
      shown = { inspection, picture, verdict: undefined };
      const pcg = inspection.codes[0]?.pcg;
      if (pcg !== undefined) profile = profileText(pcg);
    },
    judged(trigger, verdict) {
      if (shown?.inspection.trigger !== trigger) return false;
      shown.verdict = verdict;
      return true;
    },
    took() {
      if (took.length === 0) return undefined;
      const sorted = Float64Array.from(took).sort();
      const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      return { p50: at(0.5), p99: at(0.99) };
    },
    draw(parts) {
      return {
        at: parts.now,
        camera: parts.camera,
        ...(shown === undefined ? {} : { inspection: drawInspection(shown, parts) }),
        ...(shown?.picture === undefined ? {} : { picture: shown.picture }),
        ...(profile === undefined ? {} : { profile }),
      };
    },
  };
}

function drawInspection({ inspection, verdict }: Shown, parts: ViewParts): EyeInspection {
  const { trigger, at, codes, causes, checks, unread } = inspection;
  const pcg = codes[0]?.pcg;
  return {
    trigger,
    at,
    ...(pcg === undefined ? {} : { overall: clampGrade(pcg.overall), letter: letterOf(inTenths(pcg.overall) / 10) }),
    codes: codes.map(({ readBy, symbology, corners, pcg: own }) => ({
      readBy,
      symbology,
      corners: copied(corners),
      ...sizeOf(own, parts.job),
      wrongModules: [...(own?.wrongModules ?? [])],
    })),
    parameters: pcg === undefined ? [] : drawParameters(pcg, parts),
    causes: (causes.length > 0 ? causes : (pcg?.causes ?? [])).map((cause) => ({ ...cause })),
    ...(unread === undefined ? {} : { unread: { corners: copied(unread.corners), size: { ...unread.size } } }),
    ...(checks === undefined ? {} : { checks: checks.map(toEyeCheck) }),
    flags: [...(pcg?.flags ?? [])],
    ...(verdict === undefined ? {} : { verdict }),
  };
}

type Point = [number, number];

function copied([a, b, c, d]: Corners): [Point, Point, Point, Point] {
  return [[...a], [...b], [...c], [...d]];
}

function toEyeCheck(check: Checked): EyeCheck {
  if (check.kind !== 'placement') return { ...check };
  const { wanted, found } = check;
  return { ...check, wanted: [...wanted], found: [...found] };
}

function sizeOf(pcg: Pcg | undefined, { code: { rows, columns } }: CameraJob): Pick<EyeInspection['codes'][0], 'size'> {
  if (pcg?.size !== undefined) return { size: { ...pcg.size } };
  return rows === undefined || columns === undefined ? {} : { size: { rows, columns } };
}

function drawParameters({ parameters }: Pcg, { limitOf, controlOf }: ViewParts): EyeParameter[] {
  return PARAMETERS.flatMap((parameter) => {
    const graded = parameters[parameter];
    if (graded === undefined) return [];
    const limit = limitOf(parameter);
    const { value } = graded;
    const grade = clampGrade(graded.grade);
    const failed = limit > 0 && inTenths(grade) < Math.round(limit * 10);
    const state = failed
      ? 'failed'
      : isOutside(drawnOf(parameter, graded), controlOf(parameter))
        ? 'outside'
        : 'normal';
    return [{ parameter, value, grade, ...(limit > 0 ? { limit } : {}), state }];
  });
}

/** The least that differs: a run that began with equal values has no spread, and a rounding is no event. */
const LEAST = 0.005;

function isOutside(value: number, control: Control | undefined): boolean {
  return control !== undefined && (value < control.low - LEAST || value > control.high + LEAST);
}

function clampGrade(grade: number): number {
  return Math.max(0, Math.min(4, grade));
}

/** Limits of the laboratory and of the order, as the grade at which an item fails: 0 where nothing is asked for. */
export function limitGrade(series: 'overall' | Parameter, limits: EyeLimits, orderMinimum: number): number {
  const own = series === 'overall' ? 0 : (limits.parameters[series] ?? 0);
  return Math.max(own, limits.overall ?? 0, orderMinimum);
}
