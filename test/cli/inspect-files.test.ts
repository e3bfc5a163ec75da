import { describe, expect, it } from 'vitest';
import { layOut, PLAIN } from '#cli/inspect/layout.ts';
import { inspectText } from '#cli/inspect/recognise.ts';
import type { Context } from '#cli/inspect/report.ts';

const NOON: Context = { today: '2026-11-22', now: Date.UTC(2026, 10, 22, 12) };

interface Given {
  readonly text: string;
  readonly name?: string;
}

function shown({ text, name }: Given): string {
  return `\n${layOut(inspectText(text, NOON, name), PLAIN)}`;
}

const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const ITEMS = ['urn:epc:id:sgtin:9521234.054321.A1', 'urn:epc:id:sgtin:9521234.054321.A2'];

const event = JSON.stringify({
  '@context': CONTEXT,
  type: 'ObjectEvent',
  eventTime: '2026-11-21T10:00:00.000Z',
  eventTimeZoneOffset: '+01:00',
  action: 'ADD',
  bizStep: 'commissioning',
  disposition: 'active',
  epcList: ['https://id.gs1.org/01/09521234543213/21/A1', 'https://id.gs1.org/01/09521234543213'],
});

const document = JSON.stringify({
  '@context': CONTEXT,
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-22T10:00:00.000Z',
  epcisBody: {
    eventList: [
      {
        type: 'ObjectEvent',
        eventTime: '2026-11-21T10:00:00.000Z',
        eventTimeZoneOffset: '+01:00',
        action: 'ADD',
        bizStep: 'commissioning',
        disposition: 'active',
        epcList: ITEMS,
      },
      {
        type: 'AggregationEvent',
        eventTime: '2026-11-21T10:05:00.000Z',
        eventTimeZoneOffset: '+01:00',
        action: 'ADD',
        bizStep: 'packing',
        parentID: 'urn:epc:id:sscc:9521234.0000000017',
        childEPCs: ITEMS,
      },
    ],
  },
});

const order = JSON.stringify({
  order: 'PO-7',
  product: { gtin: '09521234543214', gcpLength: 7, name: 'Example Tablets 20 mg', minGrade: 1.5 },
  lot: 'EX1',
  expiry: '2025-01-31',
  quantity: 300,
  overagePercent: 10,
  market: 'DE',
});

/** What a person sees who inspects a file: all of it. */
const SHOWN: readonly (readonly [does: string, given: Given, output: string])[] = [
  [
    'a single EPCIS event that names a class for an item',
    { text: event, name: 'file.json' },
    `
EPCIS event without a document (JSON), 1 event
  input    file.json
  note     A document was put around it to read it.

  ObjectEvent ADD     1
  step commissioning  1
  event time          2026-11-21T10:00:00.000Z
  identifiers         2 different, 2 in all
  identifier 1        https://id.gs1.org/01/09521234543213/21/A1
  identifier 2        https://id.gs1.org/01/09521234543213

  hash id of event 1  ni:///sha-256;954c2923841e34726d1457ea5f0a1a2da01bb0a91c32f81f681c77b5a5395ef7?ver=CBV2.0

PROBLEM at eventList[0].epcList[1] [class-for-instance]: https://id.gs1.org/01/09521234543213 names a class of things, where a single thing must stand.
1 problem.
`,
  ],
  [
    'an EPCIS document',
    { text: document, name: 'file.json' },
    `
EPCIS 2.0 document (JSON), 2 events
  input    file.json

  made at               2026-11-22T10:00:00.000Z
  ObjectEvent ADD       1
  AggregationEvent ADD  1
  step commissioning    1
  step packing          1
  event time            2026-11-21T10:00:00.000Z to 2026-11-21T10:05:00.000Z
  identifiers           3 different, 5 in all
  identifier 1          urn:epc:id:sgtin:9521234.054321.A1
  identifier 2          urn:epc:id:sgtin:9521234.054321.A2
  identifier 3          urn:epc:id:sscc:9521234.0000000017

  hash id of event 1  ni:///sha-256;f5ca4b0947bf43088df94f12c6279ddba21c8612944847ea41f66b137b44f9b8?ver=CBV2.0
  hash id of event 2  ni:///sha-256;c8b7f5afe617065527a194c0328421a1375a9e649c46817d973be311df4c7809?ver=CBV2.0

OK: no problems.
`,
  ],
  [
    'an order file that cannot be carried out',
    { text: order, name: 'file.json' },
    `
Order file: PO-7
  input    file.json
  note     Whether the order was imported before, only the workstation knows.

  PART      TITLE             VALUE                  MEANING
  order     ORDER             PO-7
  product   PRODUCT           Example Tablets 20 mg  lowest grade 1.5
  01        GTIN              09521234543214         company prefix of 7 digits
  10        BATCH/LOT         EX1
  17        USE BY or EXPIRY  2025-01-31
  quantity  QUANTITY          300                    + 10 %
  market    MARKET            DE

PROBLEM at product.gtin [order]: GTIN 09521234543214 ends in 4, but its check digit is 3. One of its digits is wrong; compare it with the product master.
PROBLEM at expiry [order]: Expiry 2025-01-31 is not after today (2026-11-22), so nothing of this lot could be sold. Correct the date or the lot.
2 problems.
`,
  ],
];

describe('inspect shows', () => {
  it.each(SHOWN)('%s', (_does, given, output) => {
    expect(shown(given)).toBe(output);
  });

  it('the same events in XML as in JSON, by their hashes', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0" creationDate="2026-11-22T10:00:00.000Z">
<EPCISBody><EventList><ObjectEvent><eventTime>2026-11-21T10:00:00.000Z</eventTime>
<eventTimeZoneOffset>+01:00</eventTimeZoneOffset>
<epcList><epc>${ITEMS[0]}</epc><epc>${ITEMS[1]}</epc></epcList><action>ADD</action>
<bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep><disposition>urn:epcglobal:cbv:disp:active</disposition>
</ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>`;
    const [first] = inspectText(document, NOON).forms;
    expect(inspectText(xml, NOON)).toMatchObject({
      what: 'EPCIS 2.0 document (XML), 1 event',
      verdict: 'clean',
      forms: [first],
    });
  });

  it.each([
    ['JSON that breaks off', '{"type": "EPCISDocument", ', 'unusable', 'not-json'],
    [
      'EPCIS without a list of events',
      `{"@context": "${CONTEXT[0]}", "type": "EPCISDocument"}`,
      'problems',
      'field-form',
    ],
    ['XML that breaks off', '<?xml version="1.0"?><epcis:EPCISDocument><a>', 'problems', undefined],
    ['a line file without devices', '{"line": "L1", "mode": "TRAINING", "devices": []}', 'problems', 'file-form'],
  ])('%s, with the reason', (_does, text, verdict, rule) => {
    const report = inspectText(text, NOON);
    expect(report.verdict).toBe(verdict);
    if (rule !== undefined) expect(report.problems[0]?.rule).toBe(rule);
    expect(report.problems.length).toBeGreaterThan(0);
  });

  it.each([
    ['JSON of somebody else', '{"hello": 1}', 'json'],
    ['XML of somebody else', '<html><body/></html>', 'xml'],
    ['brackets without end', '['.repeat(100_000), 'unknown'],
  ])('%s as unusable', (_does, text, kind) => {
    const report = inspectText(text, NOON);
    expect([report.kind, report.verdict]).toEqual([kind, 'unusable']);
    expect(report.notes.length).toBeGreaterThan(0);
  });
});
