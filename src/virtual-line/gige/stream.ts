import { type ResendRequest, STATUS } from '#virtual-line/gige/gvcp.ts';
import {
  lastPacket,
  missingPacket,
  type PacketForm,
  packet,
  type Shot,
  shortBlock,
  testPacket,
} from '#virtual-line/gige/gvsp.ts';

/** What becomes of a picture on its way: `incomplete`: a few packets are gone for good; `lost`: all of them. */
export type Fate = 'sent' | 'incomplete' | 'lost';

/** Where the packets go. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly form: PacketForm;
  /** Nanoseconds between two packets, as the client wishes; 0: as fast as the pace allows. */
  readonly delay: number;
}

/** Sends pictures in packets, never too many at once, and keeps the last ones to send parts of them again. */
export interface Stream {
  /** Puts a picture in the queue; false: the queue is full, and the picture is gone. */
  send(shot: Shot, to: Destination, fate: Fate): boolean;
  /** Packets that a client missed, as far as they are still there. */
  resend(request: ResendRequest, to: Destination): void;
  test(to: Destination): void;
  /** Sends the queue on as far as the pace allows; `now` in monotonic ms. Whether anything is left to send. */
  pump(now: number): boolean;
  /** Forgets everything. */
  clear(): void;
}

export interface StreamParts {
  send(parts: readonly Buffer[], host: string, port: number): void;
  /** Packets in each ms. A client on the same machine gets no more than eight without losing some. */
  readonly pace: number;
  /** Whether this packet gets lost on the wire. */
  isLost(): boolean;
}

interface Sending {
  readonly shot: Shot;
  readonly to: Destination;
  readonly fate: Fate;
  /** Next packet. */
  at: number;
}

interface Wanted {
  readonly block: bigint;
  readonly id: number;
  readonly to: Destination;
}

/** Pictures that can be sent again, pictures that may wait, and packets that may be wanted again. */
const KEPT = 8;
const QUEUED = 8;
const WANTED = 4000;
/** After a late timer no more than this much of lost time is made up for, ms. */
const CATCH_UP = 2;
const NANOSECONDS = 1_000_000;

export function createStream({ send, pace, isLost }: StreamParts): Stream {
  const queue: Sending[] = [];
  const wanted: Wanted[] = [];
  const kept: Sending[] = [];
  let pumpedAt = Number.NEGATIVE_INFINITY;
  let credit = 0;

  const put = (parts: readonly Buffer[] | undefined, { host, port }: Destination): void => {
    if (parts && !isLost()) send(parts, host, port);
  };
  const find = (block: bigint): Sending | undefined =>
    kept.find(({ shot }) => shot.block === block || BigInt(shortBlock(shot.block)) === block);
  const sendAgain = ({ block, id, to }: Wanted): void => {
    const sending = find(block);
    if (!sending) put(missingPacket(block, id, to.form, STATUS.removed), to);
    else if (isGone(sending, id)) put(missingPacket(block, id, to.form, STATUS.packetUnavailable), to);
    else put(packet(sending.shot, id, to.form, STATUS.resent), to);
  };
  const sendNext = () => {
    const again = wanted.shift();
    if (again) return sendAgain(again);
    const [sending] = queue;
    if (!sending) return;
    const { shot, to } = sending;
    if (!isGone(sending, sending.at)) put(packet(shot, sending.at, to.form), to);
    if (sending.at++ === lastPacket(shot, to.form)) queue.shift();
  };
  const rate = (): number => {
    const delay = (wanted[0] ?? queue[0])?.to.delay ?? 0;
    return delay === 0 ? pace : Math.min(pace, NANOSECONDS / delay);
  };

  return {
    send(shot, to, fate) {
      if (queue.length >= QUEUED) return false;
      const sending = { shot, to, fate, at: 0 };
      if (fate === 'lost') return true;
      queue.push(sending);
      kept.unshift(sending);
      kept.splice(KEPT);
      return true;
    },
    resend({ block, first, last }, to) {
      const sending = find(block);
      const end = sending ? Math.min(last, lastPacket(sending.shot, to.form)) : first;
      for (let id = first; id <= end && wanted.length < WANTED; id++) wanted.push({ block, id, to });
    },
    test(to) {
      put(testPacket(to.form), to);
    },
    pump(now) {
      if (queue.length === 0 && wanted.length === 0) return false;
      credit = Math.min(CATCH_UP, credit + (Math.max(0, now - pumpedAt) * rate()) / pace);
      pumpedAt = now;
      for (; credit * pace >= 1; credit -= 1 / pace) sendNext();
      return queue.length > 0 || wanted.length > 0;
    },
    clear() {
      queue.splice(0);
      wanted.splice(0);
      kept.splice(0);
    },
  };
}

/** Of an incomplete picture three packets in its middle never existed for anybody but the sensor. */
const HOLE = 3;

function isGone({ shot, to, fate }: Sending, id: number): boolean {
  if (fate !== 'incomplete') return false;
  const middle = Math.max(1, Math.floor(lastPacket(shot, to.form) / 2) - 1);
  return id >= middle && id < middle + HOLE;
}
