/** One item in the shift register, from the camera eye to its end. */
export interface Track {
  readonly seq: number;
  /** Encoder (mm) at its leading edge at the camera eye. */
  readonly enc: number;
  flags: number;
  verdict: 'none' | 'pass' | 'fail';
  /** Goes to the reject bin whatever its verdict says. */
  isForced: boolean;
  /** Its deadline has passed. */
  isDecided: boolean;
  /** `coming`: before the arming eye. `armed`: between it and the axis. `blown`, `passing`: which way it went. */
  phase: 'coming' | 'armed' | 'blown' | 'passing';
  /** Encoder when its middle is at the divert axis. */
  axisAt: number;
}

/** Results of an Out row. */
export const RESULT = {
  goodExit: 1,
  diverted: 2,
  divertFailed: 3,
  lost: 4,
  unexpectedDivert: 5,
  lateVerdict: 6,
} as const;

/** Flags of a Trig row. */
export const FLAG = { short: 1, long: 2, gapSmall: 4, trackingLost: 8, forced: 16, valid: 0x8000 } as const;

/** Counts failures in a row and among the last; the PLC stops the line by them (devices.md §5.5, rule 6). */
export interface FailureCount {
  count(isFailure: boolean): 'consecutive' | 'share' | undefined;
  setLimits(consecutive: number, most: number, ofLast: number): void;
  reset(): void;
}

export function createFailureCount(): FailureCount {
  let limits = { consecutive: 3, most: 10, ofLast: 100 };
  let row = 0;
  let window: boolean[] = [];
  return {
    count(isFailure) {
      row = isFailure ? row + 1 : 0;
      window.push(isFailure);
      if (window.length > limits.ofLast) window = window.slice(-limits.ofLast);
      if (row >= limits.consecutive) return 'consecutive';
      return window.filter(Boolean).length >= limits.most ? 'share' : undefined;
    },
    setLimits(consecutive, most, ofLast) {
      limits = { consecutive: consecutive || 3, most: most || 10, ofLast: ofLast || 100 };
    },
    reset() {
      row = 0;
      window = [];
    },
  };
}
