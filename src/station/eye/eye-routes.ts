import type { Actor } from '#order/run-state.ts';
import { failed, refused } from '#station/answers.ts';
import { missingRole } from '#station/authority.ts';
import type { Connection } from '#station/connection.ts';
import type { Desk } from '#station/desk.ts';
import type { ExportParts } from '#station/exports.ts';
import type { EyeStreams } from '#station/eye/eye-streams.ts';
import { applyLimits, type LimitsBook } from '#station/eye/limits.ts';
import { listPictures, type PictureParts, ticketFor } from '#station/eye/pictures.ts';
import { shownRun } from '#station/floor.ts';
import type { Once } from '#station/once.ts';
import type { StationRoutes } from '#station/routes.ts';

/** What the eye's part of the router needs. */
export interface EyeRouterParts {
  /** Absent on a line without a camera of its own. */
  readonly limits: LimitsBook | undefined;
  readonly streams: EyeStreams;
  readonly pictures: PictureParts;
}

interface EyeRouteParts extends EyeRouterParts {
  readonly desk: Desk;
  readonly exports: ExportParts;
  readonly once: Once;
  readonly actorOf: (connection: Connection) => Actor;
}

/** What the workstation answers about its camera; on a line without one, that there is none. */
export function eyeRoutes(route: StationRoutes['eye'], parts: EyeRouteParts) {
  const { limits: book, streams, pictures, desk, exports, once, actorOf } = parts;
  return {
    views: route.views.handler(({ context: { connection } }) => streams.views(connection)),
    drawn: route.drawn.handler(({ input, context: { connection } }) => {
      connection.eyeDrawn = Math.min(Math.max(connection.eyeDrawn, input.frame), connection.eyeFrame);
      connection.bell.poke();
    }),
    trends: route.trends.handler(({ context: { connection } }) => streams.trends(connection)),
    limits: route.limits.handler(({ context }) => {
      const unmet = missingRole(actorOf(context.connection), 'eye.limits');
      const minimum = shownRun(desk.floor)?.run.order.product.minGrade;
      return {
        current: book?.current ?? { parameters: {} },
        history: [...(book?.history ?? [])],
        ...(minimum === undefined ? {} : { orderMinimum: minimum / 10 }),
        apply: { allowed: unmet.length === 0, unmet },
      };
    }),
    tryLimits: route.tryLimits.handler(({ input }) => exports.reader.tryLimits(input.limits)),
    applyLimits: route.applyLimits.handler(({ input, context }) =>
      once(input.id, () => {
        if (book === undefined)
          return failed('no-camera', 'This line has no camera of its own: its reader grades by itself.');
        if (!desk.floor.recordWritable) return refused([{ guard: 'record-writable' }]);
        return applyLimits(desk, book, actorOf(context.connection), input);
      }),
    ),
    pictures: route.pictures.handler(({ input }) => listPictures(pictures, input)),
    picture: route.picture.handler(({ input }) => ticketFor(pictures, input.id)),
  };
}
