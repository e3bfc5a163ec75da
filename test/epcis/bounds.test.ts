import { describe, expect, it } from 'vitest';
import type { EpcisEvent, SensorElement } from '#epcis/event-model.ts';
import {
  commissioning,
  declareError,
  destroying,
  inspecting,
  packing,
  sampling,
  shipping,
  unpacking,
} from '#epcis/line-events.ts';
import { documentProblems, type Judging } from '#epcis/validator.ts';
import { frame, head, item, OTHER_PALLET, PALLET } from './example-events.ts';
import { T0 } from './example-run.ts';

const EXPORT: Judging = { purpose: 'export' };
const IMPORT: Judging = { purpose: 'import' };
const CLASS = 'https://id.gs1.org/01/09521234543213';
const LOT = { lot: 'L1', expiry: '2028-11-22' };
const look = inspecting(frame(3), [item(1)], 'conformant');
const pack = packing(frame(4), PALLET, [item(1)]);
const { epcList: _things, ...empty } = look;
const { childEPCs: _children, ...childless } = pack;
const { parentID: _parent, ...orphan } = pack;
const made = {
  type: 'TransformationEvent',
  eventID: frame(3).eventID,
  eventTime: look.eventTime,
  eventTimeZoneOffset: '+01:00',
} as const;
const amount = [{ epcClass: CLASS, quantity: 5 }];
const sensed = (...sensorReport: SensorElement['sensorReport']) => ({ sensorElementList: [{ sensorReport }] });

function said(events: readonly EpcisEvent[], judging: Judging = EXPORT): string[] {
  return documentProblems({ head, events }, judging).map(
    ({ rule, path, severity }) => `${severity === 'error' ? '' : '~'}${rule} ${path.replace('eventList[0].', '')}`,
  );
}

describe('an event says what it is about', () => {
  const { readPoint: _here, ...nowhere } = empty;
  it.each<[string, EpcisEvent, string[]]>([
    ['by things', look, []],
    ['by a quantity', { ...empty, quantityList: amount }, []],
    ['by a quantity that is not known', { ...empty, quantityList: [{ epcClass: CLASS }] }, []],
    ['by what was measured at a place', { ...empty, ...sensed({ type: 'Temperature' }) }, []],
    [
      'not by what was measured nowhere',
      { ...nowhere, ...sensed({ type: 'Temperature' }) },
      ['nothing-identified epcList'],
    ],
    ['not by a place', empty, ['nothing-identified epcList']],
    ['of what is packed by a quantity', { ...childless, childQuantityList: amount }, []],
    ['not of what is packed into nothing', childless, ['children-missing childEPCs']],
    ['of what is made, by things', { ...made, inputEPCList: [item(1)], outputEPCList: [item(2)] }, []],
    ['of what is made, by quantities', { ...made, inputQuantityList: amount, outputQuantityList: amount }, []],
    [
      'of what is made in several events, by one side',
      { ...made, inputEPCList: [item(1)], transformationID: 'urn:x:y' },
      [],
    ],
    [
      'of what is made in several events, not by none',
      { ...made, transformationID: 'urn:x:y' },
      ['nothing-identified inputEPCList'],
    ],
    [
      'of what is made, not by what comes out alone',
      { ...made, outputEPCList: [item(1)] },
      ['nothing-identified inputEPCList'],
    ],
    [
      'of what is made, not by what goes in alone',
      { ...made, inputQuantityList: amount },
      ['nothing-identified inputEPCList'],
    ],
  ])('%s', (_how, event, problems) => {
    expect(said([event])).toEqual(problems);
  });
});

