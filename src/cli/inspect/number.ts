import { partsOf } from '#cli/inspect/elements.ts';
import { formsOf } from '#cli/inspect/forms.ts';
import { type Context, type Form, type Report, reportOf } from '#cli/inspect/report.ts';
import { without } from '#cli/inspect/separators.ts';
import { checkDigit, hasCheckDigit, withCheckDigit } from '#gs1/check-digit.ts';
import { type Element, parseElementString } from '#gs1/element-string.ts';

interface Key {
  readonly name: string;
  readonly ai: string;
}

/** Keys of digits alone, by their length. */
const KEYS: Readonly<Record<number, readonly Key[]>> = {
  8: [{ name: 'GTIN-8', ai: '01' }],
  12: [{ name: 'GTIN-12', ai: '01' }],
  13: [
    { name: 'GTIN-13', ai: '01' },
    { name: 'GLN', ai: '414' },
  ],
  14: [{ name: 'GTIN-14', ai: '01' }],
  17: [{ name: 'GSIN', ai: '402' }],
  18: [
    { name: 'SSCC', ai: '00' },
    { name: 'GSRN', ai: '8018' },
  ],
};

/** What the first digits of a GTIN-13 or GTIN-8 tell (GS1 General Specifications §1.4.2). */
const RANGES: readonly (readonly [RegExp, string])[] = [
  [/^952/, 'The prefix 952 is kept for examples.'],
  [/^(02|04|2)/, 'A number in this range has a meaning inside one company or region only.'],
  [/^(978|979)/, 'The prefixes 978 and 979 hold ISBNs.'],
  [/^977/, 'The prefix 977 holds ISSNs.'],
];

/** A bare number: GTIN of any length, GLN, SSCC, GSRN, GSIN. Spaces and hyphens between digits are left out. */
export function inspectNumber(given: string, context: Context): Report | string {
  if (!/^\d[\d -]*$/.test(given)) return 'it has other characters than digits';
  const plain = without(given, /[ -]/g);
  const digits = plain.text;
  const keys = KEYS[digits.length];
  if (keys === undefined) return lengthReason(digits);
  if (!hasCheckDigit(digits) && parsesAsElements(digits)) return 'its last digit is no check digit';
  const spaced = digits === given ? [] : ['Spaces and hyphens are left out.'];
  const names = keys.map(({ name }) => name).join(' or ');
  const notes = [
    ...spaced,
    ...(keys.length > 1 ? [`Both have ${digits.length} digits; which one it is, the use tells.`] : []),
  ];
  return hasCheckDigit(digits)
    ? reportOf(given, { ...soundNumber(digits, keys, context), notes: [...notes, ...rangeNotes(digits)], what: names })
    : reportOf(given, wrongNumber(digits, names, notes, plain.given(digits.length - 1)));
}

/** Digits that begin with a sound element of fixed length are more likely an element string. */
function parsesAsElements(digits: string): boolean {
  return /^(01|02|1[1-7]|20|3[1-6]|41)/.test(digits) && parseElementString(digits).kind === 'parsed';
}

function soundNumber(digits: string, keys: readonly Key[], context: Context) {
  const elements = keys.map(({ name, ai }) => ({ name, element: elementOf(ai, digits) }));
  const parts = elements.flatMap(({ element }) => partsOf([{ ...element, at: 0, length: 0 }], context));
  const forms = elements.flatMap(({ name, element }): Form[] => {
    const all = formsOf([element], context).filter((form) => form.name !== 'HRI');
    return keys.length === 1 ? all : all.map((form) => ({ ...form, name: `as ${name}: ${form.name}` }));
  });
  return { kind: keys.map(({ name }) => name.toLowerCase()).join(' or '), parts, forms };
}

function wrongNumber(digits: string, names: string, notes: readonly string[], position: number) {
  const right = checkDigit(digits.slice(0, -1));
  const whole = withCheckDigit(digits);
  const completed = KEYS[whole.length]?.map(({ name }) => name).join(' or ');
  const missing =
    completed === undefined ? [] : [`If its check digit is missing, the whole number is ${whole} (${completed}).`];
  const message = `expected check digit ${right}, found "${digits.at(-1)}"`;
  return {
    kind: names.toLowerCase(),
    what: `${names} with a wrong check digit`,
    notes: [...notes, ...missing],
    problems: [{ severity: 'error', rule: 'incorrect-check-digit', position, length: 1, message } as const],
  };
}

function elementOf(ai: string, digits: string): Element {
  return { ai, value: ai === '01' ? digits.padStart(14, '0') : digits };
}

function rangeNotes(digits: string): string[] {
  if (digits.length === 18) return [];
  const body = digits.length === 14 ? digits.slice(1) : digits.padStart(13, digits.length === 12 ? '0' : '');
  return RANGES.filter(([pattern]) => pattern.test(body)).map(([, text]) => text);
}

function lengthReason(digits: string): string {
  const whole = withCheckDigit(digits.slice(0, 30));
  const names = KEYS[whole.length]?.map(({ name }) => name).join(' or ');
  const known = `it has ${digits.length} digits, and keys have 8, 12, 13, 14, 17 or 18`;
  return names === undefined ? known : `${known}; with its check digit it would be ${whole} (${names})`;
}
