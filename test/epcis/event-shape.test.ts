import { describe, expect, it } from 'vitest';
import { isEvent, isRecord, shapeProblems } from '#epcis/event-shape.ts';

const sound = {
  type: 'ObjectEvent',
  eventTime: '2026-11-22T08:00:00.000Z',
  eventTimeZoneOffset: '+01:00',
  action: 'ADD',
};

function said(change: object): string[] {
  return shapeProblems({ ...sound, ...change }, '').map(({ rule, path, message }) => `${rule} ${path} | ${message}`);
}

const amount = (quantity: object) => ({ quantityList: [{ epcClass: 'urn:a:b', ...quantity }] });
const sensed = (report: unknown) => ({ sensorElementList: [{ sensorReport: [report] }] });

describe('a field of an event', () => {
  it.each<[string, object, string, string, string]>([
    ['a text is a number', amount({ uom: 5 }), '.quantityList[0].uom', 'a text', '5'],
    ['a text is empty', amount({ uom: '' }), '.quantityList[0].uom', 'a text', '""'],
    ['a number is text', amount({ quantity: '5' }), '.quantityList[0].quantity', 'a number', '"5"'],
    ['a number is none', amount({ quantity: Number.NaN }), '.quantityList[0].quantity', 'a number', 'null'],
    ['a URI is a number', { eventID: 5 }, '.eventID', 'a URI', '5'],
    ['a URI has no scheme', { eventID: 'abc' }, '.eventID', 'a URI', '"abc"'],
    ['a URI ends with its scheme', { eventID: 'urn:' }, '.eventID', 'a URI', '"urn:"'],
    ['a blank stands before a URI', { eventID: ' urn:a:b' }, '.eventID', 'a URI', '" urn:a:b"'],
    ['a blank stands in a URI', { eventID: 'urn:a b' }, '.eventID', 'a URI', '"urn:a b"'],
    ['a URI is told in a list', { epcList: ['urn:a:b', 'c'] }, '.epcList[1]', 'a URI', '"c"'],
    ['a time is a number', { eventTime: 5 }, '.eventTime', 'a date and time', '5'],
    ['a time is a day', { eventTime: '2026-11-22' }, '.eventTime', 'a date and time', '"2026-11-22"'],
    [
      'something stands before a time',
      { eventTime: '+2026-11-22T08:00Z' },
      '.eventTime',
      'a date and time',
      '"+2026-11-22T08:00Z"',
    ],
    ['an action does not exist', { action: 'KEEP' }, '.action', 'ADD, OBSERVE or DELETE', '"KEEP"'],
    ['an offset is a number', { eventTimeZoneOffset: 1 }, '.eventTimeZoneOffset', 'an offset such as +01:00', '1'],
    ['an offset is Z', { eventTimeZoneOffset: 'Z' }, '.eventTimeZoneOffset', 'an offset such as +01:00', '"Z"'],
    [
      'an offset has something before it',
      { eventTimeZoneOffset: 'x+01:00' },
      '.eventTimeZoneOffset',
      'an offset such as +01:00',
      '"x+01:00"',
    ],
    [
      'an offset has something behind it',
      { eventTimeZoneOffset: '+01:000' },
      '.eventTimeZoneOffset',
      'an offset such as +01:00',
      '"+01:000"',
    ],
    ['a word is a number', { bizStep: 5 }, '.bizStep', 'a word of the CBV, or a URI', '5'],
    ['a word does not exist', { bizStep: 'comissioning' }, '.bizStep', 'a word of the CBV, or a URI', '"comissioning"'],
    ['a blank stands before a word', { bizStep: ' urn:a:b' }, '.bizStep', 'a word of the CBV, or a URI', '" urn:a:b"'],
    ['a word is two', { bizStep: 'urn:a b' }, '.bizStep', 'a word of the CBV, or a URI', '"urn:a b"'],
    ['a certification is a number', { certificationInfo: 5 }, '.certificationInfo', 'a URI', '5'],
    [
      'one of several certifications is none',
      { certificationInfo: ['urn:a:b', 'c'] },
      '.certificationInfo[1]',
      'a URI',
      '"c"',
    ],
    [
      'a kind of measurement is a number',
      sensed({ type: 5 }),
      '.sensorElementList[0].sensorReport[0].type',
      'a text',
      '5',
    ],
  ])('is refused because %s', (_why, change, path, wanted, given) => {
    expect(said(change)).toEqual([`field-form ${path} | ${path}: ${wanted} should stand here, not ${given}.`]);
  });

  it.each<[string, object, string, string]>([
    ['a list is a text', { epcList: 'urn:a:b' }, '.epcList', 'a list should stand here'],
    ['an object is a text', { readPoint: 'urn:a:b' }, '.readPoint', 'an object should stand here'],
    ['a measurement is a text', sensed('x'), '.sensorElementList[0].sensorReport[0]', 'an object should stand here'],
    ['an object is a list', { readPoint: [] }, '.readPoint', 'an object should stand here'],
    ['an object is nothing', { readPoint: null }, '.readPoint', 'an object should stand here'],
  ])('is refused because %s: what should stand there is said', (_why, change, path, sentence) => {
    expect(said(change)).toEqual([`field-form ${path} | ${path}: ${sentence}.`]);
  });

  it('is told in sixty characters, however long it is', () => {
    const place = (length: number) => said({ action: 'A'.repeat(length) })[0]?.split(', not ')[1];
    expect(place(58)).toBe(`"${'A'.repeat(58)}".`);
    expect(place(59)).toBe(`"${'A'.repeat(56)}….`);
  });

  it.each<[string, object]>([
    ['of its own, with a prefix', { 'x:y': 5 }],
    ['of a place, with a prefix', { readPoint: { id: 'urn:a:b', 'x:y': 5 } }],
    ['of a measurement, whatever its name', sensed({ type: 'x', anything: [5] })],
    ['that is a word of the CBV', { bizStep: 'packing', disposition: 'in_progress' }],
    ['that is a word of somebody else', { bizStep: 'https://example.com/steps#x' }],
    ['with one certification', { certificationInfo: 'urn:a:b' }],
    ['with several certifications', { certificationInfo: ['urn:a:b', 'urn:a:c'] }],
    ['whose time has a zone', { eventTime: '2026-11-22T08:00:00+01:00' }],
  ])('is accepted: one %s', (_what, change) => {
    expect(said(change)).toEqual([]);
  });
});

