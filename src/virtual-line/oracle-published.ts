import { basename } from 'node:path';
import { epcKey, type Published, serialIn } from '#virtual-line/oracle-epcis.ts';
import { placeOf } from '#virtual-line/oracle-ledger.ts';
import type { Case } from '#virtual-line/oracle-physical.ts';
import type { RunRecord, SerialRow } from '#virtual-line/oracle-record.ts';
import { type Findings, findings } from '#virtual-line/oracle-report.ts';

/** Invariants about what was told to others. */

/** O4: there is no aggregation yet, so none may be published. */
export function nothingAggregated(published: Published | undefined): Findings {
  const result = findings('O4', 'Nothing is packed that should not be');
  result.note('Aggregation is not part of the record yet: only its absence from the EPCIS file is looked at.');
  if (published !== undefined && published.aggregations > 0) {
    result.add(`The EPCIS file packs items ${published.aggregations} times, and the record knows of no case.`);
  }
  return result;
}

/** O9: commissioned in the file = GOOD in the record = in the good output, each exactly once. */
export function publishedIsTrue(theCase: Case, published: Published | undefined, file: string | undefined): Findings {
  const result = findings('O9', 'The EPCIS file, the record and the good output name the same serials');
  if (published === undefined) {
    result.note('No EPCIS file was given: the record is compared with the good output alone.');
  }
  const { record, matched } = theCase;
  for (const serial of record.serials) {
    const isThere = (matched.carriers.get(serial) ?? []).some(({ physical }) => placeOf(physical) === 'good output');
    if (published === undefined) compareWithoutFile(result, serial, isThere, record);
    else compareSerial(result, serial, isThere, published);
  }
  if (published !== undefined) compareFile(result, record, published, file);
  return result;
}

function compareSerial(
  result: Findings,
  { serial, gtin, state }: SerialRow,
  isThere: boolean,
  published: Published,
): void {
  const times = published.commissioned.get(epcKey(gtin, serial)) ?? 0;
  if (state === 'GOOD' && times !== 1) {
    result.add(`Serial ${serial} is GOOD but commissioned ${times} times in the EPCIS file.`);
  } else if (isThere && times === 0) {
    result.add(`Serial ${serial} is in the good output but not commissioned in the EPCIS file.`);
  } else if (!isThere && times > 0) {
    result.add(`Serial ${serial} is commissioned in the EPCIS file but not in the good output.`);
  }
}

function compareWithoutFile(result: Findings, { serial, state }: SerialRow, isThere: boolean, record: RunRecord): void {
  if ((state === 'GOOD') === isThere) return;
  const sentence = `Serial ${serial} is ${state} and ${isThere ? 'in' : 'not in'} the good output.`;
  const canBecomeGood = state === 'SENT' || state === 'PRINTED';
  if (canBecomeGood && record.run.state !== 'CLOSED') result.leaveOpen(sentence);
  else result.add(sentence);
}

function compareFile(result: Findings, record: RunRecord, published: Published, file: string | undefined): void {
  const good = record.serials.filter(({ state }) => state === 'GOOD');
  const expected = new Set(good.map(({ gtin, serial }) => epcKey(gtin, serial)));
  for (const key of published.commissioned.keys()) {
    if (!expected.has(key)) result.add(`The EPCIS file commissions ${serialIn(key)}, which is not GOOD in this run.`);
  }
  for (const sentence of published.strange) result.add(sentence);
  for (const lot of published.lots) {
    if (lot !== record.run.lot) result.add(`The EPCIS file says lot ${lot}, not ${record.run.lot}.`);
  }
  for (const expiry of published.expiries) {
    if (expiry !== record.run.expiry) result.add(`The EPCIS file says expiry ${expiry}, not ${record.run.expiry}.`);
  }
  compareExport(result, record, published, basename(file ?? ''));
}

/** The record remembers what it wrote: a file that was touched afterwards is not the one it stands for. */
function compareExport(result: Findings, record: RunRecord, published: Published, name: string): void {
  const stated = record.exports.findLast((row) => basename(row.file) === name);
  if (stated === undefined) {
    result.note('The record holds no export of that name, so size and hash are not compared.');
    return;
  }
  if (stated.sha256 !== published.sha256) {
    result.add('The EPCIS file is not the one the record wrote: its SHA-256 differs.');
  }
  if (stated.events !== published.events) {
    result.add(`The record wrote ${stated.events} events, but the file holds ${published.events}.`);
  }
}
