import type { Instant } from '#line/time.ts';

/**
 * What became of one trigger: a whole picture in a slot of the ring (READY, for whoever takes it), or no picture and
 * why. Triggers count from 1 since the camera was armed, without gaps and in order.
 */
export type FrameNotice = WholeFrame | MissingFrame;

export interface WholeFrame {
  readonly trigger: number;
  readonly slot: number;
  /** When the first packet came. */
  readonly at: Instant;
}

export interface MissingFrame {
  readonly trigger: number;
  /**
   * `incomplete`: packets of it are missing. `lost`: nothing of it came. `no-free-slot`: nobody had freed a place.
   * `refused`: it is not what the camera was set to send.
   */
  readonly missing: 'incomplete' | 'lost' | 'no-free-slot' | 'refused';
  readonly detail: string;
  readonly at: Instant;
}
