import { describe, expect, it } from 'vitest';
import { eventHash } from '#epcis/event-hash.ts';
import type { EpcisDocument } from '#epcis/event-model.ts';
import { readJsonDocument } from '#epcis/read-json.ts';
import { jsonDocument } from '#epcis/write-json.ts';
import { sha256, text } from './example-run.ts';
import { absence, standard, standardFiles } from './standards.ts';

const absent = absence();
if (absent !== undefined) console.warn(`skipped: ${absent}`);

const event = {
  type: 'ObjectEvent',
  eventTime: '2026-11-22T08:00:00.200Z',
  eventTimeZoneOffset: '+01:00',
  epcList: ['https://id.gs1.org/01/09521234543213/21/S1'],
  action: 'OBSERVE',
};
const document = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-22T09:00:00.000Z',
  epcisBody: { eventList: [event] },
};

/** This one gives another meaning to a prefix that the official context protects: JSON-LD cannot expand it. */
const CONTRADICTORY = 'epcis/json-samples/WithFullCombinationOfFields/transformation_event_all_possible_fields.jsonld';

function hashesOf({ head, events }: EpcisDocument): string[] {
  return events.map((one) => eventHash(one, head.namespaces, sha256));
}

function refusal(value: unknown): string[] {
  const answer = readJsonDocument(typeof value === 'string' ? value : JSON.stringify(value));
  return answer.kind === 'refused' ? answer.problems.map(({ rule, message }) => `${rule} | ${message}`) : [];
}

describe('the official samples', () => {
  it.each(standardFiles('epcis/json-samples', '.jsonld').filter((file) => file !== CONTRADICTORY))(
    '%s is read, and written again to the same hashes',
    async (file) => {
      const first = readJsonDocument(standard(file));
      if (first.kind === 'refused') throw new Error(JSON.stringify(first.problems));
      const head = { creationDate: '2026-11-22T09:00:00.000Z', ...first.document.head };
      const again = readJsonDocument(await text(jsonDocument(head, first.document.events)));
      if (again.kind === 'refused') throw new Error(JSON.stringify(again.problems));
      expect(hashesOf(again.document)).toEqual(hashesOf(first.document));
      expect(again.document.head).toEqual({ ...head, kind: 'document' });
    },
  );

  it('that redefines a protected prefix is refused, and why', ({ skip }) => {
    skip(absent !== undefined, absent);
    expect(standardFiles('epcis/json-samples', '.jsonld').length).toBe(47);
    expect(refusal(standard(CONTRADICTORY))).toEqual([
      'prefix-protected | $.@context: the prefix "cbvmda" is taken by EPCIS and cannot mean http://example.com/cbvmda/.',
    ]);
  });
});

describe('a document that is none', () => {
  const only = (change: object) => ({ ...document, epcisBody: { eventList: [{ ...event, ...change }] } });
  it.each<[string, unknown, string]>([
    ['no JSON', '{"type":', 'not-json | $: this is no JSON object.'],
    [
      'another document',
      { type: 'Invoice' },
      'not-a-document | $.type: this is neither an EPCISDocument nor an EPCISQueryDocument.',
    ],
    [
      'no context',
      { ...document, '@context': [] },
      'context-missing | $.@context: the EPCIS context is not among the contexts.',
    ],
    [
      'no list of events',
      { ...document, epcisBody: {} },
      'field-form | $.epcisBody.eventList: a list of events should stand here.',
    ],
    [
      'an unknown field',
      { ...document, nonsense: 1 },
      'field-unknown | $.nonsense: "nonsense" is no field of an EPCIS document.',
    ],
    [
      'an unknown type of event',
      only({ type: 'Event' }),
      'field-form | $.epcisBody.eventList[0]: "Event" is no type of event that is known here.',
    ],
    [
      'a field of another type of event',
      only({ parentID: 'urn:x:y' }),
      'field-unknown | $.epcisBody.eventList[0].parentID: "parentID" is no field of EPCIS here; an extension would need a prefix.',
    ],
    [
      'a CBV word that does not exist',
      only({ bizStep: 'comissioning' }),
      'field-form | $.epcisBody.eventList[0].bizStep: a word of the CBV, or a URI should stand here, not "comissioning".',
    ],
    [
      'a quantity in words',
      only({ quantityList: [{ epcClass: 'urn:x:y', quantity: '5' }] }),
      'field-form | $.epcisBody.eventList[0].quantityList[0].quantity: a number should stand here, not "5".',
    ],
    [
      'ILMD without prefix',
      only({ ilmd: { lot: 'A' } }),
      'field-unknown | $.epcisBody.eventList[0].ilmd.lot: "lot" is no field of EPCIS here; an extension would need a prefix.',
    ],
    ['no action', only({ action: undefined }), 'field-missing | $.epcisBody.eventList[0]: "action" is missing.'],
  ])('because of %s is refused, and the place is named', (_what, given, sentence) => {
    expect(refusal(given)).toEqual([sentence]);
  });

  it('of any bytes is answered, never thrown', () => {
    expect(refusal('')).toHaveLength(1);
    expect(refusal('null')).toHaveLength(1);
    expect(refusal({ ...document, epcisBody: { eventList: [null, 3, [], 'x'] } })).toHaveLength(4);
  });

  it('lets a byte order mark stand in front', () => {
    expect(refusal(`\ufeff${JSON.stringify(document)}`)).toEqual([]);
  });
});
