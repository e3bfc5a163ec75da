import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LineFile, lineFileSchema } from '#contract/line-file.ts';
import { OrderFile, orderFileSchema } from '#contract/order-file.ts';
import { importOrder } from '#order/import-order.ts';

/** What this test asks of a geometry file. */
const Geometry = z.object({
  positions: z.object({ cameraTrigger: z.number(), cameraAxis: z.number() }),
  belt: z.object({ pulsesPerMm: z.number() }),
});

const folder = resolve('resources');
const readJson = (path: string): unknown => JSON.parse(readFileSync(resolve(folder, path), 'utf8'));
const samples = readdirSync(resolve(folder, 'orders')).filter((name) => name.endsWith('.json'));

describe('the published schemas', () => {
  it.each([
    ['order', orderFileSchema()],
    ['line', lineFileSchema()],
  ])('of the %s file is the one the product checks with (run tools/schemas.ts after a change)', (name, schema) => {
    expect(readJson(`schemas/${name}.schema.json`)).toEqual(structuredClone(schema));
  });

  it('refuse what an engineer is likely to mistype', () => {
    const accepts = new Ajv({ strict: false }).compile(orderFileSchema());
    const sample = OrderFile.parse(readJson(`orders/${samples[0]}`));
    expect([
      accepts(sample),
      accepts({ ...sample, lot: 'LOT 7' }),
      accepts({ ...sample, expiry: '11/2028' }),
      accepts({ ...sample, quantity: '300' }),
      accepts({ ...sample, quantitiy: 300 }),
    ]).toEqual([true, false, false, false, false]);
  });
});

describe('the ready orders', () => {
  it.each(samples)('%s can be imported', (name) => {
    const file = OrderFile.parse(readJson(`orders/${name}`));
    expect(importOrder(file, '2026-11-22', new Set())).toMatchObject({ kind: 'order', order: { order: file.order } });
  });

  it('differ in order, product and lot, and belong to the example company', () => {
    const orders = samples.map((name) => OrderFile.parse(readJson(`orders/${name}`)));
    for (const field of [
      orders.map((one) => one.order),
      orders.map((one) => one.product.gtin),
      orders.map((one) => one.lot),
    ]) {
      expect(new Set(field).size).toBe(samples.length);
    }
    expect(orders.every((one) => one.product.gtin.startsWith('0952'))).toBe(true);
    expect(orders.map((one) => one.quantity).toSorted((a, b) => a - b)).toEqual([
      300, 1000, 3000, 5000, 20_000, 1_000_000,
    ]);
  });
});

describe('the ready lines', () => {
  it.each(['training', 'line-camera'])('%s: the way to the camera is that of the built-in line', (name) => {
    const { geometry } = LineFile.parse(readJson(`lines/${name}.json`));
    const { positions, belt } = Geometry.parse(readJson('geometry/carton-300.json'));
    const way = (positions.cameraAxis - positions.cameraTrigger) * belt.pulsesPerMm;
    expect(geometry.toCamera?.distance).toBe(way);
  });
});

describe('the place in a line file', () => {
  const line = LineFile.parse(readJson('lines/training.json'));
  const place = { gln: '9521234000006', extension: 'L1' };

  it.each([
    ['a GLN, an extension and a time zone', { ...place, timeZone: 'Europe/Berlin' }, true],
    ['a GLN and an extension', place, true],
    ['a GLN with a wrong check digit', { ...place, gln: '9521234000007' }, false],
    ['the extension that means none', { ...place, extension: '0' }, false],
    ['a time zone nobody knows', { ...place, timeZone: 'Europe/Nowhere' }, false],
  ])('%s', (_name, location, isSound) => {
    expect(LineFile.safeParse({ ...line, location }).success).toBe(isSound);
  });
});
