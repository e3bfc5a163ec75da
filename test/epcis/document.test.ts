import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { epcisDocument } from '#epcis/document.ts';
import type { EpcisItem, EpcisRun, Pages } from '#epcis/life-events.ts';
import { items, run, sha256, T0, text } from './example-run.ts';

const schemaFile = resolve(
  process.env['LINEWRIGHT_STANDARDS'] ?? '../shared/standards',
  'epcis/EPCIS-JSON-Schema.json',
);
const absent = existsSync(schemaFile)
  ? undefined
  : `the official EPCIS schema is not at ${schemaFile} (or $LINEWRIGHT_STANDARDS)`;
if (absent !== undefined) console.warn(`skipped: ${absent}`);

const training: EpcisRun = { ...run, mode: 'TRAINING' };
const { location: _unknown, ...nowhere } = run;

async function documentOf(of: EpcisRun, from: Pages<EpcisItem>) {
  return JSON.parse(await text(epcisDocument(of, from, sha256)));
}

describe('an EPCIS document', () => {
  it('commissions what left the line, with lot, expiry, place and order', async () => {
    expect(await documentOf(run, items(2))).toEqual({
      '@context': [
        'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
        { cbvmda: 'urn:epcglobal:cbv:mda:' },
      ],
      id: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-11-22T09:00:00.000Z',
      instanceIdentifier: `5f0c7f1e-7-${T0 + 3_600_000}`,
      epcisBody: {
        eventList: [
          {
            type: 'ObjectEvent',
            eventID: expect.stringMatching(
              /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
            ),
            eventTime: '2026-11-22T08:00:00.200Z',
            eventTimeZoneOffset: '+01:00',
            epcList: [
              'https://id.gs1.org/01/09521234543213/21/S0000001',
              'https://id.gs1.org/01/09521234543213/21/S0000002',
            ],
            action: 'ADD',
            bizStep: 'commissioning',
            disposition: 'active',
            readPoint: { id: 'https://id.gs1.org/414/9521234000006/254/L1' },
            bizLocation: { id: 'https://id.gs1.org/414/9521234000006' },
            bizTransactionList: [{ type: 'prodorder', bizTransaction: 'urn:epcglobal:cbv:bt:9521234000006:PO-1001' }],
            ilmd: { 'cbvmda:lotNumber': 'EX/24=A', 'cbvmda:itemExpirationDate': '2028-11-22' },
          },
        ],
      },
    });
  });

  it('speaks of at most a thousand consecutive items in one event, at the time of the last', async () => {
    const { eventList } = (await documentOf(run, items(2500))).epcisBody;
    expect(
      eventList.map((event: { epcList: string[]; eventTime: string }) => [event.epcList.length, event.eventTime]),
    ).toEqual([
      [1000, '2026-11-22T08:01:40.000Z'],
      [1000, '2026-11-22T08:03:20.000Z'],
      [500, '2026-11-22T08:04:10.000Z'],
    ]);
    expect(new Set(eventList.map((event: { eventID: string }) => event.eventID)).size).toBe(3);
  });

  it('ends the life of a commissioned item with a DELETE of its own, without lot and expiry', async () => {
    const life: EpcisItem[][] = [
      ...items(3),
      [{ serial: 'S0000002', at: T0 + 5000, seq: 50, step: 'destroying' }],
      [{ serial: 'S0000003', at: T0 + 6000, seq: 60, step: 'decommissioning' }],
    ];
    const { eventList } = (await documentOf(run, life)).epcisBody;
    expect(eventList).toMatchObject([
      { action: 'ADD', bizStep: 'commissioning', disposition: 'active' },
      { action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed', epcList: [expect.stringMatching(/2$/)] },
      { action: 'DELETE', bizStep: 'decommissioning', disposition: 'inactive', epcList: [expect.stringMatching(/3$/)] },
    ]);
    expect(eventList.map((event: object) => 'ilmd' in event)).toEqual([true, false, false]);
  });

  it('of the virtual line says so in its name and in each event', async () => {
    const made = await documentOf(training, items(1001));
    expect(made.instanceIdentifier).toMatch(/-TRAINING$/);
    expect(made['@context'][1]).toEqual({ cbvmda: 'urn:epcglobal:cbv:mda:', linewright: 'urn:linewright:epcis/' });
    expect(made.epcisBody.eventList.map((event: Record<string, unknown>) => event['linewright:training'])).toEqual([
      true,
      true,
    ]);
  });

  it('is the same, byte for byte, when it is written again', async () => {
    const [once, again] = [
      await text(epcisDocument(run, items(1500), sha256)),
      await text(epcisDocument(run, items(1500), sha256)),
    ];
    expect(again).toBe(once);
  });

  it('gives an event that has grown since the last export another id', async () => {
    const idOf = async (count: number) => (await documentOf(run, items(count))).epcisBody.eventList[0].eventID;
    expect(await idOf(10)).toBe(await idOf(10));
    expect(await idOf(11)).not.toBe(await idOf(10));
    expect((await documentOf({ ...run, database: 'another' }, items(10))).epcisBody.eventList[0].eventID).not.toBe(
      await idOf(10),
    );
  });

  it('of 100 000 items is never held: a page and an event at a time', async () => {
    let taken = 0;
    function* counted(): Generator<EpcisItem[]> {
      for (const page of items(100_000)) {
        taken += page.length;
        yield page;
      }
    }
    let given = 0;
    let longest = 0;
    for await (const chunk of epcisDocument({ ...run, asOf: T0 + 86_400_000 }, counted(), sha256)) {
      given += chunk.items;
      longest = Math.max(longest, chunk.text.length);
      expect(taken - given).toBeLessThanOrEqual(300);
    }
    expect(given).toBe(100_000);
    expect(longest).toBeLessThan(64 * 1024);
  });
});

describe('the official EPCIS 2.0 schema', () => {
  const everything: EpcisItem[][] = [...items(3), [{ serial: 'S0000001', at: T0 + 5000, seq: 50, step: 'destroying' }]];

  it('accepts every kind of document this version writes', async ({ skip }) => {
    skip(absent !== undefined, absent);
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    const accepts = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
    const documents = {
      'a production run': await documentOf(run, items(2500)),
      'a training run': await documentOf(training, items(3)),
      'a line without a place': await documentOf(nowhere, items(3)),
      'a run without a good item': await documentOf(run, items(0)),
      'items that ended': await documentOf(training, everything),
    };
    const errors = Object.entries(documents).map(([name, made]) => [name, accepts(made) ? [] : accepts.errors]);
    expect(errors).toEqual(Object.keys(documents).map((name) => [name, []]));
    expect(accepts({ ...documents['a training run'], nonsense: true })).toBe(false);
  });
});
