import type { AiEntry } from '#gs1/ai-table.ts';
import type { LintFault, LintRule } from '#gs1/linter/lint-fault.ts';

/** The rule an element string, a bracketed string, a scan or a Digital Link broke in its form. */
export type Rule =
  | 'not-gs1'
  | 'brackets'
  | 'linear-key'
  | 'empty'
  | 'unknown-ai'
  | 'too-short'
  | 'too-long'
  | 'duplicate'
  | 'too-many'
  | LintRule;

/** What is wrong with one value, where, and what would have been right. */
export interface ValueFault {
  readonly position: number;
  /** How many characters are at fault; 0 where some are missing. */
  readonly length: number;
  readonly rule: Rule;
  readonly expected: string;
}

const SEPARATOR = '\u001d';

/** Where the value that begins at `from` ends: after its pre-defined length, at the separator, or with the text. */
export function valueEnd(entry: AiEntry, text: string, from: number): number {
  if (entry.predefined) return Math.min(from + entry.max, text.length);
  const separator = text.indexOf(SEPARATOR, from);
  return separator === -1 ? text.length : separator;
}

/** The first fault of the value in `text[from, to)`, or undefined: nothing is allocated for a sound value. */
export function faultIn(entry: AiEntry, text: string, from: number, to: number): ValueFault | undefined {
  if (to - from < entry.min) return { position: to, length: 0, rule: 'too-short', expected: lengthOf(entry) };
  if (to - from > entry.max) {
    return { position: from + entry.max, length: to - from - entry.max, rule: 'too-long', expected: lengthOf(entry) };
  }
  let at = from;
  for (const part of entry.parts) {
    const end = Math.min(at + part.max, to);
    if (at === end && part.isOptional) break;
    const fault = partFault(part.checks, text, at, end);
    if (fault !== undefined) return inContext(entry, text, fault);
    if (end - at < part.min) return { position: end, length: 0, rule: 'too-short', expected: lengthOf(entry) };
    at = end;
  }
  return undefined;
}

/**
 * An offending value for people: bars around the slice at fault, cut off where its component ends, as in `(17)2604|31|`
 * (the form of the GS1 Syntax Engine). `fault.position` counts within `value`.
 */
export function markUp(entry: AiEntry, value: string, fault: { position: number; length: number }): string {
  let end = 0;
  for (const part of entry.parts) {
    end = Math.min(end + part.max, value.length);
    if (end > fault.position) break;
  }
  const last = fault.position + fault.length;
  const slice = value.slice(fault.position, last);
  return `(${entry.ai})${value.slice(0, fault.position)}|${slice}|${value.slice(last, end)}`;
}

function partFault(checks: AiEntry['parts'][number]['checks'], text: string, from: number, to: number) {
  for (const check of checks) {
    const fault = check(text, from, to);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A separator where a character is missing means that the value ended too early. */
function inContext(entry: AiEntry, text: string, fault: LintFault): ValueFault {
  if (text[fault.position] !== SEPARATOR) return fault;
  return { position: fault.position, length: 0, rule: 'too-short', expected: lengthOf(entry) };
}

function lengthOf(entry: AiEntry): string {
  const what = entry.parts.every((part) => part.set === 'N') ? 'digits' : 'characters';
  return entry.min === entry.max ? `${entry.max} ${what}` : `${entry.min} to ${entry.max} ${what}`;
}
