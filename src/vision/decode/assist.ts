import type { CameraJob, Window } from '#contract/camera-job.ts';
import type { Cause, CodeFound, Corners, UnreadPlace } from '#contract/inspection.ts';
import { moduleOf, type Place, templateWindow, windowAround } from '#vision/decode/place.ts';
import { searchPoses } from '#vision/decode/pose-search.ts';
import type { Reader } from '#vision/decode/reader.ts';
import { wholeOf } from '#vision/decode/region.ts';
import { matrixOf } from '#vision/ecc200/codewords.ts';
import { type Ecc200Size, ecc200Size } from '#vision/ecc200/sizes.ts';
import type { DataMatrixGrade, DataMatrixGrader } from '#vision/grade2d/grade.ts';
import type { FoundPose, PoseFinder } from '#vision/grade2d/pose.ts';
import type { GradingProfile } from '#vision/grade2d/profile.ts';
import type { GreyImage } from '#vision/image.ts';

export interface AssistParts {
  readonly job: CameraJob;
  readonly reader: Reader;
  readonly grader: DataMatrixGrader;
  readonly finder: PoseFinder;
  readonly profile: GradingProfile;
}

export interface AssistWish {
  /** Where the code was last, or undefined: where the template expects it. */
  readonly last: Place | undefined;
  readonly timeLeft: () => number;
}

/** What the picture shows where no reader reads. Without a code: why not and where, as far as the place was found. */
export interface Assisted {
  readonly code: CodeFound | undefined;
  readonly causes: readonly Cause[];
  readonly unread?: UnreadPlace;
}

const NOTHING: Assisted = { code: undefined, causes: [] };
/** Damaged symbols came out at 0.84 and more, paper and other things at 0.44 and less: no cause is named for those. */
const LEAST_LIKENESS = 0.6;

/**
 * Reads a DataMatrix whose place and size are known: grid fit, error correction, and the corrected words drawn anew and
 * read (vision.md §3.2). Damage beyond correction ends without a text. A scanner further down may not read such a code.
 */
export function assistedRead(image: GreyImage, parts: AssistParts, wish: AssistWish): Assisted {
  const { job } = parts;
  const size = sizeOf(job, wish.last);
  const module = moduleOf(job, wish.last);
  const window = wish.last === undefined ? templateWindow(job, image) : windowAround(wish.last, image);
  if (size === undefined || module === undefined || window === undefined || wish.timeLeft() <= 0) return NOTHING;
  let unread: Assisted = NOTHING;
  for (const { corners, likeness } of posesOf(image, { ...parts, last: wish.last, size, module, window })) {
    if (wish.timeLeft() <= 0 || likeness < LEAST_LIKENESS) break;
    const grade = parts.grader.grade(image, corners, size, parts.profile);
    const code = grade.data === undefined ? undefined : codeOf(grade, grade.data, size, parts.reader);
    if (code !== undefined) return { code, causes: grade.pcg.causes };
    if (unread.causes.length === 0) unread = unreadAt(grade, size);
  }
  return unread;
}

/** What is wrong there, and where that is: a place without a cause is as likely paper. */
function unreadAt({ pcg: { causes }, corners }: DataMatrixGrade, { rows, columns }: Ecc200Size): Assisted {
  if (causes.length === 0) return NOTHING;
  return { code: undefined, causes, unread: { corners, size: { rows, columns } } };
}

function sizeOf({ code }: CameraJob, last: Place | undefined): Ecc200Size | undefined {
  if (last?.size !== undefined) return ecc200Size(last.size.rows, last.size.columns);
  return code.rows === undefined || code.columns === undefined ? undefined : ecc200Size(code.rows, code.columns);
}

interface Hunt extends AssistParts {
  readonly last: Place | undefined;
  readonly size: Ecc200Size;
  readonly module: number;
  readonly window: Window;
}

/** The rough search is right to a module; what fits a symbol to its edges begins within half a one. */
const FINE_SEARCH = { reach: 1.5, turn: 2 };

function posesOf(image: GreyImage, hunt: Hunt): readonly FoundPose[] {
  const { job, last, size, module, window, finder } = hunt;
  const inverted = job.inverted === true;
  const angle = last === undefined ? (job.checks.placement?.angle ?? 0) : angleOf(last.corners);
  const { rows, columns } = size;
  const question = { window, rows, columns, module, isInverted: inverted, angle: fromRight(angle) };
  const found = searchPoses(image, question).flatMap(
    (corners) => finder.find(image, corners, size, { ...FINE_SEARCH, inverted }) ?? [],
  );
  return found.sort((a, b) => b.likeness - a.likeness);
}

function angleOf([[x0, y0], [x1, y1]]: Corners): number {
  return (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
}

/** Degrees from the nearest of the four right angles: -45 to 45. */
function fromRight(angle: number): number {
  return angle - 90 * Math.round(angle / 90);
}

/** Pixels of a module in the drawn matrix, and modules of light around it. */
const DRAWN = 2;
const QUIET = 2;

function codeOf(
  { pcg, corners }: DataMatrixGrade,
  data: Uint8Array,
  size: Ecc200Size,
  reader: Reader,
): CodeFound | undefined {
  const drawn = drawMatrix(matrixOf(data, size), size);
  const [reading] = reader.read(drawn, wholeOf(drawn), { pass: 'pure', symbologies: ['DataMatrix'], most: 1 });
  if (reading === undefined) return undefined;
  return { readBy: 'assisted', symbology: 'DataMatrix', text: reading.text, aim: reading.aim, corners, pcg };
}

/** A matrix as the decoder likes it best. 1 is dark. */
function drawMatrix(
  modules: Uint8Array,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): GreyImage {
  const [width, height] = [(columns + 2 * QUIET) * DRAWN, (rows + 2 * QUIET) * DRAWN];
  const pixels = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < rows * DRAWN; y += 1) {
    for (let x = 0; x < columns * DRAWN; x += 1) {
      const module = modules[Math.floor(y / DRAWN) * columns + Math.floor(x / DRAWN)];
      if (module === 1) pixels[(y + QUIET * DRAWN) * width + x + QUIET * DRAWN] = 0;
    }
  }
  return { pixels, width, height, stride: width };
}
