import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpcisEvent } from '#epcis/event-model.ts';
import {
  commissioning,
  declareError,
  destroying,
  inspecting,
  packing,
  shipping,
  unpacking,
} from '#epcis/line-events.ts';
import { RULES } from '#epcis/rules/rule.ts';
import { documentProblems, type Judging } from '#epcis/validator.ts';
import { dissolving, frame, head, item, PALLET, shift } from './example-events.ts';
import { T0 } from './example-run.ts';

const EXPORT: Judging = { purpose: 'export', dissolving };
const IMPORT: Judging = { purpose: 'import' };
const STORY: Judging = { purpose: 'export', tells: 'everything', dissolving };

const birth = commissioning(frame(1), [item(1), item(2), item(3)], { lot: 'L1', expiry: '2028-11-22' });
const look = inspecting(frame(3), [item(1)], 'conformant');
const pack = packing(frame(4), PALLET, [item(1), item(2)]);
const { parentID: _parent, ...orphan } = pack;
const { eventID: _id, ...nameless } = look;

function said(events: readonly EpcisEvent[], judging: Judging): string[] {
  return documentProblems({ head, events }, judging).map(({ rule, path, severity }) =>
    severity === 'error' ? `${rule} ${path}` : `(${rule}) ${path}`,
  );
}

describe('a shift of a line', () => {
  it('breaks no rule, whoever looks', () => {
    expect(documentProblems({ head, events: shift }, STORY)).toEqual([]);
    expect(documentProblems({ head, events: shift }, IMPORT)).toEqual([]);
  });
});

