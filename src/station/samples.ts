import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OrderFile } from '#contract/order-file.ts';
import type { SampleOrder } from '#contract/workstation.ts';

/** The ready orders that come with the product, smallest first. */
export function sampleOrders(resources: string): SampleOrder[] {
  return sampleFiles(resources)
    .flatMap((file) => {
      const order = OrderFile.safeParse(JSON.parse(readFileSync(join(resources, 'orders', file), 'utf8')));
      if (!order.success) return [];
      const { product, lot, quantity } = order.data;
      return [{ file, order: order.data.order, product: product.name, lot, quantity }];
    })
    .sort((a, b) => a.quantity - b.quantity);
}

/**
 * A sample as order text. An order is carried out once, so a sample that was imported before comes with the next free
 * suffix: a trainee can take the same one every day.
 */
export function readSample(resources: string, file: string, known: readonly string[]): string | undefined {
  if (!sampleFiles(resources).includes(file)) return undefined;
  const order: { order: string } = JSON.parse(readFileSync(join(resources, 'orders', file), 'utf8'));
  const taken = new Set(known);
  let name = order.order;
  for (let copy = 2; taken.has(name); copy += 1) name = `${order.order}-${copy}`;
  return JSON.stringify({ ...order, order: name });
}

function sampleFiles(resources: string): string[] {
  return readdirSync(join(resources, 'orders')).filter((file) => file.endsWith('.json'));
}
