import { beltWatch } from '#devices/plc/opcua/belt-watch.ts';
import { type RingReading, type Row, readRing, rowsUpTo, wrap } from '#devices/plc/opcua/ring.ts';
import type { StationImage } from '#devices/plc/opcua/station-nodes.ts';
import { type DeviceSignal, OUTCOMES, type Outcome } from '#line/signal.ts';
import type { Instant } from '#line/time.ts';

/** Up to where both rings have been reported. */
export interface Place {
  readonly epoch: number;
  readonly seq: number;
  readonly event: number;
}

/** Turns images into signals. It outlives sessions, so that a returning PLC is read on from where it was left. */
export interface Follower {
  /** Where the record ended; counts only before the first contact. */
  resume(place: Place): void;
  /** A new session begins: epoch and machine are reported once more. */
  begin(): void;
  /** Signals of one image: epoch, belt, triggers, outcomes, machine, in this order. */
  take(image: StationImage, at: Instant): DeviceSignal[];
  /** The epoch that was last seen; undefined before the first contact. */
  readonly epoch: number | undefined;
}

/** Heads of a PLC that has just started: the first count is 0. */
const BEFORE_FIRST = 65_535;
/** A row that stays torn for longer than this is not being written, it is broken. */
const PATIENCE = 3;
const VALID = 0x8000;

const OUTCOME_BY_CODE = new Map<number, Outcome>(
  (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => [OUTCOMES[outcome], outcome]),
);

export function followerOf(device: string): Follower {
  let place: Place | undefined;
  let hasContact = false;
  let isNewSession = true;
  let machine = '';
  let belt = beltWatch();
  const trigRing = ringFollower(isWhole);
  const outRing = ringFollower((row) => OUTCOME_BY_CODE.has(row.words[1]));

  /** Where to go on reading, and whether that has to be said. */
  function locate(image: StationImage, wentBack: boolean): { from: Place; fresh: boolean; isNews: boolean } {
    const heads = { epoch: image.epoch, seq: wrap(image.trig[0] ?? 0), event: wrap(image.out[0] ?? 0) };
    if (place === undefined || wentBack) return { from: heads, fresh: true, isNews: true };
    if (place.epoch === image.epoch) return { from: place, fresh: false, isNews: isNewSession };
    return { from: { epoch: image.epoch, seq: BEFORE_FIRST, event: BEFORE_FIRST }, fresh: true, isNews: true };
  }

  function take(image: StationImage, at: Instant, wentBack: boolean): DeviceSignal[] {
    const { from, fresh, isNews } = locate(image, wentBack);
    const triggers = trigRing.read(image.trig, from.seq);
    const outcomes = outRing.read(image.out, from.event);
    if (triggers.wentBack || outcomes.wentBack) return take(image, at, true);
    place = { epoch: image.epoch, seq: triggers.last, event: outcomes.last };
    hasContact = true;
    isNewSession = false;
    return [
      ...(isNews
        ? [{ kind: 'epoch-seen', at, device, fresh, ...from, places: placesOf(image, from.seq) } as const]
        : []),
      ...beltSignals(image, at),
      ...lost('trigger', triggers.lost, at),
      ...triggers.rows.map((row) => triggered(image.epoch, row, at)),
      ...lost('outcome', outcomes.lost, at),
      ...outcomes.rows.map((row) => reported(image.epoch, row, at)),
      ...machineSignals(image, at),
    ];
  }

  function lost(ring: 'trigger' | 'outcome', count: number, at: Instant): DeviceSignal[] {
    return count === 0 ? [] : [{ kind: 'rows-lost', at, device, ring, count }];
  }

  function triggered(epoch: number, { count, words }: Row, at: Instant): DeviceSignal {
    const trigger = { epoch, seq: count, encoder: encoderOf(words), flags: words[3] & ~VALID };
    return { kind: 'item-triggered', at, device, trigger };
  }

  function reported(epoch: number, { count, words }: Row, at: Instant): DeviceSignal {
    const outcome = OUTCOME_BY_CODE.get(words[1]) ?? 'lost';
    return { kind: 'outcome-reported', at, device, epoch, event: count, seq: words[0], outcome };
  }

  function beltSignals({ lineState, encoder }: StationImage, at: Instant): DeviceSignal[] {
    const change = belt.take(lineState, encoder);
    return change === undefined ? [] : [{ kind: 'belt-changed', at, device, ...change }];
  }

  function machineSignals({ lineState: state, permits }: StationImage, at: Instant): DeviceSignal[] {
    const now = `${state} ${permits}`;
    if (machine === now) return [];
    machine = now;
    return [{ kind: 'machine-changed', at, device, state, permits }];
  }

  return {
    get epoch() {
      return hasContact ? place?.epoch : undefined;
    },
    resume(from) {
      if (!hasContact) place = from;
    },
    begin() {
      isNewSession = true;
      machine = '';
      belt = beltWatch();
    },
    take: (image, at) => take(image, at, false),
  };
}

const isWhole = ({ count, words }: Row): boolean => words[0] === count && (words[3] & VALID) !== 0;

const encoderOf = ([, high, low]: Row['words']): number => high * 65_536 + low;

/** Where the items up to `seq` were triggered that the ring still has, oldest first. */
function placesOf({ trig }: StationImage, seq: number): { readonly seq: number; readonly encoder: number }[] {
  return rowsUpTo(trig, seq)
    .filter(isWhole)
    .map(({ count, words }) => ({ seq: count, encoder: encoderOf(words) }));
}

/** Reads one ring; a row that stays torn is given up as lost, so that it cannot hide its successors. */
function ringFollower(isWhole: (row: Row) => boolean) {
  let tornFor = 0;
  return {
    read(ring: ArrayLike<number>, last: number): RingReading {
      const reading = readRing(ring, last, isWhole);
      tornFor = reading.isTorn ? tornFor + 1 : 0;
      if (tornFor < PATIENCE) return reading;
      tornFor = 0;
      return { ...reading, lost: reading.lost + 1, last: wrap(reading.last + 1) };
    },
  };
}