describe('what the official schema lets through is refused:', () => {
  it.each<[string, EpcisEvent, string]>([
    ['1 adding without a parent', orphan, 'parent-missing eventList[0].parentID'],
    [
      '1 removing without a parent',
      { ...orphan, action: 'DELETE', bizStep: 'unpacking' },
      'parent-missing eventList[0].parentID',
    ],
    ['3 a child twice', { ...pack, childEPCs: [item(1), item(1)] }, 'child-repeated eventList[0].childEPCs[1]'],
    ['4 a parent in itself', { ...pack, childEPCs: [item(1), PALLET] }, 'parent-own-child eventList[0].childEPCs'],
    [
      '5 a URN that lacks a digit',
      { ...look, epcList: ['urn:epc:id:sgtin:9521234.05432.1'] },
      'urn-malformed eventList[0].epcList[0]',
    ],
    [
      '6 a wrong check digit',
      { ...look, epcList: ['https://id.gs1.org/01/09521234543214/21/1'] },
      'link-check-digit eventList[0].epcList[0]',
    ],
    [
      '7 a pattern for a thing',
      { ...look, epcList: ['urn:epc:idpat:sgtin:9521234.054321.*'] },
      'pattern-for-instance eventList[0].epcList[0]',
    ],
    ['8 nothing at all', { ...look, epcList: [] }, 'nothing-identified eventList[0].epcList'],
    [
      '9 a CBV word as a web URI',
      { ...look, bizStep: 'https://ref.gs1.org/cbv/BizStep-inspecting' },
      'word-as-uri eventList[0].bizStep',
    ],
    [
      '10 a cure for what did not occur',
      {
        ...look,
        errorDeclaration: {
          declarationTime: '2026-11-22T10:00:00.000Z',
          reason: 'did_not_occur',
          correctiveEventIDs: ['urn:x:1'],
        },
      },
      'corrective-of-nothing eventList[0].errorDeclaration.correctiveEventIDs',
    ],
    [
      '12 a day that does not exist',
      { ...birth, ilmd: { 'cbvmda:lotNumber': 'L1', 'cbvmda:itemExpirationDate': '2029-13-45' } },
      'date-impossible eventList[0].ilmd.cbvmda:itemExpirationDate',
    ],
    [
      'one item in two notations',
      { ...look, epcList: [item(1), 'urn:epc:id:sgtin:9521234.054321.1'] },
      'item-repeated eventList[0].epcList[1]',
    ],
    [
      'a lot for a thing',
      { ...look, epcList: ['https://id.gs1.org/01/09521234543213/10/L1'] },
      'class-for-instance eventList[0].epcList[0]',
    ],
    [
      'a place for a thing',
      { ...look, epcList: ['https://id.gs1.org/414/9521234000006'] },
      'place-for-instance eventList[0].epcList[0]',
    ],
    [
      'a thing for a class',
      { ...look, quantityList: [{ epcClass: item(1), quantity: 1 }] },
      'instance-for-class eventList[0].quantityList[0].epcClass',
    ],
    [
      'a pattern for a parent',
      { ...pack, parentID: 'urn:epc:idpat:sgtin:9521234.054321.*' },
      'pattern-for-instance eventList[0].parentID',
    ],
    ['a query in an identifier', { ...look, epcList: [`${item(1)}?17=281122`] }, 'link-query eventList[0].epcList[0]'],
    [
      'an SSCC of 17 digits',
      { ...look, epcList: ['https://id.gs1.org/00/09521234000000001'] },
      'link-malformed eventList[0].epcList[0]',
    ],
    [
      'a serial of 21 characters',
      { ...look, epcList: [item('123456789012345678901')] },
      'link-malformed eventList[0].epcList[0]',
    ],
    ['a serial with a slash as it is', { ...look, epcList: [item('a/b')] }, 'link-malformed eventList[0].epcList[0]'],
    ['a serial with a space', { ...look, epcList: [item('a%20b')] }, 'link-malformed eventList[0].epcList[0]'],
    [
      'a negative quantity',
      { ...look, quantityList: [{ epcClass: 'https://id.gs1.org/01/09521234543213', quantity: -1 }] },
      'quantity-not-positive eventList[0].quantityList[0].quantity',
    ],
    ['an undeclared prefix', { ...look, 'acme:note': 'x' }, 'prefix-undeclared eventList[0].acme'],
    [
      'an undeclared prefix deeper down',
      { ...birth, ilmd: { 'cbvmda:lotNumber': { 'acme:x': 1 } } },
      'prefix-undeclared eventList[0].acme',
    ],
    ['empty lot data', { ...birth, ilmd: {} }, 'ilmd-empty eventList[0].ilmd'],
    [
      'lot data with the end',
      { ...destroying(frame(5), [item(1)]), ilmd: { 'cbvmda:lotNumber': 'L1' } },
      'ilmd-without-add eventList[0].ilmd',
    ],
    [
      'no document in the list of them',
      { ...look, bizTransactionList: [] },
      'list-empty eventList[0].bizTransactionList',
    ],
    [
      'a business document twice',
      {
        ...look,
        bizTransactionList: [
          { type: 'po', bizTransaction: 'urn:x:1' },
          { type: 'po', bizTransaction: 'urn:x:1' },
        ],
      },
      'transaction-repeated eventList[0].bizTransactionList[1]',
    ],
    [
      'two sources of a kind',
      {
        ...look,
        sourceList: [
          { type: 'location', source: 'https://id.gs1.org/414/9521234000006' },
          { type: 'location', source: 'https://id.gs1.org/414/9521234999997' },
        ],
      },
      'party-repeated eventList[0].sourceList[1]',
    ],
    ['the zone -00:00', { ...look, eventTimeZoneOffset: '-00:00' }, 'zone-minus-zero eventList[0].eventTimeZoneOffset'],
    [
      'a zone that is not',
      { ...look, eventTimeZoneOffset: '+14:30' },
      'zone-impossible eventList[0].eventTimeZoneOffset',
    ],
    ['a day that is not', { ...look, eventTime: '2026-02-30T00:00:00.000Z' }, 'time-impossible eventList[0].eventTime'],
    ['no zone', { ...look, eventTime: '2026-02-28T00:00:00.000' }, 'time-impossible eventList[0].eventTime'],
    ['a UUID that is none', { ...look, eventID: 'urn:uuid:1234' }, 'uuid-malformed eventList[0].eventID'],
    [
      'a misspelt CBV word',
      { ...look, bizStep: 'https://ref.gs1.org/cbv/BizStep-inspectign' },
      'word-misspelt eventList[0].bizStep',
    ],
    ['a CBV word in short', { ...look, disposition: 'cbv:Disp-conformant' }, 'word-as-uri eventList[0].disposition'],
    [
      'destroying that adds',
      { ...destroying(frame(5), [item(1)]), action: 'ADD' },
      'step-contradiction eventList[0].action',
    ],
    [
      'commissioning that observes',
      { ...commissioning(frame(5), [item(1)]), action: 'OBSERVE' },
      'step-contradiction eventList[0].action',
    ],
    [
      'a persistent disposition elsewhere',
      { ...pack, persistentDisposition: { set: ['damaged'] } },
      'persistent-elsewhere eventList[0].persistentDisposition',
    ],
    ['adding nothing', { ...pack, childEPCs: [] }, 'children-missing eventList[0].childEPCs'],
    [
      'a unit of measure in words',
      { ...look, quantityList: [{ epcClass: 'https://id.gs1.org/01/09521234543213', uom: 'kilogram' }] },
      'uom-form eventList[0].quantityList[0].uom',
    ],
  ])('%s', (_what, event, problem) => {
    expect(said([event], EXPORT)).toContain(problem);
    expect(said([event], IMPORT)).toContain(problem);
  });

  it('11 a record made before the event', () => {
    const recorded = { ...look, recordTime: '2026-11-22T07:00:00.000Z' };
    expect(said([recorded], IMPORT)).toEqual(['record-before-event eventList[0].recordTime']);
    expect(said([recorded], EXPORT)).toEqual(['record-time-sent eventList[0].recordTime']);
  });

  it('an id that belongs to two events', () => {
    expect(
      said([look, { ...inspecting(frame(5), [item(2)], 'conformant'), eventID: frame(3).eventID }], IMPORT),
    ).toEqual(['event-id-repeated eventList[1].eventID']);
    const wrong = declareError(look, T0 + 9000, { reason: 'incorrect_data', correctiveEventIDs: [frame(9).eventID] });
    expect(said([look, wrong], IMPORT)).toEqual([]);
    expect(said([look, wrong, wrong], IMPORT)).toEqual(['event-id-repeated eventList[2].eventID']);
  });

  it('an event in the future, or after the document', () => {
    expect(said([look], { ...EXPORT, now: T0 })).toEqual(['time-in-future eventList[0].eventTime']);
    const late = { ...look, eventTime: '2026-11-24T00:00:00.000Z' };
    expect(said([late], EXPORT)).toEqual(['time-after-document eventList[0].eventTime']);
  });

  it('a version of EPCIS that nobody knows, and no date', () => {
    const { creationDate: _none, ...undated } = head;
    const found = documentProblems({ head: { ...undated, schemaVersion: '3.0' }, events: [] }, IMPORT);
    expect(found.map(({ rule }) => rule)).toEqual(['schema-version', 'document-date']);
  });
});

