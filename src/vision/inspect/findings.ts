import type { CameraJob } from '#contract/camera-job.ts';
import type { Checked, CodeFound, Corners, Finding } from '#contract/inspection.ts';
import { checkCount } from '#vision/check/count.ts';
import { checkPlacement, offsetOf, type Placement } from '#vision/check/placement.ts';
import { checkPresence, type Presence, presenceContrast } from '#vision/check/presence.ts';
import { checkText, type TextCheck } from '#vision/check/text.ts';
import type { GreyImage } from '#vision/image.ts';
import { causeWords } from '#vision/inspect/cause-words.ts';
import { filled, valuesFor } from '#vision/inspect/expected-text.ts';
import type { ExpectedText, InspectOpening } from '#vision/inspect/messages.ts';

/** What the checks of a job are made with. */
export interface CheckParts {
  readonly job: CameraJob;
  readonly fonts: InspectOpening['fonts'];
  readonly expected: ExpectedText;
}

/** What is wrong, and every check with a place in the picture, whether it is met or not. */
export interface Looked {
  readonly findings: readonly Finding[];
  readonly checks: readonly Checked[];
}

/** One check: what it saw, and what is wrong with that. */
interface Look {
  readonly finding: Finding | undefined;
  /** Undefined: it stands nowhere. */
  readonly checked: Checked | undefined;
}

/** What is wrong in a picture besides what its codes say: how they were read, how many, where; and the job's other windows. */
export function lookBeyondCodes(image: GreyImage, codes: readonly CodeFound[], parts: CheckParts): Looked {
  const { job } = parts;
  const { placement, presence = [] } = job.checks;
  const [first] = codes;
  const looks = [
    ...(placement === undefined || first === undefined ? [] : [lookAtPlacement(first.corners, placement)]),
    ...presence.map((each) => lookAtPresence(image, each)),
    ...lookAtTexts(image, first, parts),
  ];
  const findings = [
    job.code.count > 1 ? checkCount(codes.length, job.code.count) : undefined,
    job.acceptAssisted ? undefined : assistedFinding(codes),
    ...looks.map(({ finding }) => finding),
  ];
  return {
    findings: findings.filter((finding) => finding !== undefined),
    checks: looks.map(({ checked }) => checked).filter((checked) => checked !== undefined),
  };
}

/** A reader further down the chain may not read it (vision.md §3.2). */
function assistedFinding(codes: readonly CodeFound[]): Finding | undefined {
  const assisted = codes.find(({ readBy }) => readBy === 'assisted');
  if (assisted === undefined) return undefined;
  const causes = assisted.pcg?.causes ?? [];
  const found = causes.length === 0 ? 'read by grid fit only' : causes.map(causeWords).join(', ');
  return { check: 'assisted-read', found, expected: 'a code that readers read' };
}

function lookAtPlacement(corners: Corners, placement: Placement): Look {
  const finding = checkPlacement(corners, placement);
  const { x, y, turn } = offsetOf(corners, placement);
  if (![x, y, turn].every(Number.isFinite)) return { finding, checked: undefined };
  const checked = {
    kind: 'placement',
    isMet: finding === undefined,
    wanted: [placement.x, placement.y],
    tolerance: placement.tolerance,
    found: [placement.x + x, placement.y + y],
    turn,
  } as const;
  return { finding, checked };
}

function lookAtPresence(image: GreyImage, presence: Presence): Look {
  const { name, window, contrast: least } = presence;
  const contrast = presenceContrast(image, window);
  const finding = checkPresence(image, presence, contrast);
  const seen = contrast === undefined ? {} : { contrast };
  return { finding, checked: { kind: 'presence', name, isMet: finding === undefined, window, ...seen, least } };
}

/** What cannot be compared is wrong: a text without a known value, or in a font that nobody trained. */
function lookAtTexts(
  image: GreyImage,
  code: CodeFound | undefined,
  { job, fonts, expected }: CheckParts,
): readonly Look[] {
  const { text = [] } = job.checks;
  if (text.length === 0) return [];
  const values = valuesFor(expected, code);
  return text.map((wish) => {
    const { line, finding } = compareText(image, wish, { wanted: filled(wish.expected, values), fonts });
    const { name, window } = wish;
    const where = line === undefined ? {} : { line };
    const found = finding === undefined ? {} : { found: finding.found };
    return { finding, checked: { kind: 'text', name, isMet: finding === undefined, window, ...where, ...found } };
  });
}

type Wish = NonNullable<CameraJob['checks']['text']>[number];

function compareText(
  image: GreyImage,
  { name, window, expected, font: fontName }: Wish,
  { wanted, fonts }: { readonly wanted: string | undefined; readonly fonts: CheckParts['fonts'] },
): Pick<TextCheck, 'line' | 'finding'> {
  const font = fonts[fontName];
  if (wanted === undefined) return notCompared(name, 'nobody knows what it should say', expected);
  return font === undefined ? notCompared(name, `no font ${fontName}`, wanted) : checkText(image, window, wanted, font);
}

function notCompared(name: string, why: string, expected: string): Pick<TextCheck, 'finding'> {
  return { finding: { check: 'wrong-text', found: `${name}: ${why}`, expected } };
}
