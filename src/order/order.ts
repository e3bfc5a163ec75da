import type { Gtin } from '#gs1/gtin.ts';

/** What is packed, as far as its identity and its labels go. */
export interface Product {
  readonly gtin: Gtin;
  /** Digits of the GS1 Company Prefix inside the GTIN; comes with the master data, never guessed. */
  readonly gcpLength: number;
  readonly name: string;
  /** Lowest process-control grade that passes, 0.0 to 4.0 times ten. */
  readonly minGrade: number;
}

/** An order that passed the guards of T01 (process.md §4.2): one product, one lot, one run. */
export interface Order {
  readonly order: string;
  readonly product: Product;
  readonly lot: string;
  /** `YYYY-MM-DD`, resolved. */
  readonly expiry: string;
  /** The same day as the code carries it (AI 17). */
  readonly expiryYymmdd: string;
  /** Good items wanted. */
  readonly quantity: number;
  readonly overagePercent: number;
  /** Serials to allocate: quantity and overage, rounded up. */
  readonly allocate: number;
  /** Two-letter country code. */
  readonly market: string;
}
