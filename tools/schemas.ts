import { mkdirSync, writeFileSync } from 'node:fs';
import { lineFileSchema } from '#contract/line-file.ts';
import { orderFileSchema } from '#contract/order-file.ts';

// Writes the published schemas from the contract. A test compares the committed files with it; format them with Biome.
const folder = new URL('../resources/schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, schema] of [
  ['order', orderFileSchema()],
  ['line', lineFileSchema()],
] as const) {
  writeFileSync(new URL(`${name}.schema.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
