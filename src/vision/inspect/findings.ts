import type { CameraJob } from '#contract/camera-job.ts';
import type { CodeFound, Finding } from '#contract/inspection.ts';
import { causeWords } from '#vision/inspect/cause-words.ts';

/** What is wrong with how codes were read, and with how many they are. */
export function codeFindings(codes: readonly CodeFound[], job: CameraJob): readonly Finding[] {
  const findings: Finding[] = [];
  const { count } = job.code;
  if (count > 1 && codes.length !== count) {
    findings.push({ check: 'wrong-count', found: String(codes.length), expected: String(count) });
  }
  const assisted = codes.find(({ readBy }) => readBy === 'assisted');
  if (assisted !== undefined && !job.acceptAssisted) findings.push(assistedFinding(assisted));
  return findings;
}

/** A reader further down the chain may not read it (vision.md §3.2). */
function assistedFinding({ pcg }: CodeFound): Finding {
  const causes = pcg?.causes ?? [];
  const found = causes.length === 0 ? 'read by grid fit only' : causes.map(causeWords).join(', ');
  return { check: 'assisted-read', found, expected: 'a code that readers read' };
}
