import type { Instant } from '#line/time.ts';

/**
 * What became of one trigger: a whole picture in a slot of the ring (READY, for whoever takes it), or no picture and
 * why. They come in order, each trigger once.
 */
export type FrameNotice = WholeFrame | MissingFrame;

/** Which trigger it was. */
export interface Numbered {
  /**
   * Without `counts`: pictures since the camera was armed, from 1; each stands for one trigger. With it: the camera's own
   * count of triggers, which also goes on while it is disarmed or away. It jumps then, and at no other time.
   */
  readonly trigger: number;
  /** `triggers`: one that the camera missed has a number, and a notice that says so. */
  readonly counts?: 'triggers';
  /** The count began with this one, or shortly before: how far its number is from earlier ones means nothing. */
  readonly anew?: true;
}

export interface WholeFrame extends Numbered {
  readonly slot: number;
  /** When the first packet came. */
  readonly at: Instant;
}

export interface MissingFrame extends Numbered {
  /**
   * `incomplete`: packets of it are missing. `lost`: nothing of it came. `no-free-slot`: nobody had freed a place.
   * `refused`: it is not what the camera was set to send. `not-taken`: the camera counted a trigger of which it sent no
   * picture; it shows with the next one.
   */
  readonly missing: 'incomplete' | 'lost' | 'no-free-slot' | 'refused' | 'not-taken';
  readonly detail: string;
  readonly at: Instant;
}
