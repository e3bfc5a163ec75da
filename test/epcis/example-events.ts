import type { DocumentHead } from '#epcis/event-model.ts';
import {
  closing,
  commissioning,
  declareError,
  decommissioning,
  destroying,
  type EventFrame,
  type Handover,
  inspecting,
  packing,
  sampling,
  shipping,
  unpacking,
  voidShipping,
} from '#epcis/line-events.ts';
import { T0 } from './example-run.ts';

export const item = (serial: number | string) => `https://id.gs1.org/01/09521234543213/21/${serial}`;
export const PALLET = 'https://id.gs1.org/00/095212340000000013';
export const OTHER_PALLET = 'https://id.gs1.org/00/095212340000000020';
const LOT = { lot: 'L1', expiry: '2028-11-22' };

export const head: DocumentHead = {
  kind: 'document',
  schemaVersion: '2.0',
  creationDate: '2026-11-23T00:00:00.000Z',
  namespaces: { cbvmda: 'urn:epcglobal:cbv:mda:' },
  vocabularies: [],
  extensions: {},
};

const handover: Handover = {
  sources: [
    { type: 'owning_party', source: 'https://id.gs1.org/417/9521234000006' },
    { type: 'location', source: 'https://id.gs1.org/414/9521234000006' },
  ],
  destinations: [
    { type: 'owning_party', destination: 'https://id.gs1.org/417/9521234999997' },
    { type: 'location', destination: 'https://id.gs1.org/414/9521234999997' },
  ],
};

/** The frame of the n-th event of a shift. */
export function frame(n: number): EventFrame {
  return {
    eventID: `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    at: T0 + n * 1000,
    offset: '+01:00',
    readPoint: 'https://id.gs1.org/414/9521234000006/254/L1',
    bizLocation: 'https://id.gs1.org/414/9521234000006',
    transactions: [{ type: 'prodorder', bizTransaction: 'urn:epcglobal:cbv:bt:9521234000006:PO-1001' }],
  };
}

const born = commissioning(frame(1), [item(1), item(2), item(3), item(4), item(5), item(6)], LOT);

/** Everything a line does, once, in an order in which it may happen. */
export const shift = [
  born,
  commissioning(frame(2), [PALLET, OTHER_PALLET]),
  inspecting(frame(3), [item(1)], 'conformant'),
  packing(frame(4), PALLET, [item(1), item(2), item(3), item(4)]),
  unpacking(frame(5), PALLET, [item(3), item(4)]),
  sampling(frame(6), [item(3)]),
  destroying(frame(7), [item(3)]),
  decommissioning(frame(8), [item(4)]),
  packing(frame(9), OTHER_PALLET, [item(5), item(6)]),
  unpacking(frame(10), OTHER_PALLET, 'everything'),
  packing(frame(11), PALLET, [item(5), item(6)]),
  closing(frame(12), [PALLET]),
  shipping(frame(13), [PALLET], handover),
  voidShipping(frame(14), [PALLET], handover),
  declareError(inspecting(frame(3), [item(1)], 'conformant'), T0 + 15_000, { reason: 'did_not_occur' }),
];

/** The events of the shift that empty a container on purpose. */
export const dissolving: ReadonlySet<string> = new Set([frame(10).eventID]);
