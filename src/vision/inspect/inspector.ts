import type { CameraJob } from '#contract/camera-job.ts';
import type { Frame } from '#contract/frame-ring.ts';
import type { CodeFound, Inspection } from '#contract/inspection.ts';
import { type Assisted, assistedRead } from '#vision/decode/assist.ts';
import { createFrameDecoder, type FrameDecoder } from '#vision/decode/decode-frame.ts';
import type { Place } from '#vision/decode/place.ts';
import type { Reader } from '#vision/decode/reader.ts';
import { boundsOf, holds } from '#vision/decode/region.ts';
import { createPoseFinder, type PoseFinder } from '#vision/grade2d/pose.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import { type Looked, lookBeyondCodes } from '#vision/inspect/findings.ts';
import { frameFault } from '#vision/inspect/frame-check.ts';
import { createGraders, type Graders, gradeCode, profileOf } from '#vision/inspect/grading.ts';
import type { Ask, Calibration, ExpectedText, InspectOpening } from '#vision/inspect/messages.ts';
import { notInspected } from '#vision/inspect/no-inspection.ts';
import { inReadingOrder } from '#vision/inspect/reading-order.ts';

export interface InspectorOptions {
  readonly job: CameraJob;
  readonly calibration: Calibration;
  readonly fonts: InspectOpening['fonts'];
  readonly reader: Reader;
  /** Milliseconds of a clock that nobody sets, for budgets; and since 1970, as frames are stamped. */
  readonly now: () => number;
  readonly wall: () => number;
}

/** Looks into frames, one after the other. Not shared between threads: it has working memory of its own. */
export interface Inspector {
  /** Read, retry, assist, grade, check (vision.md §9.5). Never throws for what a frame shows. */
  inspect(frame: Frame, ask: Ask): Inspection;
  /** What the texts of the job stand for, from the next frame on. */
  expect(expected: ExpectedText): void;
}

export function createInspector(options: InspectorOptions): Inspector {
  const { job, calibration, reader, now } = options;
  const bench: Bench = {
    ...options,
    profile: profileOf(job, calibration),
    decoder: createFrameDecoder(reader, job, now),
    graders: createGraders(),
    finder: createPoseFinder(),
    expected: {},
  };
  return {
    inspect(frame, ask) {
      const fault = frameFault(frame, job);
      return fault === undefined ? inspectFrame(bench, frame, ask) : notInspected(...faulty(bench, frame, fault));
    },
    expect(expected) {
      bench.expected = expected;
    },
  };
}

interface Bench extends InspectorOptions {
  readonly profile: GradingProfile;
  readonly decoder: FrameDecoder;
  readonly graders: Graders;
  readonly finder: PoseFinder;
  expected: ExpectedText;
}

function faulty({ job, wall }: Bench, { trigger, at }: Frame, found: string): Parameters<typeof notInspected> {
  const expected = `${job.frame.width} × ${job.frame.height} pixels`;
  return [{ trigger, at }, { check: 'not-inspected', found, expected }, wall()];
}

const NOTHING_LOOKED_AT: Looked = { findings: [], checks: [] };
/** Share of the budget after which no further attempt is begun: grading needs the rest. */
const ATTEMPTS = 0.6;

function inspectFrame(bench: Bench, frame: Frame, ask: Ask): Inspection {
  const { now, wall, job } = bench;
  const work: Work = {
    bench,
    frame,
    ask,
    codes: [...ask.known],
    until: now() + ask.budget * ATTEMPTS,
    decode: 0,
    grade: 0,
  };
  read(work, 'decode');
  const assisted = ask.isPart ? [] : assist(work);
  if (!ask.isPart && work.codes.length < job.code.count) read(work, 'decodeAgain');
  const codes = inReadingOrder(work.codes);
  const { findings, checks }: Looked = ask.isPart ? NOTHING_LOOKED_AT : lookBeyondCodes(frame, codes, bench);
  const { trigger, at, width, height } = frame;
  return {
    trigger,
    at,
    width,
    height,
    codes,
    findings,
    ...(checks.length === 0 ? {} : { checks }),
    ...explained(codes, assisted),
    took: { whole: Math.max(0, wall() - at), decode: work.decode, grade: work.grade },
  };
}

/** A frame in work. */
interface Work {
  readonly bench: Bench;
  readonly frame: Frame;
  readonly ask: Ask;
  readonly codes: CodeFound[];
  /** When no further attempt is begun. */
  readonly until: number;
  /** Milliseconds spent. */
  decode: number;
  grade: number;
}

/** Reads codes that are not there yet, and grades them. */
function read(work: Work, how: 'decode' | 'decodeAgain'): void {
  const { bench, frame, ask, codes, until } = work;
  const { decoder, graders, profile, now } = bench;
  const began = now();
  const known = codes.map(({ corners }) => corners);
  const readings = decoder[how](frame, { last: ask.last, isPart: ask.isPart, known, timeLeft: () => until - now() });
  const decoded = now();
  codes.push(...readings.map((reading) => gradeCode(frame, reading, graders, profile)));
  work.decode += decoded - began;
  work.grade += now() - decoded;
}

/** Our own grid fit wherever a code is owed and none was read. */
function assist(work: Work): readonly Assisted[] {
  const { bench, frame, codes, until } = work;
  const { job, now } = bench;
  if (codes.length >= job.code.count || !job.symbologies.includes('DataMatrix')) return [];
  const began = now();
  const tried: Assisted[] = [];
  for (const last of placesToTry(work)) {
    if (codes.length >= job.code.count) break;
    const assisted = assistedRead(
      frame,
      { ...bench, grader: bench.graders.dataMatrix },
      { last, timeLeft: () => until - now() },
    );
    if (assisted.code !== undefined) codes.push(assisted.code);
    tried.push(assisted);
  }
  work.decode += now() - began;
  return tried;
}

/** Where codes were last and none is now. A single one may also stand where the template says, which is `undefined`. */
function placesToTry({ bench, ask, codes }: Work): readonly (Place | undefined)[] {
  const empty = ask.last.filter((place) => !codes.some((code) => isAt(code, place)));
  return bench.job.code.count === 1 ? [...empty, undefined] : empty;
}

function isAt(code: CodeFound, place: Place): boolean {
  const { x, y, width, height } = boundsOf(code.corners);
  return holds(boundsOf(place.corners), { x: x + width / 2, y: y + height / 2, width: 0, height: 0 });
}

/** What is wrong with the item's code; and where none was read, with whatever stands in its place. */
function explained(
  [first]: readonly CodeFound[],
  assisted: readonly Assisted[],
): Pick<Inspection, 'causes' | 'unread'> {
  if (first?.pcg !== undefined) return { causes: first.pcg.causes };
  const { causes = [], unread } = assisted.find((one) => one.causes.length > 0) ?? {};
  return { causes, ...(unread === undefined || first !== undefined ? {} : { unread }) };
}
