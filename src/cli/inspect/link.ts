import { associationProblems, type PlacedElement, partsOf, valueProblem } from '#cli/inspect/elements.ts';
import { formsOf } from '#cli/inspect/forms.ts';
import { type Context, type Finding, type Report, reportOf } from '#cli/inspect/report.ts';
import { type AiEntry, aiEntry } from '#gs1/ai-table.ts';
import { faultIn } from '#gs1/element-rules.ts';
import { type LinkOptions, parseDigitalLink } from '#gs1/link/digital-link.ts';
import { canonicalLink } from '#gs1/link/digital-link-build.ts';
import { cutUri, unescapeUri } from '#gs1/link/digital-link-syntax.ts';
import type { DigitalLink, LinkError } from '#gs1/link/link-error.ts';

/** What old links have that a Digital Link may not have any more, and how to say so. */
const TOLERANCES: readonly (readonly [LinkOptions, string])[] = [
  [{ permitShortGtin: true }, 'It could be read if the GTIN had its 14 digits: fill it up with zeros from the left.'],
  [{ permitNames: true }, 'It could be read with names such as "gtin" in place of AIs; they were withdrawn in 2020.'],
  [
    { permitNames: true, permitShortGtin: true },
    'It could be read with names in place of AIs and with a GTIN of fewer than 14 digits; neither is allowed any more.',
  ],
  [{ permitUnknown: true }, 'It could be read but for an Application Identifier that is not known here.'],
];

/** A URI, or undefined when the text is none; a domain without scheme is completed. */
export function inspectLink(given: string, context: Context): Report | string {
  if (/^https?:\/\//i.test(given)) return linkReport(given, given, 0, context);
  const isBare = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?\/\S*\/\d/.test(given);
  if (!isBare) return 'it does not begin with http:// or https://';
  const report = linkReport(given, `https://${given}`, -'https://'.length, context);
  return { ...report, notes: ['https:// was put in front.', ...report.notes] };
}

/** The report on a URI that stands `offset` characters behind the beginning of what was given. */
export function linkReport(given: string, uri: string, offset: number, context: Context): Report {
  const parsed = parseDigitalLink(uri, { permitAssociations: true });
  if (parsed.kind === 'malformed') return malformedLink(given, uri, parsed.error, offset, context);
  return soundLink(given, uri, parsed.link, offset, context);
}

/** What keeps a URI from being a Digital Link, and what can be read of it all the same. */
function malformedLink(given: string, uri: string, error: LinkError, offset: number, context: Context): Report {
  const tolerated = tolerate(uri);
  const elements = tolerated?.elements ?? looseElements(uri);
  const isLink = elements.length > 0 || error.rule !== 'no-key';
  const position = Math.max(0, error.position + offset);
  return reportOf(given, {
    kind: isLink ? 'digital-link' : 'web-address',
    what: isLink ? 'GS1 Digital Link URI, malformed' : 'Web address, no GS1 Digital Link',
    notes: tolerated === undefined ? compressedNotes(uri) : [tolerated.note],
    parts: partsOf(elements, context),
    problems: [{ ...valueProblem(error.ai, error, uri), position, length: error.length }],
  });
}

function soundLink(given: string, uri: string, link: DigitalLink, offset: number, context: Context): Report {
  const place = (ai: string): number => Math.max(0, uri.search(new RegExp(`[/?&]${ai}[/=]`)) + 1 + offset);
  const elements = link.elements.map((one) => ({ ...one, at: place(one.ai), length: one.ai.length }));
  const canonical = canonicalLink(link);
  const isCanonical = canonical === uri;
  const ignored = link.ignored.length === 0 ? [] : [`Means nothing to GS1: ${link.ignored.join(' ')}`];
  const problems = [...associationProblems(elements), ...schemeProblems(uri, offset)];
  return reportOf(given, {
    kind: 'digital-link',
    what: `GS1 Digital Link URI on ${link.stem.replace(/^https?:\/\//i, '')}`,
    notes: [...ignored, isCanonical ? 'It is in its canonical form.' : `Its canonical form is ${canonical}`],
    parts: partsOf(elements, context),
    forms: formsOf(link.elements, context),
    problems,
  });
}

function schemeProblems(uri: string, offset: number): Finding[] {
  if (!/^http:/i.test(uri) || offset < 0) return [];
  const message = 'http is not encrypted: a link on a pack should begin with https';
  return [{ severity: 'warning', rule: 'plain-http', position: offset, length: 4, message }];
}

/** The compressed form has neither AIs nor slashes; it is a standard of its own, and rare. */
function compressedNotes(uri: string): string[] {
  const isLikely = /^https?:\/\/id\.[^/]+\/(?:\d+\/\d+\/)?[A-Za-z0-9_-]{8,}$/i.test(uri);
  return isLikely
    ? ['It may be a compressed Digital Link; those are not read here. Ask for the uncompressed form.']
    : [];
}

interface Tolerated {
  readonly note: string;
  readonly elements: readonly PlacedElement[];
}

function tolerate(uri: string): Tolerated | undefined {
  for (const [options, note] of TOLERANCES) {
    const parsed = parseDigitalLink(uri, { ...options, permitAssociations: true });
    if (parsed.kind === 'malformed') continue;
    return { note, elements: parsed.link.elements.map((one) => ({ ...one, at: 0, length: 0 })) };
  }
  return undefined;
}

/** Pairs of AI and value in the path, as far as there are any: so that people see what could be read. */
function looseElements(uri: string): PlacedElement[] {
  const parts = cutUri(uri);
  if (parts === undefined) return [];
  const { segments } = parts;
  const first = segments.findIndex((segment) => aiEntry(segment)?.qualifiers !== undefined);
  if (first === -1) return [];
  const pairs = segments.slice(first, first + 20).flatMap((ai, place, all) => {
    const entry = place % 2 === 0 ? aiEntry(ai) : undefined;
    const raw = all[place + 1];
    return entry === undefined || raw === undefined ? [] : [loose(entry, unescapeUri(raw, 'path'))];
  });
  return pairs;
}

function loose(entry: AiEntry, value: string): PlacedElement {
  const fault = faultIn(entry, value, 0, value.length);
  const wrong = fault === undefined ? {} : { expected: fault.expected };
  return { ai: entry.ai, value, at: 0, length: 0, ...wrong };
}
