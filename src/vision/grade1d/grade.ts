import type { Corners, Flag, Graded, Pcg, Point } from '#contract/inspection.ts';
import { type BarField, findBars } from '#vision/grade1d/bars.ts';
import { causesOf } from '#vision/grade1d/causes.ts';
import { createElements, type Elements, findElements } from '#vision/grade1d/elements.ts';
import { type Light, lightOf } from '#vision/grade1d/light.ts';
import { cutToTenths, LINEAR_SCHEMES, type LinearParameter, type LinearScheme } from '#vision/grade1d/limits.ts';
import { readLine } from '#vision/grade1d/line.ts';
import { gradeLine, type LineGrade, type LineQuestion } from '#vision/grade1d/line-grade.ts';
import { createScanner } from '#vision/grade1d/scan.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

/** A linear code's process-control grade, and where its bars really stand. */
export interface LinearGrade {
  readonly pcg: Pcg;
  readonly corners: Corners;
}

/** Ten scan lines over the middle 80 % of the bars. */
const LINES = 10;
const INSPECTED = 0.8;
/** Below this many pixels per module the values say more about the camera than about the print (vision.md §6). */
const FINE_ENOUGH = 3;

/**
 * Grades a Code 128 or GS1-128 by the methods of ISO/IEC 15416. `corners`: of the reader, which knows a line across the
 * bars only. `expected`: what the reader read; a line that decodes to something else fails. A code whose bars are not
 * found is graded 0. Takes any input without throwing.
 */
export function gradeLinear(
  image: GreyImage,
  corners: Corners,
  expected: string | undefined,
  profile: GradingProfile,
): LinearGrade {
  const scheme = LINEAR_SCHEMES[profile.edition];
  const light = lightOf(image, profile);
  const elements = createElements();
  const field = findBars(light, corners);
  const scene = field === undefined ? undefined : { light, field, elements };
  const first = scene === undefined ? undefined : firstLook(scene, scheme, expected);
  if (scene === undefined || first === undefined) return { pcg: notFound(scheme, profile), corners };
  const lines = scanLines(scene, first, profile.aperture);
  return { pcg: pcgOf(lines, first, profile), corners: cornersOf(scene.field, lines) };
}

/** What is looked at: the bars of one code, and room for the elements of a line. */
interface Scene {
  readonly light: Light;
  readonly field: BarField;
  readonly elements: Elements;
}

/** Rows at which the code is looked for first, as shares of the bars' height. */
const FIRST_ROWS = [0.5, 0.3, 0.7, 0.4, 0.6];
/** The reader's corners are off by a few pixels. */
const CORNER_ERROR = 4;

/** Module width and ends of the bars, from the first row that decodes, or from the number of bars when none does. */
function firstLook(
  { light, field, elements }: Scene,
  scheme: LinearScheme,
  expected: string | undefined,
): LineQuestion | undefined {
  const length = field.right - field.left;
  let guess: number | undefined;
  for (const share of FIRST_ROWS) {
    const scanner = createScanner(light, field, { quiet: CORNER_ERROR, aperture: 0 });
    const profile = scanner.scan(field.top + (field.bottom - field.top) * share);
    if (profile.to - profile.from < 2) continue;
    findElements(profile, elements);
    guess ??= length / modulesOf(elements.count - 2);
    const read = readLine(elements, field.left);
    if (read === undefined) continue;
    const [left, right] = [elements.edges[read.first] ?? field.left, elements.edges[read.last] ?? field.right];
    return { scheme, expected, left, right, module: read.module, elements: read.last - read.first };
  }
  if (guess === undefined) return undefined;
  return { scheme, expected, left: field.left, right: field.right, module: guess, elements: undefined };
}

/** Modules of a Code 128 that has so many bars and spaces: six for each character, seven for the stop. */
function modulesOf(elements: number): number {
  return 11 * Math.max(3, Math.round((elements - 7) / 6)) + 13;
}

function scanLines(
  { light, field, elements }: Scene,
  question: LineQuestion,
  aperture: number,
): readonly (LineGrade | undefined)[] {
  const quiet = (question.scheme.quietZone + 1) * question.module;
  const seen = { ...field, left: question.left, right: question.right };
  const scanner = createScanner(light, seen, { quiet, aperture: aperture * question.module });
  return Array.from({ length: LINES }, (_, line) => {
    const share = (1 - INSPECTED) / 2 + (INSPECTED * (line + 0.5)) / LINES;
    const profile = scanner.scan(field.top + (field.bottom - field.top) * share);
    if (profile.to - profile.from < 2) return undefined;
    findElements(profile, elements);
    return gradeLine({ profile, elements }, readLine(elements, question.left), question);
  });
}

