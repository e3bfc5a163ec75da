import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import type { LineState, PlcPosition, Tracked } from '#line/line-state.ts';
import { notice, startTrack } from '#line/notice.ts';
import { topUp } from '#line/printing.ts';
import { runOutIfMade } from '#line/run-out.ts';
import { OUTCOMES, type Outcome, type PlcSignal } from '#line/signal.ts';
import { forgetPairing, takePlaces } from '#line/standing.ts';
import { isReleased, record, remark, suspend } from '#line/suspend.ts';
import { countLost, countOutcome, oldestJudged } from '#line/tally.ts';
import type { Instant } from '#line/time.ts';
import { failUnread } from '#line/verdict-step.ts';
import { unwrap, unwrapOnward } from '#line/wrap.ts';

type Reported = Extract<PlcSignal, { kind: 'outcome-reported' }>;
type EpochSeen = Extract<PlcSignal, { kind: 'epoch-seen' }>;

/** PRINTED → REJECTED, as `moved` facts carry it. */
const PRINTED_TO_REJECTED = 204;
const TRACKING_LOST = 15;

/** The PLC says where an item went. Only a good exit after a PASS makes a serial GOOD. */
export function outcomeReported(line: LineState, signal: Reported, effects: Effect[]): void {
  if (signal.epoch !== line.plc.epoch) return;
  const event = unwrap(signal.event, line.plc.event);
  if (event <= line.plc.event) return;
  line.plc = { ...line.plc, event };
  const item = unwrap(signal.seq, line.plc.item);
  const tracked = line.items.get(item);
  const isFinal = signal.outcome !== 'late-verdict' && signal.outcome !== 'unexpected-divert';
  if (tracked !== undefined && tracked.verdict === undefined && isFinal) {
    failUnread(line, tracked, signal.at, effects);
    refuseToPair(line, effects);
  }
  if (isFinal && item >= (line.awaited?.to ?? Number.POSITIVE_INFINITY)) refuseToPair(line, effects);
  const passedSerial = tracked?.verdict?.kind === 'PASS' ? tracked.serial : -1;
  record(
    line,
    {
      kind: FACT.outcome,
      at: signal.at,
      run: line.ledger.run,
      epoch: signal.epoch,
      item,
      code: OUTCOMES[signal.outcome],
      ref: event,
      ...(passedSerial < 0 ? {} : { serial: passedSerial }),
    },
    effects,
  );
  if (isFinal) line.items.delete(item);
  countOutcome(line, signal.outcome, tracked, signal.at);
  reactTo(line, signal.outcome, tracked, signal.at, effects);
}

/**
 * An item is past the divert and its picture has not come, while nobody knows yet which picture belongs to which item: the
 * first that comes now may be its own, late, or the next one's. It is not guessed; a standstill makes a new beginning.
 */
function refuseToPair(line: LineState, effects: Effect[]): void {
  if ((line.pairing !== undefined && line.toMeet === undefined) || !isReleased(line)) return;
  forgetPairing(line);
  suspend(line, 'tracking-lost', effects, undefined, 'the first item after a standstill had no picture');
}

function reactTo(
  line: LineState,
  outcome: Outcome,
  tracked: Tracked | undefined,
  at: Instant,
  effects: Effect[],
): void {
  const passed = tracked?.verdict?.kind === 'PASS';
  switch (outcome) {
    case 'good-exit':
      if (tracked !== undefined && !passed)
        suspend(line, 'divert-failed', effects, undefined, 'an item marked for divert left through the good exit');
      else topUp(line, at, effects);
      // Its row was lost, and with it the proof: its serial is rejected, and the item is in the good output.
      if (tracked === undefined)
        remark('divert-failed', effects, 'an item left through the good exit that nobody followed any more');
      runOutIfMade(line, effects);
      return;
    case 'diverted':
      return;
    case 'divert-failed':
      suspend(line, 'divert-failed', effects, undefined, 'an item to be diverted was not seen in the chute');
      return;
    case 'lost':
      // Taken off the belt in front of the camera it was never pictured, and every count since is one ahead.
      forgetPairing(line);
      suspend(line, 'tracking-lost', effects, undefined, 'the PLC lost an item between the camera and the exit');
      return;
    case 'unexpected-divert':
      suspend(line, 'divert-failed', effects, undefined, 'an item fell into the chute that nobody diverted');
      return;
    case 'late-verdict':
      remark('late-verdicts', effects, String(line.lateVerdicts));
      return;
  }
}

