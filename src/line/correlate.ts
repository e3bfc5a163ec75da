import type { Effect } from '#line/effect.ts';
import type { LineState, Tracked } from '#line/line-state.ts';
import { notice } from '#line/notice.ts';
import type { PlcSignal, ReaderSignal, Reading } from '#line/signal.ts';
import { beltChanged, forgetPairing } from '#line/standing.ts';
import { isReleased, suspend } from '#line/suspend.ts';
import type { Instant, Millis } from '#line/time.ts';
import { decide, failUnread, heedOrder } from '#line/verdict-step.ts';
import { unwrap } from '#line/wrap.ts';

type Triggered = Extract<PlcSignal, { kind: 'item-triggered' }>;
type Read = Extract<ReaderSignal, { kind: 'item-read' }>;

const MOST_EARLY = 16;
/** No picture takes longer than this to be looked at, and no two looks at the wall clock differ by more than that. */
const OLDEST: Millis = 60_000;
const SLACK: Millis = 1_000;

/** The PLC saw an item at the camera. It waits for its reading, or fails at once where none can be attributed. */
export function itemTriggered(line: LineState, signal: Triggered, effects: Effect[]): void {
  const { epoch, seq, encoder, flags } = signal.trigger;
  if (epoch !== line.plc.epoch) return;
  const item = unwrap(seq, line.plc.item);
  if (item <= line.plc.item) return;
  line.plc = { ...line.plc, item };
  const tracked: Tracked = {
    epoch,
    item,
    seq,
    encoder,
    flags,
    serial: -1,
    verdict: undefined,
    late: false,
  };
  line.items.set(item, tracked);
  if (line.pairing === undefined && !isReleased(line)) {
    abandon(line, tracked, signal.at, effects);
    return;
  }
  drain(line, signal.at, effects);
}

/** The reader answered a trigger. */
export function itemRead(line: LineState, signal: Read, effects: Effect[]): void {
  const { reading } = signal;
  if (line.toMeet !== undefined && !meet(line, signal, effects)) return;
  if (reading.trigger <= line.lastTrigger) {
    notice(line, 'reading', signal.at, effects);
    return;
  }
  line.lastTrigger = reading.trigger;
  if (line.rest !== undefined) line.readAtRest += 1;
  if (line.pairing === undefined && !isReleased(line)) {
    notice(line, 'reading', signal.at, effects);
    return;
  }
  line.early.push(reading);
  if (line.early.length > MOST_EARLY) {
    line.early.shift();
    suspend(line, 'tracking-lost', effects, undefined, 'the camera sees items that the PLC does not report');
  }
  drain(line, signal.at, effects);
}

/**
 * The first reading after an absence or a standstill. Two witnesses say which item it is of: the number of a reader that
 * counted on, and the belt as it stood before it moved. Where they differ, or where neither knows and an item may be on
 * the belt that failed without a picture, the line stops: nothing is paired by guess. False: the reading is used up.
 */
function meet(line: LineState, signal: Read, effects: Effect[]): boolean {
  const { reading, at } = signal;
  const { trigger } = reading;
  const wasAway = line.toMeet === 'away';
  const hasCountedOn = trigger > line.lastTrigger && !countsPictures(line, reading);
  if (reading.anew === true || (wasAway && !hasCountedOn)) line.pairing = undefined;
  if (!isReleased(line)) {
    if (line.pairing === undefined) line.lastTrigger = trigger;
    return true;
  }
  const isLate = wasTakenBefore(line, signal);
  if (isLate === undefined) return refuse(line, trigger, at, effects, 'has no known age: the clock was set');
  if (line.pairing === undefined) {
    if (isLate) return discard(line, trigger, at, effects);
    beltChanged(line, undefined); // a picture is taken of what moves, even where the news of it is still on its way
    return beginAnew(line, trigger, at, effects);
  }
  if (isLate) return true;
  if (trigger <= line.lastTrigger) return true; // a reading that comes twice proves nothing
  if (!isAwaited(line, trigger + line.pairing.offset)) {
    return refuse(line, trigger, at, effects, 'has another number than the belt says');
  }
  line.toMeet = undefined;
  return true;
}

/** Whether a picture was taken before the belt came to rest; undefined where the wall clock was set while it was looked at. */
function wasTakenBefore({ clock, restedAt }: LineState, { reading, at }: Read): boolean | undefined {
  const age = at - reading.at;
  if (restedAt === Number.NEGATIVE_INFINITY) return false;
  return age < -SLACK || age > OLDEST ? undefined : clock - Math.max(age, 0) <= restedAt;
}

