import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventHash } from '#epcis/event-hash.ts';
import type { EpcisItem, EpcisRun } from '#epcis/life-events.ts';
import { readJsonDocument } from '#epcis/read-json.ts';
import { documentProblems } from '#epcis/validator.ts';
import { readXmlDocument } from '#epcis-xml/read-xml.ts';
import { parseGtin } from '#gs1/gtin.ts';
import { exportFileName, writeExport } from '#publish/write-export.ts';
import { noSchemas, schemaErrors } from '../epcis-xml/schema.ts';

const schemaless = noSchemas();
if (schemaless !== undefined) console.warn(`skipped: ${schemaless}`);

const gtin = parseGtin('09521234543213');
if (gtin === undefined) throw new Error('the example GTIN is wrong');

const T0 = Date.UTC(2026, 10, 22, 8);
const run: EpcisRun = {
  database: '5f0c7f1e',
  run: 7,
  order: 'PO-1001',
  gtin,
  lot: "R&D<'24>",
  expiry: '2028-11-22',
  mode: 'TRAINING',
  asOf: T0 + 3_600_000,
  location: { gln: '9521234000006', extension: 'L1' },
  offsetAt: () => '+01:00',
};
const prefixes = { product: 7, location: undefined };

/** 2 400 items become good; one of them is destroyed, and the number of another one is voided. */
function* items(): Generator<EpcisItem[]> {
  yield Array.from({ length: 2400 }, (_none, n) => ({ serial: `S&"${n}`, at: T0 + n, seq: n }));
  yield [{ serial: 'S&"3', at: T0 + 5000, seq: 5000, step: 'destroying' }];
  yield [{ serial: 'S&"4', at: T0 + 6000, seq: 6000, step: 'decommissioning' }];
}

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linewright-export-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function exported(format: 'epcis-json' | 'epcis-xml' | 'epcis-xml-1.2', about = run) {
  const file = join(folder, exportFileName(about, format));
  const answer = await writeExport({ format, file, run: about, items: items(), prefixes });
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return { ...answer.value, text: await readFile(file, 'utf8') };
}

function eventsOf(text: string) {
  const read = text.startsWith('<') ? readXmlDocument(text) : readJsonDocument(text);
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return read.document;
}

/** Without lot data, whose name differs between the syntaxes, events have one hash in all of them. */
function hashesOf(text: string): string[] {
  const { head, events } = eventsOf(text);
  const sha256 = (all: string) => createHash('sha256').update(all).digest();
  return events.map(({ ilmd: _lot, ...event }) => eventHash(event, head.namespaces, sha256));
}

const versions = [
  ['epcis-xml', '2.0', 'PO-1001-run-7-epcis-TRAINING.xml'],
  ['epcis-xml-1.2', '1.2', 'PO-1001-run-7-epcis-1.2-TRAINING.xml'],
] as const;

describe.each(versions)('an export as %s', (format, version, name) => {
  it('tells what is in it, and is one whole file that is what it says', async () => {
    const { text, ...told } = await exported(format);
    expect(told).toEqual({
      file: join(folder, name),
      format,
      items: 2402,
      events: 5,
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    });
    expect(await readdir(folder)).toEqual([name]);
    expect(eventsOf(text).head).toMatchObject({ schemaVersion: version, creationDate: '2026-11-22T09:00:00.000Z' });
  });

  it('is valid against the official schema, with a place and without', async ({ skip }) => {
    skip(schemaless !== undefined, schemaless);
    const { text: placed } = await exported(format);
    const { text: nowhere } = await exported(format, { ...run, location: undefined });
    expect(schemaErrors(version, { placed, nowhere })).toBe('');
  });

  it('tells the same events as the export in JSON, and breaks no rule', async () => {
    const { text } = await exported(format);
    expect(hashesOf(text)).toEqual(hashesOf((await exported('epcis-json')).text));
    const { head, events } = eventsOf(text);
    expect(events[0]?.ilmd).toEqual({ 'cbvmda:lotNumber': "R&D<'24>", 'cbvmda:itemExpirationDate': '2028-11-22' });
    expect(documentProblems({ head, events }, { purpose: 'export', tells: 'everything', mode: 'TRAINING' })).toEqual(
      [],
    );
  });

  it('has the same bytes when it is made again', async () => {
    expect((await exported(format)).sha256).toBe((await exported(format)).sha256);
  });

  it('is not made when an item would be told of after its end: the rule is named, and no file stays', async () => {
    const late: EpcisItem[] = [{ serial: 'S&"3', at: T0 + 7000, seq: 7000, step: 'decommissioning' }];
    const file = join(folder, name);
    expect(await writeExport({ format, file, run, items: [...items(), late], prefixes })).toMatchObject({
      kind: 'failed',
      failure: { code: 'epcis-rule', message: expect.stringMatching(/is told of after its end.*rule after-end/) },
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('EPCIS 1.2', () => {
  it('names things by EPC URNs, with the length of the prefix from the order', async () => {
    const [first] = eventsOf((await exported('epcis-xml-1.2')).text).events;
    expect(first).toMatchObject({
      epcList: expect.arrayContaining(['urn:epc:id:sgtin:9521234.054321.S%26%220']),
      readPoint: { id: 'urn:epc:id:sgln:9521234.00000.L1' },
      bizLocation: { id: 'urn:epc:id:sgln:9521234.00000.0' },
    });
  });

  it.each([
    [
      'of the place is given, whatever the product has',
      '9529999000002',
      { product: 7, location: 9 },
      'sgln:952999900.000.L1',
    ],
    ['of the product is in the place, too', '9521234000006', { product: 7 }, 'sgln:9521234.00000.L1'],
  ])('is written when the prefix %s', async (_when, gln, lengths, sgln) => {
    const file = join(folder, 'x.xml');
    const about = { ...run, location: { gln, extension: 'L1' } };
    const answer = await writeExport({ format: 'epcis-xml-1.2', file, run: about, items: items(), prefixes: lengths });
    expect(answer.kind).toBe('done');
    expect(await readFile(file, 'utf8')).toContain(sgln);
  });

  it.each([
    ['the place is of another company and nobody gave its length', '9529999000002', 7, /414\/9529999000002\/254\/L1/],
    ['the prefix of the product is too short for a URN', '9521234000006', 5, /01\/09521234543213\/21/],
  ])('is not written when %s: it is never guessed', async (_when, gln, product, named) => {
    const file = join(folder, 'x.xml');
    const about = { ...run, location: { gln, extension: 'L1' } };
    const answer = await writeExport({
      format: 'epcis-xml-1.2',
      file,
      run: about,
      items: items(),
      prefixes: { product },
    });
    expect(answer).toMatchObject({ kind: 'failed', failure: { code: 'epcis-rule' } });
    const message = answer.kind === 'failed' ? answer.failure.message : '';
    expect(message).toMatch(named);
    expect(message).toMatch(
      /\(rule prefix-length\)\. .*location\.gcpLength in the line file\. EPCIS 2\.0 needs none\.$/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});
