import { implement, ORPCError } from '@orpc/server';
import { workstationContract } from '#contract/workstation.ts';
import type { Connection } from '#station/connection.ts';

/** The contract, to be given its answers. A stranger gets nothing at all but the door to sign in. */
export function stationRoutes() {
  return implement(workstationContract)
    .$context<{ connection: Connection }>()
    .use(({ context: { connection }, next, path }) => {
      if (connection.user === undefined && path[0] !== 'session') throw new ORPCError('UNAUTHORIZED');
      return next();
    });
}

export type StationRoutes = ReturnType<typeof stationRoutes>;
