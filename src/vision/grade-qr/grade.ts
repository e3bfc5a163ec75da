import type { Corners, Flag, Graded, Parameter, Pcg, Point } from '#contract/inspection.ts';
import { byteAt } from '#vision/ecc200/at.ts';
import { qrCausesOf } from '#vision/grade-qr/causes.ts';
import { correctWords, fixedModules, type QrWords, qrModules, readWords } from '#vision/grade-qr/codewords.ts';
import { withQuiet } from '#vision/grade-qr/grid.ts';
import { type QrFormat, readFormat } from '#vision/grade-qr/information.ts';
import { DATA, type QrLayout, qrLayout } from '#vision/grade-qr/layout.ts';
import { FIXED_PATTERN } from '#vision/grade-qr/limits.ts';
import { emptyQrWorkspace, type LocatedQr, locateQr, type QrWorkspace } from '#vision/grade-qr/locate.ts';
import { gridNonUniformity } from '#vision/grade-qr/non-uniformity.ts';
import { marginGrade, modulationGrade, unusedShare } from '#vision/grade-qr/overlay.ts';
import { bitsOf, modulationOf } from '#vision/grade-qr/samples.ts';
import { gradeInformation, gradeQrPattern, type QrModules, type QrPattern } from '#vision/grade-qr/segments.ts';
import { blocksOf, type QrBlocks, sideOf, versionOf } from '#vision/grade-qr/sizes.ts';
import { gradeOf, LEAST_RESOLUTION, LIMITS, type Limits } from '#vision/grade2d/limits.ts';
import { axialOf, toPlane } from '#vision/grade2d/non-uniformity.ts';
import { fittingField } from '#vision/grade2d/plate.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';
import { type BlockCorrector, createBlockCorrector } from '#vision/reed-solomon/correct.ts';
import { QR } from '#vision/reed-solomon/field.ts';

/** A graded QR code. */
export interface QrGrade {
  readonly pcg: Pcg;
  /** Refitted to the printed edges; as given when nothing could be measured. */
  readonly corners: Corners;
  /** Corrected words as they stand in the symbol; undefined when the reference decode failed. */
  readonly data: Uint8Array | undefined;
  /** Wrong codewords of all blocks together; 0 when the reference decode failed. */
  readonly errors: number;
}

export interface QrGrader {
  /**
   * Grades a QR code with so many modules along a side. Corners are continuous frame pixels in symbol orientation, up to
   * half a module off. Never throws: what cannot be measured has grade 0.
   */
  grade(image: GreyImage, corners: Corners, modules: number, profile: GradingProfile): QrGrade;
}

/** A grader with its own memory; a thread needs one. */
export function createQrGrader(): QrGrader {
  const work = emptyQrWorkspace();
  const correct = createBlockCorrector(QR);
  return {
    grade(image, corners, modules, profile) {
      const version = versionOf(modules);
      const located = version === undefined ? undefined : locateQr(work, image, { corners, version, profile });
      if (version === undefined || located === undefined) return nothing(corners, modules, profile);
      return gradeLocated(work, correct, { version, located, profile, image });
    },
  };
}

interface Subject {
  readonly version: number;
  readonly located: LocatedQr;
  readonly profile: GradingProfile;
  readonly image: GreyImage;
}

function nothing(corners: Corners, side: number, { edition }: GradingProfile): QrGrade {
  const parameters = { decode: { value: 0, grade: 0 } };
  const rest = { pixelsPerModule: 0, referenceDecode: false, flags: [], wrongModules: [], causes: [] };
  return {
    pcg: { edition, overall: 0, parameters, size: { rows: side, columns: side }, ...rest },
    corners,
    data: undefined,
    errors: 0,
  };
}

/** What the reference decode made of the modules. */
interface Read {
  readonly format: QrFormat | undefined;
  readonly blocks: QrBlocks | undefined;
  readonly words: QrWords | undefined;
  readonly colours: Uint8Array;
}

function gradeLocated(work: QrWorkspace, correct: BlockCorrector, subject: Subject): QrGrade {
  const { version, located, profile } = subject;
  const side = sideOf(version);
  const layout = qrLayout(version);
  const bits = bitsOf(work.samples, side, located.threshold);
  const read = decoded(bits, layout, correct);
  const modules: QrModules = { side, samples: work.samples, colours: read.colours };
  const pattern = gradeQrPattern(modules, version, profile.edition);
  const parameters = gradeParameters(work, subject, { read, pattern, modules });
  const overall = Math.min(...Object.values(parameters).map(({ grade }) => grade));
  const wrongModules = wrongOf(bits, read.colours);
  const { growth } = located.fit;
  const pcg: Pcg = {
    edition: profile.edition,
    overall,
    parameters,
    size: { rows: side, columns: side },
    growth,
    uniformity: lowestModulation(modules, layout),
    pixelsPerModule: located.pixelsPerModule,
    referenceDecode: read.words !== undefined,
    flags: flagsOf(work, subject),
    wrongModules,
    causes: qrCausesOf({ parameters, overall, growth, modules, wrongModules }),
  };
  const errors = read.words?.errors.reduce((sum, count) => sum + count, 0) ?? 0;
  return { pcg, corners: located.corners, data: read.words?.words, errors };
}

