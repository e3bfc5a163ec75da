import { meaningOf } from '#cli/inspect/meaning.ts';
import type { Context, Finding, Part } from '#cli/inspect/report.ts';
import { type AiEntry, aiEntry, aiEntryAt, MOST_ELEMENTS } from '#gs1/ai-table.ts';
import { associationFaults } from '#gs1/associations.ts';
import { faultIn, valueEnd } from '#gs1/element-rules.ts';
import { type Element, GS, surplusOf } from '#gs1/element-string.ts';

/** An element where it stands; `expected` says what would have been right, if the value is wrong. */
export interface PlacedElement extends Element {
  readonly at: number;
  readonly length: number;
  readonly expected?: string;
}

/** A text with more faults than these is another kind of text. */
const MOST_PROBLEMS = 20;

/** All elements of a text, the wrong ones too, and everything that is wrong in it. */
export interface Walk {
  readonly elements: readonly PlacedElement[];
  readonly problems: readonly Finding[];
}

/**
 * Reads an element string as `parseElementString` does, and goes on behind a fault: whoever holds a wrong label wants to
 * see all of it. The first problem is the one that the parser names.
 */
export function walkElementString(text: string, from = 0): Walk {
  const elements: PlacedElement[] = [];
  const problems: Finding[] = [];
  let at = from;
  while (at < text.length && elements.length <= MOST_ELEMENTS && problems.length < MOST_PROBLEMS) {
    const entry = aiEntryAt(text, at);
    const end = entry === undefined ? strangerEnd(text, at) : elementEnd(entry, text, at);
    const found = entry === undefined ? undefined : { entry, at, valueAt: at + entry.ai.length, end };
    if (found === undefined) problems.push(unknownAi(text, at));
    else take(found, text, elements, problems);
    at = text[end] === GS ? end + 1 : end;
  }
  if (from === text.length) problems.push(problem('empty', [from, 0], 'expected at least one element, found nothing'));
  return { elements, problems };
}

/** The value of an element that is too short may hold the separator: it ends there. */
function elementEnd(entry: AiEntry, text: string, at: number): number {
  const from = at + entry.ai.length;
  const end = valueEnd(entry, text, from);
  const separator = text.slice(from, end).indexOf(GS);
  return separator === -1 ? end : from + separator;
}

function strangerEnd(text: string, at: number): number {
  const separator = text.indexOf(GS, at);
  return separator === -1 ? text.length : separator;
}

/** An element between its AI and its end in a text. */
export interface Span {
  readonly entry: AiEntry;
  readonly at: number;
  readonly valueAt: number;
  readonly end: number;
}

function take({ entry, at, valueAt, end }: Span, text: string, elements: PlacedElement[], problems: Finding[]): void {
  const { ai } = entry;
  const value = text.slice(valueAt, end);
  // A fixed length is judged with the separator inside, as the parser does: it says that the value is too short.
  const fault = faultIn(entry, text, valueAt, valueEnd(entry, text, valueAt));
  if (fault !== undefined) problems.push(valueProblem(ai, fault, text));
  const surplus = fault === undefined ? surplusOf(elements, { ai, value }) : undefined;
  if (surplus !== undefined) problems.push(problem(surplus.rule, [at, end - at], `expected ${surplus.expected}`, ai));
  const expected = fault?.expected ?? surplus?.expected;
  elements.push({ ai, value, at, length: end - at, ...(expected === undefined ? {} : { expected }) });
}

/** Reads the notation in brackets as `parseBracketed` does, and goes on behind a fault. */
export function walkBracketed(text: string): Walk {
  const elements: PlacedElement[] = [];
  const problems: Finding[] = [];
  let at = 0;
  while (at < text.length && elements.length <= MOST_ELEMENTS && problems.length < MOST_PROBLEMS) {
    const end = bracketEnd(text, at);
    const ai = /^\((\d{2,4})\)/.exec(text.slice(at, at + 6))?.[1];
    const entry = ai === undefined ? undefined : aiEntry(ai);
    if (ai === undefined) problems.push(problem('brackets', [at, 1], 'expected an Application Identifier in brackets'));
    else if (entry === undefined) problems.push(problem('unknown-ai', [at + 1, ai.length], `there is no AI (${ai})`));
    else takeBracketed({ entry, at, valueAt: at + ai.length + 2, end }, text, elements, problems);
    at = end;
  }
  return { elements, problems };
}

