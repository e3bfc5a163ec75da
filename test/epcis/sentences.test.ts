import { describe, expect, it } from 'vitest';
import type { DocumentHead, EpcisEvent } from '#epcis/event-model.ts';
import { commissioning, declareError, inspecting, packing, shipping, unpacking } from '#epcis/line-events.ts';
import { documentProblems, type Judging } from '#epcis/validator.ts';
import { dissolving, frame, head, item, PALLET } from './example-events.ts';
import { T0 } from './example-run.ts';

const EXPORT: Judging = { purpose: 'export', dissolving };
const HOME = 'https://id.gs1.org/';
const birth = commissioning(frame(1), [item(1), item(2), item(3)], { lot: 'L1', expiry: '2028-11-22' });
const look = inspecting(frame(3), [item(1)], 'conformant');
const pack = packing(frame(4), PALLET, [item(1), item(2)]);
const { parentID: _parent, ...orphan } = pack;
const { eventID: _id, ...nameless } = look;
const { ilmd: _lot, ...lotless } = birth;
const { disposition: _after, ...undisposed } = look;

/** Findings as a person reads them: rule, place, sentence; what is only wondered about begins with `~`. */
function told(events: readonly EpcisEvent[], judging = EXPORT, change: Partial<DocumentHead> = {}): string[] {
  return documentProblems({ head: { ...head, ...change }, events }, judging).map(
    ({ rule, path, message, severity }) => `${severity === 'error' ? '' : '~'}${rule} ${path}: ${message}`,
  );
}

