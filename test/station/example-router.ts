import { join } from 'node:path';
import type { Role } from '#order/run-state.ts';
import type { RecordReader } from '#record/reader.ts';
import type { Connection } from '#station/connection.ts';
import { openEyeStreams } from '#station/eye/eye-streams.ts';
import { recallLimits } from '#station/eye/limits.ts';
import { openSetUpStream } from '#station/eye/set-up-stream.ts';
import { openTickets } from '#station/eye/tickets.ts';
import { type WorkstationRouter, workstationRouter } from '#station/router.ts';
import { bell, openStreams } from '#station/streams.ts';
import { by, type Example } from './example-desk.ts';

/** A record of which nothing is read. */
export const EMPTY_READER: RecordReader = {
  find: async () => [],
  runs: async () => [],
  account: async () => {
    throw new Error('nobody asks for the balance here');
  },
  tryLimits: async () => {
    throw new Error('nobody tries limits here');
  },
  pictures: async () => [],
  picture: async () => undefined,
  async *goodItems() {},
  async *productionRecords() {},
  close: async () => {},
};

/** What a workstation with this desk answers; its exports go to `folder`. */
export function routerOf(example: Example, folder: string): WorkstationRouter {
  const streams = openStreams(example.floor, example.now);
  streams.close();
  const eyeStreams = openEyeStreams(undefined, example.now);
  eyeStreams.close();
  return workstationRouter({
    desk: example.desk,
    streams,
    exports: { reader: EMPTY_READER, folder },
    authenticate: () => undefined,
    resources: join(import.meta.dirname, '../../resources'),
    eyes: {
      eye: undefined,
      setUpStream: openSetUpStream(undefined),
      limits: recallLimits([]),
      streams: eyeStreams,
      pictures: { reader: EMPTY_READER, folder, tickets: openTickets(() => 'ticket', example.now) },
    },
    virtualLine: { starts: 1, tell: () => {}, ask: async () => true, freeze: async () => {}, close: async () => {} },
  });
}

/** A page at which somebody with this role is signed in, or nobody. */
export function contextOf(role: Role | undefined): { context: { connection: Connection } } {
  const user = role === undefined ? undefined : { session: 's', ...by(role) };
  const frames = { drawn: 0, frame: 0, eyeDrawn: 0, eyeFrame: 0 };
  return { context: { connection: { wire: 'ws', user, ...frames, bell: bell(), open: true } } };
}
