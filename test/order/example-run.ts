import { parseGtin } from '#gs1/gtin.ts';
import type { Conditions } from '#order/guards.ts';
import type { Order } from '#order/order.ts';
import type { Run } from '#order/run.ts';
import type { Actor, Role, RunState } from '#order/run-state.ts';

const gtin = parseGtin('09521234543213');
if (gtin === undefined) throw new Error('the example GTIN has a wrong check digit');

export const ORDER: Order = {
  order: 'PO-1001',
  product: { gtin, gcpLength: 7, name: 'Example Tablets 20 mg', minGrade: 15 },
  lot: 'EX24A01',
  expiry: '2028-11-22',
  expiryYymmdd: '281122',
  quantity: 300,
  overagePercent: 10,
  allocate: 330,
  market: 'DE',
};

/** Everything as it should be, with words that a person gave. */
export const GOOD: Conditions = {
  otherRun: undefined,
  offline: [],
  faulty: [],
  warmingUp: [],
  jobVerified: true,
  allocated: 330,
  recordWritable: true,
  expiryValid: true,
  good: 300,
  openSerials: 0,
  reason: 'end of shift',
};

/** Nothing as it should be: every guard has something to say. */
export const BAD: Conditions = {
  otherRun: 'PO-0999',
  offline: ['printer-1', 'plc-1'],
  faulty: ['printer-1'],
  warmingUp: ['camera-1'],
  jobVerified: false,
  allocated: 299,
  recordWritable: false,
  expiryValid: false,
  good: 284,
  openSerials: 5,
  reason: undefined,
};

export const runIn = (state: RunState, heldFrom?: RunState): Run => ({
  run: 1,
  order: ORDER,
  state,
  ...(heldFrom === undefined ? {} : { heldFrom }),
});

export const by = (role: Role): Actor => ({ userId: role.toLowerCase(), role });
