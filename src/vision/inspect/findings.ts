import type { CameraJob } from '#contract/camera-job.ts';
import type { CodeFound, Finding } from '#contract/inspection.ts';
import { checkCount } from '#vision/check/count.ts';
import { checkPlacement } from '#vision/check/placement.ts';
import { checkPresence } from '#vision/check/presence.ts';
import { checkText } from '#vision/check/text.ts';
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

/** What is wrong in a picture besides what its codes say: how they were read, how many, where; and the job's other windows. */
export function findingsOf(image: GreyImage, codes: readonly CodeFound[], parts: CheckParts): readonly Finding[] {
  const { job } = parts;
  const { placement, presence = [] } = job.checks;
  const [first] = codes;
  const findings = [
    job.code.count > 1 ? checkCount(codes.length, job.code.count) : undefined,
    job.acceptAssisted ? undefined : assistedFinding(codes),
    placement === undefined || first === undefined ? undefined : checkPlacement(first.corners, placement),
    ...presence.map((each) => checkPresence(image, each)),
    ...textFindings(image, first, parts),
  ];
  return findings.filter((finding) => finding !== undefined);
}

/** A reader further down the chain may not read it (vision.md §3.2). */
function assistedFinding(codes: readonly CodeFound[]): Finding | undefined {
  const assisted = codes.find(({ readBy }) => readBy === 'assisted');
  if (assisted === undefined) return undefined;
  const causes = assisted.pcg?.causes ?? [];
  const found = causes.length === 0 ? 'read by grid fit only' : causes.map(causeWords).join(', ');
  return { check: 'assisted-read', found, expected: 'a code that readers read' };
}

/** What cannot be compared is wrong: a text without a known value, or in a font that nobody trained. */
function textFindings(
  image: GreyImage,
  code: CodeFound | undefined,
  { job, fonts, expected }: CheckParts,
): readonly (Finding | undefined)[] {
  const { text = [] } = job.checks;
  if (text.length === 0) return [];
  const values = valuesFor(expected, code);
  return text.map((line) => {
    const wanted = filled(line.expected, values);
    const font = fonts[line.font];
    if (wanted === undefined) return notCompared(line.name, 'nobody knows what it should say', line.expected);
    if (font === undefined) return notCompared(line.name, `no font ${line.font}`, wanted);
    return checkText(image, line.window, wanted, font).finding;
  });
}

function notCompared(name: string, why: string, expected: string): Finding {
  return { check: 'wrong-text', found: `${name}: ${why}`, expected };
}
