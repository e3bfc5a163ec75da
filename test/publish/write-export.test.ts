import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpcisItem, EpcisRun } from '#epcis/life-events.ts';
import { parseGtin } from '#gs1/gtin.ts';
import { exportFileName, writeExport } from '#publish/write-export.ts';

const gtin = parseGtin('09521234543213');
if (gtin === undefined) throw new Error('the example GTIN is wrong');

const run: EpcisRun = {
  database: '5f0c7f1e',
  run: 7,
  order: 'PO-1001',
  gtin,
  lot: 'EX24A01',
  expiry: '2028-11-22',
  mode: 'TRAINING',
  asOf: 1_800_000_000_000,
  offsetAt: () => '+00:00',
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linewright-export-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function* items(count: number): Generator<EpcisItem[]> {
  for (let from = 0; from < count; from += 1000) {
    yield Array.from({ length: Math.min(1000, count - from) }, (_none, at) => ({
      serial: `S${from + at}`,
      at: 1_790_000_000_000 + from + at,
      seq: from + at,
    }));
  }
}

describe('an export', () => {
  it('tells what is in it, and leaves one whole file', async () => {
    const file = join(folder, exportFileName(run, 'epcis-json'));
    const answer = await writeExport({ format: 'epcis-json', file, run, items: items(2500) });
    const bytes = await readFile(file);
    expect(answer).toEqual({
      kind: 'done',
      value: {
        file,
        format: 'epcis-json',
        items: 2500,
        events: 3,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    });
    expect(JSON.parse(bytes.toString()).epcisBody.eventList.length).toBe(3);
    expect(await readdir(folder)).toEqual(['PO-1001-run-7-epcis-TRAINING.jsonld']);
  });

  it('has the same bytes when it is made again, and takes the place of the first', async () => {
    const wish = { format: 'epcis-json', file: join(folder, 'twice.jsonld'), run } as const;
    const once = await writeExport({ ...wish, items: items(1500) });
    expect(await writeExport({ ...wish, items: items(1500) })).toEqual(once);
  });

  it('overwrites what a power cut left half-written', async () => {
    const file = join(folder, 'after.jsonld');
    await writeFile(`${file}.tmp`, 'half of something much longer than what follows'.repeat(1000));
    const answer = await writeExport({ format: 'epcis-json', file, run, items: items(1) });
    expect(answer).toMatchObject({ kind: 'done', value: { bytes: (await readFile(file)).length } });
    expect(await readdir(folder)).toEqual(['after.jsonld']);
  });

  it('takes rows as they come and shows how far it is', async () => {
    let taken = 0;
    let furthest = 0;
    const told: number[] = [];
    async function* rows(): AsyncGenerator<EpcisItem[]> {
      for (const page of items(100_000)) {
        taken += page.length;
        furthest = Math.max(furthest, taken - (told.at(-1) ?? 0));
        yield page;
      }
    }
    const file = join(folder, 'long.jsonld');
    await writeExport({ format: 'epcis-json', file, run, items: rows() }, (done) => told.push(done));
    expect(told.at(-1)).toBe(100_000);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(furthest).toBeLessThan(10_000); // what is in memory is never a tenth of the run
  });

  it.runIf(existsSync('/dev/full'))('says so when the disk is full, and leaves nothing behind', async () => {
    const file = join(folder, 'full.jsonld');
    await symlink('/dev/full', `${file}.tmp`);
    expect(await writeExport({ format: 'epcis-json', file, run, items: items(5000) })).toEqual({
      kind: 'failed',
      failure: {
        code: 'disk-full',
        message: expect.stringMatching(/^full\.jsonld was not written: the disk of .* is full.*export again/),
      },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says so when the folder is missing', async () => {
    const file = join(folder, 'nowhere', 'x.jsonld');
    expect(await writeExport({ format: 'epcis-json', file, run, items: items(1) })).toEqual({
      kind: 'failed',
      failure: { code: 'no-folder', message: expect.stringMatching(/there is no folder .*nowhere.*Create it/) },
    });
  });

  it('says so when its name is taken by a folder, and leaves nothing behind', async () => {
    const file = join(folder, 'taken.jsonld');
    await mkdir(file);
    expect(await writeExport({ format: 'epcis-json', file, run, items: items(1) })).toMatchObject({
      kind: 'failed',
      failure: { code: 'io', message: expect.stringMatching(/^taken\.jsonld was not written/) },
    });
    expect(await readdir(folder)).toEqual(['taken.jsonld']);
  });

  it('is not made when it would break a rule of EPCIS: the sentence says which and where, and no file stays', async () => {
    const file = join(folder, 'twice.jsonld');
    const again = { serial: 'S7', at: 1_790_000_000_100, seq: 50 };
    expect(await writeExport({ format: 'epcis-json', file, run, items: [...items(20), [again]] })).toEqual({
      kind: 'failed',
      failure: {
        code: 'epcis-rule',
        message: expect.stringMatching(
          /^twice\.jsonld was not written: epcList names .*\/21\/S7 more than once\. \(eventList\[0\]\.epcList\[20\], rule item-repeated\)/,
        ),
      },
    });
    const ended = { serial: 'S3', at: 1_790_000_000_100, seq: 50, step: 'destroying' } as const;
    const revived = { serial: 'S3', at: 1_790_000_000_200, seq: 60, step: 'decommissioning' } as const;
    expect(
      await writeExport({ format: 'epcis-json', file, run, items: [...items(20), [ended, revived]] }),
    ).toMatchObject({ kind: 'failed', failure: { message: expect.stringMatching(/S3 is told of after its end/) } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not made when the record cannot be read: the error goes on and no file stays', async () => {
    function* broken(): Generator<EpcisItem[]> {
      yield* items(2000);
      throw new Error('the record is unreadable');
    }
    const file = join(folder, 'broken.jsonld');
    await expect(writeExport({ format: 'epcis-json', file, run, items: broken() })).rejects.toThrow(
      'the record is unreadable',
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the name of an export', () => {
  it.each([
    ['PRODUCTION', 'epcis-json', 'PO-1001-run-7-epcis.jsonld'],
    ['PRODUCTION', 'csv', 'PO-1001-run-7-serials.csv'],
    ['TRAINING', 'csv', 'PO-1001-run-7-serials-TRAINING.csv'],
  ] as const)('in %s as %s is %s', (mode, format, name) => {
    expect(exportFileName({ ...run, mode }, format)).toBe(name);
  });
});
