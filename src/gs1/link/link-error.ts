import { aiEntry } from '#gs1/ai-table.ts';
import { type AssociationFault, associationFaults } from '#gs1/associations.ts';
import type { Rule } from '#gs1/element-rules.ts';
import type { Element } from '#gs1/element-string.ts';

/** What a Digital Link says. `elements` are key, qualifiers and attributes, in the order of the URI. */
export interface DigitalLink {
  /** All that stands in front of the key, without the last slash. */
  readonly stem: string;
  readonly key: Element;
  readonly qualifiers: readonly Element[];
  readonly attributes: readonly Element[];
  readonly elements: readonly Element[];
  /** Parts of the query, and the fragment, that mean nothing to GS1, as they stand. */
  readonly ignored: readonly string[];
}

/** The rules of the Digital Link, beside those of elements and their associations. */
export type LinkRule =
  | Rule
  | AssociationFault['rule']
  | 'not-a-uri'
  | 'uri-character'
  | 'no-key'
  | 'order'
  | 'no-attribute'
  | 'in-path';

/** Why a text is no Digital Link. `position` counts characters of the URI, from 0. */
export interface LinkError {
  readonly ai: string | undefined;
  readonly position: number;
  readonly length: number;
  readonly rule: LinkRule;
  /** What would have been right, for people. */
  readonly expected: string;
}

/** Why elements cannot be written as a Digital Link. */
export type BuildError = Omit<LinkError, 'position' | 'length'>;

/**
 * Why these elements cannot be the path and the query of one Digital Link: their order, an AI that belongs elsewhere, an
 * AI twice, elements that may not stand together. `place` is that of the element among path and attributes.
 */
export function structureFault(
  path: readonly Element[],
  attributes: readonly Element[],
  permitAssociations: boolean,
): (BuildError & { readonly place: number }) | undefined {
  const sequences = aiEntry(path[0]?.ai ?? '')?.qualifiers ?? [];
  const qualifiers = path.slice(1).map(({ ai }) => ai);
  const elements = [...path, ...attributes];
  const seen = new Set<string>();
  for (const [place, { ai }] of elements.entries()) {
    if (seen.has(ai)) return { place, ai, rule: 'duplicate', expected: 'each Application Identifier once' };
    seen.add(ai);
    const isMissingInPath =
      place >= path.length &&
      sequences.some((one) => one.includes(ai) && qualifiers.every((other) => one.includes(other)));
    if (isMissingInPath) return { place, ai, rule: 'in-path', expected: `(${ai}) in the path of this key` };
  }
  if (permitAssociations) return undefined;
  const [first] = associationFaults(elements);
  return first;
}
