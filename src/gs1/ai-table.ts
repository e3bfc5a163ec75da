import { AI_ROWS, type AiRow } from '#gs1/ai-rows.ts';
import type { Linter } from '#gs1/linter/lint-fault.ts';
import { LINTERS, type LinterName } from '#gs1/linter/linters.ts';

/** The character sets of components: digits, sets 82, 39 and 64. */
export type AiSet = 'N' | 'X' | 'Y' | 'Z';

/** One component of a value: `min` to `max` characters of one set. Only the last component may vary in length. */
export interface AiPart {
  readonly set: AiSet;
  readonly min: number;
  readonly max: number;
  /** May be missing, when nothing of the value is left. */
  readonly isOptional: boolean;
  /** Rules on content, named as in the dictionary; the character set is none of them. */
  readonly linters: readonly LinterName[];
  /** The character set and the rules, in the order in which they are checked. */
  readonly checks: readonly Linter[];
}

/** What an Application Identifier may carry, and what it must stand with (GS1 Barcode Syntax Dictionary). */
export interface AiEntry {
  readonly ai: string;
  /** The data title; empty for the coupons, which have none. */
  readonly title: string;
  /** The length is pre-defined by the first two digits of the AI: no separator is needed behind the value. */
  readonly predefined: boolean;
  /** May be an attribute in the query of a Digital Link. */
  readonly isAttribute: boolean;
  readonly parts: readonly AiPart[];
  readonly min: number;
  readonly max: number;
  /** All of these must hold; each when one of its alternatives does; an alternative when all its patterns are there. */
  readonly requires: readonly (readonly (readonly string[])[])[];
  /** Patterns of AIs that may not stand with this one; `n` is any digit. */
  readonly excludes: readonly string[];
  /** Whether it is a key of a Digital Link; then with its qualifiers, one list per alternative, each in order. */
  readonly qualifiers: readonly (readonly string[])[] | undefined;
}

/** Longest run of AIs in one message (GS1 Syntax Engine). */
export const MOST_ELEMENTS = 64;

/** Longest value any AI may have. */
export const LONGEST_VALUE = 90;

const PREDEFINED = '*';
const ATTRIBUTE = '?';
const SET_LINTERS = { N: 'csetnumeric', X: 'cset82', Y: 'cset39', Z: 'cset64' } as const;

/** Linters that look at the digits themselves, and those that so many digits cannot fail. */
const SEES_DIGITS: readonly LinterName[] = ['csum', 'yymmd0', 'yymmdd', 'yyyymmdd'];
const NEEDS_DIGITS: readonly LinterName[] = ['gcppos1', 'gcppos2'];

/** Every Application Identifier there is. */
export const AI_TABLE: readonly AiEntry[] = AI_ROWS.flatMap(entriesOf);

const byAi = new Map(AI_TABLE.map((entry) => [entry.ai, entry]));

/** Entries of AIs by their number, one list per length: texts are looked up without being cut. */
const byTwo: (AiEntry | undefined)[] = Array.from({ length: 100 }, () => undefined);
const byThree = new Map<number, AiEntry>();
const byFour = new Map<number, AiEntry>();
/** How many digits the AIs have that begin with two digits. */
const lengthByHead = new Uint8Array(100);
for (const entry of AI_TABLE) {
  if (entry.ai.length === 2) byTwo[Number(entry.ai)] = entry;
  else (entry.ai.length === 3 ? byThree : byFour).set(Number(entry.ai), entry);
  lengthByHead[Number(entry.ai.slice(0, 2))] = entry.ai.length;
}

/** The entry of an AI, or undefined when there is no such AI. */
export function aiEntry(ai: string): AiEntry | undefined {
  return byAi.get(ai);
}

/** The entry of the AI that begins at `text[at]`. The first two digits decide how many digits an AI has. */
export function aiEntryAt(text: string, at: number): AiEntry | undefined {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  // The comparison is written so that the NaN behind the end of the text fails it.
  if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return undefined;
  const head = tens * 10 + ones;
  return byTwo[head] ?? longEntryAt(text, at, head);
}

function longEntryAt(text: string, at: number, head: number): AiEntry | undefined {
  const length = lengthByHead[head] ?? 0;
  const three = head * 10 + digitAt(text, at + 2);
  return length === 3 ? byThree.get(three) : byFour.get(three * 10 + digitAt(text, at + 3));
}

