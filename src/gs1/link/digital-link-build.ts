import { aiEntry } from '#gs1/ai-table.ts';
import { entryOf } from '#gs1/bracketed.ts';
import { faultIn } from '#gs1/element-rules.ts';
import type { Element } from '#gs1/element-string.ts';
import { escapeDigitalLink } from '#gs1/escape.ts';
import { CANONICAL_STEM } from '#gs1/link/digital-link-syntax.ts';
import { type BuildError, type DigitalLink, structureFault } from '#gs1/link/link-error.ts';

/** How a Digital Link is written. */
export interface BuildOptions {
  /** Scheme, domain and path in front of the key; the canonical domain unless given. */
  readonly stem?: string;
  /** Let AIs into the query that the table does not know. */
  readonly permitUnknown?: boolean;
  /** Write elements that may not stand together, or not alone: what another symbol on the item makes good. */
  readonly permitAssociations?: boolean;
}

export type BuiltLink =
  | { readonly kind: 'built'; readonly uri: string }
  | { readonly kind: 'refused'; readonly error: BuildError };

/**
 * Writes elements as a Digital Link: the first key is the key of the path, its qualifiers follow in their order, all
 * others become attributes, those of pre-defined length first. Identical repeats are written once.
 */
export function buildDigitalLink(elements: readonly Element[], options: BuildOptions = {}): BuiltLink {
  const once = withoutRepeats(elements);
  const unsound = once.map((element) => unsoundness(element, options)).find((error) => error !== undefined);
  if (unsound !== undefined) return { kind: 'refused', error: unsound };
  const key = once.find(({ ai }) => aiEntry(ai)?.qualifiers !== undefined);
  if (key === undefined) return refused(undefined, 'no-key', 'an element that is a key');
  const qualifiers = qualifiersOf(key, once);
  if (qualifiers === undefined) return refused(key.ai, 'order', 'qualifiers of one alternative of this key');
  const rest = once.filter((element) => element !== key && !qualifiers.includes(element));
  const homeless = rest.find(({ ai }) => entryOf(ai, options)?.isAttribute !== true);
  if (homeless !== undefined) return refused(homeless.ai, 'no-attribute', 'an AI that may be an attribute of a link');
  const attributes = [...rest.filter(({ ai }) => isPredefined(ai)), ...rest.filter(({ ai }) => !isPredefined(ai))];
  const wrong = structureFault([key, ...qualifiers], attributes, options.permitAssociations === true);
  if (wrong !== undefined) return refused(wrong.ai, wrong.rule, wrong.expected);
  return { kind: 'built', uri: writeUri(options.stem ?? CANONICAL_STEM, [key, ...qualifiers], attributes) };
}

/** The canonical form of a link that was read: canonical domain, nothing that was ignored, escapes in upper case. */
export function canonicalLink({ key, qualifiers, attributes }: DigitalLink): string {
  return writeUri(CANONICAL_STEM, [key, ...qualifiers], attributes);
}

/** Per key, the qualifiers that make a thing of a class or a part of a place; the most specific first. */
const SPECIFIC: Readonly<Record<string, readonly string[]>> = {
  '01': ['21', '10', '235'],
  '8006': ['21', '10'],
  '414': ['254'],
  '8010': ['8011'],
};

/** Keys that EPCIS knows as identifiers of things, classes, places and parties (EPCIS 2.0, §8.9 constrained subset). */
const EPCIS_KEYS: readonly string[] = [
  ...['00', '01', '253', '255', '401', '402', '414', '417'],
  ...['8003', '8004', '8006', '8010', '8017', '8018'],
];

/**
 * The constrained form for EPCIS: the most specific identification and nothing else, on the canonical domain. Undefined
 * for a key that identifies nothing there.
 */
export function constrainedLink({ key, qualifiers }: Pick<DigitalLink, 'key' | 'qualifiers'>): string | undefined {
  if (!EPCIS_KEYS.includes(key.ai)) return undefined;
  const specific = (SPECIFIC[key.ai] ?? []).map((ai) => qualifiers.find((one) => one.ai === ai));
  const most = specific.find((one) => one !== undefined);
  return writeUri(CANONICAL_STEM, most === undefined ? [key] : [key, most], []);
}

/** The qualifiers of a key, in their order; undefined when they belong to more than one alternative. */
function qualifiersOf(key: Element, elements: readonly Element[]): Element[] | undefined {
  const sequences = aiEntry(key.ai)?.qualifiers ?? [];
  const present = elements.filter(({ ai }) => sequences.some((sequence) => sequence.includes(ai)));
  const sequence = sequences.find((one) => present.every(({ ai }) => one.includes(ai)));
  return sequence?.flatMap((ai) => present.filter((element) => element.ai === ai));
}

function withoutRepeats(elements: readonly Element[]): Element[] {
  const seen = new Map(elements.map((element) => [`${element.ai} ${element.value}`, element]));
  return [...seen.values()];
}

function unsoundness({ ai, value }: Element, options: BuildOptions): BuildError | undefined {
  const entry = entryOf(ai, options);
  if (entry === undefined) return { ai, rule: 'unknown-ai', expected: 'an Application Identifier' };
  const fault = faultIn(entry, value, 0, value.length);
  return fault === undefined ? undefined : { ai, rule: fault.rule, expected: fault.expected };
}

function writeUri(stem: string, path: readonly Element[], query: readonly Element[]): string {
  const steps = path.map(({ ai, value }) => `/${ai}/${escapeDigitalLink(value)}`).join('');
  const attributes = query.map(({ ai, value }) => `${ai}=${escapeDigitalLink(value)}`).join('&');
  return `${stem.replace(/\/$/, '')}${steps}${attributes === '' ? '' : `?${attributes}`}`;
}

function isPredefined(ai: string): boolean {
  return aiEntry(ai)?.predefined === true;
}

function refused(ai: string | undefined, rule: BuildError['rule'], expected: string): BuiltLink {
  return { kind: 'refused', error: { ai, rule, expected } };
}
