import { openTcp } from '#devices/tcp-wire.ts';
import type { Endpoint, Wire } from '#devices/wire.ts';
import type { Fault } from '#line/signal.ts';

/** What a driver was tried against (devices.md §9). Shown to the user as it is. */
export type Evidence = 'hardware' | 'foreign-stack' | 'own-emulator';

/** What a device of this kind can do, as data: the line adapts to it and no code asks for a vendor. */
export type Capabilities =
  | {
      readonly kind: 'printer';
      readonly buffer: 'none' | 'queue' | 'numbered-fifo';
      /** Records the buffer holds. */
      readonly depth: number;
      readonly printDone: 'none' | 'counter' | 'index' | 'event';
      /** What `read-back` can return: the fields it holds, the static text only, or nothing. */
      readonly readBack: 'fields' | 'static-text' | 'none';
    }
  | {
      readonly kind: 'reader';
      readonly grades: boolean;
      /** Results carry the reader's own counts of triggers and images, so that a late frame shows. */
      readonly counts: readonly ('trigger' | 'image')[];
    }
  | {
      readonly kind: 'plc';
      readonly rings: readonly ('trigger' | 'outcome' | 'verdict')[];
      /** PackML CntrlCmd numbers it takes from the workstation. */
      readonly commands: readonly number[];
    };

/** What there is to know about a driver without connecting it. */
export interface DriverFacts {
  readonly id: string;
  readonly evidence: Evidence;
  readonly capabilities: Capabilities;
}

/** One device's protocol on a wire. `S`: what it may report. `D`: what it may be told. */
export interface Driver<S, D> extends DriverFacts {
  /** Resolves when the device has answered; rejects, with a sentence, when it does not. */
  connect(wire: Wire, report: (signal: S) => void): Promise<Session<D>>;
}

/** A device that answers. */
export interface Session<D> {
  /** Never rejects: what went wrong is a Fault. */
  tell(directive: D): Promise<Fault | undefined>;
  /** Settles once, when the session is over, with the reason: silence, RST, FIN and `close` alike. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

/** How a supervised device is reached: a driver on a wire, or a library that owns its socket. */
export interface Connector<S, D> extends DriverFacts {
  connect(endpoint: Endpoint, report: (signal: S) => void): Promise<Session<D>>;
  /**
   * Keeps a directive that describes a lasting wish, to be made true on every contact (a level, not an edge).
   * false: this one is an edge, and is worth nothing to a device that is away.
   */
  remember?(directive: D): boolean;
}

/** A driver over a TCP connection of its own. */
export function overTcp<S, D>(driver: Driver<S, D>): Connector<S, D> {
  return {
    id: driver.id,
    evidence: driver.evidence,
    capabilities: driver.capabilities,
    async connect(endpoint, report) {
      const wire = await openTcp(endpoint);
      try {
        return await driver.connect(wire, report);
      } catch (error) {
        await wire.close();
        throw error;
      }
    },
  };
}
