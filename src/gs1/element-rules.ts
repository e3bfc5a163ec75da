import type { AiEntry, AiPart } from '#gs1/ai-table.ts';
import { isYymmdd } from '#gs1/calendar.ts';
import { NUMERIC, strangerIn } from '#gs1/character-set.ts';
import { checkDigitOf } from '#gs1/check-digit.ts';

/** The rule an element string broke. */
export type Rule =
  | 'not-gs1'
  | 'empty'
  | 'unknown-ai'
  | 'too-short'
  | 'too-long'
  | 'character'
  | 'check-digit'
  | 'date'
  | 'duplicate'
  | 'too-many';

/** What is wrong with one value, where, and what would have been right. */
export interface ValueFault {
  readonly position: number;
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
  if (to - from < entry.min) return { position: to, rule: 'too-short', expected: lengthOf(entry) };
  if (to - from > entry.max) return { position: from + entry.max, rule: 'too-long', expected: lengthOf(entry) };
  let at = from;
  for (const part of entry.parts) {
    const end = Math.min(at + part.max, to);
    const stranger = strangerIn(text, part.set, at, end);
    if (stranger !== -1) return strange(entry, part, text, stranger);
    const fault = part.linter === undefined ? undefined : contentFault(part.linter, text, at, end);
    if (fault !== undefined) return fault;
    at = end;
  }
  return undefined;
}

function strange(entry: AiEntry, part: AiPart, text: string, position: number): ValueFault {
  if (text[position] === SEPARATOR) return { position, rule: 'too-short', expected: lengthOf(entry) };
  const expected = part.set === NUMERIC ? 'a digit' : 'a character of GS1 character set 82';
  return { position, rule: 'character', expected };
}

function contentFault(
  linter: NonNullable<AiPart['linter']>,
  text: string,
  from: number,
  to: number,
): ValueFault | undefined {
  switch (linter) {
    case 'csum': {
      const right = checkDigitOf(text, from, to - 1);
      if (text.charCodeAt(to - 1) - 48 === right) return undefined;
      return { position: to - 1, rule: 'check-digit', expected: `check digit ${right}` };
    }
    case 'yymmd0':
      if (isYymmdd(text, from, to)) return undefined;
      return {
        position: from,
        rule: 'date',
        expected: 'a day that exists, as YYMMDD (DD 00 is the last of the month)',
      };
  }
}

function lengthOf(entry: AiEntry): string {
  const what = entry.parts.every((part) => part.set === NUMERIC) ? 'digits' : 'characters';
  return entry.min === entry.max ? `${entry.max} ${what}` : `${entry.min} to ${entry.max} ${what}`;
}
