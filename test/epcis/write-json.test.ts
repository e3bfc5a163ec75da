import { describe, expect, it } from 'vitest';
import type { DocumentHead } from '#epcis/event-model.ts';
import { inspecting, packing } from '#epcis/line-events.ts';
import { itemsIn, jsonDocument } from '#epcis/write-json.ts';
import { frame, item, PALLET } from './example-events.ts';
import { text } from './example-run.ts';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const head: DocumentHead = {
  kind: 'document',
  schemaVersion: '2.0',
  creationDate: '2026-11-22T09:00:00.000Z',
  namespaces: {},
  vocabularies: [],
  extensions: {},
};
const look = inspecting(frame(3), [item(1), item(2)], 'conformant');
const pack = packing(frame(4), PALLET, [item(1)]);

describe('a document in JSON is written', () => {
  it('with everything that stands around its events', async () => {
    const whole: DocumentHead = {
      ...head,
      id: 'urn:uuid:1',
      instanceIdentifier: 'M1',
      sender: 'S',
      receiver: 'R',
      namespaces: { cbvmda: 'urn:epcglobal:cbv:mda', x: 'urn:x/' },
      extensions: { 'x:note': 'n' },
      vocabularies: [
        {
          type: 'urn:x:y',
          elements: [
            { id: 'urn:a', attributes: [{ id: 'cbvmda:name', value: 'Plant' }], children: ['urn:b'] },
            { id: 'urn:b', attributes: [] },
          ],
        },
      ],
    };
    expect(JSON.parse(await text(jsonDocument(whole, [look])))).toEqual({
      '@context': [CONTEXT, { cbvmda: 'urn:epcglobal:cbv:mda:', x: 'urn:x/' }],
      id: 'urn:uuid:1',
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-11-22T09:00:00.000Z',
      instanceIdentifier: 'M1',
      sender: 'S',
      receiver: 'R',
      'x:note': 'n',
      epcisHeader: {
        epcisMasterData: {
          vocabularyList: [
            {
              type: 'urn:x:y',
              vocabularyElementList: [
                { id: 'urn:a', attributes: [{ id: 'cbvmda:name', attribute: 'Plant' }], children: ['urn:b'] },
                { id: 'urn:b', attributes: [] },
              ],
            },
          ],
        },
      },
      epcisBody: { eventList: [look] },
    });
  });

  it('with nothing that is not there, one event a line', async () => {
    const before = `{"@context":["${CONTEXT}"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-22T09:00:00.000Z","epcisBody":{"eventList":[`;
    expect(await text(jsonDocument(head, []))).toBe(`${before}\n]}}\n`);
    const lines = [JSON.stringify(look), JSON.stringify(pack)].join(',\n');
    expect(await text(jsonDocument(head, [look, pack]))).toBe(`${before}\n${lines}\n]}}\n`);
  });

  it('in pieces that tell how many items they speak of', async () => {
    const items: number[] = [];
    for await (const chunk of jsonDocument(head, [look, pack])) items.push(chunk.items);
    expect(items).toEqual([0, 2, 1, 0]);
  });
});

it('an event speaks of things and children, of what goes in and what comes out, and not of its parent', () => {
  const { eventTime, eventTimeZoneOffset } = look;
  const { eventID } = frame(3);
  const made = { type: 'TransformationEvent', eventID, eventTime, eventTimeZoneOffset } as const;
  expect(itemsIn(look)).toBe(2);
  expect(itemsIn(pack)).toBe(1);
  expect(itemsIn({ ...made, inputEPCList: [item(1), item(2), item(3)], outputEPCList: [item(4)] })).toBe(4);
  expect(itemsIn(made)).toBe(0);
});