/**
 * First contact, or a PLC that counts anew: what it had in its register is gone. So it is where the counts of one epoch do
 * not follow on those of the record: an old copy of it was put back, or the PLC has its memory of an earlier time.
 */
export function epochSeen(line: LineState, signal: EpochSeen, effects: Effect[]): void {
  const isSameEpoch = signal.epoch === line.plc.epoch;
  if (isSameEpoch && !signal.fresh) {
    takePlaces(line, signal.places ?? []);
    return;
  }
  const isFirst = line.plc.epoch < 0;
  const proofless = isFirst ? 0 : loseAll(line, signal.at, effects);
  startTrack(line, isSameEpoch ? onwards(line.plc, signal) : fromThere(signal), signal.at, effects);
  line.pairing = undefined;
  line.early.length = 0;
  line.rest = undefined;
  line.awaited = undefined;
  line.unplaced = -1;
  if (isFirst) return;
  // Some of them may have left through the good exit unseen: a person has to look for that many.
  const detail = proofless === 0 ? undefined : `passed without a confirmed exit: ${proofless}`;
  suspend(line, isSameEpoch ? 'plc-out-of-step' : 'plc-restarted', effects, signal.device, detail);
}

function fromThere({ epoch, seq, event }: EpochSeen): PlcPosition {
  const after = (low: number): number => (low === 0xffff ? -1 : low);
  return { epoch, item: after(seq), event: after(event) };
}

/** No item of this epoch is counted a second time, whichever way the PLC's count has gone. */
function onwards({ epoch, item, event }: PlcPosition, signal: EpochSeen): PlcPosition {
  return { epoch, item: unwrapOnward(signal.seq, item), event: unwrapOnward(signal.event, event) };
}

/** The ring turned faster than we read: the items in those rows cannot be proved. */
export function rowsLost(line: LineState, signal: Extract<PlcSignal, { kind: 'rows-lost' }>, effects: Effect[]): void {
  notice(line, signal.ring === 'trigger' ? 'trigger-rows' : 'outcome-rows', signal.at, effects, signal.count);
  if (signal.ring === 'trigger') {
    line.plc = { ...line.plc, item: line.plc.item + signal.count };
    line.unplaced = line.plc.item;
    suspend(line, 'rows-lost', effects, signal.device, `${signal.count} items at the camera`);
    return;
  }
  line.plc = { ...line.plc, event: line.plc.event + signal.count };
  for (const tracked of oldestJudged(line, signal.count)) lose(line, tracked, signal.at, effects);
  suspend(line, 'rows-lost', effects, signal.device, `${signal.count} items behind the divert`);
}

/** Everything still on its way counts as rejected: without proof of the exit nothing becomes GOOD. */
export function loseAll(line: LineState, at: Instant, effects: Effect[]): number {
  let proofless = 0;
  for (const tracked of [...line.items.values()]) {
    if (tracked.verdict?.kind === 'PASS') proofless += 1;
    lose(line, tracked, at, effects);
  }
  return proofless;
}

function lose(line: LineState, tracked: Tracked, at: Instant, effects: Effect[]): void {
  if (tracked.verdict === undefined) failUnread(line, tracked, at, effects);
  if (tracked.verdict?.kind === 'PASS' && tracked.serial >= 0) {
    const { run } = line.ledger;
    record(
      line,
      { kind: FACT.moved, at, run, serial: tracked.serial, count: 1, code: PRINTED_TO_REJECTED, ref: TRACKING_LOST },
      effects,
    );
    countLost(line, tracked.serial, 'tracking-lost', at);
  }
  line.items.delete(tracked.item);
}
