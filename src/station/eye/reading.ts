import type { EyeLimits } from '#contract/eye.ts';
import { gradesOf, inTenths, type Shortfall, shortfalls } from '#contract/inspected.ts';
import type { Inspection } from '#contract/inspection.ts';
import type { Finding, Reading } from '#line/signal.ts';
import { causeWords } from '#vision/inspect/cause-words.ts';

/** What weighs more comes first: an item has one reason. */
const WEIGHT: readonly Finding['check'][] = [
  'no-image',
  'not-inspected',
  'assisted-read',
  'wrong-count',
  'misplaced',
  'not-present',
  'wrong-text',
];

/** What the line is told of a picture. No code is a no-read, and no picture is one too: never silence (vision.md rule 9). */
export function readingOf(inspection: Inspection, limits: EyeLimits, acceptAssisted: boolean): Reading {
  const { trigger, codes } = inspection;
  const [code] = codes;
  const finding = findingOf(inspection, limits, acceptAssisted);
  const at = Math.floor(inspection.at);
  const about = { trigger, image: trigger, at, ...(finding === undefined ? {} : { finding }) };
  if (code === undefined) return { ...about, kind: 'no-read', text: '', aim: '' };
  const grade = code.pcg === undefined ? {} : { grade: inTenths(code.pcg.overall) };
  return { ...about, kind: 'read', text: code.text, aim: code.aim, ...grade };
}

function findingOf(inspection: Inspection, limits: EyeLimits, acceptAssisted: boolean): Finding | undefined {
  const { findings, codes, causes } = inspection;
  const [code] = codes;
  const all: Finding[] = [...findings];
  if (code?.readBy === 'assisted' && !acceptAssisted && !all.some(({ check }) => check === 'assisted-read')) {
    const named = [...causes, ...(code.pcg?.causes ?? [])].map(causeWords);
    all.push({ check: 'assisted-read', found: named[0] ?? 'damage', expected: 'a code that readers read' });
  }
  const weightiest = WEIGHT.map((check) => all.find((one) => one.check === check)).find((one) => one !== undefined);
  return weightiest ?? shortfallFinding(shortfalls(gradesOf(code?.pcg), limits)[0]);
}

function shortfallFinding(shortfall: Shortfall | undefined): Finding | undefined {
  if (shortfall === undefined) return undefined;
  const { series, grade, limit } = shortfall;
  return {
    check: 'low-parameter',
    found: `${series.replaceAll('-', ' ')} ${(grade / 10).toFixed(1)}`,
    expected: `${(limit / 10).toFixed(1)} or better`,
  };
}
