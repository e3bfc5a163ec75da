import { type ItemCode, readItemCode } from '#gs1/element-string.ts';
import { indexOf, type Ledger, stateOf, wasSeen } from '#line/ledger.ts';
import type { Expected, LineState } from '#line/line-state.ts';
import type { Finding, Reading } from '#line/signal.ts';
import { fail, PASS, type Verdict } from '#line/verdict.ts';

/** A verdict, and the index of the serial it is about: -1 when the item names none of this run's. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly serial: number;
  readonly text: string;
}

/** Flags of the PLC's trigger row: any of the first three or b4 means "not one single item of the right length". */
export const TRACKING_LOST = 0b01000;
const FORCED = 0b10111;

/**
 * Judges the code of one item. What could not be read, parsed or proved fails: absence of proof is a defect.
 * Order matters: first whether the picture belongs to the item, then what it says, then who it is, then how good it is.
 */
export function judge(
  reading: Reading,
  flags: number,
  line: Pick<LineState, 'ledger' | 'expected' | 'mode'>,
): Judgement {
  // A picture that belongs to another item says nothing about this one, not even its serial.
  if (reading.image !== reading.trigger)
    return nobody(fail('frame-skew', String(reading.image), String(reading.trigger)));
  // An unread item that is being purged fails because of the purge, not because of the print.
  const unseen = unseenBy(reading);
  if (unseen !== undefined) return nobody((flags & TRACKING_LOST) === 0 ? unseen : fail('tracking-lost'));
  const code =
    reading.aim === ']d2' || reading.aim === ']Q3' || reading.aim === ']C1' ? readItemCode(reading.text) : undefined;
  if (code === undefined) return nobody(fail('not-gs1', shown(reading)));
  const serial = indexOf(line.ledger, code.serial);
  const content = judgeContent(code, line.expected);
  if (serial < 0) return { verdict: content ?? fail('not-allocated', code.serial), serial, text: code.serial };
  // A second sight of a serial is a duplicate whatever else the code says: the first item keeps its record.
  const again = wasSeen(line.ledger, serial) ? fail('duplicate', code.serial) : undefined;
  // What bears a serial that was never sent is no work of ours, and its text says nothing of the item that will have it.
  const isSent = stateOf(line.ledger, serial) !== 'ALLOCATED';
  const verdict =
    again ??
    (isSent ? content : undefined) ??
    judgeSerial(line.ledger, serial) ??
    judgeItem(reading, flags, line) ??
    PASS;
  return { verdict, serial, text: code.serial };
}

/** Why nothing can be said of what is on the item: there was no picture of it, nobody looked, or no code was in it. */
function unseenBy({ kind, finding }: Reading): Verdict | undefined {
  if (finding?.check === 'no-image' || finding?.check === 'not-inspected') return found(finding);
  return kind === 'no-read' ? fail('no-read') : undefined;
}

function found({ check, found: what, expected }: Finding): Verdict {
  return fail(check, what, expected);
}

function nobody(verdict: Verdict): Judgement {
  return { verdict, serial: -1, text: '' };
}

function shown(reading: Reading): string {
  return `${reading.aim}${reading.text}`.replaceAll('\u001d', '<GS>').slice(0, 60);
}

function judgeContent(code: ItemCode, expected: Expected): Verdict | undefined {
  if (code.gtin !== expected.gtin) return fail('wrong-gtin', code.gtin, expected.gtin);
  if (code.lot !== expected.lot) return fail('wrong-lot', code.lot ?? 'none', expected.lot);
  if (code.expiry !== expected.expiry) return fail('wrong-expiry', code.expiry ?? 'none', expected.expiry);
  return undefined;
}

function judgeSerial(ledger: Ledger, serial: number): Verdict | undefined {
  switch (stateOf(ledger, serial)) {
    case 'ALLOCATED':
      return fail('not-sent');
    case 'SENT':
    case 'PRINTED':
      return undefined;
    case 'UNKNOWN_FATE':
    case 'SCRAPPED':
    case 'INVALID':
      return fail('unknown-fate');
    case 'GOOD':
    case 'REJECTED':
    case 'DESTROYED':
      return fail('duplicate');
    case 'MISSING':
      return fail('out-of-sequence');
  }
}

function judgeItem(reading: Reading, flags: number, line: Pick<LineState, 'expected' | 'mode'>): Verdict | undefined {
  if ((flags & TRACKING_LOST) !== 0) return fail('tracking-lost');
  if ((flags & FORCED) !== 0) return fail('flagged-by-plc');
  if (line.mode === 'suspended') return fail('after-interlock');
  if (line.mode === 'idle') return fail('not-running');
  if (reading.finding !== undefined && reading.finding.check !== 'low-parameter') return found(reading.finding);
  return judgePrint(reading, line.expected.minGrade);
}

function judgePrint(reading: Reading, minGrade: number): Verdict | undefined {
  if (minGrade > 0 && (reading.grade ?? -1) < minGrade) {
    return fail(
      'low-grade',
      reading.grade === undefined ? 'none' : (reading.grade / 10).toFixed(1),
      (minGrade / 10).toFixed(1),
    );
  }
  return reading.finding === undefined ? undefined : found(reading.finding);
}
