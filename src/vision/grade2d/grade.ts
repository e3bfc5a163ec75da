import type { Edition } from '#contract/camera-job.ts';
import type { Corners, Flag, Graded, Parameter, Pcg, Point } from '#contract/inspection.ts';
import { byteAt } from '#vision/ecc200/at.ts';
import { type Corrected, type Corrector, createCorrector } from '#vision/ecc200/codewords.ts';
import { layoutOf, modulesOf, readWords, VARIABLE } from '#vision/ecc200/layout.ts';
import { type Ecc200Size, ecc200Size } from '#vision/ecc200/sizes.ts';
import { realAt } from '#vision/grade2d/at.ts';
import { causesOf } from '#vision/grade2d/causes.ts';
import { type FixedPattern, gradeFixedPattern } from '#vision/grade2d/fixed-pattern.ts';
import { gradeOf, LEAST_RESOLUTION, LIMITS, type Limits } from '#vision/grade2d/limits.ts';
import { emptyWorkspace, type Located, locate, type Workspace } from '#vision/grade2d/locate.ts';
import { emptyWorth, type ModuleWorth, valueModules } from '#vision/grade2d/module-values.ts';
import { axialOf, gridOf, planePose, toPlane } from '#vision/grade2d/non-uniformity.ts';
import { moduleOverlay } from '#vision/grade2d/overlay.ts';
import { fittingField } from '#vision/grade2d/plate.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import { isRingSeen, takeBits } from '#vision/grade2d/samples.ts';
import { segmentsOf } from '#vision/grade2d/segments.ts';
import type { GreyImage } from '#vision/image.ts';

/** A graded symbol. */
export interface DataMatrixGrade {
  readonly pcg: Pcg;
  /** Refitted to the printed edges, growth taken back; as given when nothing could be measured. */
  readonly corners: Corners;
  /** Data words after correction, padding included; undefined when the reference decode failed. */
  readonly data: Uint8Array | undefined;
  /** Wrong codewords of all blocks together; 0 when the reference decode failed. */
  readonly errors: number;
}

export interface DataMatrixGrader {
  /**
   * Grades a Data Matrix of a known size. Corners are continuous frame pixels (the first pixel covers 0..1) in symbol
   * orientation, up to half a module off. Never throws: what cannot be measured has grade 0.
   */
  grade(image: GreyImage, corners: Corners, size: Extent, profile: GradingProfile): DataMatrixGrade;
}

interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/** A grader with its own memory; a thread needs one. */
export function createDataMatrixGrader(): DataMatrixGrader {
  const tools: Tools = {
    work: emptyWorkspace(),
    worth: emptyWorth(),
    correct: createCorrector(),
    words: new Uint8Array(2178),
  };
  return {
    grade(image, corners, { rows, columns }, profile) {
      const size = ecc200Size(rows, columns);
      const located = size && locate(tools.work, image, { corners, size, profile });
      if (size === undefined || located === undefined) return nothing(corners, { rows, columns }, profile);
      return gradeLocated(tools, { size, located, profile, image });
    },
  };
}

interface Tools {
  readonly work: Workspace;
  readonly worth: ModuleWorth;
  readonly correct: Corrector;
  readonly words: Uint8Array;
}

/** What is graded. */
interface Subject {
  readonly size: Ecc200Size;
  readonly located: Located;
  readonly profile: GradingProfile;
  readonly image: GreyImage;
}

function nothing(corners: Corners, size: Extent, { edition }: GradingProfile): DataMatrixGrade {
  const parameters = { decode: { value: 0, grade: 0 } };
  const rest = { pixelsPerModule: 0, referenceDecode: false, flags: [], wrongModules: [], causes: [] };
  return { pcg: { edition, overall: 0, parameters, size, ...rest }, corners, data: undefined, errors: 0 };
}

