declare const brand: unique symbol;

/** A 14-digit Global Trade Item Number whose check digit has been verified. */
export type Gtin = string & { readonly [brand]: 'Gtin' };