describe('an event', () => {
  it.each([
    ['nothing', null, ''],
    ['a number', 5, ''],
    ['a list', [sound], ''],
    ['an object without a type', {}, ''],
    ['of a type that is a number', { ...sound, type: 5 }, ''],
    ['of a type that does not exist', { ...sound, type: 'toString' }, 'toString'],
  ])('is not %s', (_what, value, type) => {
    expect(shapeProblems(value, 'eventList[3]')).toEqual([
      {
        rule: 'field-form',
        path: 'eventList[3]',
        message: `eventList[3]: "${type}" is no type of event that is known here.`,
        severity: 'error',
      },
    ]);
    expect(isEvent(value)).toBe(false);
  });

  it('that stands alone is called the event', () => {
    expect(shapeProblems({}, '')[0]?.message).toBe('The event: "" is no type of event that is known here.');
  });

  it('says what it lacks, and what it has without a prefix, at the same time', () => {
    const { action: _gone, ...rest } = sound;
    expect(shapeProblems({ ...rest, lot: 'A', readPoint: {} }, '').map(({ message }) => message)).toEqual([
      'The event: "action" is missing.',
      '.lot: "lot" is no field of EPCIS here; an extension would need a prefix.',
      '.readPoint: "id" is missing.',
    ]);
    expect(isEvent(sound)).toBe(true);
  });

  it.each<[string, string[]]>([
    ['ObjectEvent', ['action']],
    ['AggregationEvent', ['action']],
    ['AssociationEvent', ['action', 'parentID']],
    ['TransactionEvent', ['action', 'bizTransactionList']],
    ['TransformationEvent', []],
  ])('of the type %s needs its own fields beside type and times', (type, own) => {
    expect(shapeProblems({ type }, '').map(({ message }) => message)).toEqual(
      ['eventTime', 'eventTimeZoneOffset', ...own].map((name) => `The event: "${name}" is missing.`),
    );
  });
});

it('a record is an object with members: neither nothing, nor a list, nor text', () => {
  expect([{}, null, [], 'x', 5, undefined].map(isRecord)).toEqual([true, false, false, false, false, false]);
});