/** Each event beside everything that is said of it on export. */
const sentences: readonly (readonly [EpcisEvent, ...string[]])[] = [
  [orphan, 'parent-missing eventList[0].parentID: An aggregation with ADD names no parent.'],
  [
    { ...orphan, action: 'OBSERVE' },
    'parent-unknown eventList[0].parentID: An aggregation is observed without its parent.',
    'step-contradiction eventList[0].action: packing goes with ADD, not with OBSERVE.',
  ],
  [
    { ...pack, childEPCs: [item(1), PALLET] },
    'parent-own-child eventList[0].childEPCs: https://id.gs1.org/00/095212340000000013 is named as its own child.',
    'parent-own-child eventList[0].childEPCs[1]: https://id.gs1.org/00/095212340000000013 would come to lie in itself.',
  ],
  [
    { ...pack, childEPCs: [item(1), item(1)] },
    'child-repeated eventList[0].childEPCs[1]: childEPCs names https://id.gs1.org/01/09521234543213/21/1 more than once.',
    'already-packed eventList[0].childEPCs[1]: https://id.gs1.org/01/09521234543213/21/1 is packed a second time into the same parent.',
  ],
  [{ ...pack, childEPCs: [] }, 'children-missing eventList[0].childEPCs: An aggregation with ADD names no children.'],
  [
    { ...unpacking(frame(9), PALLET, 'everything') },
    'dissolve-unintended eventList[0].childEPCs: https://id.gs1.org/00/095212340000000013 would be emptied, and nobody asked for it.',
  ],
  [
    { ...look, epcList: [item(1), item(1)] },
    'item-repeated eventList[0].epcList[1]: epcList names https://id.gs1.org/01/09521234543213/21/1 more than once.',
  ],
  [
    { ...look, epcList: [] },
    'nothing-identified eventList[0].epcList: The event names neither a thing nor a quantity.',
  ],
  [
    {
      type: 'TransformationEvent',
      eventID: frame(3).eventID,
      eventTime: look.eventTime,
      eventTimeZoneOffset: '+01:00',
      inputEPCList: [item(1)],
    },
    'nothing-identified eventList[0].inputEPCList: The transformation lacks what went in or what came out.',
  ],
  [
    { ...look, epcList: ['urn:epc:id:sgtin:9521234.05432.1'] },
    'urn-malformed eventList[0].epcList[0]: urn:epc:id:sgtin:9521234.05432.1 is malformed: it has not the parts that its scheme asks for.',
  ],
  [
    { ...look, epcList: [`${HOME}01/09521234543214/21/1`] },
    'link-check-digit eventList[0].epcList[0]: https://id.gs1.org/01/09521234543214/21/1 is malformed: the check digit of its key (01) is wrong.',
  ],
  [
    { ...look, epcList: [`${HOME}nothing`] },
    'link-malformed eventList[0].epcList[0]: https://id.gs1.org/nothing is malformed: it has no key of GS1 in a form that events may have.',
  ],
  [
    { ...look, epcList: [`${item(1)}?17=281231`] },
    'link-query eventList[0].epcList[0]: https://id.gs1.org/01/09521234543213/21/1?17=281231 is malformed: it has a query or a fragment.',
  ],
  [
    { ...look, epcList: ['https://example.com/1'] },
    'not-an-epc eventList[0].epcList[0]: https://example.com/1 is no identifier of GS1.',
  ],
  [
    { ...look, epcList: ['urn:epc:idpat:sgtin:9521234.054321.*'] },
    'pattern-for-instance eventList[0].epcList[0]: urn:epc:idpat:sgtin:9521234.054321.* names a class of things, where a single thing must stand.',
  ],
  [
    { ...look, epcList: [`${HOME}01/09521234543213`] },
    'class-for-instance eventList[0].epcList[0]: https://id.gs1.org/01/09521234543213 names a class of things, where a single thing must stand.',
  ],
  [
    { ...look, epcList: [`${HOME}414/9521234000006`] },
    'place-for-instance eventList[0].epcList[0]: https://id.gs1.org/414/9521234000006 names a place, where a single thing must stand.',
  ],
  [
    { ...look, epcList: [`${HOME}417/9521234000006`] },
    'place-for-instance eventList[0].epcList[0]: https://id.gs1.org/417/9521234000006 names a party, where a single thing must stand.',
  ],
  [
    { ...look, epcList: [`${HOME}401/9521234A`] },
    'place-for-instance eventList[0].epcList[0]: https://id.gs1.org/401/9521234A names a service relation or a document, where a single thing must stand.',
  ],
  [
    { ...look, quantityList: [{ epcClass: item(9) }] },
    'instance-for-class eventList[0].quantityList[0].epcClass: https://id.gs1.org/01/09521234543213/21/9 names a single thing, where a class of things must stand.',
  ],
  [
    { ...look, readPoint: { id: item(9) } },
    'not-a-place eventList[0].readPoint.id: https://id.gs1.org/01/09521234543213/21/9 names a single thing, where a place must stand.',
  ],
  [
    { ...look, bizLocation: { id: 'https://example.com/1' } },
    'not-a-place eventList[0].bizLocation.id: https://example.com/1 is no identifier of GS1.',
  ],
  [
    { ...look, sourceList: [{ type: 'owning_party', source: item(9) }] },
    'not-a-party eventList[0].sourceList[0].source: https://id.gs1.org/01/09521234543213/21/9 names a single thing, where a party must stand.',
  ],
  [
    { ...look, destinationList: [{ type: 'possessing_party', destination: 'https://example.com/1' }] },
    'not-a-party eventList[0].destinationList[0].destination: https://example.com/1 is no identifier of GS1.',
  ],
  [
    { ...look, destinationList: [{ type: 'location', destination: `${HOME}417/9521234000006` }] },
    'not-a-place eventList[0].destinationList[0].destination: https://id.gs1.org/417/9521234000006 names a party, where a place must stand.',
  ],
  [{ ...look, 'p:q': 1 }, 'prefix-undeclared eventList[0].p: The prefix "p" is declared nowhere in the document.'],
  [{ ...birth, ilmd: {} }, 'ilmd-empty eventList[0].ilmd: There is nothing in ilmd.'],
  [
    { ...look, ilmd: { 'cbvmda:lotNumber': 'L' } },
    'ilmd-without-add eventList[0].ilmd: Lot and master data cannot stand with OBSERVE.',
  ],
  [
    { ...look, bizTransactionList: [], sourceList: [], destinationList: [] },
    'list-empty eventList[0].bizTransactionList: bizTransactionList is empty.',
    'list-empty eventList[0].sourceList: sourceList is empty.',
    'list-empty eventList[0].destinationList: destinationList is empty.',
  ],
  [
    {
      ...look,
      bizTransactionList: [
        { type: 'po', bizTransaction: 'urn:a:b' },
        { type: 'po', bizTransaction: 'urn:a:b' },
      ],
    },
    'transaction-repeated eventList[0].bizTransactionList[1]: The same business document is named twice.',
  ],
  [
    {
      ...look,
      sourceList: [1, 2].map(() => ({ type: 'location', source: `${HOME}414/9521234000006` })),
      destinationList: [1, 2].map(() => ({ type: 'location', destination: `${HOME}414/9521234000006` })),
    },
    'party-repeated eventList[0].sourceList[1]: There are two sources of the kind location.',
    'party-repeated eventList[0].destinationList[1]: There are two destinations of the kind location.',
  ],
  [
    { ...look, sensorElementList: [{ sensorReport: [{ value: 1 }] }] },
    'sensor-untyped eventList[0].sensorElementList[0]: A sensor report does not say what was measured.',
  ],
  [
    { ...pack, persistentDisposition: { set: ['in_transit'] } },
    'persistent-elsewhere eventList[0].persistentDisposition: An AggregationEvent has no persistent disposition.',
  ],
  [
    { ...look, quantityList: [{ epcClass: `${HOME}01/09521234543213`, quantity: 0, uom: 'kilo' }] },
    'quantity-not-positive eventList[0].quantityList[0].quantity: A quantity of 0 cannot be.',
    'uom-form eventList[0].quantityList[0].uom: "kilo" is no unit of measure of UN/ECE Recommendation 20.',
  ],
  [
    { ...look, eventTime: '2026-13-22T08:00:00.000Z' },
    'time-impossible eventList[0].eventTime: 2026-13-22T08:00:00.000Z is no point in time: the day, the hour or the zone is not there.',
  ],
  [
    { ...look, eventTime: '2026-11-22T08:00:03.000' },
    'time-impossible eventList[0].eventTime: 2026-11-22T08:00:03.000 is no point in time: the day, the hour or the zone is not there.',
  ],
  [
    { ...look, eventTime: '2026-11-22T08:00:03Z' },
    'time-decimals eventList[0].eventTime: 2026-11-22T08:00:03Z is not written in UTC with three decimals.',
  ],
  [
    { ...look, recordTime: '2026-11-20T08:00:00.000Z' },
    'record-time-sent eventList[0].recordTime: A time of record is sent, which is for the receiver to set.',
  ],
  [
    { ...look, eventTimeZoneOffset: '+14:01' },
    'zone-impossible eventList[0].eventTimeZoneOffset: No clock has the offset +14:01.',
  ],
  [
    { ...look, eventTimeZoneOffset: '-00:00' },
    'zone-minus-zero eventList[0].eventTimeZoneOffset: The offset -00:00 means that the zone is unknown.',
  ],
  [
    { ...birth, ilmd: { 'cbvmda:itemExpirationDate': '2029-13-45', 'cbvmda:lotNumber': 'L' } },
    'date-impossible eventList[0].ilmd.cbvmda:itemExpirationDate: 2029-13-45 is no day YYYY-MM-DD that exists.',
  ],
  [
    { ...birth, ilmd: { 'cbvmda:bestBeforeDate': 5, 'cbvmda:lotNumber': 'L' } },
    'date-impossible eventList[0].ilmd.cbvmda:bestBeforeDate: 5 is no day YYYY-MM-DD that exists.',
  ],
  [
    { ...look, bizStep: 'https://ref.gs1.org/cbv/BizStep-inspecting' },
    'word-as-uri eventList[0].bizStep: https://ref.gs1.org/cbv/BizStep-inspecting must be written "inspecting".',
  ],
  [
    { ...look, disposition: 'urn:epcglobal:cbv:disp:conformant' },
    'word-as-uri eventList[0].disposition: urn:epcglobal:cbv:disp:conformant must be written "conformant".',
    'step-contradiction eventList[0].disposition: After inspecting things are conformant or non_conformant, not urn:epcglobal:cbv:disp:conformant.',
  ],
  [
    { ...look, bizStep: 'cbv:BizStep-inspection' },
    'word-misspelt eventList[0].bizStep: "inspection" is no word of the CBV.',
  ],
  [
    {
      ...look,
      bizTransactionList: [{ type: 'https://ns.gs1.org/cbv/BTT-xy', bizTransaction: 'urn:a:b' }],
      sourceList: [{ type: 'owner', source: `${HOME}417/9521234000006` }],
    },
    'word-misspelt eventList[0].bizTransactionList[0].type: "xy" is no word of the CBV.',
    'word-misspelt eventList[0].sourceList[0].type: "owner" is no word of the CBV.',
  ],
  [
    { ...lotless, action: 'OBSERVE' },
    'step-contradiction eventList[0].action: commissioning goes with ADD, not with OBSERVE.',
  ],
  [
    { ...pack, bizStep: 'commissioning', disposition: 'active' },
    'step-contradiction eventList[0].type: commissioning is told by an ObjectEvent, not by an AggregationEvent.',
  ],
  [
    { ...look, disposition: 'active' },
    'step-contradiction eventList[0].disposition: After inspecting things are conformant or non_conformant, not active.',
  ],
  [
    undisposed,
    'step-contradiction eventList[0].disposition: After inspecting things are conformant or non_conformant, not of unknown disposition.',
  ],
  [
    {
      ...shipping(frame(3), [PALLET], { sources: [], destinations: [] }),
      bizLocation: { id: `${HOME}414/9521234000006` },
    },
    'location-while-shipping eventList[0].bizLocation: Something shipped still has a business location.',
  ],
  [
    { ...declareError(nameless, T0, { reason: 'did_not_occur' }) },
    'event-id-missing eventList[0].eventID: The event has no id.',
    'correction-without-id eventList[0].errorDeclaration: A correction does not say which event was wrong.',
  ],
  [
    {
      ...declareError(look, T0, { reason: 'did_not_occur' }),
      errorDeclaration: {
        declarationTime: '2026-11-22T08:00:00.000Z',
        reason: 'did_not_occur',
        correctiveEventIDs: ['urn:a:b'],
      },
    },
    'corrective-of-nothing eventList[0].errorDeclaration.correctiveEventIDs: What did not occur is put right by other events.',
  ],
  [
    declareError(look, T0, { reason: 'incorrect_data', correctiveEventIDs: [] }),
    'corrective-missing eventList[0].errorDeclaration.correctiveEventIDs: Wrong data is declared, and nothing puts it right.',
  ],
  [
    { ...look, errorDeclaration: { declarationTime: '2026-11-22T08:00:00', reason: 'other' } },
    'word-misspelt eventList[0].errorDeclaration.reason: "other" is no word of the CBV.',
    'time-impossible eventList[0].errorDeclaration.declarationTime: 2026-11-22T08:00:00 is no point in time.',
  ],
  [nameless, 'event-id-missing eventList[0].eventID: The event has no id.'],
  [{ ...look, eventID: 'urn:uuid:1' }, 'uuid-malformed eventList[0].eventID: urn:uuid:1 is no UUID.'],
];

