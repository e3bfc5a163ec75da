import type { Millis } from '#line/time.ts';

/**
 * Counts how long a device has been silent, in ticks of our own. Time in which this process did not run counts as one
 * tick only: whoever could not listen must not call the other one dead.
 */
export interface Silence {
  /** Called each `period`: true when the device has now been silent for the limit. */
  tick(): boolean;
  /** The device has spoken. */
  broken(): void;
}

export function silenceOf(period: Millis, limit: Millis): Silence {
  let ticks = 0;
  const most = Math.ceil(limit / period);
  return {
    tick() {
      ticks += 1;
      return ticks >= most;
    },
    broken() {
      ticks = 0;
    },
  };
}
