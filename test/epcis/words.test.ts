import { describe, expect, it } from 'vitest';
import type { DocumentHead, EpcisEvent } from '#epcis/event-model.ts';
import { inspecting } from '#epcis/line-events.ts';
import { documentProblems, type Judging } from '#epcis/validator.ts';
import { frame, head, item } from './example-events.ts';

const place = 'https://id.gs1.org/414/9521234000006';
const look = inspecting(frame(3), [item(1)], 'conformant');

function told(
  change: object,
  judging: Judging = { purpose: 'import' },
  headChange: Partial<DocumentHead> = {},
): string[] {
  const event: EpcisEvent = { ...look, ...change };
  return documentProblems({ head: { ...head, ...headChange }, events: [event] }, judging).map(
    ({ path, message }) => `${path.replace('eventList[0].', '')}: ${message}`,
  );
}

describe('a word of business', () => {
  const step = 'https://ref.gs1.org/cbv/BizStep-';
  it.each<[string, object, string[]]>([
    ['of somebody else is left alone', { bizStep: 'https://example.com/cbv/BizStep-x' }, []],
    ['of somebody else may name the CBV', { bizStep: 'https://example.com/see/urn:epcglobal:cbv:bizstep:x' }, []],
    ['of somebody else may end like one of the CBV', { bizStep: 'x:urn:epcglobal:cbv:bizstep:' }, []],
    [
      'as a web address is written bare',
      { bizStep: `${step}packing` },
      [`bizStep: ${step}packing must be written "packing".`],
    ],
    [
      'as a URN is written bare',
      { bizStep: 'urn:epcglobal:cbv:bizstep:packing' },
      ['bizStep: urn:epcglobal:cbv:bizstep:packing must be written "packing".'],
    ],
    [
      'with the prefix of the CBV is written bare',
      { bizStep: 'cbv:BizStep-packing' },
      ['bizStep: cbv:BizStep-packing must be written "packing".'],
    ],
    [
      'as an old web address does not exist',
      { bizStep: 'http://ns.gs1.org/voc/Bizstep-pack' },
      ['bizStep: "pack" is no word of the CBV.'],
    ],
    [
      'of another vocabulary of the CBV does not exist here',
      { bizStep: 'urn:epcglobal:cbv:disp:broken' },
      ['bizStep: "broken" is no word of the CBV.'],
    ],
    [
      'for a document may be unknown to nobody',
      { bizTransactionList: [{ type: 'po', bizTransaction: 'urn:x:y' }] },
      [],
    ],
    [
      'for a document exists',
      { bizTransactionList: [{ type: 'paper', bizTransaction: 'urn:x:y' }] },
      ['bizTransactionList[0].type: "paper" is no word of the CBV.'],
    ],
    [
      'for a source exists',
      { sourceList: [{ type: 'place', source: 'https://id.gs1.org/417/9521234000006' }] },
      ['sourceList[0].type: "place" is no word of the CBV.'],
    ],
    [
      'for a destination exists',
      {
        destinationList: [
          { type: 'location', destination: place },
          { type: 'place', destination: 'https://id.gs1.org/417/9521234000006' },
        ],
      },
      ['destinationList[1].type: "place" is no word of the CBV.'],
    ],
  ])('%s', (_what, change, sentences) => {
    expect(told(change)).toEqual(sentences);
  });
});

describe('what a virtual line marked', () => {
  const namespaces = { ...head.namespaces, own: 'urn:linewright:epcis/', other: 'urn:x/' };
  const production: Judging = { purpose: 'import', mode: 'PRODUCTION' };
  const sentence = 'linewright:training: The event comes from a virtual line and is not real.';
  it.each<[string, object, Judging, string[]]>([
    ['is refused, whatever its prefix', { 'own:training': true }, production, [sentence]],
    ['is refused as text', { 'own:training': 'true' }, production, [sentence]],
    ['is refused where nobody says what mode it is', { 'own:training': true }, { purpose: 'import' }, [sentence]],
    ['is taken in training', { 'own:training': true }, { purpose: 'import', mode: 'TRAINING' }, []],
    ['is no matter on export', { 'own:training': true }, { purpose: 'export', mode: 'PRODUCTION' }, []],
    ['is taken when it is marked as real', { 'own:training': false }, production, []],
    ['is taken when it is marked as real, in text', { 'own:training': 'false' }, production, []],
    ['is taken when it is marked for something else', { 'own:trial': true }, production, []],
    ['is taken when somebody else marked it', { 'other:training': true }, production, []],
    ['is taken when the mark belongs to a member', { 'other:a': { 'own:training': true } }, production, []],
  ])('%s', (_what, change, judging, sentences) => {
    expect(told(change, judging, { namespaces })).toEqual(sentences);
  });
});

it.each([
  ['2.0', true],
  ['2.0.0', true],
  ['2.0.12', true],
  ['1.2', true],
  ['1.2.1', true],
  ['12.0', false],
  ['2.0x', false],
  ['2.0.x', false],
  ['2.1', false],
  ['1.1', false],
  ['', false],
])('version %s of EPCIS is known: %s', (schemaVersion, isKnown) => {
  expect(told({}, { purpose: 'import' }, { schemaVersion })).toEqual(
    isKnown ? [] : [`schemaVersion: EPCIS ${schemaVersion} is not known here.`],
  );
});

it.each(['x+01:00', '+01:000', 'x+14:00', '+14:00x', '+1:00', '01:00'])('no clock has the offset %s', (offset) => {
  expect(told({ eventTimeZoneOffset: offset })).toEqual([`eventTimeZoneOffset: No clock has the offset ${offset}.`]);
});

it('a time of record that is none is told, and one before the event', () => {
  expect(told({ recordTime: 'today' })).toEqual([
    'recordTime: today is no point in time: the day, the hour or the zone is not there.',
  ]);
  expect(told({ recordTime: '2026-11-22T08:00:02.999Z' })).toEqual([
    'recordTime: It was recorded at 2026-11-22T08:00:02.999Z, before it happened.',
  ]);
  expect(told({ eventTime: 'today', recordTime: '2026-11-22T08:00:02.999Z' })).toEqual([
    'eventTime: today is no point in time: the day, the hour or the zone is not there.',
  ]);
});
