import { ORPCError } from '@orpc/server';
import type { Exported } from '#contract/workstation.ts';
import type { Actor } from '#order/run-state.ts';
import { acknowledgeAlarm } from '#station/alarm-desk.ts';
import { failed } from '#station/answers.ts';
import { importText } from '#station/commands.ts';
import type { Connection } from '#station/connection.ts';
import type { Desk } from '#station/desk.ts';
import { type ExportParts, exportRun } from '#station/exports.ts';
import { type EyeRouterParts, eyeRoutes } from '#station/eye/eye-routes.ts';
import { type SetUpRouterParts, setUpRoutes } from '#station/eye/set-up-routes.ts';
import type { Authenticate } from '#station/host.ts';
import { commandsAtOnce, commandsOnce } from '#station/once.ts';
import { stationRoutes } from '#station/routes.ts';
import { onRun, runRoutes } from '#station/run-routes.ts';
import { readSample, sampleOrders } from '#station/samples.ts';
import type { Streams } from '#station/streams.ts';
import { injectFault, trainingFaults } from '#station/training.ts';
import type { VirtualLine } from '#station/virtual-line.ts';

export interface RouterParts {
  readonly desk: Desk;
  readonly streams: Streams;
  readonly exports: ExportParts;
  readonly authenticate: Authenticate;
  readonly resources: string;
  readonly virtualLine: VirtualLine | undefined;
  readonly eyes: EyeRouterParts & SetUpRouterParts;
}

/**
 * What the workstation answers. Authority is checked where a command is carried out; a stranger gets nothing at all.
 * Commands wait for each other; exports for each other only, beside them; taking note of an alarm waits for nothing.
 */
export function workstationRouter({ desk, streams, exports, authenticate, resources, virtualLine, eyes }: RouterParts) {
  const once = commandsOnce();
  const atOnce = commandsAtOnce();
  const exportsOnce = commandsOnce();
  const station = stationRoutes();
  const actorOf = ({ user }: Connection): Actor => {
    if (user === undefined) throw new ORPCError('UNAUTHORIZED');
    return { userId: user.userId, role: user.role };
  };

  return {
    session: {
      signIn: station.session.signIn.handler(({ input, context: { connection } }) => {
        const user = authenticate(input.token);
        if (user === undefined) throw new ORPCError('UNAUTHORIZED');
        connection.user = user;
        return user;
      }),
    },
    line: {
      snapshots: station.line.snapshots.handler(({ context: { connection } }) =>
        streams.snapshots(connection, actorOf(connection)),
      ),
      drawn: station.line.drawn.handler(({ input, context: { connection } }) => {
        connection.drawn = Math.min(Math.max(connection.drawn, input.frame), connection.frame);
        connection.bell.poke();
      }),
      trends: station.line.trends.handler(({ context: { connection } }) => streams.trends(connection)),
    },
    orders: {
      samples: station.orders.samples.handler(() => sampleOrders(resources)),
      import: station.orders.import.handler(({ input, context }) =>
        once(input.id, () => importText(desk, actorOf(context.connection), input.text, input.reason)),
      ),
      importSample: station.orders.importSample.handler(({ input, context }) =>
        once(input.id, () => {
          const known = [...desk.floor.runs.values()].map(({ run }) => run.order.order);
          const text = readSample(resources, input.file, known);
          if (text === undefined) return failed('no-such-sample', `There is no sample order ${input.file}.`);
          return importText(desk, actorOf(context.connection), text, 'sample order');
        }),
      ),
    },
    run: runRoutes(station.run, { desk, inTurn: once, atOnce, actorOf }),
    alarms: {
      acknowledge: station.alarms.acknowledge.handler(({ input, context }) =>
        atOnce(input.id, () => acknowledgeAlarm(desk, input.alarm, actorOf(context.connection), input.comment)),
      ),
    },
    exports: {
      write: station.exports.write.handler(({ input, context }) =>
        exportsOnce(input.id, () =>
          onRun<Exported>(desk, input.run, (entry) =>
            exportRun(desk, exports, entry, input.format, actorOf(context.connection)),
          ),
        ),
      ),
    },
    items: {
      find: station.items.find.handler(async ({ input }) => [...(await exports.reader.find(input.serial))]),
    },
    eye: eyeRoutes(station.eye, { desk, exports, once, actorOf, ...eyes }),
    setUp: setUpRoutes(station.setUp, { desk, virtualLine, once, actorOf, ...eyes }),
    training: {
      faults: station.training.faults.handler(() =>
        virtualLine === undefined ? [] : trainingFaults(eyes.limits !== undefined),
      ),
      inject: station.training.inject.handler(({ input, context }) =>
        once(input.id, () => injectFault(desk, virtualLine, actorOf(context.connection), input.fault, input.seconds)),
      ),
    },
  };
}

export type WorkstationRouter = ReturnType<typeof workstationRouter>;
