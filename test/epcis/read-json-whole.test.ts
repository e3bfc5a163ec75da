import { describe, expect, it } from 'vitest';
import { type ReadDocument, readJsonDocument } from '#epcis/read-json.ts';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const event = {
  type: 'ObjectEvent',
  eventTime: '2026-11-22T08:00:00.200Z',
  eventTimeZoneOffset: '+01:00',
  action: 'OBSERVE',
};
const bare = { '@context': CONTEXT, type: 'EPCISDocument', epcisBody: { eventList: [] } };

function read(document: object): ReadDocument {
  return readJsonDocument(JSON.stringify(document));
}

function refusals(document: object): string[] {
  const answer = read(document);
  return answer.kind === 'refused'
    ? answer.problems.map(({ rule, path, message }) => `${rule} ${path} ${message}`)
    : [];
}

describe('a document in JSON is read', () => {
  it('with everything that stands around its events', () => {
    const document = {
      '@context': [
        'https://elsewhere.example/epcis-context.jsonld',
        { x: 'urn:x/', y: { '@id': 'urn:y' } },
        { z: 'urn:z/' },
      ],
      id: 'urn:uuid:1',
      type: 'EPCISDocument',
      schemaVersion: '2.0.1',
      creationDate: '2026-11-22T09:00:00.000Z',
      instanceIdentifier: 'M1',
      sender: 'S',
      receiver: 'R',
      'x:note': { 'x:a': [1, true, 'b'] },
      epcisHeader: {
        epcisMasterData: {
          vocabularyList: [
            {
              type: 'urn:epcglobal:epcis:vtype:Location',
              vocabularyElementList: [
                {
                  id: 'urn:epc:id:sgln:9521234.00000.0',
                  attributes: [
                    { id: 'cbvmda:name', attribute: 'Plant' },
                    { id: 'cbvmda:more', attribute: { 'x:a': [1, null, false], 'x:b': { 'x:c': 'd' } } },
                    'nothing',
                  ],
                  children: ['urn:epc:id:sgln:9521234.00000.L1', 7],
                },
                { id: 5 },
                'nothing',
              ],
            },
            { type: 'urn:x:y' },
            'nothing',
          ],
        },
      },
      epcisBody: { eventList: [event, { ...event, '@context': [{ q: 'urn:q/' }], 'q:r': 's' }] },
    };
    expect(read(document)).toEqual({
      kind: 'read',
      document: {
        head: {
          kind: 'document',
          schemaVersion: '2.0.1',
          creationDate: '2026-11-22T09:00:00.000Z',
          id: 'urn:uuid:1',
          sender: 'S',
          receiver: 'R',
          instanceIdentifier: 'M1',
          namespaces: { x: 'urn:x/', z: 'urn:z/', q: 'urn:q/' },
          vocabularies: [
            {
              type: 'urn:epcglobal:epcis:vtype:Location',
              elements: [
                {
                  id: 'urn:epc:id:sgln:9521234.00000.0',
                  attributes: [
                    { id: 'cbvmda:name', value: 'Plant' },
                    { id: 'cbvmda:more', value: { 'x:a': [1, '', false], 'x:b': { 'x:c': 'd' } } },
                  ],
                  children: ['urn:epc:id:sgln:9521234.00000.L1', '7'],
                },
                { id: '5', attributes: [] },
              ],
            },
            { type: 'urn:x:y', elements: [] },
          ],
          extensions: { 'x:note': { 'x:a': [1, true, 'b'] } },
        },
        events: [event, { ...event, 'q:r': 's' }],
      },
    });
  });

  it('with nothing that does not stand there', () => {
    expect(read(bare)).toEqual({
      kind: 'read',
      document: {
        head: { kind: 'document', schemaVersion: '2.0', namespaces: {}, vocabularies: [], extensions: {} },
        events: [],
      },
    });
    expect(read({ ...bare, schemaVersion: 2, sender: 5, epcisHeader: [], id: null })).toEqual(read(bare));
    expect(read({ ...bare, epcisHeader: { epcisMasterData: 5 } })).toEqual(read(bare));
    expect(read({ ...bare, epcisHeader: { epcisMasterData: { vocabularyList: {} } } })).toEqual(read(bare));
  });

  it('when it answers a query, whose events lie deeper', () => {
    const query = {
      ...bare,
      type: 'EPCISQueryDocument',
      epcisBody: { queryResults: { resultsBody: { eventList: [event] } } },
    };
    expect(read(query)).toMatchObject({ document: { head: { kind: 'query' }, events: [event] } });
    expect(refusals({ ...query, epcisBody: {} })).toEqual([
      'field-form $.epcisBody.queryResults.resultsBody.eventList $.epcisBody.queryResults.resultsBody.eventList: a list of events should stand here.',
    ]);
    const wrong = { ...query, epcisBody: { queryResults: { resultsBody: { eventList: [{}] } } } };
    expect(refusals(wrong)[0]).toMatch(/^field-form \$\.epcisBody\.queryResults\.resultsBody\.eventList\[0\] /);
  });

  it('when it holds a single event without a list', () => {
    expect(read({ ...bare, epcisBody: { event } })).toMatchObject({ document: { events: [event] } });
    expect(refusals({ ...bare, epcisBody: { event: {} } })[0]).toMatch(/^field-form \$\.epcisBody\.event\[0\] /);
  });

  it('with a prefix of its own that the official context fixes, if it means the same', () => {
    const again = { cbvmda: 'urn:epcglobal:cbv:mda:', cbv: 'https://ref.gs1.org/cbv/', toString: 'urn:t/' };
    expect(refusals({ ...bare, '@context': [CONTEXT, again] })).toEqual([]);
    expect(refusals({ ...bare, '@context': [CONTEXT, { epcis: 'urn:e/', cbv: 'urn:c/' }] })).toEqual([
      'prefix-protected $.@context $.@context: the prefix "epcis" is taken by EPCIS and cannot mean urn:e/.',
      'prefix-protected $.@context $.@context: the prefix "cbv" is taken by EPCIS and cannot mean urn:c/.',
    ]);
  });
});

