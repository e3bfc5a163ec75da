import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { eventHash } from '#epcis/event-hash.ts';
import type { DocumentHead, EpcisDocument, EpcisEvent } from '#epcis/event-model.ts';
import { inspecting } from '#epcis/line-events.ts';
import { type ReadDocument, readJsonDocument } from '#epcis/read-json.ts';
import { inUrns } from '#epcis/urn-notation.ts';
import { jsonDocument } from '#epcis/write-json.ts';
import { readXmlDocument } from '#epcis-xml/read-xml.ts';
import { xmlDocument } from '#epcis-xml/write-xml.ts';
import { frame, head, item, shift } from '../epcis/example-events.ts';
import { sha256, text } from '../epcis/example-run.ts';
import { absence, STANDARDS } from '../epcis/standards.ts';
import { noSchemas, schemaErrors } from './schema.ts';

const schemaless = noSchemas();
const absent = absence();
if (schemaless !== undefined) console.warn(`skipped: ${schemaless}`);

const message: DocumentHead = {
  ...head,
  sender: 'urn:epc:id:sgln:9521234.00000.0',
  receiver: 'urn:epc:id:sgln:9521234.99999.0',
  instanceIdentifier: 'M-1',
  vocabularies: [
    {
      type: 'urn:epcglobal:epcis:vtype:EPCClass',
      elements: [
        {
          id: 'urn:epc:idpat:sgtin:9521234.054321.*',
          attributes: [{ id: 'urn:epcglobal:cbv:mda#regulatedProductName', value: 'Soap & Water <"5">' }],
        },
      ],
    },
  ],
};

const inUrnForm = shift.map((event) => inUrns(event, () => 7));

function read(answer: ReadDocument): EpcisDocument {
  if (answer.kind === 'refused') throw new Error(answer.problems.map(({ message: sentence }) => sentence).join(' '));
  return answer.document;
}

function hashes({ head: { namespaces }, events }: EpcisDocument, keep: (event: EpcisEvent) => boolean): string[] {
  return events.filter(keep).map((event) => eventHash(event, namespaces, sha256));
}

describe('a shift of a line', () => {
  it('is valid against the official schemas of XML 1.2, XML 2.0 and JSON', async ({ skip }) => {
    skip(schemaless !== undefined, schemaless);
    const urn = await text(xmlDocument(message, inUrnForm, '1.2'));
    const bare = await text(xmlDocument(head, inUrnForm, '1.2'));
    expect(schemaErrors('1.2', { urn, bare })).toBe('');
    expect(schemaErrors('2.0', { links: await text(xmlDocument(message, shift, '2.0')) })).toBe('');
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    const accepts = ajv.compile(JSON.parse(readFileSync(join(STANDARDS, 'epcis/EPCIS-JSON-Schema.json'), 'utf8')));
    accepts(JSON.parse(await text(jsonDocument(message, shift))));
    expect(accepts.errors ?? []).toEqual([]);
  });

  it('comes back as it went, from each syntax', async () => {
    const json = read(readJsonDocument(await text(jsonDocument(message, shift))));
    const links = read(readXmlDocument(await text(xmlDocument(message, shift, '2.0'))));
    const urns = read(readXmlDocument(await text(xmlDocument(message, inUrnForm, '1.2'))));
    expect(json).toEqual({ head: message, events: shift });
    expect(links.events).toEqual(shift);
    expect(urns.events).toEqual(inUrnForm);
    expect(urns.head.vocabularies).toEqual(message.vocabularies);
  });

  it('has the same hashes as JSON with links, XML 2.0 with links and XML 1.2 with URNs, but for events with a lot', async () => {
    const lotless = ({ ilmd }: EpcisEvent) => ilmd === undefined;
    const json = hashes(read(readJsonDocument(await text(jsonDocument(head, shift)))), lotless);
    const links = hashes(read(readXmlDocument(await text(xmlDocument(head, shift, '2.0')))), lotless);
    const urns = hashes(read(readXmlDocument(await text(xmlDocument(head, inUrnForm, '1.2')))), lotless);
    expect(json.length).toBe(shift.length - 1);
    expect([links, urns]).toEqual([json, json]);
  });

  it('is read in EPCIS 2.0 when JSON was made of what came in XML', async () => {
    const { head: foreign, events } = read(readXmlDocument(await text(xmlDocument(message, shift, '2.0'))));
    expect(read(readJsonDocument(await text(jsonDocument(foreign, events)))).events).toEqual(shift);
  });
});

describe('what a version cannot say', () => {
  const one = inspecting(frame(3), [item(1)], 'conformant');
  it.each<[string, EpcisEvent, string]>([
    ['an association', { ...one, type: 'AssociationEvent' }, 'EPCIS 1.2 has no association events.'],
    [
      'sensor data',
      { ...one, sensorElementList: [{ sensorReport: [{ type: 'Temperature' }] }] },
      'EPCIS 1.2 has no sensorElementList.',
    ],
    [
      'a lasting disposition',
      { ...one, persistentDisposition: { set: ['damaged'] } },
      'EPCIS 1.2 has no persistentDisposition.',
    ],
  ])('%s is not written, and said', async (_what, event, sentence) => {
    await expect(text(xmlDocument(head, [event], '1.2'))).rejects.toThrow(sentence);
  });

  it('a character that XML cannot hold is not written, and said', async () => {
    const odd = { ...one, 'x:note': 'a\u0001b' };
    await expect(text(xmlDocument(head, [odd], '2.0'))).rejects.toThrow('holds a character that XML cannot carry');
  });

  it('a URN needs the length of the company prefix, which is never guessed', () => {
    expect(() => inUrns(one, () => undefined)).toThrow('the length of its GS1 Company Prefix is not known');
    expect(() => inUrns(one, () => 3)).toThrow('the length of its GS1 Company Prefix is 3');
  });
});

it('a serial is escaped for the URN first and for XML then', async () => {
  const odd = inUrns(
    inspecting(frame(3), ['https://id.gs1.org/01/09521234543213/21/a%26b%27%3C'], 'conformant'),
    () => 7,
  );
  const made = await text(xmlDocument(head, [odd], '1.2'));
  expect(made).toContain('<epc>urn:epc:id:sgtin:9521234.054321.a%26b&apos;%3C</epc>');
});

it('official files were looked for', ({ skip }) => {
  skip(absent !== undefined, absent);
  expect(STANDARDS).not.toBe('');
});
