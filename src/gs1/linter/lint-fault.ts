/**
 * What a component may not be, and what it should have been. The names are those of the GS1 Barcode Syntax Dictionary
 * linters, in our spelling; coupon rules (`coupon-…`) bring their own sentence.
 */
const EXPECTED = {
  'non-digit-character': 'a digit',
  'invalid-cset82-character': 'a character of GS1 character set 82',
  'invalid-cset39-character': 'a character of GS1 character set 39 (A-Z 0-9 # - /)',
  'invalid-cset64-character': 'a character of GS1 character set 64 (A-Z a-z 0-9 - _)',
  'invalid-cset64-padding': 'as many = as fill up the last group of three, or none',
  'too-short-for-check-digit': 'digits and their check digit',
  'incorrect-check-digit': 'the right check digit',
  'too-short-for-check-pair': 'characters and their check character pair',
  'too-long-for-check-pair-implementation': 'at most 99 characters',
  'incorrect-check-pair': 'the right check character pair',
  'too-short-for-gcp': 'a GS1 Company Prefix of at least 4 digits',
  'invalid-gcp-prefix': 'a digit of the GS1 Company Prefix',
  'requires-non-digit-character': 'at least one character that is no digit',
  'hour-too-short': 'two digits of an hour',
  'hour-too-long': 'two digits of an hour',
  'illegal-hour': 'an hour from 00 to 23',
  'minute-too-short': 'two digits of a minute',
  'minute-too-long': 'two digits of a minute',
  'illegal-minute': 'a minute from 00 to 59',
  'second-too-short': 'two digits of a second',
  'second-too-long': 'two digits of a second',
  'illegal-second': 'a second from 00 to 59',
  'hour-with-minute-too-short': 'a time as HHMI',
  'hour-with-minute-too-long': 'a time as HHMI',
  'date-too-short': 'all digits of a date',
  'date-too-long': 'no more than the digits of a date',
  'illegal-month': 'a month from 01 to 12',
  'illegal-day': 'a day that exists in this month',
  'not-hyphen': 'hyphens only',
  'importer-idx-must-be-one-character': 'one character',
  'invalid-import-idx-character': 'a letter, a digit, - or _',
  'illegal-zero-value': 'a number above zero',
  'illegal-zero-prefix': 'a number without leading zero',
  'not-zero': 'zeros only',
  'iban-too-short': 'an IBAN of at least 15 characters',
  'iban-too-long': 'an IBAN of at most 34 characters',
  'invalid-iban-character': 'a digit or a capital letter',
  'illegal-iban-country-code': 'an IBAN that begins with a country code of ISO 3166',
  'incorrect-iban-checksum': 'the right check digits of the IBAN',
  'not-iso3166': 'a numeric country code of ISO 3166',
  'not-iso3166-or-999': 'a numeric country code of ISO 3166, or 999',
  'not-iso3166-alpha2': 'a country code of ISO 3166 in two letters',
  'not-iso4217': 'a numeric currency code of ISO 4217',
  'invalid-biological-sex-code': '0, 1, 2 or 9 (ISO/IEC 5218)',
  'latitude-invalid-length': 'ten digits of a latitude',
  'invalid-latitude': 'a latitude up to 1800000000',
  'longitude-invalid-length': 'ten digits of a longitude',
  'invalid-longitude': 'a longitude up to 3600000000',
  'invalid-media-type': 'an AIDC media type: 01 to 10, or 80 to 99',
  'invalid-package-type': 'a package type code of UN/ECE Recommendation 21 or GS1',
  'invalid-percent-sequence': 'two hexadecimal digits behind %',
  'invalid-length-for-piece-of-total': 'as many digits for the piece as for the total',
  'zero-piece-number': 'a piece number above zero',
  'zero-total-pieces': 'a total above zero',
  'piece-number-exceeds-total': 'a piece number up to the total',
  'position-in-sequence-malformed': 'position/end',
  'position-exceeds-end': 'a position up to the end',
  'invalid-winding-direction': '0, 1 or 9',
  'not-zero-or-one': '0 or 1',
} as const satisfies Record<string, string>;

/** The rule of the dictionary that a component broke. */
export type LintRule = keyof typeof EXPECTED | `coupon-${string}`;

/** What is wrong in a component: `length` characters at `position` of the text it stands in. */
export interface LintFault {
  readonly position: number;
  readonly length: number;
  readonly rule: LintRule;
  /** What would have been right, for people. */
  readonly expected: string;
}

/** Judges the component in `text[from, to)`. Undefined when it is sound, and then nothing has been allocated. */
export type Linter = (text: string, from: number, to: number) => LintFault | undefined;

/** The fault that `text[from, to)` is. */
export function fault(rule: keyof typeof EXPECTED, from: number, to: number, expected?: string): LintFault {
  return { position: from, length: to - from, rule, expected: expected ?? EXPECTED[rule] };
}
