import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import { accountOf, printedRangesOf, rangesOf } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import { noteStand } from '#line/notice.ts';
import type { PrinterSignal } from '#line/signal.ts';
import { record, suspend } from '#line/suspend.ts';
import type { Instant } from '#line/time.ts';

type Progress = Extract<PrinterSignal, { kind: 'print-progress' }>;

/**
 * The printer says how far it is, and the queue is filled again. What the camera saw before the printer told is on record all
 * the same: its state has moved on, its time of printing has not been noted yet.
 */
export function printProgress(line: LineState, signal: Progress, effects: Effect[]): void {
  line.printerAt = signal.started;
  const last = signal.printed - line.recordBase;
  if (last > line.lastPrinted && last < line.ledger.nextToSend) {
    for (const range of printedRangesOf(line.ledger, Math.max(line.lastPrinted + 1, 0), last + 1)) {
      const ref = range.first + line.recordBase;
      record(
        line,
        { kind: FACT.printed, at: signal.at, run: line.ledger.run, serial: range.first, count: range.count, ref },
        effects,
      );
    }
    line.lastPrinted = last;
  }
  if (line.mode !== 'idle') stopIfAhead(line, effects);
  topUp(line, signal.at, effects);
}

/**
 * How many numbers of this run the printer has begun by its own count, and this run never sent. A printer never begins what it
 * was not sent: an older copy of the record was put back, or the printer counts for another record as well (decision 0028).
 */
function numbersAhead({ printerAt, stoodAt, recordBase, ledger }: LineState): number {
  if (printerAt === undefined || printerAt === stoodAt) return 0;
  const begun = printerAt - recordBase + 1;
  // Before its first number is sent, a run has no number that could be behind its last.
  if (ledger.nextToSend === 0 && begun > ledger.size) return 0;
  return Math.max(0, Math.min(begun, ledger.size) - ledger.nextToSend);
}

/** Whether the line stops, once for each place where the printer is found ahead: a person has to see what is set aside. */
export function stopIfAhead(line: LineState, effects: Effect[]): boolean {
  const { printerAt, recordBase, ledger } = line;
  if (numbersAhead(line) === 0 || line.toldAhead === printerAt) return false;
  line.toldAhead = printerAt;
  const sent = ledger.nextToSend === 0 ? 'nothing sent yet' : `sent up to ${recordBase + ledger.nextToSend - 1}`;
  suspend(line, 'printer-ahead', effects, undefined, `print record ${printerAt}, ${sent}`);
  return true;
}

/** A printer's count means nothing to a run whose numbers all come before it, as long as none of them was sent. */
export function heedStand(line: LineState, at: Instant, effects: Effect[]): void {
  const { printerAt, recordBase, ledger } = line;
  const isBehind = printerAt !== undefined && printerAt >= recordBase + ledger.size;
  if (isBehind && printerAt !== line.stoodAt) noteStand(line, at, printerAt, effects);
}

/** What the printer has begun is set aside, never to be sent: it may be on a carton already. */
export function setAside(line: LineState, at: Instant, effects: Effect[]): void {
  const count = numbersAhead(line);
  if (count === 0) return;
  const { run, nextToSend: serial } = line.ledger;
  record(line, { kind: FACT.sent, at, run, serial, count, ref: serial + line.recordBase }, effects);
  record(line, { kind: FACT.moved, at, run, serial, count, code: SENT_TO_UNKNOWN }, effects);
}

/**
 * Keeps the printer's queue filled, in batches. Serials are SENT on disk before their bytes go out: whatever happens then,
 * nobody can print them a second time.
 */
export function topUp(line: LineState, at: Instant, effects: Effect[]): void {
  if (line.mode !== 'producing') return;
  const { ledger, settings, expected } = line;
  const waiting = accountOf(ledger, 'SENT');
  const wanted =
    expected.quantity + settings.runOutReserve - accountOf(ledger, 'GOOD') - waiting - accountOf(ledger, 'PRINTED');
  const left = ledger.size - ledger.nextToSend;
  const count = Math.min(settings.queueDepth - waiting, wanted, left);
  if (count <= 0 || (count < settings.queueDepth / 4 && waiting > settings.queueDepth / 2)) return;
  const first = ledger.nextToSend;
  const ref = first + line.recordBase;
  record(line, { kind: FACT.sent, at, run: ledger.run, serial: first, count, ref }, effects);
  effects.push({ kind: 'print', first, count, record: ref });
}

/** What was SENT when the printer's queue was cleared, and never seen, is voided: no number is printed twice. */
export function voidSent(line: LineState, at: Instant, effects: Effect[]): void {
  for (const range of [...rangesOf(line.ledger, 'SENT', 0, line.ledger.nextToSend)]) {
    record(
      line,
      { kind: FACT.moved, at, run: line.ledger.run, serial: range.first, count: range.count, code: SENT_TO_UNKNOWN },
      effects,
    );
  }
}

/** 100 × from + to, as `moved` facts carry it. */
const SENT_TO_UNKNOWN = 105;
