import { STATE } from '#virtual-line/plc/packml.ts';
import { createRing, following, highLow, type Ring } from '#virtual-line/plc/rings.ts';

/** What the PLC shows and takes, as in docs/devices/line-plc.md. The server reads it; the program writes it. */
export interface StationTags {
  lineState: number;
  /** Encoder counts. */
  encoder: number;
  isInfeedOpen: boolean;
  epoch: number;
  readonly trig: Ring;
  readonly out: Ring;
  heartbeat: number;
  /** Written by the workstation. */
  linePermit: number;
  limits: readonly number[];
  /** Event counter of the last verdict row taken over; 65535 when a client has just connected. */
  verdictHead: number;
  /** The Seq of the next item. */
  nextSeq(): number;
  showTrig(row: { readonly seq: number; readonly counts: number; readonly flags: number }): void;
  showOut(seq: number, result: number): void;
  permits(): number;
  /** Power off and on: a new epoch, empty rings, and nothing the workstation once wrote. */
  restart(): void;
}

// Air, guards, bin below 100 % and 80 %, downstream: this line has no trouble with any of them.
const ALWAYS_WELL = 0b011111;
const INFEED_OPEN = 0b100000;

export function createTags(epoch: number): StationTags {
  let seq = 65_535;
  let events = 65_535;
  const tags: StationTags = {
    lineState: STATE.stopped,
    encoder: 0,
    isInfeedOpen: false,
    epoch,
    trig: createRing(),
    out: createRing(),
    heartbeat: 0,
    linePermit: 0,
    limits: [0, 0, 0, 0],
    verdictHead: 65_535,
    nextSeq() {
      seq = following(seq);
      return seq;
    },
    showTrig(row) {
      // The flags of a row may still change while its item passes the eye: the head stays where it is.
      const isNew = row.seq === seq;
      const head = tags.trig.words[0] ?? 0;
      tags.trig.put(row.seq, [row.seq, ...highLow(row.counts), row.flags]);
      if (!isNew) tags.trig.words[0] = head;
    },
    showOut(of, result) {
      events = following(events);
      tags.out.put(events, [of, result, ...highLow(tags.encoder)]);
    },
    permits: () => ALWAYS_WELL | (tags.isInfeedOpen ? INFEED_OPEN : 0),
    restart() {
      seq = 65_535;
      events = 65_535;
      tags.trig.clear();
      tags.out.clear();
      tags.lineState = STATE.stopped;
      tags.isInfeedOpen = false;
      tags.epoch = following(tags.epoch);
      tags.linePermit = 0;
      tags.limits = [0, 0, 0, 0];
      tags.heartbeat = 0;
      tags.verdictHead = 65_535;
    },
  };
  return tags;
}
