import type { LineSnapshot, Trend } from '#contract/snapshot.ts';
import type { Instant } from '#line/time.ts';
import type { Actor } from '#order/run-state.ts';
import type { Connection } from '#station/connection.ts';
import type { Floor } from '#station/floor.ts';
import { type Latest, latest, newsOf } from '#station/latest.ts';
import { drawSnapshot } from '#station/snapshot.ts';
import { sampleTrend } from '#station/trend.ts';

/** Shortest time between two pictures of the floor, and the longest: the page sees from it that the station lives. */
const FASTEST = 100;
const SLOWEST = 500;
const TREND_EVERY = 2_000;
/** Frames on their way to a page that it has not drawn yet: a frozen page is sent nothing more. */
const IN_FLIGHT = 2;

/** What screens watch. */
export interface Streams {
  /** Something has changed: the next picture may be drawn. */
  changed(): void;
  snapshots(connection: Connection, actor: Actor): AsyncGenerator<LineSnapshot>;
  trends(connection: Connection): AsyncGenerator<Trend>;
  close(): void;
}

/**
 * Opens the streams of a floor. `now` is the wall clock, and only ever shown: it may be set back while a page is watched,
 * so that the ticking, the only use of timers here, goes by the monotonic one.
 */
export function openStreams(floor: Floor, now: () => Instant): Streams {
  const ticks = latest<null>();
  const trend = latest<Trend>();
  let dirty = true;
  let drawnAt = 0;
  const ticking = setInterval(() => {
    if (!dirty && performance.now() - drawnAt < SLOWEST) return;
    dirty = false;
    drawnAt = performance.now();
    ticks.set(null);
  }, FASTEST);
  const sampling = setInterval(() => trend.set(sampleTrend(floor, trend.value, now())), TREND_EVERY);

  return {
    changed() {
      dirty = true;
    },
    async *snapshots(connection, actor) {
      for (let sent = -1; connection.open; ) {
        if (connection.frame - connection.drawn >= IN_FLIGHT) {
          await newsOf(connection.bell);
          continue;
        }
        if (ticks.version === sent) {
          await newsOf(ticks, connection.bell);
          continue;
        }
        sent = ticks.version;
        connection.frame += 1;
        yield { frame: connection.frame, ...drawSnapshot(floor, actor, now()) };
      }
    },
    async *trends(connection) {
      for (let sent = -1; connection.open; ) {
        const { value } = trend;
        if (value === undefined || trend.version === sent) {
          await newsOf(trend, connection.bell);
          continue;
        }
        sent = trend.version;
        yield value;
      }
    },
    close() {
      clearInterval(ticking);
      clearInterval(sampling);
      ticks.poke();
      trend.poke();
    },
  };
}

/** A bell for a new connection. */
export function bell(): Latest<null> {
  return latest<null>();
}
