import { silenceOf } from '#devices/silence.ts';
import type { Wire } from '#devices/wire.ts';
import type { Instant, Millis } from '#line/time.ts';

/** Takes bytes with the time they came, gives whole frames with the time of their first byte. Pure but for its buffer. */
export interface FrameReader<F> {
  /** Throws when a frame is longer than the protocol allows: the connection is worth nothing any more. */
  feed(bytes: Uint8Array, at: Instant): F[];
}

/** A frame that grew beyond its limit without an end. */
export class OverlongFrame extends Error {
  constructor(limit: number) {
    super(`a frame longer than ${limit} bytes`);
  }
}

/** Heartbeats are multiples of this. */
const TICK: Millis = 100;

/** How often the device is asked for a sign of life, and how long it may owe one. */
export interface Heartbeat {
  readonly period: Millis;
  readonly limit: Millis;
  /** Sends the question. */
  ask(): void;
}

/** A wire with framing and a heartbeat: one end for silence, RST, FIN and garbage alike. */
export interface Conversation {
  /** Never rejects; false when the bytes could not be handed over. */
  send(bytes: Uint8Array): Promise<boolean>;
  /** The device gave the answer that counts as a sign of life. */
  alive(): void;
  beat(heartbeat: Heartbeat): void;
  readonly ended: Promise<string>;
  close(reason?: string): Promise<void>;
}

/** Reads frames off the wire until it ends. `take` gets each frame in order. */
export function converse<F>(wire: Wire, reader: FrameReader<F>, take: (frame: F) => void): Conversation {
  let settle: (reason: string) => void = () => {};
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let alive = (): void => {};
  const ended = new Promise<string>((resolve) => {
    settle = resolve;
  });

  function end(reason: string): Promise<void> {
    if (!isOver) {
      isOver = true;
      clearInterval(timer);
      settle(reason);
    }
    return wire.close();
  }

  async function listen(): Promise<string> {
    try {
      for await (const chunk of wire.received) {
        for (const frame of reader.feed(chunk.bytes, chunk.at)) {
          if (isOver) return 'closed';
          take(frame);
        }
      }
      return 'the device closed the connection';
    } catch (error) {
      if (error instanceof OverlongFrame || isSocketError(error)) return error.message;
      throw error;
    }
  }

  void listen().then(end);
  return {
    ended,
    alive: () => alive(),
    async send(bytes) {
      if (isOver) return false;
      return wire.write(bytes).then(
        () => !isOver,
        () => false,
      );
    },
    beat({ period, limit, ask }) {
      const silence = silenceOf(TICK, limit);
      const every = Math.round(period / TICK);
      let ticks = 0;
      alive = silence.broken;
      timer = setInterval(() => {
        ticks += 1;
        if (silence.tick()) void end(`no answer for ${limit} ms`);
        else if (ticks % every === 0) ask();
      }, TICK);
    },
    close: (reason = 'closed') => end(reason),
  };
}

function isSocketError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error;
}
