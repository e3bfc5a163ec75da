import { abandonUnread } from '#line/correlate.ts';
import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import { rangesOf, unseenRangesOf } from '#line/ledger.ts';
import type { LineState } from '#line/line-state.ts';
import { noteTrack, startTrack } from '#line/notice.ts';
import { loseAll } from '#line/outcome.ts';
import { heedStand, setAside, stopIfAhead, topUp, voidSent } from '#line/printing.ts';
import { isMade, mayHoldItems, moveOn, remarkUsedUp, runEmpty, runOut, stands } from '#line/run-out.ts';
import { STATE_CODE } from '#line/serial-state.ts';
import type { PlcSignal } from '#line/signal.ts';
import { disarm, isReleased, record, remark } from '#line/suspend.ts';
import type { Instant } from '#line/time.ts';

/** PackML numbers this file speaks of (process.md §6.1). */
const EXECUTE = 6;
const ABORTED = 9;
const HELD = 11;
const COMPLETING = 16;
const COMPLETE = 17;

const PRINTED_TO_MISSING = 206;

/** The run was released (T10, T12, T14): the printer is armed and filled, the infeed may open. */
export function releaseLine(line: LineState, at: Instant, effects: Effect[]): void {
  if (isReleased(line)) return;
  effects.push({ kind: 'alarm', change: { kind: 'over' } });
  if (line.ledger.nextToSend === 0) heedStand(line, at, effects);
  if (stopIfAhead(line, effects)) {
    line.mode = 'suspended';
    effects.push({ kind: 'suspend-run', cause: 'printer-ahead' });
    return;
  }
  setAside(line, at, effects);
  if (line.disarmed) {
    voidSent(line, at, effects);
    line.armedFrom = line.ledger.nextToSend;
    line.lastRead = { serial: line.armedFrom - 1, item: line.plc.item, isStart: true };
    // Told to forget when the line stopped, the printer may have been away, or this workstation has been started anew.
    effects.push({ kind: 'disarm-printer' });
  }
  abandonUnread(line, at, effects);
  if (line.ledger.nextToSend === 0) noteTrack(line, at, effects);
  line.consecutive = 0;
  line.unreadInARow = 0;
  if (isMade(line)) {
    remarkUsedUp(line, effects);
    finish(line, effects);
    return;
  }
  line.mode = 'producing';
  line.disarmed = false;
  effects.push({ kind: 'arm-printer' });
  topUp(line, at, effects);
  effects.push({ kind: 'permit', open: true });
}

/** A person holds the run (T13): the machine stops; the printer keeps what it has. */
export function withdrawLine(line: LineState, effects: Effect[]): void {
  if (!isReleased(line)) return;
  line.mode = 'suspended';
  effects.push({ kind: 'permit', open: false });
  effects.push({ kind: 'machine', command: 'hold' });
}

/**
 * A person ends the run: the line runs empty first, even when it stands with items on the belt. Asked for again while
 * it still stands, the end comes at once: the machine may be broken, and whoever says so clears the belt by hand.
 */
export function endLine(line: LineState, effects: Effect[]): void {
  line.endWanted = true;
  if (line.mode === 'running-out' && !stands(line)) return;
  if (line.mode === 'running-out') endNow(line, effects);
  else if (line.mode === 'producing' && line.machine === EXECUTE) runOut(line, effects);
  else finish(line, effects);
}

/** Nothing more is made: what may be on the belt leaves it first. */
function finish(line: LineState, effects: Effect[]): void {
  if (mayHoldItems(line)) runEmpty(line, effects);
  else endNow(line, effects);
}

function endNow(line: LineState, effects: Effect[]): void {
  effects.push({ kind: 'permit', open: false });
  disarm(line, effects);
  line.mode = 'idle';
  effects.push({ kind: 'end-run' });
}

/** The machine's PackML state changed. */
export function machineChanged(
  line: LineState,
  signal: Extract<PlcSignal, { kind: 'machine-changed' }>,
  effects: Effect[],
): void {
  const before = line.machine;
  line.machine = signal.state;
  if (signal.state === before) return;
  if (signal.state === EXECUTE)
    effects.push({ kind: 'alarm', change: { kind: 'clear', code: 'machine-held', device: signal.device } });
  const isEmpty = signal.state === COMPLETE && hasRunEmpty(line, before);
  const stopped = signal.state === HELD || signal.state === ABORTED || (signal.state === COMPLETE && !isEmpty);
  if (stopped && isReleased(line))
    effects.push({ kind: 'alarm', change: { kind: 'raise', code: 'machine-held', device: signal.device } });
  if (line.mode !== 'running-out') return;
  if (isEmpty) lineEmpty(line, signal.at, effects);
  else moveOn(line, effects);
}

/**
 * A machine that was told to complete in the moment it held by itself is complete at once, with items on its belt: it is
 * believed when it was seen to run empty, or nothing is followed any more. Otherwise a person starts it once more.
 */
function hasRunEmpty({ items }: LineState, before: number): boolean {
  return before === COMPLETING || items.size === 0;
}

/** The line has run empty: it goes on if items are still missing, and ends otherwise. */
function lineEmpty(line: LineState, at: Instant, effects: Effect[]): void {
  const proofless = loseAll(line, at, effects);
  if (proofless > 0) remark('tracking-lost', effects, `${proofless} items left without a confirmed exit`);
  startTrack(line, line.plc, at, effects);
  missUnread(line, at, effects);
  if (!isMade(line)) {
    line.mode = 'producing';
    line.lastRead = undefined;
    topUp(line, at, effects);
    effects.push({ kind: 'permit', open: true });
    return;
  }
  line.mode = 'idle';
  disarm(line, effects);
  effects.push({ kind: 'end-run' });
}

function missUnread(line: LineState, at: Instant, effects: Effect[]): void {
  for (const range of [...unseenRangesOf(line.ledger, 0, line.ledger.nextToSend)]) {
    record(
      line,
      { kind: FACT.moved, at, run: line.ledger.run, serial: range.first, count: range.count, code: PRINTED_TO_MISSING },
      effects,
    );
  }
}

/** Nothing more will come of this run: PRINTED without proof is rejected or missing, SENT has no known fate. */
export function settleLine(line: LineState, at: Instant, effects: Effect[]): void {
  loseAll(line, at, effects);
  startTrack(line, line.plc, at, effects);
  missUnread(line, at, effects);
  voidSent(line, at, effects);
}

/**
 * Brings every serial to a final account (process.md §4.6): never sent and of unknown fate → INVALID, printed and never
 * seen → SCRAPPED, rejected → DESTROYED. Physical counts and second persons belong to the line-end screens.
 */
export function reconcileLine(line: LineState, at: Instant, effects: Effect[]): void {
  for (const [from, to] of FINAL) {
    for (const range of [...rangesOf(line.ledger, from)]) {
      const code = 100 * STATE_CODE[from] + STATE_CODE[to];
      record(
        line,
        { kind: FACT.moved, at, run: line.ledger.run, serial: range.first, count: range.count, code },
        effects,
      );
    }
  }
}

const FINAL = [
  ['ALLOCATED', 'INVALID'],
  ['UNKNOWN_FATE', 'INVALID'],
  ['MISSING', 'SCRAPPED'],
  ['REJECTED', 'DESTROYED'],
] as const;
