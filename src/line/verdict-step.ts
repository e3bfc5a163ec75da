import type { Effect } from '#line/effect.ts';
import { FACT, type Fact } from '#line/fact.ts';
import { countReject } from '#line/figures.ts';
import { type Judgement, judge, TRACKING_LOST } from '#line/judge.ts';
import { rangesOf, serialAt, stateOf, unseenRangesOf, wasSeen } from '#line/ledger.ts';
import type { LineState, Tracked } from '#line/line-state.ts';
import { runOutIfMade } from '#line/run-out.ts';
import type { Reading } from '#line/signal.ts';
import { forgetPairing } from '#line/standing.ts';
import { record, remark, suspend } from '#line/suspend.ts';
import { countVerdict } from '#line/tally.ts';
import type { Instant } from '#line/time.ts';
import { fail, REASON_CODES, type Reason, type Verdict } from '#line/verdict.ts';

/** Moves of serials that went by, 100 × from + to. */
const PRINTED_TO_MISSING = 206;
const SENT_TO_PRINTED = 102;

/** Judges an item that has its trigger and its reading: the fact first, then the verdict. */
export function decide(line: LineState, tracked: Tracked, reading: Reading, at: Instant, effects: Effect[]): void {
  const judged = inOrder(line, tracked, judge(reading, tracked.flags, line));
  // A record was skipped, or the reader missed a trigger: then every picture since is of the item behind.
  if (judged.verdict.kind === 'FAIL' && judged.verdict.reason === 'out-of-sequence') forgetPairing(line);
  settle(line, tracked, judged, at, reading, effects);
  react(line, tracked, judged, effects);
}

/** The late picture of an item that has failed: its code changes nothing but where the printer's row stands. */
export function heedOrder(line: LineState, tracked: Tracked, reading: Reading, effects: Effect[]): void {
  const { serial, text } = judge(reading, tracked.flags, line);
  if (serial < 0) return;
  if (isOutOfOrder(line, tracked, serial)) {
    forgetPairing(line);
    suspend(line, 'out-of-sequence', effects, undefined, text);
    return;
  }
  line.lastRead = { serial, item: tracked.item };
}

/** An item without a picture fails; two in a row stop the line (F14). */
export function failUnread(line: LineState, tracked: Tracked, at: Instant, effects: Effect[]): void {
  const judged = { verdict: fail('no-reading'), serial: -1, text: '' };
  settle(line, tracked, judged, at, undefined, effects);
  react(line, tracked, judged, effects);
}

/**
 * The expected-serial window: records are printed in order, one an item at the most. A serial further ahead than items
 * went by means that a record was skipped, or a trigger missed, and every code since may sit on the wrong item (F03, F14).
 */
function inOrder(line: LineState, tracked: Tracked, judged: Judgement): Judgement {
  const { verdict, serial, text } = judged;
  const isHeeded = verdict.kind === 'PASS' || OF_THE_ITEM.has(verdict.reason);
  if (serial < 0 || !isHeeded || !isOutOfOrder(line, tracked, serial)) return judged;
  const due = (line.lastRead?.serial ?? -1) + 1;
  return { ...judged, verdict: fail('out-of-sequence', text, serialAt(line.ledger, due)) };
}

function isOutOfOrder(line: LineState, { item }: Tracked, serial: number): boolean {
  const { lastRead } = line;
  if (lastRead === undefined) return false;
  // Printed before the stop, and the first of those that is read: where their row stands is not known yet.
  if (lastRead.isStart && serial < line.armedFrom) return false;
  const records = recordsBetween(line, lastRead.serial, serial);
  return records < 1 || records > item - lastRead.item;
}

/** Numbers voided at a stop are no records: the first one after it follows on the last one before. */
function recordsBetween({ armedFrom }: LineState, last: number, serial: number): number {
  return serial - (last < armedFrom && serial >= armedFrom ? armedFrom - 1 : last);
}

/** Failures for the item's own sake, or for being cleared away: its code has its turn in the printer's order all the same. */
const OF_THE_ITEM: ReadonlySet<Reason> = new Set([
  'unknown-fate',
  'tracking-lost',
  'after-interlock',
  'low-grade',
  'low-parameter',
  'assisted-read',
  'misplaced',
  'not-present',
  'wrong-count',
  'wrong-text',
]);