function gradeLocated(tools: Tools, subject: Subject): DataMatrixGrade {
  const { size, located, profile } = subject;
  const { samples } = tools.work;
  takeBits(samples, size, located.threshold);
  readWords(samples.bits, size, tools.words);
  const corrected = tools.correct(tools.words, size);
  const colours = corrected === undefined ? layoutOf(size).pattern : modulesOf(corrected.words, size);
  valueModules(tools.worth, samples, size, { threshold: located.threshold, colours });
  const map = segmentsOf(size);
  const pattern = gradeFixedPattern(
    { margin: tools.worth.ringMargin, dark: tools.worth.ringDark },
    map,
    profile.edition,
  );
  const parameters = gradeParameters(tools, subject, { corrected, pattern });
  const overall = Math.min(...Object.values(parameters).map(({ grade }) => grade));
  const wrongModules = wrongOf(samples.bits, colours);
  const growth = { x: tools.work.fit.top.growth, y: tools.work.fit.right.growth };
  const evidence = { parameters, overall, pattern, growth, wrongModules };
  const pcg: Pcg = {
    edition: profile.edition,
    overall,
    parameters,
    size: { rows: size.rows, columns: size.columns },
    growth,
    uniformity: lowestModulation(tools.worth.modulation, size),
    pixelsPerModule: located.pixelsPerModule,
    referenceDecode: corrected !== undefined,
    flags: flagsOf(tools, subject, map.verified),
    wrongModules,
    causes: causesOf({ ...evidence, size, colours, samples, modulation: tools.worth.modulation }),
  };
  const errors = corrected?.errors.reduce((sum, count) => sum + count, 0) ?? 0;
  return { pcg, corners: located.corners, data: corrected?.words.slice(0, size.data), errors };
}

type Parameters = Partial<Record<Parameter, Graded>>;

function gradeParameters(
  { work, worth }: Tools,
  { size, located, profile }: Subject,
  { corrected, pattern }: { corrected: Corrected | undefined; pattern: FixedPattern },
): Parameters {
  const { edition, toPlane: plane } = profile;
  const graded = (limits: Limits, value: number): Graded => gradedBy(edition, limits, value);
  const [a, b, c, d] = located.corners;
  const onPlane = (point: Point): Point => toPlane(plane, point);
  const words = { size, edition, interleave: corrected?.interleave ?? 'continued' } as const;
  return {
    decode: corrected === undefined ? { value: 0, grade: 0 } : { value: 1, grade: 4 },
    contrast: graded(LIMITS.contrast, work.samples.lightest - work.samples.darkest),
    modulation: moduleOverlay(worth.modulation, words),
    // Without a correction nobody knows the right colours.
    ...(corrected && { margin: moduleOverlay(worth.margin, words) }),
    'fixed-pattern': { value: pattern.value, grade: pattern.grade },
    axial: graded(LIMITS.axial, axialOf([onPlane(a), onPlane(b), onPlane(c), onPlane(d)], size)),
    grid: graded(LIMITS.grid, gridOf(planePose(plane, located.pose), work.grid, size)),
    'unused-correction': graded(LIMITS.unusedCorrection, corrected === undefined ? 0 : unusedOf(corrected, size)),
  };
}

/** What is not a number, as through a plane that is none, has grade 0 and the worst value. */
function gradedBy(edition: Edition, limits: Limits, value: number): Graded {
  const worst = limits.sense === 'at-least' ? 0 : 1;
  return { value: Number.isFinite(value) ? value : worst, grade: gradeOf(edition, limits, value) };
}

/** 1 − 2t / d of the block with most errors. */
function unusedOf({ errors }: Corrected, { ec, blocks }: Ecc200Size): number {
  return 1 - (2 * Math.max(...errors) * blocks) / ec;
}

/** So many wrong modules are named. */
const MOST_WRONG = 400;

function wrongOf(bits: Uint8Array, colours: Uint8Array): number[] {
  const wrong: number[] = [];
  for (let module = 0; module < colours.length && wrong.length < MOST_WRONG; module += 1) {
    const right = byteAt(colours, module);
    if (right !== VARIABLE && right !== byteAt(bits, module)) wrong.push(module);
  }
  return wrong;
}

/** Contrast uniformity: the lowest modulation of a module that carries data, and where. */
function lowestModulation(modulation: Float64Array, size: Ecc200Size): { value: number; row: number; column: number } {
  const { pattern } = layoutOf(size);
  let lowest = 0;
  let value = Number.POSITIVE_INFINITY;
  for (let module = 0; module < pattern.length; module += 1) {
    if (byteAt(pattern, module) !== VARIABLE || !(realAt(modulation, module) < value)) continue;
    value = realAt(modulation, module);
    lowest = module;
  }
  return { value, row: Math.floor(lowest / size.columns), column: lowest % size.columns };
}

function flagsOf({ work }: Tools, { size, located, profile, image }: Subject, verified: boolean): Flag[] {
  const flags: Flag[] = [];
  if (located.pixelsPerModule < LEAST_RESOLUTION.value) flags.push('insufficient-resolution');
  if (!isRingSeen(work.samples, size)) flags.push('quiet-zone-not-visible');
  if (profile.toPlane === undefined) flags.push('uncalibrated-geometry');
  const fieldFits = profile.flatField === undefined || fittingField(profile.flatField, image) !== undefined;
  if (profile.reflectance === undefined || !fieldFits) flags.push('uncalibrated-reflectance');
  if (!verified) flags.push('segment-map-unverified');
  return flags;
}
