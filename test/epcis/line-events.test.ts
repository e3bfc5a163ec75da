import { describe, expect, it } from 'vitest';
import {
  closing,
  commissioning,
  declareError,
  decommissioning,
  destroying,
  type EventFrame,
  inspecting,
  packing,
  sampling,
  shipping,
  unpacking,
  voidShipping,
} from '#epcis/line-events.ts';
import { item, PALLET } from './example-events.ts';
import { T0 } from './example-run.ts';

const frame: EventFrame = {
  eventID: 'urn:uuid:1',
  at: T0,
  offset: '+01:00',
  readPoint: 'urn:read',
  bizLocation: 'urn:location',
  transactions: [{ type: 'po', bizTransaction: 'urn:po' }],
};
const bare: EventFrame = { eventID: 'urn:uuid:2', at: T0 + 1, offset: '+00:00' };

const head = { eventID: 'urn:uuid:1', eventTime: '2026-11-22T08:00:00.000Z', eventTimeZoneOffset: '+01:00' };
const bareHead = { eventID: 'urn:uuid:2', eventTime: '2026-11-22T08:00:00.001Z', eventTimeZoneOffset: '+00:00' };
const where = {
  readPoint: { id: 'urn:read' },
  bizLocation: { id: 'urn:location' },
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:po' }],
};
const parties = {
  sources: [{ type: 'owning_party', source: 'urn:s' }],
  destinations: [{ type: 'location', destination: 'urn:d' }],
};

describe('what a line tells', () => {
  it.each([
    [
      'a birth with its lot',
      commissioning(frame, [item(1)], { lot: 'L', expiry: '2028-11-22' }),
      {
        type: 'ObjectEvent',
        ...head,
        epcList: [item(1)],
        action: 'ADD',
        bizStep: 'commissioning',
        disposition: 'active',
        ...where,
        ilmd: { 'cbvmda:lotNumber': 'L', 'cbvmda:itemExpirationDate': '2028-11-22' },
      },
    ],
    [
      'a birth without a lot, from nowhere',
      commissioning(bare, [PALLET]),
      {
        type: 'ObjectEvent',
        ...bareHead,
        epcList: [PALLET],
        action: 'ADD',
        bizStep: 'commissioning',
        disposition: 'active',
      },
    ],
    [
      'a birth in training',
      commissioning({ ...bare, training: true }, [PALLET]),
      {
        type: 'ObjectEvent',
        ...bareHead,
        epcList: [PALLET],
        action: 'ADD',
        bizStep: 'commissioning',
        disposition: 'active',
        'linewright:training': true,
      },
    ],
    [
      'a packing',
      packing(frame, PALLET, [item(1)]),
      {
        type: 'AggregationEvent',
        ...head,
        parentID: PALLET,
        childEPCs: [item(1)],
        action: 'ADD',
        bizStep: 'packing',
        disposition: 'in_progress',
        ...where,
      },
    ],
    [
      'an unpacking',
      unpacking(bare, PALLET, [item(1)]),
      {
        type: 'AggregationEvent',
        ...bareHead,
        parentID: PALLET,
        childEPCs: [item(1)],
        action: 'DELETE',
        bizStep: 'unpacking',
        disposition: 'in_progress',
      },
    ],
    [
      'an unpacking of everything, which names no child',
      unpacking(bare, PALLET, 'everything'),
      {
        type: 'AggregationEvent',
        ...bareHead,
        parentID: PALLET,
        action: 'DELETE',
        bizStep: 'unpacking',
        disposition: 'in_progress',
      },
    ],
    [
      'a shipment, which is nowhere',
      shipping(frame, [PALLET], parties),
      {
        type: 'ObjectEvent',
        ...head,
        epcList: [PALLET],
        action: 'OBSERVE',
        bizStep: 'shipping',
        disposition: 'in_transit',
        readPoint: where.readPoint,
        bizTransactionList: where.bizTransactionList,
        sourceList: parties.sources,
        destinationList: parties.destinations,
      },
    ],
    [
      'a shipment that did not leave, without parties, in training',
      voidShipping({ ...bare, training: true, transactions: [] }, [PALLET], { sources: [], destinations: [] }),
      {
        type: 'ObjectEvent',
        ...bareHead,
        epcList: [PALLET],
        action: 'OBSERVE',
        bizStep: 'void_shipping',
        disposition: 'in_progress',
        'linewright:training': true,
      },
    ],
  ])('is %s', (_what, event, told) => {
    expect(event).toEqual(told);
  });

  it.each([
    [inspecting(frame, [item(1)], 'conformant'), 'OBSERVE', 'inspecting', 'conformant'],
    [inspecting(frame, [item(1)], 'non_conformant'), 'OBSERVE', 'inspecting', 'non_conformant'],
    [sampling(frame, [item(1)]), 'OBSERVE', 'sampling', 'non_sellable_other'],
    [destroying(frame, [item(1)]), 'DELETE', 'destroying', 'destroyed'],
    [decommissioning(frame, [item(1)]), 'DELETE', 'decommissioning', 'inactive'],
    [closing(frame, [item(1)]), 'OBSERVE', 'staging_outbound', 'container_closed'],
  ])('of single things is action, step and disposition', (event, action, bizStep, disposition) => {
    expect(event).toEqual({ type: 'ObjectEvent', ...head, epcList: [item(1)], action, bizStep, disposition, ...where });
  });

  it('says that it was wrong by telling it again, unchanged', () => {
    const event = packing(frame, PALLET, [item(1)]);
    expect(declareError(event, T0 + 5, { reason: 'incorrect_data', correctiveEventIDs: ['urn:uuid:9'] })).toEqual({
      ...event,
      errorDeclaration: {
        declarationTime: '2026-11-22T08:00:00.005Z',
        reason: 'incorrect_data',
        correctiveEventIDs: ['urn:uuid:9'],
      },
    });
  });
});
