import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { epcLedger, NONE } from '#epcis/epc-ledger.ts';
import { eventHash, preHash } from '#epcis/event-hash.ts';
import { readJsonDocument } from '#epcis/read-json.ts';
import { documentProblems } from '#epcis/validator.ts';
import { outOfProportion } from '../growth.ts';
import { item, PALLET } from './example-events.ts';

const event = {
  type: 'ObjectEvent',
  eventTime: '2026-11-22T08:00:00.000Z',
  eventTimeZoneOffset: '+00:00',
  action: 'OBSERVE',
};

/** A document as text; written by template, because what is nested without end cannot be built as a value. */
function documentText(events: readonly object[]): string {
  return JSON.stringify({
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { x: 'urn:x/' }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-11-23T00:00:00.000Z',
    epcisBody: { eventList: events },
  });
}

function times<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_none, n) => make(n));
}

function members(count: number, name: (n: number) => string): Record<string, number> {
  return Object.fromEntries(times(count, (n) => [name(n), n]));
}

/** Everything that is done with a document from outside: read, judged, hashed. */
function taken(text: string): string {
  const read = readJsonDocument(text);
  if (read.kind === 'refused') return read.problems[0]?.message ?? 'refused';
  const { head, events } = read.document;
  const problems = documentProblems(read.document, { purpose: 'import', tells: 'everything' });
  const sha256 = (all: string) => createHash('sha256').update(all).digest();
  return `${problems.length} problems, ${events.map((one) => eventHash(one, head.namespaces, sha256)).length} hashes`;
}

const emptied = { ...event, type: 'AggregationEvent', action: 'DELETE' };
const documents: Readonly<Record<string, (count: number) => readonly object[]>> = {
  // An import of 25 000 delivery notes stood still for three seconds.
  'business documents in one event': (count) => [
    { ...event, bizTransactionList: times(count, (n) => ({ bizTransaction: `urn:epcglobal:cbv:bt:1:${n}` })) },
  ],
  'sources in one event': (count) => [
    { ...event, sourceList: times(count, (n) => ({ type: `urn:a:${n}`, source: `urn:b:${n}` })) },
  ],
  'things in one event, each with a fault': (count) => [{ ...event, epcList: times(count, item) }],
  'containers that are emptied': (count) => times(count, (n) => ({ ...emptied, parentID: item(n) })),
  'values in a list of an extension': (count) => [{ ...event, 'x:a': times(count, (n) => n) }],
  'extensions in one event': (count) => [{ ...event, ...members(count, (n) => `x:a${n}`) }],
  'prefixes that nobody declared': (count) => [{ ...event, ...members(count, (n) => `p${n}:a`) }],
  'events with a context of their own': (count) =>
    times(count, (n) => ({ ...event, '@context': [{ [`p${n}`]: `urn:${n}` }] })),
  quantities: (count) => [{ ...event, quantityList: times(count, (n) => ({ epcClass: `urn:a:${n}` })) }],
  'sensor reports': (count) => [
    { ...event, sensorElementList: times(count, (value) => ({ sensorReport: [{ type: 'x', value }] })) },
  ],
  'fields that are wrong': (count) => [{ ...event, epcList: times(count, (n) => n) }],
};

/** How many of them, where 8 000 are slow to read or too few to tell. */
const sizes: Readonly<Record<string, number>> = {
  'business documents in one event': 24_000,
  'sources in one event': 40_000,
  'containers that are emptied': 4000,
  'events with a context of their own': 4000,
};

/** Others may be using the machine. */
const PATIENCE = 60_000;

describe('a document in JSON is read, judged and hashed in time that grows as it does, with', {
  timeout: PATIENCE,
}, () => {
  it.each(Object.entries(documents))('many %s', (what, make) => {
    const work = (count: number) => {
      const text = documentText(make(count));
      return () => taken(text);
    };
    expect(outOfProportion(work, sizes[what] ?? 8000)).toBeUndefined();
  });
});

it('an event whose place has many extensions is hashed in time that grows as they do', { timeout: PATIENCE }, () => {
  const work = (count: number) => {
    const place = { ...event, type: 'ObjectEvent', action: 'OBSERVE' } as const;
    const crowded = { ...place, readPoint: { id: 'urn:a:b', ...members(count, (n) => `x:a${n}`) } };
    return () => preHash(crowded, { x: 'urn:x/' });
  };
  expect(outOfProportion(work, 80_000)).toBeUndefined();
});

it('children are taken out as they were put in, in time that grows as they do', { timeout: PATIENCE }, () => {
  const work = (count: number) => {
    const ledger = epcLedger();
    const parent = ledger.entryOf(PALLET);
    const children = times(count, (n) => ledger.entryOf(item(n)));
    return () => {
      for (const child of children) ledger.move(child, parent);
      for (const child of children) ledger.move(child, NONE);
      return ledger.children(parent);
    };
  };
  expect(outOfProportion(work, 60_000)).toBeUndefined();
});

describe('a document in JSON that is nested without end is refused, not broken off,', { timeout: PATIENCE }, () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const vocabulary = { vocabularyElementList: [{ attributes: [{ attribute: '…' }] }] };
  it.each([
    ['in a field', documentText([{ ...event, action: '…' }])],
    ['in an extension', documentText([{ ...event, 'x:a': '…' }])],
    [
      'in its master data',
      JSON.stringify({
        ...JSON.parse(documentText([])),
        epcisHeader: { epcisMasterData: { vocabularyList: [vocabulary] } },
      }),
    ],
  ])('%s', (_where, text) => {
    const sentence = '$: its brackets are nested more than 250 deep.';
    expect(taken(text.replace('"…"', nested(100_000)))).toBe(sentence);
    expect(taken(text.replace('"…"', nested(251)))).toBe(sentence);
    expect(taken(text.replace('"…"', nested(200)))).not.toBe(sentence);
    expect(taken(text.replace('"…"', `"${nested(300)}"`))).not.toBe(sentence);
  });
});

it('an event with 150 000 faults is judged to its end', { timeout: PATIENCE }, () => {
  expect(taken(documentText([{ ...event, epcList: times(150_000, item) }]))).toBe('150000 problems, 1 hashes');
});