function takeBracketed(
  { entry, at, valueAt, end }: Span,
  text: string,
  elements: PlacedElement[],
  problems: Finding[],
): void {
  const { ai } = entry;
  const value = text.slice(valueAt, end).replaceAll('\\(', '(');
  const fault = faultIn(entry, value, 0, value.length);
  if (fault !== undefined) {
    const position = typed(text, valueAt, fault.position);
    const length = typed(text, position, fault.length) - position;
    problems.push(valueProblem(ai, { ...fault, position, length }, text));
  }
  const surplus = fault === undefined ? surplusOf(elements, { ai, value }) : undefined;
  if (surplus !== undefined) problems.push(problem(surplus.rule, [at, end - at], `expected ${surplus.expected}`, ai));
  const expected = fault?.expected ?? surplus?.expected;
  elements.push({ ai, value, at, length: end - at, ...(expected === undefined ? {} : { expected }) });
}

/** A bracket inside a value is written `\(` and takes two places. */
function bracketEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '(') at += text.startsWith('\\(', at) ? 2 : 1;
  return Math.min(at, text.length);
}

function typed(text: string, from: number, count: number): number {
  let at = from;
  for (let seen = 0; seen < count; seen += 1) at += text.startsWith('\\(', at) ? 2 : 1;
  return at;
}

/** The rows of the table of parts. */
export function partsOf(elements: readonly PlacedElement[], context: Context): Part[] {
  return elements.map(({ ai, value, expected }) => ({
    name: ai,
    title: aiEntry(ai)?.title ?? '',
    value,
    meaning: expected === undefined ? meaningOf(ai, value, context) : `WRONG: expected ${expected}`,
  }));
}

/**
 * What does not stand well together. An element that is missing is a warning: another symbol on the item may carry it
 * (GS1 General Specifications §4.13).
 */
export function associationProblems(elements: readonly PlacedElement[]): Finding[] {
  return associationFaults(elements).map(({ ai, place, rule, expected }) => {
    const element = elements[place];
    const span: [number, number] = [element?.at ?? 0, element?.length ?? 0];
    const isMissing = rule === 'missing';
    const message = isMissing ? `expected ${expected}, here or in another symbol on the item` : `expected ${expected}`;
    return { ...problem(rule, span, message, ai), severity: isMissing ? 'warning' : 'error' };
  });
}

/** A finding about a value, with what stands in its place. */
export function valueProblem(
  ai: string | undefined,
  fault: { readonly rule: string; readonly position: number; readonly length: number; readonly expected: string },
  text: string,
): Finding {
  const { rule, position, length, expected } = fault;
  const there = text.slice(position, position + Math.min(length, 40));
  const found = there === '' ? '' : `, found ${quoted(there)}${length > 40 ? ' and more' : ''}`;
  return problem(rule, [position, length], `expected ${expected}${found}`, ai);
}

/** A text in quotes; a single character that people might not see, by its number. */
function quoted(text: string): string {
  if (text === ' ') return 'a blank';
  const isSeen = text.length > 1 || /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
  return isSeen ? `"${text}"` : `U+${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function unknownAi(text: string, at: number): Finding {
  const digits = /^\d{1,4}/.exec(text.slice(at, at + 4))?.[0] ?? '';
  const length = digits.length || 1;
  const message = `expected an Application Identifier, found ${quoted(text.slice(at, at + length))}`;
  return problem('unknown-ai', [at, length], message);
}

function problem(rule: string, [position, length]: readonly [number, number], message: string, ai?: string): Finding {
  return { severity: 'error', rule, ...(ai === undefined ? {} : { ai }), position, length, message };
}
