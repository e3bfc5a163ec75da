import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { openJournal } from '#record/journal.ts';

const thread = new URL('../../src/record/writer.thread.ts', import.meta.url);

describe('a record that is being written', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'record-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps what it acknowledged', async () => {
    const file = join(folder, 'line.db');
    const first = await openJournal({ file, mode: 'TRAINING', line: 'L1', thread });
    expect(first.opening).toMatchObject({ lastSeq: 0, head: '0'.repeat(64), synchronous: 2, history: [] });
    const seq = first.append({ kind: FACT.started, at: 5, body: '{"found":"nothing"}' });
    first.append({ kind: FACT.noticed, at: 6, code: 1 });
    await first.close();
    expect([seq, first.durableUpTo]).toEqual([1, 2]);
    const second = await openJournal({ file, mode: 'TRAINING', line: 'L1', thread });
    expect(second.opening.lastSeq).toBe(2);
    expect(second.opening.history).toEqual([{ seq: 1, kind: FACT.started, at: 5, body: '{"found":"nothing"}' }]);
    await second.close();
  });
});
