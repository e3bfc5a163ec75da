import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FACT } from '#line/fact.ts';
import { verifyChain } from '#record/verify.ts';
import { allocated, block, openAt, recordFolder, settled, tamper } from './record-file.ts';

let at = recordFolder();
let head = '';
beforeEach(async () => {
  at = recordFolder();
  const journal = await openAt(at.file);
  const serials = block(1, 600);
  await journal.allocate(serials, [allocated(serials)]); // 1
  for (let item = 0; item < 10; item += 1) {
    journal.append({ kind: FACT.verdict, at: 100 + item, run: 1, epoch: 1, item, serial: item, code: 0, grade: 40 }); // 2, 4, …
    journal.append({ kind: FACT.command, at: 100 + item, body: `{"user":"supervisor","detail":"Größe ${item}"}` }); // 3, 5, …
    await settled(journal);
  }
  await journal.close();
  const again = await openAt(at.file);
  head = again.opening.head;
  await again.close();
});
afterEach(() => at.remove());

describe('verifying a record', { timeout: 60_000 }, () => {
  it('finds an untouched one intact, and the head the program had', () => {
    expect(verifyChain(at.file)).toEqual({
      isIntact: true,
      facts: 21,
      groups: 11,
      serials: 600,
      head,
      note: expect.stringContaining('very end'),
    });
    const seen: number[] = [];
    expect(verifyChain(at.file, { expectedHead: head, onProgress: (done) => seen.push(done) }).isIntact).toBe(true);
    expect(seen).toEqual([21]);
  });

  it.each([
    [
      'a changed number',
      'UPDATE fact SET grade = 10 WHERE seq = 8',
      { seq: 8, what: 'one of the entries 8 to 9 was changed, or the hash over it' },
    ],
    [
      'a changed text',
      `UPDATE fact SET body = replace(body, 'supervisor', 'operator') WHERE seq = 5`,
      { seq: 4, what: 'one of the entries 4 to 5 was changed, or the hash over it' },
    ],
    [
      'a number taken away',
      'UPDATE fact SET serial = NULL WHERE seq = 8',
      { seq: 8, what: 'one of the entries 8 to 9 was changed, or the hash over it' },
    ],
    [
      'a changed hash',
      'UPDATE hash_group SET hash = zeroblob(32) WHERE first_seq = 1',
      { seq: 1, what: 'entry 1 was changed, or the hash over it' },
    ],
    ['a deleted entry', 'DELETE FROM fact WHERE seq = 11', { seq: 11, what: 'entry 11 is missing' }],
    [
      'a deleted commit',
      'DELETE FROM fact WHERE seq IN (10, 11); DELETE FROM hash_group WHERE first_seq = 10',
      { seq: 10, what: 'the hash of entry 10 is missing' },
    ],
    [
      'an entry before the first',
      'INSERT INTO fact (seq, kind, at) VALUES (0, 25, 1)',
      { seq: 0, what: 'entry 0 was inserted' },
    ],
    [
      'an entry behind the last',
      'INSERT INTO fact (seq, kind, at) VALUES (22, 25, 1)',
      { seq: 22, what: 'entry 22 has no hash: it was inserted, or its hash removed' },
    ],
    [
      'two entries exchanged',
      'UPDATE fact SET seq = 99 WHERE seq = 4; UPDATE fact SET seq = 4 WHERE seq = 6; UPDATE fact SET seq = 6 WHERE seq = 99',
      { seq: 4, what: 'one of the entries 4 to 5 was changed, or the hash over it' },
    ],
    [
      'entries cut off without their hashes',
      'DELETE FROM fact WHERE seq > 18',
      { seq: 19, what: 'entry 19 is missing' },
    ],
    [
      'a changed serial',
      `UPDATE serial_block SET bytes = CAST(replace(CAST(bytes AS TEXT), 'A0007', 'A0008') AS BLOB) WHERE first = 0`,
      { seq: 1, what: 'the serials that entry 1 allocated were changed' },
    ],
    [
      'serials moved to another product',
      `UPDATE allocation SET gtin = '09521234543220'`,
      { seq: 1, what: 'the GTIN of the serials that entry 1 allocated was changed' },
    ],
    [
      'a serial renamed in the index',
      `UPDATE serial SET serial = 'ZZZ' WHERE idx = 7`,
      { seq: 1, what: `'ZZZ' is wrong in the index of serials of run 1` },
    ],
    [
      'a serial taken from the index',
      'DELETE FROM serial WHERE idx = 7',
      { seq: 1, what: '1 are missing in the index of serials of run 1' },
    ],
  ])('finds %s', (_what, sql, bad) => {
    tamper(at.file, sql);
    const found = verifyChain(at.file);
    expect({ isIntact: found.isIntact, bad: found.bad }).toEqual({ isIntact: false, bad });
  });

  it('finds the end cut off with its hashes only by a head that was written down', () => {
    tamper(at.file, 'DELETE FROM fact WHERE seq > 19; DELETE FROM hash_group WHERE first_seq > 19');
    expect(verifyChain(at.file)).toMatchObject({ isIntact: true, facts: 19 });
    expect(verifyChain(at.file, { expectedHead: head })).toMatchObject({ isIntact: false, bad: { seq: 20 } });
  });
});