function isAwaited({ awaited, readAtRest }: LineState, item: number): boolean {
  return awaited === undefined || (item >= awaited.from && item <= awaited.to + readAtRest);
}

/** Nothing is known of the reader's count: the belt alone says which item its next picture is of. */
function beginAnew(line: LineState, trigger: number, at: Instant, effects: Effect[]): boolean {
  const { awaited } = line;
  const isKnown = awaited !== undefined && awaited.from === awaited.to;
  if (!isKnown && [...line.items.values()].some(({ abandoned }) => abandoned)) {
    return refuse(line, trigger, at, effects, 'may be of an item that has failed');
  }
  if (isKnown) line.pairing = { epoch: line.plc.epoch, offset: awaited.from - trigger };
  line.lastTrigger = 0;
  line.toMeet = undefined;
  return true;
}

/** It says nothing of any item, and its number must not come again. */
function discard(line: LineState, trigger: number, at: Instant, effects: Effect[]): false {
  line.lastTrigger = trigger;
  notice(line, 'reading', at, effects);
  return false;
}

function refuse(line: LineState, trigger: number, at: Instant, effects: Effect[], why: string): false {
  forgetPairing(line);
  discard(line, trigger, at, effects);
  suspend(line, 'tracking-lost', effects, undefined, `the first picture after a standstill ${why}`);
  return false;
}

function countsPictures({ settings }: LineState, { count }: Reading): boolean {
  return count === undefined ? settings.countsPicturesOnly === true : count === 'pictures';
}

/** Brings readings and triggers together, oldest first, and judges every item that has both. */
function drain(line: LineState, at: Instant, effects: Effect[]): void {
  pairUp(line);
  const { pairing } = line;
  if (pairing === undefined) return;
  for (let reading = line.early[0]; reading !== undefined; reading = line.early[0]) {
    const item = reading.trigger + pairing.offset;
    if (item > line.plc.item) return; // its trigger row is still to come
    line.early.shift();
    answer(line, item, reading, at, effects);
  }
}

/**
 * After a standstill the first reading belongs to the first item; from then on both count alike. The pairing is made
 * once and never repaired by assumption (devices.md §4.1).
 */
function pairUp(line: LineState): void {
  const reading = line.early[0];
  if (line.pairing !== undefined || reading === undefined) return;
  for (const tracked of line.items.values()) {
    if (tracked.verdict !== undefined) continue;
    line.pairing = { epoch: tracked.epoch, offset: tracked.item - reading.trigger };
    return;
  }
}

function answer(line: LineState, item: number, reading: Reading, at: Instant, effects: Effect[]): void {
  const tracked = line.items.get(item);
  if (tracked === undefined || tracked.verdict !== undefined) {
    notice(line, 'reading', at, effects);
    if (tracked?.abandoned === true) heedOrder(line, tracked, reading, effects);
    else doubt(line, reading, effects);
    return;
  }
  for (const earlier of olderUnread(line, item)) failUnread(line, earlier, at, effects);
  decide(line, tracked, reading, at, effects);
}

/**
 * A picture of an item that has its verdict already. Either it is late, or the reader missed a trigger, and this picture
 * and all that follow belong to the items behind. Where triggers are counted the count tells; else nobody can.
 */
function doubt(line: LineState, reading: Reading, effects: Effect[]): void {
  const { finding } = reading;
  if (!countsPictures(line, reading) || !isReleased(line)) return;
  // That a picture was lost shows when the next one comes: late, but counted.
  if (finding?.check === 'no-image' || finding?.check === 'not-inspected') return;
  line.pairing = undefined;
  suspend(line, 'frame-skew', effects, undefined, 'a picture came for an item that had failed without one');
}

/** Items that went by without a reading while a later one has its own. */
function olderUnread(line: LineState, item: number): Tracked[] {
  return [...line.items.values()].filter((tracked) => tracked.item < item && tracked.verdict === undefined);
}

/** Everything that waits for a reading fails: the reader is gone, or counting starts anew. */
export function abandonUnread(line: LineState, at: Instant, effects: Effect[]): void {
  line.early.length = 0;
  for (const tracked of line.items.values()) {
    if (tracked.verdict === undefined) abandon(line, tracked, at, effects);
  }
}

function abandon(line: LineState, tracked: Tracked, at: Instant, effects: Effect[]): void {
  tracked.abandoned = true;
  failUnread(line, tracked, at, effects);
}