function settle(
  line: LineState,
  tracked: Tracked,
  { verdict, serial, text }: Judgement,
  at: Instant,
  reading: Reading | undefined,
  effects: Effect[],
): void {
  const firstSight = serial >= 0 && !wasSeen(line.ledger, serial);
  if (firstSight) passOver(line, tracked, serial, at, effects);
  const code = verdict.kind === 'PASS' ? 0 : REASON_CODES[verdict.reason];
  tracked.verdict = verdict;
  tracked.serial = firstSight ? serial : -1;
  const fact: Fact = {
    kind: FACT.verdict,
    at,
    run: line.ledger.run,
    epoch: tracked.epoch,
    item: tracked.item,
    code,
    ...(serial < 0 ? {} : { serial }),
    ...(reading === undefined ? {} : { readAt: reading.at, ref: reading.trigger }),
    ...(reading?.grade === undefined ? {} : { grade: reading.grade }),
  };
  record(line, fact, effects);
  effects.push({ kind: 'send-verdict', epoch: tracked.epoch, seq: tracked.seq, pass: code === 0, reason: code });
  countVerdict(line, fact);
  if (verdict.kind === 'FAIL') countReject(line.figures, rejected(verdict, at, text));
}

function rejected(verdict: Extract<Verdict, { kind: 'FAIL' }>, at: Instant, text: string) {
  return {
    at,
    reason: verdict.reason,
    ...(text === '' ? {} : { serial: text }),
    ...(verdict.read === undefined ? {} : { read: verdict.read }),
    ...(verdict.expected === undefined ? {} : { expected: verdict.expected }),
  };
}

/** A serial was read in order: what is before it and was never read will not come any more. */
function passOver(line: LineState, tracked: Tracked, serial: number, at: Instant, effects: Effect[]): void {
  if (serial < line.settled) return;
  if (stateOf(line.ledger, serial) === 'ALLOCATED') return;
  const { run } = line.ledger;
  for (const range of [...rangesOf(line.ledger, 'SENT', line.settled, serial)]) {
    record(
      line,
      { kind: FACT.moved, at, run, serial: range.first, count: range.count, code: SENT_TO_PRINTED },
      effects,
    );
  }
  for (const range of [...unseenRangesOf(line.ledger, line.settled, serial)]) {
    record(
      line,
      { kind: FACT.moved, at, run, serial: range.first, count: range.count, code: PRINTED_TO_MISSING },
      effects,
    );
  }
  line.settled = serial + 1;
  line.lastRead = { serial, item: tracked.item };
}

/** Failures that are consequences of a stop: they say nothing about the printing, and do not count towards another. */
const CONSEQUENCES: ReadonlySet<Reason> = new Set([
  'after-interlock',
  'not-running',
  'tracking-lost',
  'flagged-by-plc',
]);

function react(line: LineState, { flags }: Tracked, { verdict, serial, text }: Judgement, effects: Effect[]): void {
  if (verdict.kind === 'PASS') {
    line.consecutive = 0;
    line.unreadInARow = 0;
    runOutIfMade(line, effects);
    return;
  }
  if (CONSEQUENCES.has(verdict.reason) || line.mode === 'suspended' || line.mode === 'idle') return;
  if (serial < 0) remarkStranger(verdict.reason, text, effects);
  // What a purge clears away was printed before the stop: it says nothing new but its order, and the PLC diverts it.
  if ((flags & TRACKING_LOST) !== 0 && verdict.reason !== 'out-of-sequence') return;
  // Nor does what passes a head that is shut, while the belt runs empty.
  if (line.disarmed) return;
  line.consecutive += 1;
  line.unreadInARow = verdict.reason === 'no-reading' ? line.unreadInARow + 1 : 0;
  stopFor(line, verdict, serial, text, effects);
  if (line.consecutive >= line.settings.consecutiveFailures) {
    suspend(line, 'consecutive-failures', effects, undefined, String(line.consecutive));
  }
}

/** A carton with the code of another product, lot or run: one of them is taken out, not a reason to stop (F09). */
function remarkStranger(reason: Reason, text: string, effects: Effect[]): void {
  if (STRANGERS.has(reason)) remark('foreign-code', effects, text);
}

const STRANGERS: ReadonlySet<Reason> = new Set(['wrong-gtin', 'wrong-lot', 'wrong-expiry', 'not-allocated']);

type Failed = Extract<Verdict, { kind: 'FAIL' }>;

/** The reasons that mean more than one bad item (virtual-line.md §6). */
function stopFor(line: LineState, verdict: Failed, serial: number, text: string, effects: Effect[]): void {
  switch (verdict.reason) {
    case 'duplicate':
      suspend(line, 'duplicate-serial', effects, undefined, text);
      return;
    case 'wrong-gtin':
    case 'wrong-lot':
    case 'wrong-expiry':
      // Our own serial under a wrong text is our printer's doing; a stranger's code is one stray carton.
      if (serial >= 0) suspend(line, 'wrong-content', effects, undefined, `${verdict.read} ≠ ${verdict.expected}`);
      return;
    case 'not-sent':
    case 'out-of-sequence':
      suspend(line, 'out-of-sequence', effects, undefined, text);
      return;
    case 'frame-skew':
      suspend(line, 'frame-skew', effects);
      return;
    case 'no-reading':
      if (line.unreadInARow >= 2)
        suspend(line, 'tracking-lost', effects, undefined, 'two items in a row had no picture');
      return;
    default:
      return;
  }
}