const IN_ORDER: readonly LinearParameter[] = [
  'decode',
  'contrast',
  'modulation',
  'edge-contrast',
  'minimum-reflectance',
  'defects',
  'decodability',
  'quiet-zone',
];

/** The symbol's grade is the mean of its lines'; so is each parameter's, which is never below it. */
function pcgOf(
  lines: readonly (LineGrade | undefined)[],
  { scheme, module }: LineQuestion,
  profile: GradingProfile,
): Pcg {
  const seen = lines.filter((line) => line !== undefined);
  const mean = (pick: (line: LineGrade) => number) =>
    lines.reduce((sum, line) => sum + (line === undefined ? 0 : pick(line)), 0) / lines.length;
  const parameters: Partial<Record<LinearParameter, Graded>> = {};
  for (const name of IN_ORDER) {
    const grade = cutToTenths(mean((line) => line.parameters[name].grade));
    parameters[name] = { value: mean((line) => line.parameters[name].value), grade };
  }
  const reads = seen.flatMap((line) => line.read ?? []);
  const growth = reads.reduce((sum, read) => sum + read.growth, 0) / Math.max(1, reads.length);
  const flags = flagsOf(module, profile);
  if (seen.some((line) => !line.quietVisible)) flags.push('quiet-zone-not-visible');
  const overall = cutToTenths(mean((line) => line.overall));
  return {
    edition: scheme.edition,
    overall,
    parameters,
    ...(reads.length > 0 && { growth: { x: growth, y: 0 } }),
    pixelsPerModule: module,
    referenceDecode: seen.some((line) => line.parameters.decode.grade > 0),
    flags,
    wrongModules: [],
    causes: causesOf(parameters, { overall, growth, quietVisible: !flags.includes('quiet-zone-not-visible') }),
  };
}

function flagsOf(module: number, profile: GradingProfile): Flag[] {
  const flags: Flag[] = [];
  if (module < FINE_ENOUGH) flags.push('insufficient-resolution');
  if (profile.reflectance === undefined) flags.push('uncalibrated-reflectance');
  return flags;
}

function notFound(scheme: LinearScheme, profile: GradingProfile): Pcg {
  return {
    edition: scheme.edition,
    overall: 0,
    parameters: { decode: { value: 0, grade: 0 } },
    pixelsPerModule: 0,
    referenceDecode: false,
    flags: flagsOf(0, profile),
    wrongModules: [],
    causes: [],
  };
}

/** Ends of the bars as the outermost lines saw them: a code seen at an angle is not a rectangle. */
function cornersOf(field: BarField, lines: readonly (LineGrade | undefined)[]): Corners {
  const height = field.bottom - field.top;
  const rowOf = (line: number) => field.top + height * ((1 - INSPECTED) / 2 + (INSPECTED * (line + 0.5)) / LINES);
  const left = straight(lines.flatMap((line, place) => (line?.read ? [[rowOf(place), line.left] as const] : [])));
  const right = straight(lines.flatMap((line, place) => (line?.read ? [[rowOf(place), line.right] as const] : [])));
  const point = (across: number, along: number): Point => [
    field.middle[0] + field.across[0] * across + field.along[0] * along,
    field.middle[1] + field.across[1] * across + field.along[1] * along,
  ];
  const { top, bottom } = field;
  return [
    point(left?.(top) ?? field.left, top),
    point(right?.(top) ?? field.right, top),
    point(right?.(bottom) ?? field.right, bottom),
    point(left?.(bottom) ?? field.left, bottom),
  ];
}

/** The straight line through points, by least squares; undefined with fewer than two. */
function straight(points: readonly (readonly [number, number])[]): ((row: number) => number) | undefined {
  const n = points.length;
  if (n < 2) return undefined;
  const [mx, my] = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / n);
  if (mx === undefined || my === undefined) return undefined;
  const [xx, xy] = [0, 1].map((axis) =>
    points.reduce((sum, point) => sum + (point[0] - mx) * ((point[axis] ?? 0) - (axis === 0 ? mx : my)), 0),
  );
  const slope = (xy ?? 0) / Math.max(xx ?? 0, 1e-9);
  return (row) => my + slope * (row - mx);
}
