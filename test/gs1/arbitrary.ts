import fc from 'fast-check';
import { AI_TABLE, type AiEntry, type AiPart, aiEntry } from '#gs1/ai-table.ts';
import { CSET82_ORDER } from '#gs1/character-set.ts';
import { checkDigit } from '#gs1/check-digit.ts';
import type { Element } from '#gs1/element-string.ts';
import { checkPair } from '#gs1/linter/check-linters.ts';
import { COUNTRIES, COUNTRY_NUMBERS, CURRENCY_NUMBERS, PACKAGE_TYPES } from '#gs1/linter/code-lists.ts';
import type { LinterName } from '#gs1/linter/linters.ts';

const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const UNITS: Record<AiPart['set'], string> = {
  N: DIGITS,
  X: CSET82_ORDER,
  Y: `#-/${DIGITS}${CAPITALS}`,
  Z: `${DIGITS}${CAPITALS}${CAPITALS.toLowerCase()}-_`,
};

const text = (symbols: string, minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...symbols), minLength, maxLength });
const number = (min: number, max: number, length: number) =>
  fc.integer({ min, max }).map((value) => String(value).padStart(length, '0'));
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));

/** `length` digits. */
export const digits = (length: number): fc.Arbitrary<string> => text(DIGITS, length);

/** Digits that end with their check digit. */
export const checked = (length: number): fc.Arbitrary<string> =>
  digits(length - 1).map((body) => `${body}${checkDigit(body)}`);

const day = (first: number) => joined(number(1, 12, 2), number(first, 28, 2));

/** Sound components by the rule that shapes them; where two rules meet, the first one listed here does. */
const SHAPES: readonly (readonly [LinterName, (part: AiPart) => fc.Arbitrary<string>])[] = [
  ['csumalpha', ({ max }) => joined(digits(4), text(UNITS.X, 1, max - 7), fc.constant('x')).map(withPair)],
  ['csum', ({ max }) => checked(max)],
  ['gcppos1', ({ set, max }) => joined(digits(4), text(UNITS[set], 1, max - 4))],
  ['yymmdd', () => joined(digits(2), day(1))],
  ['yymmd0', () => joined(digits(2), day(0))],
  ['yyyymmdd', () => joined(number(1900, 2099, 4), day(1))],
  ['hhmi', () => joined(number(0, 23, 2), number(0, 59, 2))],
  ['hh', () => number(0, 23, 2)],
  ['mi', () => number(0, 59, 2)],
  ['ss', () => number(0, 59, 2)],
  [
    'pieceoftotal',
    () => fc.integer({ min: 1, max: 99 }).chain((all) => joined(number(1, all, 2), number(all, all, 2))),
  ],
  [
    'posinseqslash',
    () => fc.integer({ min: 1, max: 9 }).chain((all) => number(1, all, 1).map((one) => `${one}/${all}`)),
  ],
  ['latitude', () => number(0, 1_800_000_000, 10)],
  ['longitude', () => number(0, 2_000_000_000, 10)],
  ['mediatype', () => fc.oneof(number(1, 10, 2), number(80, 99, 2))],
  ['yesno', () => text('01', 1)],
  ['winding', () => text('019', 1)],
  ['iso5218', () => text('0129', 1)],
  ['nonzero', ({ max }) => number(1, 10 ** max - 1, max)],
  ['zero', ({ max }) => fc.constant('0'.repeat(max))],
  ['nozeroprefix', ({ max }) => joined(text('123456789', 1), text(DIGITS, 0, max - 1))],
  ['hyphen', ({ max }) => fc.constant('-'.repeat(max))],
  ['importeridx', () => text(UNITS.Z, 1)],
  ['pcenc', ({ max }) => text(UNITS.X.replace('%', ''), 1, max - 3).map((value) => `${value}%2F`)],
  ['iso3166', () => fc.constantFrom(...COUNTRY_NUMBERS)],
  ['iso3166999', () => fc.constantFrom('999', ...COUNTRY_NUMBERS)],
  ['iso3166alpha2', () => fc.constantFrom(...COUNTRIES)],
  ['iso4217', () => fc.constantFrom(...CURRENCY_NUMBERS)],
  ['packagetype', () => fc.constantFrom(...PACKAGE_TYPES)],
  ['iban', () => fc.constantFrom('FR7630006000011234567890189', 'GB98MIDL07009312345678', 'BE71096123456769')],
  ['couponcode', () => fc.constantFrom('012345612345611110123', '10614141011111275110111')],
  ['couponposoffer', () => fc.constantFrom('001234561234560123456', '0012345612345611234567')],
];

function withPair(body: string): string {
  return `${body}${checkPair(body)}`;
}

function componentOf(part: AiPart): fc.Arbitrary<string> {
  const shape = SHAPES.find(([linter]) => part.linters.includes(linter));
  return shape === undefined ? text(UNITS[part.set], part.min, part.max) : shape[1](part);
}

/** Sound values of an AI. */
export function valueFor(entry: AiEntry): fc.Arbitrary<string> {
  const needed = entry.parts.filter((part) => !part.isOptional);
  const optional = entry.parts.filter((part) => part.isOptional);
  return fc.nat(optional.length).chain((count) => joined(...[...needed, ...optional.slice(0, count)].map(componentOf)));
}

/** Sound elements: any AIs of the table, each once, in any order; `ais` narrows the choice. */
export function soundElements(ais?: readonly string[]): fc.Arbitrary<Element[]> {
  const entries = ais === undefined ? AI_TABLE : ais.map(entryOf);
  return fc
    .uniqueArray(fc.constantFrom(...entries), { minLength: 1, maxLength: 12 })
    .chain((chosen) => fc.tuple(...chosen.map(elementOf)));
}

/** A sound element of one AI. */
export function elementOf(entry: AiEntry): fc.Arbitrary<Element> {
  return valueFor(entry).map((value) => ({ ai: entry.ai, value }));
}

export function entryOf(ai: string): AiEntry {
  const entry = aiEntry(ai);
  if (entry === undefined) throw new Error(`no AI ${ai}`);
  return entry;
}

/** Texts that look like a code for a while: pieces of codes in any notation, separators, digits, anything. */
export const crooked: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom('01', '10', '17', '21', '240', '8003', '414', '09521234543213', '0109521234543213', '17281130'),
      fc.constantFrom(
        '\u001d',
        '^',
        '(01)',
        '(',
        ')',
        '\\(',
        '10LOT',
        '21S1',
        'https://',
        '/',
        '?',
        '&',
        '=',
        '%',
        '%2',
      ),
      fc.constantFrom(
        ']d2',
        ']Q1',
        ']E0',
        'urn:epc:',
        'id:',
        'sgtin:',
        '.',
        '*',
        '#',
        '[)>\u001e06\u001d',
        '\u001e\u0004',
      ),
      fc.string({ maxLength: 8 }),
      fc.string({ unit: 'binary', maxLength: 4 }),
      digits(6),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));
