import { CSET82, CSET82_ORDER, NUMERIC, strangerIn } from '#gs1/character-set.ts';
import { checkDigitOf } from '#gs1/check-digit.ts';
import { csetnumeric } from '#gs1/linter/character-linters.ts';
import { COUNTRIES } from '#gs1/linter/code-lists.ts';
import { fault, type LintFault } from '#gs1/linter/lint-fault.ts';

/** Digits whose last one is the mod-10 check digit of the others. */
export function csum(text: string, from: number, to: number): LintFault | undefined {
  if (from === to) return fault('too-short-for-check-digit', from, to);
  let sum = 0;
  let weight = 1;
  for (let at = to - 1; at >= from; at -= 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return csetnumeric(text, from, to);
    sum += digit * weight;
    weight = weight === 1 ? 3 : 1;
  }
  if (sum % 10 === 0) return undefined;
  return fault('incorrect-check-digit', to - 1, to, `check digit ${checkDigitOf(text, from, to - 1)}`);
}

const LONGEST_CHECKED = 99;
const CHECK_SYMBOLS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIMES = firstPrimes(LONGEST_CHECKED - 2);

/**
 * Characters of set 82 that end with their check character pair (GS1 General Specifications §7.9.5): values times the
 * primes 2, 3, 5 … from the right, the sum modulo 1021 written in base 32.
 */
export function csumalpha(text: string, from: number, to: number): LintFault | undefined {
  if (to - from < 2) return fault('too-short-for-check-pair', from, to);
  if (to - from > LONGEST_CHECKED) return fault('too-long-for-check-pair-implementation', from, to);
  const stranger = strangerIn(text, CSET82, from, to - 2);
  if (stranger !== -1) return fault('invalid-cset82-character', stranger, stranger + 1);
  const right = checkPair(text.slice(from, to - 2));
  return text.startsWith(right, to - 2) ? undefined : fault('incorrect-check-pair', to - 2, to, `check pair ${right}`);
}

/** The check character pair of a body of up to 97 characters of set 82, as a GMN ends with it. */
export function checkPair(body: string): string {
  let sum = 0;
  for (let at = 0; at < body.length; at += 1) {
    sum += CSET82_ORDER.indexOf(body[at] ?? '') * (PRIMES[body.length - 1 - at] ?? 0);
  }
  sum %= 1021;
  return `${CHECK_SYMBOLS[sum >> 5]}${CHECK_SYMBOLS[sum & 31]}`;
}

const SHORTEST_PREFIX = 4;

/** Begins with a GS1 Company Prefix; the shortest there are have 4 digits. */
export function gcppos1(text: string, from: number, to: number): LintFault | undefined {
  if (to - from < SHORTEST_PREFIX) return fault('too-short-for-gcp', from, to);
  const stranger = strangerIn(text, NUMERIC, from, from + SHORTEST_PREFIX);
  return stranger === -1 ? undefined : fault('invalid-gcp-prefix', stranger, stranger + 1);
}

/** Has a GS1 Company Prefix behind its first character, the indicator or extension digit. */
export function gcppos2(text: string, from: number, to: number): LintFault | undefined {
  return to - from < 2 ? fault('too-short-for-gcp', from, to) : gcppos1(text, from + 1, to);
}

/** Shortest and longest IBAN there is room for (ISO 13616; the shortest in use is Norway's). */
const IBAN = { shortest: 15, longest: 34 };

/** An International Bank Account Number: country, mod-97 check digits, account. */
export function iban(text: string, from: number, to: number): LintFault | undefined {
  if (to - from > IBAN.longest) return fault('iban-too-long', from, to);
  if (to - from >= 2 && !COUNTRIES.has(text.slice(from, from + 2))) {
    return fault('illegal-iban-country-code', from, from + 2);
  }
  if (to - from < IBAN.shortest) return fault('iban-too-short', from, to);
  for (let at = from; at < to; at += 1) {
    if (!/[0-9A-Z]/.test(text[at] ?? '')) return fault('invalid-iban-character', at, at + 1);
  }
  const turned = text.slice(from + 4, to) + text.slice(from, from + 4);
  let rest = 0;
  for (const symbol of turned) {
    const value = Number.parseInt(symbol, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1 ? undefined : fault('incorrect-iban-checksum', from + 2, from + 4);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
