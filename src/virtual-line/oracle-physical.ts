import { faultsOn, type PhysicalItem, type PhysicalTruth, placeOf } from '#virtual-line/oracle-ledger.ts';
import type { JudgedItem, Matched } from '#virtual-line/oracle-match.ts';
import type { RunRecord, SerialRow } from '#virtual-line/oracle-record.ts';
import { type FalseAccept, type FalseReject, type Findings, findings } from '#virtual-line/oracle-report.ts';

/** Invariants about things one can touch: what is where, and what the record says about it. */

export interface Case {
  readonly truth: PhysicalTruth;
  readonly record: RunRecord;
  readonly matched: Matched;
}

const isGood = (item: JudgedItem): boolean => placeOf(item.physical) === 'good output';

/** Where an item is, as the end of a sentence. */
function whereabouts(item: PhysicalItem): string {
  const place = placeOf(item);
  if (place === 'removed') return 'was taken off by hand';
  return place === 'belt' ? 'is still on the belt' : `lies in the ${place}`;
}

/** O1: a serial that is GOOD is on exactly one item in the good output. */
export function goodIsThere({ record, matched }: Case): Findings {
  const result = findings('O1', 'Every GOOD serial is on exactly one item in the good output');
  for (const serial of record.serials) {
    if (serial.state !== 'GOOD') continue;
    const carriers = matched.carriers.get(serial) ?? [];
    const good = carriers.filter(isGood);
    if (good.length === 1) continue;
    const [first] = carriers;
    if (good.length > 1) {
      const numbers = good.map((item) => item.physical.item);
      result.add(
        `Serial ${serial.serial} is GOOD and in the good output ${good.length} times: items ${numbers.join(', ')}.`,
        numbers[1],
      );
    } else if (first === undefined) result.add(`Serial ${serial.serial} is GOOD, but no item carries it.`);
    else {
      result.add(
        `Serial ${serial.serial} is GOOD, but item ${first.physical.item}, which carries it, ${whereabouts(first.physical)}.`,
        first.physical.item,
      );
    }
  }
  return result;
}

/** O2: an item in the good output carries a serial of this run that is GOOD, and nothing is wrong with its code. */
export function thereIsGood({ record, matched }: Case): Findings {
  const result = findings('O2', 'Every item in the good output carries a serial of this run that is GOOD');
  for (const item of matched.items) {
    if (!isGood(item)) continue;
    const number = item.physical.item;
    if (item.defect !== undefined) result.add(`Item ${number} is in the good output, but ${item.defect}.`, number);
    for (const serial of item.serials) if (serial.state !== 'GOOD') notGood(result, record, serial, number);
  }
  return result;
}

/** A serial SENT or PRINTED can still become GOOD while the run is open; UNKNOWN_FATE never can. */
function notGood(result: Findings, record: RunRecord, serial: SerialRow, item: number): void {
  const sentence = `Item ${item} is in the good output, but its serial ${serial.serial} is ${serial.state} in the record.`;
  const canBecomeGood = serial.state === 'SENT' || serial.state === 'PRINTED';
  if (canBecomeGood && record.run.state !== 'CLOSED') result.leaveOpen(sentence);
  else result.add(sentence, item);
}

/** Faults by which the line itself puts a code on a second item: data late, a copy put in by hand, an old carton. */
const COPYING_FAULTS = new Set(['F02', 'F06', 'F09']);

/** O3, the physical half: no serial on two items, unless the ledger shows who did that and the copy was caught. */
export function noSerialTwice({ truth, matched }: Case, result: Findings): void {
  for (const [serial, carriers] of matched.carriers) {
    const [first, ...copies] = carriers;
    for (const copy of copies) {
      const excused =
        copy.physical.origin === 'inserted' ||
        faultsOn(truth, copy.physical).some((span) => COPYING_FAULTS.has(span.fault.slice(0, 3)));
      if (excused && !isGood(copy)) continue;
      result.add(
        `Serial ${serial.serial} is on item ${first?.physical.item} and on item ${copy.physical.item}, which ${whereabouts(copy.physical)}.`,
        copy.physical.item,
      );
    }
  }
}

/** O8: nothing that was diverted or marked for divert (no PASS on record) is in the good output. */
export function divertedStaysOut({ truth, record, matched }: Case): Findings {
  const result = findings('O8', 'No item marked for divert passed the divert');
  for (const item of truth.items.values()) {
    const diverted = item.places.indexOf('reject bin');
    if (diverted !== -1 && item.places.lastIndexOf('good output') > diverted) {
      result.add(`Item ${item.item} was diverted and is in the good output all the same.`, item.item);
    }
  }
  for (const item of matched.items) {
    if (!isGood(item)) continue;
    for (const serial of item.serials) {
      if (record.passedIndexes.has(serial.idx)) continue;
      result.add(
        `Item ${item.physical.item} is in the good output, but serial ${serial.serial} never had a PASS.`,
        item.physical.item,
      );
    }
  }
  return result;
}

/** What should have been diverted and was not. */
export function falseAccepts({ matched }: Case): readonly FalseAccept[] {
  return matched.items.flatMap((item) =>
    isGood(item) && item.defect !== undefined
      ? [{ item: item.physical.item, defect: item.defect, content: item.physical.contents.join(' + ') }]
      : [],
  );
}

/** Reasons by which faultless items are diverted on purpose: the zone is cleared, or its tracking is in doubt. */
const DELIBERATE = new Set([
  'purged',
  'after-interlock',
  'tracking-lost',
  'flagged-by-plc',
  'not-running',
  'out-of-sequence',
]);

/** Faultless items in the reject bin, by the record's reason, and those of them that nothing explains. */
export function rightButDiverted({ truth, matched }: Case) {
  const byReason: Record<string, number> = {};
  const unexplained: FalseReject[] = [];
  for (const item of matched.items) {
    const [serial] = item.serials;
    if (serial === undefined || item.defect !== undefined || placeOf(item.physical) !== 'reject bin') continue;
    const reason = serial.reason ?? serial.state;
    byReason[reason] = (byReason[reason] ?? 0) + 1;
    if (serial.state !== 'REJECTED' || DELIBERATE.has(reason)) continue; // cleared on purpose, or never judged
    if (faultsOn(truth, item.physical).length > 0) continue;
    unexplained.push({ item: item.physical.item, serial: serial.serial, cause: item.physical.cause, reason });
  }
  return { byReason, unexplained };
}
