import { FACT } from '#line/fact.ts';
import { openAt, settled } from './record-file.ts';

/** A program that only records: without a count for ever, telling its parent what is on disk; with one, so many commits. */
const [, , file = '', commits] = process.argv;
const journal = await openAt(file);
journal.durable((upTo) => process.send?.(upTo));
for (let turn = 0; commits === undefined || turn < Number(commits); turn += 1) {
  for (let item = 0; item <= (commits === undefined ? turn % 5 : 0); item += 1) {
    journal.append({ kind: FACT.verdict, at: turn, run: 1, epoch: 1, item, serial: item, code: 0 });
  }
  await (commits === undefined && turn % 3 > 0 ? new Promise((resolve) => setImmediate(resolve)) : settled(journal));
}
await journal.close();