describe('a document in JSON is refused', () => {
  it.each<[string, string, string]>([
    ['a text', '"EPCISDocument"', 'not-json $ $: this is no JSON object.'],
    ['a list', '[]', 'not-json $ $: this is no JSON object.'],
    ['nothing', 'null', 'not-json $ $: this is no JSON object.'],
    ['something unfinished', '{"type":', 'not-json $ $: this is no JSON object.'],
    ['two byte order marks', `\ufeff\ufeff${JSON.stringify(bare)}`, 'not-json $ $: this is no JSON object.'],
  ])('that is %s', (_what, text, sentence) => {
    const answer = readJsonDocument(text);
    expect(
      answer.kind === 'refused' && answer.problems.map(({ rule, path, message }) => `${rule} ${path} ${message}`),
    ).toEqual([sentence]);
  });

  it.each<[string, object, string]>([
    ['an event', event, 'not-a-document $.type $.type: this is neither an EPCISDocument nor an EPCISQueryDocument.'],
    [
      'without the context',
      { ...bare, '@context': {} },
      'context-missing $.@context $.@context: the EPCIS context is not among the contexts.',
    ],
    [
      'with another context',
      { ...bare, '@context': [`${CONTEXT}x`] },
      'context-missing $.@context $.@context: the EPCIS context is not among the contexts.',
    ],
    [
      'with a field that nobody knows',
      { ...bare, more: 1 },
      'field-unknown $.more $.more: "more" is no field of an EPCIS document.',
    ],
    [
      'without a body',
      { ...bare, epcisBody: [] },
      'field-form $.epcisBody.eventList $.epcisBody.eventList: a list of events should stand here.',
    ],
  ])('that is %s', (_what, document, sentence) => {
    expect(refusals(document)).toEqual([sentence]);
  });
});
