import type { EyeTrends, EyeView } from '#contract/eye.ts';
import type { Instant } from '#line/time.ts';
import type { Connection } from '#station/connection.ts';
import type { Eye } from '#station/eye/eye.ts';
import { latest, newsOf } from '#station/latest.ts';

/** Shortest time between two views, and the longest: the page sees from it that the station lives. */
const FASTEST = 200;
const SLOWEST = 1_000;
const TRENDS_EVERY = 1_000;
/** Views on their way to a page that it has not drawn yet: a frozen page is sent nothing more. */
const IN_FLIGHT = 2;

/** What screens watch of the camera. A line without one is told so. */
export interface EyeStreams {
  views(connection: Connection): AsyncGenerator<EyeView>;
  trends(connection: Connection): AsyncGenerator<EyeTrends>;
  close(): void;
}

export function openEyeStreams(
  eye: Pick<Eye, 'version' | 'draw' | 'trends'> | undefined,
  now: () => Instant,
): EyeStreams {
  const ticks = latest<null>();
  const seconds = latest<null>();
  let drawn = -1;
  let drawnAt = 0;
  const ticking = setInterval(() => {
    // By the monotonic clock: the wall clock may be set back while a page is watched.
    const isQuiet = eye === undefined || eye.version === drawn;
    if (isQuiet && performance.now() - drawnAt < SLOWEST) return;
    drawn = eye?.version ?? -1;
    drawnAt = performance.now();
    ticks.set(null);
  }, FASTEST);
  const counting = setInterval(() => seconds.set(null), TRENDS_EVERY);
  return {
    async *views(connection) {
      // What a page of before did not draw any more is owed to nobody.
      connection.eyeDrawn = connection.eyeFrame;
      for (let sent = -1; connection.open; ) {
        if (connection.eyeFrame - connection.eyeDrawn >= IN_FLIGHT) {
          await newsOf(connection.bell);
          continue;
        }
        if (ticks.version === sent) {
          await newsOf(ticks, connection.bell);
          continue;
        }
        sent = ticks.version;
        connection.eyeFrame += 1;
        yield { frame: connection.eyeFrame, ...(eye?.draw() ?? { at: now() }) };
      }
    },
    async *trends(connection) {
      for (let sent = -1; connection.open; ) {
        if (seconds.version === sent) {
          await newsOf(seconds, connection.bell);
          continue;
        }
        sent = seconds.version;
        yield eye?.trends() ?? { at: now(), trends: [], causes: [] };
      }
    },
    close() {
      clearInterval(ticking);
      clearInterval(counting);
      ticks.poke();
      seconds.poke();
    },
  };
}
