import type { Instant, Millis } from '#line/time.ts';

/** Bytes as they arrived, and when the first of them did. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Wall clock, for the record. */
  readonly at: Instant;
  /** `performance.now()`, for durations: a wall clock that jumps must not reorder or age anything. */
  readonly monotonic: Millis;
}

/** Bytes out, bytes in. A serial port, a socket and the virtual line are all one of these. */
export interface Wire {
  /** Rejects when the wire is down. Success says nothing about the other end (devices.md §2.3). */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends when the other end closed, throws when the connection broke. May be iterated once. */
  readonly received: AsyncIterable<Chunk>;
  close(): Promise<void>;
}

/** Where a device listens. `certificate`: base64 of the DER (or PEM text) a secured device must show, and no other. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly certificate?: string;
}
