import type { Effect } from '#line/effect.ts';
import type { LineState, Tracked } from '#line/line-state.ts';
import { notice } from '#line/notice.ts';
import type { PlcSignal, ReaderSignal, Reading } from '#line/signal.ts';
import { isReleased, suspend } from '#line/suspend.ts';
import type { Instant } from '#line/time.ts';
import { decide, failUnread } from '#line/verdict-step.ts';
import { unwrap } from '#line/wrap.ts';

type Triggered = Extract<PlcSignal, { kind: 'item-triggered' }>;
type Read = Extract<ReaderSignal, { kind: 'item-read' }>;

const MOST_EARLY = 16;

/** The PLC saw an item at the camera. It waits for its reading, or fails at once where none can be attributed. */
export function itemTriggered(line: LineState, signal: Triggered, effects: Effect[]): void {
  const { epoch, seq, flags } = signal.trigger;
  if (epoch !== line.plc.epoch) return;
  const item = unwrap(seq, line.plc.item);
  if (item <= line.plc.item) return;
  line.plc = { ...line.plc, item };
  const tracked = {
    epoch,
    item,
    seq,
    flags,
    serial: -1,
    verdict: undefined,
    late: false,
  };
  line.items.set(item, tracked);
  if (line.pairing === undefined && !isReleased(line)) {
    failUnread(line, tracked, signal.at, effects);
    return;
  }
  drain(line, signal.at, effects);
}

/** The reader answered a trigger. */
export function itemRead(line: LineState, signal: Read, effects: Effect[]): void {
  const { reading } = signal;
  if (line.isReaderAnew && !meetAnew(line, signal, effects)) return;
  if (reading.trigger <= line.lastTrigger) {
    notice(line, 'reading', signal.at, effects);
    return;
  }
  line.lastTrigger = reading.trigger;
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
 * The first reading after an absence. A reader that counted its triggers on meanwhile says by its number which item this
 * is: an item that stood between trigger and camera, and has failed by now, is read all the same and must not be taken
 * for the next one. One that began anew, or counts pictures only, cannot say it; where such an item may be on the belt,
 * and none is waiting, the line stops. False: the reading is used up.
 */
function meetAnew(line: LineState, { reading: { trigger }, at }: Read, effects: Effect[]): boolean {
  const counts = line.settings.countsPicturesOnly !== true && line.pairing !== undefined;
  if (counts && trigger > line.lastTrigger) {
    line.isReaderAnew = false;
    return true;
  }
  line.pairing = undefined;
  const items = [...line.items.values()];
  const isDoubtful = items.length > 0 && items.every(({ verdict }) => verdict !== undefined);
  line.isReaderAnew = isDoubtful || !isReleased(line);
  line.lastTrigger = line.isReaderAnew ? trigger : 0;
  if (!isDoubtful || !isReleased(line)) return true;
  notice(line, 'reading', at, effects);
  suspend(
    line,
    'tracking-lost',
    effects,
    undefined,
    'the first picture after an absence may be of an item that has failed',
  );
  return false;
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
    doubt(line, reading, effects);
    return;
  }
  for (const earlier of olderUnread(line, item)) failUnread(line, earlier, at, effects);
  decide(line, tracked, reading, at, effects);
}

/**
 * A picture of an item that has its verdict already. Either it is late, or the reader missed a trigger, and this picture
 * and all that follow belong to the items behind. Where triggers are counted the count tells; else nobody can.
 */
function doubt(line: LineState, { finding }: Reading, effects: Effect[]): void {
  if (line.settings.countsPicturesOnly !== true || !isReleased(line)) return;
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
    if (tracked.verdict === undefined) failUnread(line, tracked, at, effects);
  }
}