describe('an event', () => {
  it.each<[string, object, string[]]>([
    ['may measure several things, each by its kind', sensed({ type: 'a' }, { type: 'b' }), []],
    [
      'may not measure one of them without its kind',
      sensed({ type: 'a' }, { value: 1 }),
      ['sensor-untyped sensorElementList[0]'],
    ],
    ['may name a quantity of a thousandth', { quantityList: [{ epcClass: CLASS, quantity: 0.001, uom: 'KGM' }] }, []],
    [
      'may not name less than nothing',
      { quantityList: [{ epcClass: CLASS, quantity: -1, uom: 'KG' }] },
      ['quantity-not-positive quantityList[0].quantity'],
    ],
    [
      'may not name a unit of four letters',
      { quantityList: [{ epcClass: CLASS, uom: 'KGMX' }] },
      ['uom-form quantityList[0].uom'],
    ],
    [
      'may not name a unit of one letter',
      { quantityList: [{ epcClass: CLASS, uom: 'K' }] },
      ['uom-form quantityList[0].uom'],
    ],
    [
      'may name different documents of one kind',
      { bizTransactionList: ['a', 'b'].map((id) => ({ type: 'po', bizTransaction: `urn:x:${id}` })) },
      [],
    ],
    [
      'may name one document as two kinds',
      { bizTransactionList: ['po', 'inv'].map((type) => ({ type, bizTransaction: 'urn:x:a' })) },
      [],
    ],
    ['may name a document without its kind', { bizTransactionList: [{ bizTransaction: 'urn:x:a' }] }, []],
    ['may use prefixes that everybody knows', { 'gs1:a': 1, 'rdfs:comment': 'b' }, []],
    [
      'may not use a prefix in a list in a list that nobody knows',
      { 'gs1:a': [{ 'gs1:b': [{ 'p:c': 1 }] }] },
      ['prefix-undeclared p'],
    ],
    ['may use a web address as a name', { 'gs1:a': { 'https://example.com/x': 1 } }, []],
    ['may be fourteen hours ahead', { eventTimeZoneOffset: '+14:00' }, []],
    ['may be fourteen hours behind', { eventTimeZoneOffset: '-14:00' }, []],
    ['may be thirteen hours and fifty-nine minutes ahead', { eventTimeZoneOffset: '+13:59' }, []],
    ['may not be sixty minutes ahead', { eventTimeZoneOffset: '+00:60' }, ['zone-impossible eventTimeZoneOffset']],
    ['may not be sixty minutes behind', { eventTimeZoneOffset: '-00:60' }, ['zone-impossible eventTimeZoneOffset']],
    ['may not be fifteen hours ahead', { eventTimeZoneOffset: '+15:00' }, ['zone-impossible eventTimeZoneOffset']],
    ['may not be written with four decimals', { eventTime: '2026-11-22T08:00:03.0000Z' }, ['time-decimals eventTime']],
    ['may not be written in another zone', { eventTime: '2026-11-22T09:00:03.000+01:00' }, ['time-decimals eventTime']],
    ['may be as late as its document', { eventTime: '2026-11-23T00:00:00.000Z' }, []],
    [
      'may not be later than its document',
      { eventTime: '2026-11-23T00:00:00.001Z' },
      ['time-after-document eventTime'],
    ],
  ])('%s', (_what, change, problems) => {
    expect(said([{ ...look, ...change }])).toEqual(problems);
  });

  it('may happen now, and not a millisecond later', () => {
    const now = T0 + 3000;
    expect(said([look], { ...EXPORT, now })).toEqual([]);
    expect(said([look], { ...EXPORT, now: now - 1 })).toEqual(['time-in-future eventTime']);
  });
});

describe('of what others send we only wonder about', () => {
  it.each<[string, EpcisEvent, string[]]>([
    [
      'an aggregation that was seen without its parent',
      { ...orphan, action: 'OBSERVE', bizStep: 'storing' },
      ['~parent-unknown parentID'],
    ],
    ['things of nobody', { ...look, epcList: ['https://example.com/1'] }, ['~not-an-epc epcList[0]']],
    ['places of nobody', { ...look, readPoint: { id: 'https://example.com/1' } }, ['~not-a-place readPoint.id']],
    [
      'parties of nobody',
      { ...look, sourceList: [{ type: 'owning_party', source: 'urn:x:y' }] },
      ['~not-a-party sourceList[0].source'],
    ],
    [
      'relations as things',
      { ...look, epcList: ['https://id.gs1.org/401/9521234A'] },
      ['~place-for-instance epcList[0]'],
    ],
    ['untyped measurements', { ...look, ...sensed({ value: 1 }) }, ['~sensor-untyped sensorElementList[0]']],
    ['another action for a step', { ...look, action: 'ADD' }, ['~step-contradiction action']],
    [
      'another type for a step',
      { ...pack, bizStep: 'inspecting', disposition: 'conformant' },
      ['~step-contradiction action', '~step-contradiction type'],
    ],
    ['another disposition after a step', { ...look, disposition: 'active' }, ['~step-contradiction disposition']],
    [
      'a business location while shipping',
      {
        ...shipping(frame(3), [PALLET], { sources: [], destinations: [] }),
        bizLocation: { id: 'https://id.gs1.org/414/9521234000006' },
      },
      ['~location-while-shipping bizLocation'],
    ],
    [
      'an event later than its document',
      { ...look, eventTime: '2026-11-24T00:00:00Z' },
      ['~time-after-document eventTime'],
    ],
    [
      'wrong data that nothing puts right',
      declareError(look, T0, { reason: 'incorrect_data', correctiveEventIDs: [] }),
      ['~corrective-missing errorDeclaration.correctiveEventIDs'],
    ],
  ])('%s', (_what, event, problems) => {
    expect(said([event], IMPORT)).toEqual(problems);
  });

  it.each<[string, EpcisEvent, string[]]>([
    [
      'another action for a birth',
      { ...look, bizStep: 'commissioning', disposition: 'active' },
      ['step-contradiction action'],
    ],
    [
      'a record before the event',
      { ...look, recordTime: '2026-11-22T08:00:02.999Z' },
      ['record-before-event recordTime'],
    ],
    ['a record at no time', { ...look, recordTime: '2026-11-22T08:00:03' }, ['time-impossible recordTime']],
    [
      'a party in the place of a thing',
      { ...look, epcList: ['https://id.gs1.org/417/9521234000006'] },
      ['place-for-instance epcList[0]'],
    ],
  ])('but never %s', (_what, event, problems) => {
    expect(said([event], IMPORT)).toEqual(problems);
  });

  it('and nothing at all about a step without disposition, an emptied container, a record in time', () => {
    const { disposition: _after, ...undisposed } = look;
    expect(said([undisposed], IMPORT)).toEqual([]);
    expect(said([unpacking(frame(5), PALLET, 'everything')], IMPORT)).toEqual([]);
    expect(said([{ ...look, recordTime: look.eventTime }], IMPORT)).toEqual([]);
  });
});