describe('of an event that breaks a rule', () => {
  it.each(sentences.map(([event, ...problems]) => ({ first: problems[0], event, problems })))(
    'it is told: $first',
    ({ event, problems }) => {
      expect(told([event])).toEqual(problems);
    },
  );
});

describe('of a document', () => {
  it.each<[string, readonly EpcisEvent[], Judging, Partial<DocumentHead>]>([
    [
      'time-in-future eventList[0].eventTime: 2026-11-22T08:00:03.000Z lies in the future.',
      [look],
      { ...EXPORT, now: T0 - 1 },
      {},
    ],
    [
      'time-after-document eventList[0].eventTime: 2026-11-22T08:00:03.000Z is later than the document itself.',
      [look],
      EXPORT,
      { creationDate: '2026-11-21T00:00:00.000Z' },
    ],
    ['schema-version schemaVersion: EPCIS 3.0 is not known here.', [], EXPORT, { schemaVersion: '3.0' }],
    ['document-date creationDate: today is no time at which it was made.', [], EXPORT, { creationDate: 'today' }],
    [
      'training-data eventList[0].linewright:training: The event comes from a virtual line and is not real.',
      [commissioning({ ...frame(1), training: true }, [item(1)])],
      { purpose: 'import' },
      { namespaces: { ...head.namespaces, linewright: 'urn:linewright:epcis/' } },
    ],
  ])('it is told: %s', (sentence, events, judging, change) => {
    expect(told(events, judging, change)).toEqual([sentence]);
  });

  it('without a date it is told, but for one that answers a query', () => {
    const { creationDate: _made, ...undated } = head;
    const problemsOf = (kind: 'document' | 'query') =>
      documentProblems({ head: { ...undated, kind }, events: [] }, EXPORT).map(({ message }) => message);
    expect(problemsOf('document')).toEqual(['Nothing is no time at which it was made.']);
    expect(problemsOf('query')).toEqual([]);
  });
});
