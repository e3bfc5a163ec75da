import type { Instant } from '#line/time.ts';

/**
 * What a camera found wrong with an item apart from what its code says, and what it should have been: both ready for a
 * sentence. Only a workstation that looks by itself has findings.
 */
export interface Finding {
  readonly check:
    | 'no-image'
    | 'not-inspected'
    | 'assisted-read'
    | 'misplaced'
    | 'not-present'
    | 'wrong-count'
    | 'wrong-text'
    | 'low-parameter';
  readonly found: string;
  readonly expected: string;
}

/** A result of a reader, of any kind: a no-read is a result too (devices.md §4.1). */
export interface Reading {
  /** The reader's count of triggers and the number of the image it judged: when they drift apart, a frame is late. */
  readonly trigger: number;
  readonly image: number;
  /**
   * What `trigger` counts, said by a reader that may do either. `triggers`: also those of which it made no picture, while
   * it was armed, disarmed or out of reach; numbers of before and after then belong to one count, unless `anew` says
   * otherwise. `pictures`: nothing shows a trigger that it did not notice. Without it: as `countsPicturesOnly` says.
   */
  readonly count?: 'triggers' | 'pictures';
  /**
   * The count began anew behind the last reading: the camera was restarted, went back in its count, or counts pictures
   * and was armed again. `trigger` grows all the same, and its distance to earlier numbers means nothing.
   */
  readonly anew?: true;
  readonly kind: 'read' | 'no-read';
  /** Payload without the AIM identifier, separators as GS (1Dh). Empty for a no-read. */
  readonly text: string;
  /** AIM symbology identifier, for example `]d2`. */
  readonly aim: string;
  /** Process-control grade 0.0..4.0 times ten; undefined when the reader did not grade. */
  readonly grade?: number;
  /** Fails the item whatever its code says; the weightiest where there are several. */
  readonly finding?: Finding;
  /** Wall clock at the first byte. */
  readonly at: Instant;
}

/** What the PLC saw at the camera trigger (devices.md §5.4); `seq` is its 16-bit count. */
export interface Trigger {
  readonly epoch: number;
  readonly seq: number;
  readonly encoder: number;
  /** b0 short, b1 long, b2 gap small, b3 tracking lost, b4 divert forced by the PLC. */
  readonly flags: number;
}

/** Results of an item after the divert (devices.md §5.4); the numbers are the PLC's. */
export const OUTCOMES = {
  'good-exit': 1,
  diverted: 2,
  'divert-failed': 3,
  lost: 4,
  'unexpected-divert': 5,
  'late-verdict': 6,
} as const;

export type Outcome = keyof typeof OUTCOMES;

/** What a device failed to do. `code` is the device's own where it has one. */
export interface Fault {
  readonly code: string;
  readonly device: string;
  readonly detail: string;
}

/** What drivers report. `at` is the wall clock when the first byte of it was received. */
export type DeviceSignal =
  | { readonly kind: 'device-connected'; readonly at: Instant; readonly device: string }
  | { readonly kind: 'device-lost'; readonly at: Instant; readonly device: string; readonly detail: string }
  | { readonly kind: 'device-fault'; readonly at: Instant; readonly fault: Fault }
  | { readonly kind: 'device-fault-cleared'; readonly at: Instant; readonly device: string }
  | PrinterSignal
  | ReaderSignal
  | PlcSignal;

export type PrinterSignal =
  /** Mailing status (Leibinger SM): `entries` are still queued; records up to `printed` have ended. */
  | {
      readonly kind: 'print-progress';
      readonly at: Instant;
      readonly device: string;
      readonly printed: number;
      readonly started: number;
      readonly entries: number;
      readonly printGos: number;
    }
  | { readonly kind: 'job-read'; readonly at: Instant; readonly device: string; readonly text: string };

export type ReaderSignal =
  | { readonly kind: 'item-read'; readonly at: Instant; readonly device: string; readonly reading: Reading }
  /** Bytes that are no result of a trigger; counted, shown, otherwise ignored. */
  | { readonly kind: 'unsolicited'; readonly at: Instant; readonly device: string; readonly detail: string };

export type PlcSignal =
  | { readonly kind: 'item-triggered'; readonly at: Instant; readonly device: string; readonly trigger: Trigger }
  | {
      readonly kind: 'outcome-reported';
      readonly at: Instant;
      readonly device: string;
      readonly epoch: number;
      /** The PLC's event counter of this row, and the item it speaks of. */
      readonly event: number;
      readonly seq: number;
      readonly outcome: Outcome;
    }
  | {
      readonly kind: 'machine-changed';
      readonly at: Instant;
      readonly device: string;
      /** PackML state number 0..17. */
      readonly state: number;
      readonly permits: number;
    }
  /** The machine stands and its encoder no longer moves; or, without `encoder`, the belt moves again. */
  | {
      readonly kind: 'belt-changed';
      readonly at: Instant;
      readonly device: string;
      readonly encoder: number | undefined;
    }
  /** First contact in an epoch, or a restarted PLC: counting starts behind `seq` and `event`. */
  | {
      readonly kind: 'epoch-seen';
      readonly at: Instant;
      readonly device: string;
      readonly epoch: number;
      /** The last Seq and event counter the driver will *not* report: rows behind them follow as signals. */
      readonly seq: number;
      readonly event: number;
      /** true when the driver has no earlier contact with this epoch to continue from. */
      readonly fresh: boolean;
      /** Where the items up to `seq` were triggered, as far as the ring still has them. */
      readonly places?: readonly { readonly seq: number; readonly encoder: number }[];
    }
  /** The ring turned faster than it was read. */
  | {
      readonly kind: 'rows-lost';
      readonly at: Instant;
      readonly device: string;
      readonly ring: 'trigger' | 'outcome';
      readonly count: number;
    };

/** What a driver can be told. Everything else about a device is its driver's business. */
export type PrinterDirective =
  /** Select the job and set its static text. */
  | { readonly kind: 'select'; readonly job: string; readonly text: string }
  /** Answered by `job-read`. */
  | { readonly kind: 'read-back' }
  | { readonly kind: 'arm' }
  /** Record numbers rise by one from `first`. The texts were recorded as SENT before. */
  | { readonly kind: 'enqueue'; readonly first: number; readonly texts: readonly string[] }
  /** No further print; the buffer is cleared. */
  | { readonly kind: 'disarm' };

export type ReaderDirective = { readonly kind: 'arm' } | { readonly kind: 'disarm' };

export type PlcDirective =
  | {
      readonly kind: 'verdict';
      readonly epoch: number;
      readonly seq: number;
      readonly pass: boolean;
      readonly reason: number;
    }
  | { readonly kind: 'permit'; readonly open: boolean }
  /** PackML CntrlCmd (process.md §6.2): Hold 4, Complete 10 are all the station uses. */
  | { readonly kind: 'command'; readonly command: number }
  | {
      readonly kind: 'limits';
      readonly consecutive: number;
      readonly failures: number;
      readonly within: number;
      readonly deadline: number;
    }
  /** Where the record ended: the driver resumes reading both rings behind this point. Told before the first contact. */
  | { readonly kind: 'resume-from'; readonly epoch: number; readonly seq: number; readonly event: number };
