import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { RecordReader } from '#record/reader.ts';
import { exportRun } from '#station/exports.ts';
import { auditOf, by, exampleDesk, imported } from './example-desk.ts';
import { EMPTY_READER } from './example-router.ts';

const folder = mkdtempSync(join(tmpdir(), 'linewright-exports-'));
afterAll(() => rmSync(folder, { recursive: true }));

const blocked = join(folder, 'a-file');
writeFileSync(blocked, '');

const brokenReader: RecordReader = {
  ...EMPTY_READER,
  // biome-ignore lint/correctness/useYield: it fails before its first chunk
  async *productionRecords() {
    throw new Error('disk I/O error');
  },
};

it.each([
  ['folder cannot be made', { reader: EMPTY_READER, folder: join(blocked, 'exports') }, 'ENOTDIR'],
  ['record cannot be read', { reader: brokenReader, folder }, 'disk I/O error'],
])('an export whose %s is answered in words, and the attempt is on record', async (_what, parts, why) => {
  const example = exampleDesk();
  const entry = imported(example);
  const from = example.memory.facts.length;
  const answer = await exportRun(example.desk, parts, entry, 'csv', by('SUP'));
  expect(answer).toEqual({
    kind: 'failed',
    failure: { code: 'export', message: expect.stringMatching(`^The export was not written: .*${why}.*try again`) },
  });
  expect(auditOf(example.memory.facts.slice(from))).toEqual([
    { user: 'sup', role: 'SUP', action: 'export.write', outcome: 'failed', detail: answer },
  ]);
  expect(example.floor.exporting).toBeUndefined();
});