describe('of all events together', () => {
  const birth = commissioning(frame(1), [item(1), item(2)], LOT);
  it.each<[string, readonly EpcisEvent[], string[]]>([
    [
      'two products may have one lot',
      [birth, commissioning(frame(2), ['https://id.gs1.org/01/09521234543220/21/1'], { ...LOT, expiry: '2030-01-01' })],
      [],
    ],
    [
      'a product may have two lots',
      [birth, commissioning(frame(2), [item(9)], { lot: 'L2', expiry: '2030-01-01' })],
      [],
    ],
    [
      'a lot has one expiry, in whatever notation',
      [birth, commissioning(frame(2), ['urn:epc:id:sgtin:9521234.054321.9'], { ...LOT, expiry: '2030-01-01' })],
      ['lot-differs eventList[1].ilmd'],
    ],
    [
      'a lot keeps its first expiry',
      [
        birth,
        commissioning(frame(2), [item(8)], { ...LOT, expiry: '2030-01-01' }),
        commissioning(frame(3), [item(9)], { ...LOT, expiry: '2030-01-01' }),
      ],
      ['lot-differs eventList[1].ilmd', 'lot-differs eventList[2].ilmd'],
    ],
    [
      'two corrections of one event are one too many',
      [look, declareError(look, T0, { reason: 'did_not_occur' }), declareError(look, T0, { reason: 'did_not_occur' })],
      ['event-id-repeated eventList[2].eventID'],
    ],
    ['a correction may come without its event', [declareError(look, T0, { reason: 'did_not_occur' })], []],
    [
      'a correction does not come before its event',
      [declareError(look, T0, { reason: 'did_not_occur' }), look],
      ['event-id-repeated eventList[1].eventID'],
    ],
    [
      'what is seen together is not packed',
      [{ ...pack, action: 'OBSERVE', bizStep: 'storing' }, packing(frame(5), OTHER_PALLET, [item(1)])],
      [],
    ],
    [
      'emptying a container frees all in it',
      [pack, unpacking(frame(5), PALLET, 'everything'), packing(frame(6), OTHER_PALLET, [item(1)])],
      ['dissolve-unintended eventList[1].childEPCs'],
    ],
    [
      'taking one out frees no other',
      [
        packing(frame(4), PALLET, [item(1), item(2)]),
        unpacking(frame(5), PALLET, [item(1)]),
        packing(frame(6), OTHER_PALLET, [item(2)]),
      ],
      ['already-packed eventList[2].childEPCs[0]'],
    ],
    [
      'events of one time follow each other',
      [look, { ...destroying(frame(3), [item(1)]), eventID: frame(5).eventID }],
      [],
    ],
    [
      'samples that ended are not asked for',
      [sampling(frame(4), [item(1), item(2)]), destroying(frame(5), [item(1), item(2)])],
      [],
    ],
    [
      'only samples that did not end are asked for',
      [sampling(frame(4), [item(1), item(2)]), destroying(frame(5), [item(1)])],
      ['~sample-not-ended '],
    ],
  ])('%s', (_what, events, problems) => {
    expect(said(events)).toEqual(problems);
  });

  it('the samples that did not end are counted', () => {
    const [left] = documentProblems(
      { head, events: [sampling(frame(4), [item(1), item(2), item(3)]), destroying(frame(5), [item(2)])] },
      EXPORT,
    );
    expect(left?.message).toBe('2 sampled units never ended their life.');
  });
});
