import { setTimeout as pause } from 'node:timers/promises';
import type { CameraSetUp } from '#contract/camera-set-up.ts';
import type { Connection } from '#station/connection.ts';
import type { CameraSetUpDesk } from '#station/eye/set-up-session.ts';

/** How soon a page sees what has changed. */
const EVERY = 150;

/** Views of a camera's set-up, for any number of pages. */
export interface SetUpStream {
  /** Yields what `draw` draws whenever it has changed. */
  views(connection: Connection, draw: () => CameraSetUp): AsyncGenerator<CameraSetUp>;
}

export function openSetUpStream(setUp: Pick<CameraSetUpDesk, 'version'> | undefined): SetUpStream {
  return {
    async *views(connection, draw) {
      for (let sent: string | undefined; connection.open; await pause(EVERY)) {
        const view = draw();
        const key = keyOf(view, setUp?.version ?? 0);
        if (key === sent) continue;
        sent = key;
        yield view;
      }
    },
  };
}

/** Whatever a page shows but for the picture, which changes with the version. */
function keyOf({ session, ...rest }: CameraSetUp, version: number): string {
  return JSON.stringify([version, session?.step, session?.isBusy, rest]);
}
