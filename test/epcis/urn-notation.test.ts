import { describe, expect, it } from 'vitest';
import { DocumentRefused } from '#epcis/checked.ts';
import type { EpcisEvent } from '#epcis/event-model.ts';
import { inUrns } from '#epcis/urn-notation.ts';

const HOME = 'https://id.gs1.org';
const thing = `${HOME}/01/09521234543213/21/A`;
const thingUrn = 'urn:epc:id:sgtin:9521234.054321.A';
const sort = `${HOME}/01/09521234543213`;
const sortUrn = 'urn:epc:idpat:sgtin:9521234.054321.*';
const place = `${HOME}/414/9521234000006`;
const placeUrn = 'urn:epc:id:sgln:9521234.00000.0';

const bare: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-11-22T08:00:00.000Z',
  eventTimeZoneOffset: '+01:00',
  action: 'OBSERVE',
};

const full: EpcisEvent = {
  ...bare,
  parentID: thing,
  transformationID: `${HOME}/253/9521234000006X`,
  epcList: [thing, 'https://example.com/1'],
  childEPCs: [thing],
  inputEPCList: [thing],
  outputEPCList: [thing],
  quantityList: [{ epcClass: sort, quantity: 5, uom: 'KGM' }],
  childQuantityList: [{ epcClass: sort }],
  inputQuantityList: [{ epcClass: sort }],
  outputQuantityList: [{ epcClass: sort }],
  readPoint: { id: place, 'x:y': 'z' },
  bizLocation: { id: place },
  bizTransactionList: [{ type: 'po', bizTransaction: `${HOME}/253/9521234000006X` }, { bizTransaction: 'urn:x:y' }],
  sourceList: [{ type: 'location', source: place }],
  destinationList: [{ type: 'location', destination: `http://id.gs1.org/414/9521234000006` }],
  'x:note': thing,
};

describe('an event in EPC URNs', () => {
  it('has one for each of its identifiers, and is the same otherwise', () => {
    expect(inUrns(full, () => 7)).toEqual({
      ...bare,
      parentID: thingUrn,
      transformationID: 'urn:epc:id:gdti:9521234.00000.X',
      epcList: [thingUrn, 'https://example.com/1'],
      childEPCs: [thingUrn],
      inputEPCList: [thingUrn],
      outputEPCList: [thingUrn],
      quantityList: [{ epcClass: sortUrn, quantity: 5, uom: 'KGM' }],
      childQuantityList: [{ epcClass: sortUrn }],
      inputQuantityList: [{ epcClass: sortUrn }],
      outputQuantityList: [{ epcClass: sortUrn }],
      readPoint: { id: placeUrn, 'x:y': 'z' },
      bizLocation: { id: placeUrn },
      bizTransactionList: [
        { type: 'po', bizTransaction: 'urn:epc:id:gdti:9521234.00000.X' },
        { bizTransaction: 'urn:x:y' },
      ],
      sourceList: [{ type: 'location', source: placeUrn }],
      destinationList: [{ type: 'location', destination: placeUrn }],
      'x:note': thing,
    });
  });

  it('gets no field that it had not', () => {
    expect(Object.keys(inUrns(bare, () => undefined))).toEqual(Object.keys(bare));
    expect(inUrns({ ...bare, epcList: [] }, () => undefined)).toEqual({ ...bare, epcList: [] });
  });

  it('stays as it is when it has URNs already', () => {
    const told = inUrns(full, () => 7);
    expect(inUrns(told, () => undefined)).toEqual(told);
  });

  it.each([
    ['is not known', undefined, 'not known'],
    ['cannot be right', 13, '13'],
  ])('is refused when the length of a prefix %s', (_why, length, named) => {
    const message = `${thing} cannot be told as a URN: the length of its GS1 Company Prefix is ${named}.`;
    expect(() => inUrns({ ...bare, epcList: [thing] }, () => length)).toThrow(
      new DocumentRefused({ rule: 'prefix-length', path: '', message, severity: 'error' }),
    );
  });
});