describe('we are stricter with ourselves than with others:', () => {
  it.each<[string, EpcisEvent, string]>([
    [
      '2 observing without a parent',
      { ...orphan, action: 'OBSERVE', bizStep: 'holding' },
      'parent-unknown eventList[0].parentID',
    ],
    [
      'a web address for a thing',
      { ...look, epcList: ['https://example.com/things/1'] },
      'not-an-epc eventList[0].epcList[0]',
    ],
    ['a place that is no GLN', { ...look, readPoint: { id: 'geo:50.9,6.9' } }, 'not-a-place eventList[0].readPoint.id'],
    [
      'a correction without id',
      declareError(nameless, T0, { reason: 'did_not_occur' }),
      'correction-without-id eventList[0].errorDeclaration',
    ],
    [
      'wrong data, nothing put right',
      declareError(look, T0, { reason: 'incorrect_data', correctiveEventIDs: [] }),
      'corrective-missing eventList[0].errorDeclaration.correctiveEventIDs',
    ],
    [
      'a disposition that does not follow',
      { ...look, disposition: 'in_transit' },
      'step-contradiction eventList[0].disposition',
    ],
    [
      'something shipped that is still here',
      {
        ...shipping(frame(9), [PALLET], { sources: [], destinations: [] }),
        bizLocation: { id: 'https://id.gs1.org/414/9521234000006' },
      },
      'location-while-shipping eventList[0].bizLocation',
    ],
  ])('%s', (_what, event, problem) => {
    expect(said([event], EXPORT)).toContain(problem);
    expect(said([event], IMPORT)).toEqual([problem.replace(/^(\S+)/, '($1)')]);
  });

  it.each<[string, EpcisEvent, string]>([
    ['an event without id', nameless, 'event-id-missing eventList[0].eventID'],
    [
      'a time in another zone',
      { ...look, eventTime: '2026-11-22T09:00:03.000+01:00' },
      'time-decimals eventList[0].eventTime',
    ],
    ['a time without decimals', { ...look, eventTime: '2026-11-22T08:00:03Z' }, 'time-decimals eventList[0].eventTime'],
    [
      'a container emptied by an empty list',
      unpacking(frame(9), PALLET, []),
      'dissolve-unintended eventList[0].childEPCs',
    ],
  ])('%s', (_what, event, problem) => {
    expect(said([event], EXPORT)).toEqual([problem]);
    expect(said([event], IMPORT)).toEqual([]);
  });

  it('what a virtual line marked is taken in training only', () => {
    const marked = commissioning({ ...frame(1), training: true }, [item(1)]);
    const training = { ...head, namespaces: { ...head.namespaces, linewright: 'urn:linewright:epcis/' } };
    const found = (mode: 'TRAINING' | 'PRODUCTION') =>
      documentProblems({ head: training, events: [marked] }, { ...IMPORT, mode }).map(({ rule }) => rule);
    expect(found('PRODUCTION')).toEqual(['training-data']);
    expect(found('TRAINING')).toEqual([]);
  });
});

describe('the rules', () => {
  it('say in a sentence what must hold', () => {
    expect(Object.values(RULES).filter((sentence) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
  });

  it('tell it in a sentence, with the identifier in question', () => {
    const [problem] = documentProblems(
      { head, events: [{ ...look, epcList: ['urn:epc:idpat:sgtin:9521234.054321.*'] }] },
      EXPORT,
    );
    expect(problem).toEqual({
      rule: 'pattern-for-instance',
      path: 'eventList[0].epcList[0]',
      message: 'urn:epc:idpat:sgtin:9521234.054321.* names a class of things, where a single thing must stand.',
      severity: 'error',
    });
  });

  it('never throw, whatever an event holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.webUrl()), fc.string(), (step, time, epcs, parentID) => {
        const event: EpcisEvent = {
          ...pack,
          bizStep: step,
          eventTime: time,
          childEPCs: epcs,
          parentID,
          [`${step}:x`]: time,
        };
        expect(Array.isArray(documentProblems({ head, events: [event, event] }, STORY))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