/**
 * Whether digits could be an AI that this table does not know yet: 2 to 4 of them, and not of another length than the
 * known AIs with the same first two digits.
 */
export function mightBeAi(ai: string): boolean {
  if (!/^\d{2,4}$/.test(ai)) return false;
  const length = lengthByHead[Number(ai.slice(0, 2))] ?? 0;
  return length === 0 || length === ai.length;
}

/** What is said of an AI that nobody knows, where somebody has asked to let such pass: 1 to 90 characters of set 82. */
export function unknownEntry(ai: string, isAttribute: boolean): AiEntry {
  const parts = [partOf(`X..${LONGEST_VALUE}`, true)];
  const relations = { requires: [], excludes: [], qualifiers: undefined };
  return { ai, title: '', predefined: false, isAttribute, parts, min: 1, max: LONGEST_VALUE, ...relations };
}

/** Whether the AI fits a pattern of the dictionary, as `3103` fits `31nn`. */
export function isLike(ai: string, pattern: string): boolean {
  if (ai.length !== pattern.length) return false;
  for (let at = 0; at < ai.length; at += 1) {
    if (pattern[at] !== 'n' && pattern[at] !== ai[at]) return false;
  }
  return true;
}

function entriesOf([ais, flags, components, relations, title]: AiRow): AiEntry[] {
  const forms = components.split(' ');
  const parts = forms.map((form) => partOf(form, forms.length === 1));
  const [first = '', last = first] = ais.split('-');
  const rules = relations.split(' ');
  const shared = {
    title,
    predefined: flags.includes(PREDEFINED),
    isAttribute: flags.includes(ATTRIBUTE),
    parts,
    min: parts.reduce((sum, part) => sum + (part.isOptional ? 0 : part.min), 0),
    max: parts.reduce((sum, part) => sum + part.max, 0),
    requires: valuesOf(rules, 'req=').map((value) => value.split(',').map((all) => all.split('+'))),
    excludes: valuesOf(rules, 'ex=').flatMap((value) => value.split(',')),
    qualifiers: qualifiersOf(rules),
  };
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_none, place) => ({
    ai: String(Number(first) + place).padStart(first.length, '0'),
    ...shared,
  }));
}

function qualifiersOf(rules: readonly string[]): readonly (readonly string[])[] | undefined {
  if (rules.includes('dlpkey')) return [[]];
  const [sequences] = valuesOf(rules, 'dlpkey=');
  return sequences?.split('|').map((sequence) => sequence.split(','));
}

function valuesOf(rules: readonly string[], name: string): string[] {
  return rules.filter((rule) => rule.startsWith(name)).map((rule) => rule.slice(name.length));
}

/** Reads a component such as `N13,csum`, `X..20` or `[N2],mi`. */
function partOf(component: string, isWhole: boolean): AiPart {
  const [form = '', ...names] = component.split(',');
  const [, set = '', upTo, digits] = /^\[?([NXYZ])(\.\.)?(\d+)\]?$/.exec(form) ?? [];
  if (!isSet(set) || !names.every(isLinter)) throw new Error(`the table of AIs has a component ${component}`);
  const max = Number(digits);
  const min = upTo === undefined ? max : 1;
  const isFixed = set === 'N' && min === max && isWhole;
  return { set, min, max, isOptional: form.startsWith('['), linters: names, checks: checksOf(set, names, isFixed) };
}

/** On the hot path a fixed number of digits is looked at once, where the first linter does it anyway. */
function checksOf(set: AiSet, names: readonly LinterName[], isFixed: boolean): Linter[] {
  const [first] = names;
  if (!isFixed || first === undefined || !SEES_DIGITS.includes(first)) {
    return [LINTERS[SET_LINTERS[set]], ...names.map((name) => LINTERS[name])];
  }
  return names.filter((name) => !NEEDS_DIGITS.includes(name)).map((name) => LINTERS[name]);
}

function isSet(set: string): set is AiSet {
  return set in SET_LINTERS;
}

function isLinter(name: string): name is LinterName {
  return name in LINTERS;
}

/** The digit at a place of a text; NaN behind its end and for anything but a digit. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}
