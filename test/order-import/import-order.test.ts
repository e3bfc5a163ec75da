import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importOrder, type OrderInput, recordedOrder } from '#order/import-order.ts';

const TODAY = '2026-11-22';
const sound: OrderInput = {
  order: 'PO-1001',
  product: { gtin: '09521234543213', gcpLength: 7, name: 'Example Tablets 20 mg', minGrade: 1.5 },
  lot: 'EX24A01',
  expiry: '+24m',
  quantity: 300,
  overagePercent: 10,
  market: 'DE',
};

const withProduct = (part: Partial<OrderInput['product']>) => ({ product: { ...sound.product, ...part } });

describe('an order', () => {
  it('is taken with its expiry resolved, its grade in tenths and its serials counted', () => {
    expect(importOrder(sound, TODAY, new Set(['PO-1000']))).toEqual({
      kind: 'order',
      order: {
        order: 'PO-1001',
        product: { gtin: '09521234543213', gcpLength: 7, name: 'Example Tablets 20 mg', minGrade: 15 },
        lot: 'EX24A01',
        expiry: '2028-11-22',
        expiryYymmdd: '281122',
        quantity: 300,
        overagePercent: 10,
        allocate: 330,
        market: 'DE',
      },
    });
  });

  it.each([
    ['the order was imported before', {}, 'order', /Order PO-1001 has been imported before.*own number/, ['PO-1001']],
    [
      'the check digit is wrong',
      withProduct({ gtin: '09521234543214' }),
      'product.gtin',
      /ends in 4, but its check digit is 3/,
    ],
    ['the GTIN is too short', withProduct({ gtin: '9521234543213' }), 'product.gtin', /not 14 digits/],
    [
      'the company prefix is too short for an EPC',
      withProduct({ gcpLength: 5 }),
      'product.gcpLength',
      /5 digits does not fit/,
    ],
    [
      'the company prefix is longer than a GTIN allows',
      withProduct({ gcpLength: 13 }),
      'product.gcpLength',
      /13 digits does not fit/,
    ],
    ['the grade is between two steps', withProduct({ minGrade: 1.25 }), 'product.minGrade', /1\.25.*steps of 0\.1/],
    ['the grade is above the best', withProduct({ minGrade: 4.5 }), 'product.minGrade', /0\.0 to 4\.0/],
    ['the lot cannot be encoded', { lot: 'LOT 7' }, 'lot', /LOT 7 cannot be printed/],
    ['the lot is longer than AI 10', { lot: 'L'.repeat(21) }, 'lot', /1 to 20/],
    ['it expires today', { expiry: TODAY }, 'expiry', /2026-11-22 is not after today/],
    ['it expires at once', { expiry: '+0m' }, 'expiry', /not after today/],
    ['it expired long ago', { expiry: '2001-01-31' }, 'expiry', /not after today/],
    ['the expiry is no day', { expiry: '2027-02-29' }, 'expiry', /2027-02-29 is no day of the calendar/],
    ['the expiry is beyond the two-digit year', { expiry: '2076-11-23' }, 'expiry', /more than 50 years ahead/],
    ['nothing is wanted', { quantity: 0 }, 'quantity', /quantity of 0 cannot be packed/],
    ['a part of an item is wanted', { quantity: 1.5 }, 'quantity', /whole number/],
    ['the overage is negative', { overagePercent: -1 }, 'overagePercent', /less than nothing/],
    [
      'one run cannot hold its serials',
      { quantity: 10_000_000, overagePercent: 50 },
      'quantity',
      /need 15000000 serials/,
    ],
  ])('is refused when %s', (_name, part, field, message, known: string[] = []) => {
    expect(importOrder({ ...sound, ...part }, TODAY, new Set(known))).toEqual({
      kind: 'rejected',
      problems: [{ field, message: expect.stringMatching(message) }],
    });
  });

  it('is told everything that is wrong with it at once', () => {
    const answer = importOrder(
      { ...sound, ...withProduct({ gtin: '1' }), quantity: 0, expiry: 'soon' },
      TODAY,
      new Set(),
    );
    expect(answer).toMatchObject({
      kind: 'rejected',
      problems: [{ field: 'product.gtin' }, { field: 'expiry' }, { field: 'quantity' }],
    });
  });

  it.each([
    ['2026-08-31', '+6m', '2027-02-28'],
    ['2027-08-31', '+6m', '2028-02-29'],
    ['2026-01-31', '+24m', '2028-01-31'],
    ['2028-02-29', '+12m', '2029-02-28'],
  ])('imported on %s expires %s later, on %s', (today, expiry, resolved) => {
    expect(importOrder({ ...sound, expiry }, today, new Set())).toMatchObject({ order: { expiry: resolved } });
  });

  it('is the same when it is read back from the record, even after it has expired', () => {
    const answer = importOrder(sound, TODAY, new Set());
    expect(recordedOrder({ ...sound, expiry: '2028-11-22' })).toEqual(
      answer.kind === 'order' ? answer.order : undefined,
    );
    expect(recordedOrder({ ...sound, expiry: '+24m' })).toBeUndefined();
  });

  it('allocates what overage asks for, rounded up, and never fewer than the quantity', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 1000 }),
        (quantity, tenthsOfPercent) => {
          const answer = importOrder({ ...sound, quantity, overagePercent: tenthsOfPercent / 10 }, TODAY, new Set());
          const exact = quantity + Number((BigInt(quantity) * BigInt(tenthsOfPercent) + 999n) / 1000n);
          expect(answer).toMatchObject({ order: { allocate: exact } });
        },
      ),
    );
  });
});
