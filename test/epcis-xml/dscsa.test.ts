import { describe, expect, it } from 'vitest';
import { eventHash } from '#epcis/event-hash.ts';
import type { EpcisEvent } from '#epcis/event-model.ts';
import { commissioning, type EventFrame, packing, shipping } from '#epcis/line-events.ts';
import { documentProblems } from '#epcis/validator.ts';
import {
  type DscsaMessage,
  type DscsaPlace,
  type DscsaProduct,
  dscsaHead,
  withDropShipment,
} from '#epcis-xml/dscsa.ts';
import { readXmlDocument } from '#epcis-xml/read-xml.ts';
import { xmlDocument } from '#epcis-xml/write-xml.ts';
import { sha256, text } from '../epcis/example-run.ts';
import { absence, standard } from '../epcis/standards.ts';
import { noSchemas, schemaErrors } from './schema.ts';

const absent = absence();
const schemaless = noSchemas();
if (schemaless !== undefined) console.warn(`skipped: ${schemaless}`);

const FILE = 'openepcis/GS1_US_Pharma_Example_2_2_1_1.xml';

const epcistra: Omit<DscsaProduct, 'id'> = {
  ndc: '0001-0123-45',
  name: 'Epcistra',
  manufacturer: 'GS1 Pharma LLC',
  dosageForm: 'PILL',
  strength: '100mg',
  netContent: '500 pills',
};
const maker: DscsaPlace = {
  id: 'urn:epc:id:sgln:030001.111111.0',
  name: 'GS1 Pharma',
  streetAddressOne: '1 Biopharm Ct',
  streetAddressTwo: 'Suite A',
  city: 'Thousand Oaks',
  state: 'CA',
  postalCode: '91320',
  countryCode: 'US',
};
const depot: DscsaPlace = {
  id: 'urn:epc:id:sgln:030001.111121.0',
  name: 'GS1 Pharma DC',
  streetAddressOne: '2806 Agoura Rd',
  streetAddressTwo: 'Suite 500',
  city: 'Westlake Village',
  state: 'CA',
  postalCode: '91361',
  countryCode: 'US',
};
const buyer: DscsaPlace = {
  id: 'urn:epc:id:sgln:039999.999999.0',
  name: 'GS1 Drug Distributor',
  streetAddressOne: '230 Park Ave S',
  streetAddressTwo: 'Room 378',
  city: 'New York',
  state: 'NY',
  postalCode: '10003-1502',
  countryCode: 'US',
};
const warehouse: DscsaPlace = {
  id: 'urn:epc:id:sgln:039999.345678.0',
  name: 'GS1 Drug Distributor Warehouse',
  streetAddressOne: '136 Main St',
  streetAddressTwo: 'Suite 100',
  city: 'Louisville',
  state: 'KY',
  postalCode: '40218',
  countryCode: 'US',
};

const message: DscsaMessage = {
  sender: maker.id,
  receiver: buyer.id,
  instanceIdentifier: '1100220001',
  creationDate: '2023-04-01T08:45:16Z',
  products: [
    { id: 'urn:epc:idpat:sgtin:030001.0012345.*', ...epcistra },
    { id: 'urn:epc:idpat:sgtin:030001.1012345.*', ...epcistra },
  ],
  places: [maker, depot, buyer, warehouse],
  legalNotice: 'Seller has complied with each applicable subsection of FDCA Sec. 581(27)(A)-(G).',
};

const unit = (serial: number) => `urn:epc:id:sgtin:030001.0012345.${serial}`;
const box = (serial: number) => `urn:epc:id:sgtin:030001.1012345.${serial}`;
const PALLET = 'urn:epc:id:sscc:030001.41234567890';
const LOT = { lot: 'A123', expiry: '2025-03-27' };

function at(where: DscsaPlace, day: string, time: string): EventFrame {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return {
    eventID: `urn:uuid:00000000-0000-4000-8000-${(day + time).replaceAll(/\D/g, '').slice(2)}`,
    at: Date.UTC(year, month - 1, date, hour, minute, second),
    offset: '-05:00',
    readPoint: where.id,
    bizLocation: where.id,
  };
}

/** The direct purchase of the guideline, from our own events. */
const events: readonly EpcisEvent[] = [
  commissioning(at(maker, '2023-03-27', '06:45:16'), [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22].map(unit), LOT),
  commissioning(at(maker, '2023-03-27', '06:46:16'), [110, 111, 121].map(box), LOT),
  packing(at(maker, '2023-03-27', '06:50:16'), box(110), [11, 12, 13, 14].map(unit)),
  packing(at(maker, '2023-03-27', '06:51:16'), box(111), [15, 16, 17, 18].map(unit)),
  packing(at(maker, '2023-03-27', '06:52:16'), box(121), [19, 20, 21, 22].map(unit)),
  commissioning(at(depot, '2023-04-01', '06:47:16'), [PALLET]),
  packing(at(depot, '2023-04-01', '06:48:16'), PALLET, [110, 111, 121].map(box)),
  withDropShipment(
    shipping(
      {
        ...at(depot, '2023-04-01', '07:48:16'),
        transactions: [
          { type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:0399999999991:XYZPO189' },
          { type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:0300011111215:DEL100' },
        ],
      },
      [PALLET],
      {
        sources: [
          { type: 'owning_party', source: maker.id },
          { type: 'location', source: depot.id },
        ],
        destinations: [
          { type: 'owning_party', destination: buyer.id },
          { type: 'location', destination: warehouse.id },
        ],
      },
    ),
    false,
  ),
];

function withoutIds(list: readonly EpcisEvent[]): EpcisEvent[] {
  return list.map(({ eventID: _ours, ...event }) => ({ ...event, eventTime: event.eventTime.replace('.000Z', 'Z') }));
}

describe('a message of US trade', () => {
  it('tells a story that breaks no rule', () => {
    expect(documentProblems({ head: dscsaHead(message), events }, { purpose: 'export', tells: 'everything' })).toEqual(
      [],
    );
  });

  it('is valid against the official schema of EPCIS 1.2', async ({ skip }) => {
    skip(schemaless !== undefined, schemaless);
    expect(schemaErrors('1.2', { dscsa: await text(xmlDocument(dscsaHead(message), events, '1.2')) })).toBe('');
  });

  it('has a business header before its master data, or is not written', async () => {
    const { sender: _gone, ...anonymous } = dscsaHead(message);
    await expect(text(xmlDocument(anonymous, events, '1.2'))).rejects.toThrow(
      'EPCIS 1.2 wants sender, receiver and a message id before it carries a header.',
    );
  });

  it('is that of the guideline, rebuilt from master data: same header, same events, same hashes', async ({ skip }) => {
    skip(absent !== undefined, absent);
    const official = readXmlDocument(standard(FILE));
    const ours = readXmlDocument(await text(xmlDocument(dscsaHead(message), events, '1.2')));
    if (official.kind === 'refused' || ours.kind === 'refused') throw new Error('a document was refused');
    const { namespaces: _theirs, ...head } = official.document.head;
    const { namespaces, ...own } = ours.document.head;
    expect(own).toEqual(head);
    expect(withoutIds(ours.document.events)).toEqual(official.document.events);
    const hashOf = (event: EpcisEvent) => eventHash(event, namespaces, sha256);
    expect(ours.document.events.map(hashOf)).toEqual(official.document.events.map(hashOf));
  });
});