function decoded(bits: Uint8Array, layout: QrLayout, correct: BlockCorrector): Read {
  const format = readFormat(bits, layout);
  if (format === undefined)
    return { format, blocks: undefined, words: undefined, colours: fixedModules(layout, format) };
  const blocks = blocksOf(layout.version, format.level);
  const words = correctWords(readWords(bits, layout, { mask: format.mask, count: blocks.words }), blocks, correct);
  const colours = words === undefined ? fixedModules(layout, format) : qrModules(words.words, layout.version, format);
  return { format, blocks, words, colours };
}

type Parameters = Partial<Record<Parameter, Graded>>;

function gradeParameters(
  { samples, grid }: QrWorkspace,
  { version, located, profile }: Subject,
  { read, pattern, modules }: { readonly read: Read; readonly pattern: QrPattern; readonly modules: QrModules },
): Parameters {
  const { edition, toPlane: plane } = profile;
  const { blocks, words } = read;
  const side = sideOf(version);
  const graded = (limits: Limits, value: number): Graded => ({ value, grade: gradeOf(edition, limits, value) });
  const [a, b, c, d] = located.corners;
  const onPlane = (point: Point): Point => toPlane(plane, point);
  const unused = words === undefined || blocks === undefined ? 0 : unusedShare(blocks, Math.max(...words.errors));
  return {
    decode: words === undefined ? { value: 0, grade: 0 } : { value: 1, grade: 4 },
    contrast: graded(LIMITS.contrast, samples.lightest - samples.darkest),
    ...(blocks && { modulation: modulationGrade(samples, blocks, edition) }),
    // Without a correction nobody knows the right colours.
    ...(blocks && words && { margin: marginGrade({ samples, colours: read.colours }, blocks, edition) }),
    'fixed-pattern': { value: pattern.value, grade: pattern.grade },
    axial: graded(
      LIMITS.axial,
      axialOf([onPlane(a), onPlane(b), onPlane(c), onPlane(d)], { rows: side, columns: side }),
    ),
    grid: graded(LIMITS.grid, gridNonUniformity(grid, located.fit.pose, { side, plane })),
    'unused-correction': graded(LIMITS.unusedCorrection, unused),
    ...informationGrades(modules, version, { read, edition }),
  };
}

/** Shares of right bits, both copies together, and their grades. */
function informationGrades(
  modules: QrModules,
  version: number,
  { read, edition }: { readonly read: Read; readonly edition: GradingProfile['edition'] },
): Parameters {
  const { format, information } = qrLayout(version);
  const right = (copies: readonly Int32Array[]): number => {
    const places = copies.flatMap((copy) => [...copy]);
    const isRight = (place: number) => {
      const at = withQuiet(modules.side, Math.floor(place / modules.side), place % modules.side);
      return modulationOf(modules.samples, at, byteAt(modules.colours, place) === 1) > 0;
    };
    return places.filter(isRight).length / places.length;
  };
  const known = read.format !== undefined;
  return {
    'format-information': known
      ? { value: right(format), grade: gradeInformation(modules, format, edition) }
      : { value: 0, grade: 0 },
    ...(information.length > 0 && {
      'version-information': { value: right(information), grade: gradeInformation(modules, information, edition) },
    }),
  };
}

/** So many wrong modules are named. */
const MOST_WRONG = 400;

function wrongOf(bits: Uint8Array, colours: Uint8Array): number[] {
  const wrong: number[] = [];
  for (let module = 0; module < colours.length && wrong.length < MOST_WRONG; module += 1) {
    const right = byteAt(colours, module);
    if (right !== DATA && right !== byteAt(bits, module)) wrong.push(module);
  }
  return wrong;
}

/** Contrast uniformity: the lowest modulation of a module that carries data, and where. */
function lowestModulation({ side, samples }: QrModules, { pattern }: QrLayout) {
  let [lowest, value] = [0, Number.POSITIVE_INFINITY];
  for (let module = 0; module < pattern.length; module += 1) {
    if (byteAt(pattern, module) !== DATA) continue;
    const own = Math.abs(modulationOf(samples, withQuiet(side, Math.floor(module / side), module % side), false));
    if (own < value) [lowest, value] = [module, own];
  }
  return { value, row: Math.floor(lowest / side), column: lowest % side };
}

function flagsOf({ samples }: QrWorkspace, { version, located, profile, image }: Subject): Flag[] {
  const flags: Flag[] = [];
  const last = withQuiet(sideOf(version), sideOf(version) + 3, sideOf(version) + 3);
  if (located.pixelsPerModule < LEAST_RESOLUTION.value) flags.push('insufficient-resolution');
  if (samples.seen.subarray(0, last + 1).includes(0)) flags.push('quiet-zone-not-visible');
  if (profile.toPlane === undefined) flags.push('uncalibrated-geometry');
  const fieldFits = profile.flatField === undefined || fittingField(profile.flatField, image) !== undefined;
  if (profile.reflectance === undefined || !fieldFits) flags.push('uncalibrated-reflectance');
  if (!FIXED_PATTERN.verified) flags.push('segment-map-unverified');
  return flags;
}
