import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import { accountOf, printedRangesOf, rangesOf } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import type { PrinterSignal } from '#line/signal.ts';
import { record } from '#line/suspend.ts';
import type { Instant } from '#line/time.ts';

type Progress = Extract<PrinterSignal, { kind: 'print-progress' }>;

/**
 * The printer says how far it is, and the queue is filled again. What the camera saw before the printer told is on record all
 * the same: its state has moved on, its time of printing has not been noted yet.
 */
export function printProgress(line: LineState, signal: Progress, effects: Effect[]): void {
  const last = Math.min(signal.printed - line.recordBase, line.ledger.nextToSend - 1);
  if (last > line.lastPrinted) {
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
  topUp(line, signal.at, effects);
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
