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
  settle(line, tracked, judged, at, reading, effects);
  react(line, tracked, judged, effects);
}

/** An item without a picture fails; two in a row stop the line (F14). */
export function failUnread(line: LineState, tracked: Tracked, at: Instant, effects: Effect[]): void {
  const judged = { verdict: fail('no-reading'), serial: -1, text: '' };
  settle(line, tracked, judged, at, undefined, effects);
  react(line, tracked, judged, effects);
}

/**
 * The expected-serial window: records are printed in order, one an item at the most. A serial further ahead than items
 * went by means that a record was skipped, and every code since may sit on the wrong item (F03).
 */
function inOrder(line: LineState, tracked: Tracked, judged: Judgement): Judgement {
  const { lastRead } = line;
  const { verdict } = judged;
  const isItsOwn = verdict.kind === 'PASS' || OF_THE_ITEM.has(verdict.reason);
  // Numbers voided at a stop are no records: the first one after it follows on the last one before.
  const isFirstAfterStop =
    lastRead !== undefined && lastRead.serial < line.armedFrom - 1 && judged.serial >= line.armedFrom;
  if (!isItsOwn || lastRead === undefined || isFirstAfterStop) return judged;
  const items = tracked.item - lastRead.item;
  const records = judged.serial - lastRead.serial;
  if (records >= 1 && records <= items) return judged;
  return { ...judged, verdict: fail('out-of-sequence', judged.text, serialAt(line.ledger, lastRead.serial + 1)) };
}

/** Failures that say how well the item was made: whose code it bears is another question, and its turn all the same. */
const OF_THE_ITEM: ReadonlySet<Reason> = new Set([
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
  // What a purge clears away was printed before the stop: it says nothing new, and the PLC diverts it.
  if ((flags & TRACKING_LOST) !== 0) return;
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
      // A record was skipped, or the reader missed a trigger: then every picture since is of the item behind.
      forgetPairing(line);
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
