import { type AiEntry, aiEntry, mightBeAi, unknownEntry } from '#gs1/ai-table.ts';
import { faultIn } from '#gs1/element-rules.ts';
import { type Element, type ElementError, type ParsedElements, surplusOf } from '#gs1/element-string.ts';

/** What a reader may let pass beyond the rules. */
export interface ElementOptions {
  /** Let AIs pass that the table does not know, with any value of 1 to 90 characters of set 82. */
  readonly permitUnknown?: boolean;
}

interface BracketedValue {
  readonly value: string;
  /** Where the value begins in the text, and where it ends. */
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the notation for people, `(01)09521234543213(21)A\(1`: a bracket inside a value is written `\(`. Positions of
 * errors count in the text as it was typed. Never throws; takes time in proportion to the text.
 */
export function parseBracketed(text: string, options: ElementOptions = {}): ParsedElements {
  if (text === '') return malformed([0, 0], 'empty', 'at least one element');
  const elements: Element[] = [];
  let at = 0;
  while (at < text.length) {
    const ai = /^\((\d{2,4})\)/.exec(text.slice(at, at + 6))?.[1];
    if (ai === undefined) return malformed([at, 1], 'brackets', 'an Application Identifier in brackets');
    const entry = entryOf(ai, options);
    if (entry === undefined) return malformed([at + 1, ai.length], 'unknown-ai', 'an Application Identifier');
    const read = readValue(text, at + ai.length + 2);
    const error = valueError(entry, read, text) ?? surplusError(elements, { ai, value: read.value }, [at, read.to]);
    if (error !== undefined) return { kind: 'malformed', error };
    elements.push({ ai, value: read.value });
    at = read.to;
  }
  return { kind: 'parsed', elements };
}

/** Writes elements in the notation for people. */
export function bracketed(elements: readonly Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '\\(')}`).join('');
}

/**
 * The human readable interpretation, one line per element: exactly the encoded characters, so dates stay YYMMDD
 * (GS1 General Specifications §4.14). Brackets around the AI are never encoded.
 */
export function hriLines(elements: readonly Element[]): string[] {
  return elements.map(({ ai, value }) => `(${ai}) ${value}`);
}

/** The entry of an AI, also of one that nobody knows, where that is permitted. */
export function entryOf(ai: string, { permitUnknown = false }: ElementOptions): AiEntry | undefined {
  return aiEntry(ai) ?? (permitUnknown && mightBeAi(ai) ? unknownEntry(ai, true) : undefined);
}

function readValue(text: string, from: number): BracketedValue {
  let to = from;
  while (to < text.length && text[to] !== '(') to += text.startsWith('\\(', to) ? 2 : 1;
  return { value: text.slice(from, to).replaceAll('\\(', '('), from, to };
}

function valueError(entry: AiEntry, { value, from }: BracketedValue, text: string): ElementError | undefined {
  const fault = faultIn(entry, value, 0, value.length);
  if (fault === undefined) return undefined;
  const position = typed(text, from, fault.position);
  const length = typed(text, position, fault.length) - position;
  return { ai: entry.ai, ...fault, position, length };
}

/** Where the character of a value stands in the text, in which each bracket takes two places. */
function typed(text: string, from: number, count: number): number {
  let at = from;
  for (let seen = 0; seen < count; seen += 1) at += text.startsWith('\\(', at) ? 2 : 1;
  return at;
}

function surplusError(
  elements: readonly Element[],
  element: Element,
  [position, to]: readonly [number, number],
): ElementError | undefined {
  const surplus = surplusOf(elements, element);
  return surplus === undefined ? undefined : { ai: element.ai, position, length: to - position, ...surplus };
}

function malformed(
  [position, length]: readonly [number, number],
  rule: ElementError['rule'],
  expected: string,
): ParsedElements {
  return { kind: 'malformed', error: { ai: undefined, position, length, rule, expected } };
}
