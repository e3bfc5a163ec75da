import type { SignedIn } from '#contract/workstation.ts';
import type { Latest } from '#station/latest.ts';

/** One page on the wire. Signing in changes it; a reload is another connection, hence signed out. */
export interface Connection {
  readonly wire: 'port' | 'ws';
  user: SignedIn | undefined;
  /** The last frame that the page has drawn. */
  drawn: number;
  /** The last frame that was sent to it. */
  frame: number;
  /** The same for views of the camera. */
  eyeDrawn: number;
  eyeFrame: number;
  /** Rings when the page has drawn, and when it is gone. */
  readonly bell: Latest<null>;
  open: boolean;
}
