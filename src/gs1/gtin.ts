import { hasCheckDigit } from '#gs1/check-digit.ts';

declare const brand: unique symbol;

/** A 14-digit Global Trade Item Number whose check digit has been verified. */
export type Gtin = string & { readonly [brand]: 'Gtin' };

/** The GTIN in `text`: 14 digits with the right check digit. Shorter forms are refused, because a line stores 14. */
export function parseGtin(text: string): Gtin | undefined {
  return isGtin(text) ? text : undefined;
}

/** Shortest and longest GS1 Company Prefix an EPC can carry (EPC Tag Data Standard, partition tables). */
export const GCP_LENGTHS = { min: 6, max: 12 } as const;

/**
 * Whether a company prefix of `length` digits can be cut out of this GTIN: 6 to 12 digits, and not only the zeros
 * that fill up a shorter number. The true length cannot be derived from the GTIN; it comes with the master data.
 */
export function hasCompanyPrefix(gtin: Gtin, length: number): boolean {
  if (!Number.isInteger(length) || length < GCP_LENGTHS.min || length > GCP_LENGTHS.max) return false;
  return !/^0+$/.test(gtin.slice(1, 1 + length));
}

function isGtin(text: string): text is Gtin {
  return /^\d{14}$/.test(text) && hasCheckDigit(text);
}
