import type { CodeFound } from '#contract/inspection.ts';
import { type Element, parseElementString } from '#gs1/element-string.ts';
import { parseDigitalLink } from '#gs1/link/digital-link.ts';
import type { ExpectedText } from '#vision/inspect/messages.ts';

/** What is in each item's own code, and printed beside it. */
const FROM_CODE: Readonly<Record<string, string>> = { gtin: '01', serial: '21' };

/** What texts may refer to: what the order says, and of the item's code, what differs from item to item. */
export function valuesFor(ordered: ExpectedText, code: CodeFound | undefined): ExpectedText {
  const elements = code === undefined ? [] : elementsOf(code);
  const read = Object.entries(FROM_CODE).flatMap(([name, ai]) => {
    const element = elements.find((each) => each.ai === ai);
    return element === undefined ? [] : [[name, element.value] as const];
  });
  // The order has the last word: a line of text is compared with what should be there.
  return { ...Object.fromEntries(read), ...ordered };
}

function elementsOf({ text, aim }: CodeFound): readonly Element[] {
  const parsed = parseElementString(text, aim);
  if (parsed.kind !== 'malformed') return parsed.elements;
  const parsedLink = parseDigitalLink(text);
  if (parsedLink.kind === 'malformed') return [];
  const { key, qualifiers, attributes } = parsedLink.link;
  return [key, ...qualifiers, ...attributes];
}

/** The text with its places filled in; undefined when it asks for what nobody knows. */
export function filled(text: string, values: ExpectedText): string | undefined {
  let isKnown = true;
  const result = text.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name];
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown ? result : undefined;
}
