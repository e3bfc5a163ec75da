const ZERO = 48;

/**
 * The GS1 mod-10 check digit (0..9) of a body of digits: weights 3 and 1 alternate, 3 at the right
 * (GS1 General Specifications §7.9). One routine serves GTIN, SSCC, GLN, GSIN and GSRN.
 * The caller has made sure that `body` holds digits only.
 */
export function checkDigit(body: string): number {
  return checkDigitOf(body, 0, body.length);
}

/** The same over `text[from, to)`, for parsers that do not want to cut the text first. */
export function checkDigitOf(text: string, from: number, to: number): number {
  let sum = 0;
  let weight = 3;
  for (let at = to - 1; at >= from; at -= 1) {
    sum += (text.charCodeAt(at) - ZERO) * weight;
    weight = 4 - weight;
  }
  return (10 - (sum % 10)) % 10;
}

/** Whether the last digit of `key` is the check digit of the others. */
export function hasCheckDigit(key: string): boolean {
  return key.length > 1 && checkDigitOf(key, 0, key.length - 1) === key.charCodeAt(key.length - 1) - ZERO;
}

/** A body of digits with its check digit behind it. */
export function withCheckDigit(body: string): string {
  return `${body}${checkDigit(body)}`;
}
