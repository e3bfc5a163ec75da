import { z } from 'zod';

/**
 * An order as Level 4 hands it over: one product, one lot. `expiry` is YYYY-MM-DD, or `+24m` in samples (relative to
 * the day of import). Check digit, prefix length and dates are judged after this shape by `order/import-order.ts`.
 */
export const OrderFile = z.strictObject({
  $schema: z.string().optional(),
  order: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/, 'must be 1 to 40 letters, digits, dots, dashes or underscores'),
  product: z.strictObject({
    gtin: z.string().regex(/^\d{14}$/, 'must be 14 digits'),
    gcpLength: z.int().min(4).max(12),
    name: z.string().min(1).max(80),
    minGrade: z.number().min(0).max(4),
  }),
  lot: z.string().regex(/^[!"%-?A-Z_a-z]{1,20}$/, 'must be 1 to 20 characters of GS1 character set 82'),
  expiry: z.string().regex(/^(\d{4}-\d{2}-\d{2}|\+\d{1,3}m)$/, 'must be YYYY-MM-DD, or +24m in a sample'),
  quantity: z.int().min(1).max(10_000_000),
  overagePercent: z.number().min(0).max(1000),
  market: z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code'),
});
export type OrderFile = z.infer<typeof OrderFile>;

/** The published JSON Schema of the order file (resources/schemas/order.schema.json is generated from it). */
export function orderFileSchema(): object {
  return z.toJSONSchema(OrderFile, { target: 'draft-7' });
}
