import type { Effect } from '#line/effect.ts';
import { FACT, type Fact } from '#line/fact.ts';
import { countReject } from '#line/figures.ts';
import { accountOf, rangesOf, serialAt, unseenRangesOf, wasSeen } from '#line/ledger.ts';
import type { LineState, Tracked } from '#line/line-state.ts';
import { NOTICE } from '#line/notice.ts';
import { applyFact } from '#line/replay.ts';
import { OUTCOMES, type Outcome } from '#line/signal.ts';
import { record } from '#line/suspend.ts';
import { countLost, countOutcome, countVerdict, oldestJudged } from '#line/tally.ts';
import type { Instant } from '#line/time.ts';
import { fail, PASS, reasonOf } from '#line/verdict.ts';

/** Takes one recorded fact into the state, as if it had just happened, without asking for anything to be done. */
export function replayFact(line: LineState, fact: Fact): void {
  if (fact.kind === FACT.verdict) replayVerdict(line, fact);
  applyFact(line.ledger, fact);
  if (fact.kind === FACT.outcome) replayOutcome(line, fact);
  if (fact.kind === FACT.moved && fact.code === PRINTED_TO_REJECTED) replayLost(line, fact);
  if (fact.kind === FACT.noticed) replayNotice(line, fact);
  if (fact.kind === FACT.printed)
    line.lastPrinted = Math.max(line.lastPrinted, (fact.serial ?? 0) + (fact.count ?? 1) - 1);
}

function replayVerdict(line: LineState, fact: Fact): void {
  const { epoch = 0, item = 0, code = 0, serial = -1, at, ref } = fact;
  const reason = reasonOf(code);
  const verdict = code === 0 || reason === undefined ? PASS : fail(reason);
  if (epoch !== line.plc.epoch) startEpoch(line, epoch);
  line.plc = { ...line.plc, item: Math.max(line.plc.item, item) };
  if (ref !== undefined) {
    line.pairing = { epoch, offset: item - ref };
    line.lastTrigger = ref;
  }
  const tracked: Tracked = {
    epoch,
    item,
    seq: item & 0xffff,
    flags: 0,
    serial: serial >= 0 && wasSeen(line.ledger, serial) ? -1 : serial,
    verdict,
    late: false,
    ...(ref === undefined ? { abandoned: true as const } : {}),
  };
  line.items.set(item, tracked);
  countVerdict(line, fact);
  if (reason !== undefined)
    countReject(line.figures, { at, reason, ...(serial < 0 ? {} : { serial: serialAt(line.ledger, serial) }) });
}

function replayOutcome(line: LineState, fact: Fact): void {
  const { epoch = 0, item = 0, code, ref = -1 } = fact;
  if (epoch !== line.plc.epoch) startEpoch(line, epoch);
  line.plc = { ...line.plc, item: Math.max(line.plc.item, item), event: Math.max(line.plc.event, ref) };
  const outcome = outcomeOf(code);
  const tracked = line.items.get(item);
  if (outcome === undefined) return;
  if (outcome !== 'late-verdict' && outcome !== 'unexpected-divert') line.items.delete(item);
  countOutcome(line, outcome, tracked, fact.at);
}

function outcomeOf(code: number | undefined): Outcome | undefined {
  return (Object.keys(OUTCOMES) as Outcome[]).find((outcome) => OUTCOMES[outcome] === code);
}

/** A serial that passed was given up without proof of its exit. */
function replayLost(line: LineState, { serial = -1, at }: Fact): void {
  for (const tracked of line.items.values()) if (tracked.serial === serial) line.items.delete(tracked.item);
  countLost(line, serial, 'tracking-lost', at);
}

function replayNotice(line: LineState, { code, count = 1, epoch = -1, item = -1, ref = -1 }: Fact): void {
  line.figures.notices += count;
  const { plc } = line;
  if (code === NOTICE['trigger-rows']) line.plc = { ...plc, item: plc.item + count };
  if (code === NOTICE['outcome-rows']) {
    line.plc = { ...plc, event: plc.event + count };
    for (const tracked of oldestJudged(line, count)) line.items.delete(tracked.item);
  }
  if (code === NOTICE['printer-stood']) line.stoodAt = ref;
  if (code !== NOTICE['track-started']) return;
  line.items.clear();
  line.plc = { epoch, item, event: ref };
}

function startEpoch(line: LineState, epoch: number): void {
  line.items.clear();
  line.plc = { epoch, item: -1, event: -1 };
}

/** What a restart found on the line. */
export interface Found {
  /** Sent to the printer and never seen: voided. */
  readonly unknownFate: number;
  /** Judged, and still without a confirmed exit: the PLC's ring will tell. */
  readonly inTransit: number;
}

/**
 * After a power cut: what was sent and not seen by the camera has no known fate and is never used again
 * (process.md §4.7); what was judged waits for the PLC to say where it went. The line stands until it is released.
 */
export function voidUnseen(line: LineState, at: Instant, effects: Effect[]): Found {
  const { ledger } = line;
  const { run } = ledger;
  const before = accountOf(ledger, 'UNKNOWN_FATE');
  for (const range of [...rangesOf(ledger, 'SENT', 0, ledger.nextToSend)]) {
    record(
      line,
      { kind: FACT.moved, at, run, serial: range.first, count: range.count, code: SENT_TO_UNKNOWN },
      effects,
    );
  }
  for (const range of [...unseenRangesOf(ledger, 0, ledger.nextToSend)]) {
    record(
      line,
      { kind: FACT.moved, at, run, serial: range.first, count: range.count, code: PRINTED_TO_UNKNOWN },
      effects,
    );
  }
  line.mode = 'suspended';
  line.disarmed = true;
  line.toMeet = 'away';
  line.rest = undefined;
  line.awaited = undefined;
  line.settled = ledger.nextToSend;
  return { unknownFate: accountOf(ledger, 'UNKNOWN_FATE') - before, inTransit: line.items.size };
}

const PRINTED_TO_REJECTED = 204;
const SENT_TO_UNKNOWN = 105;
const PRINTED_TO_UNKNOWN = 205;
