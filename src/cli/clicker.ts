import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import type { CameraSetUp, SET_UP_ACTS, SetUpTask } from '#contract/camera-set-up.ts';
import type { EyeLimits, PictureQuery } from '#contract/eye.ts';
import type { Exported } from '#contract/workstation.ts';
import { accountsOf } from '#line/ledger.ts';
import type { Workstation } from '#station/workstation.ts';

/** A person at the screen, as a script: everything goes through the contract, with authority and audit. */
export type Clicker = Awaited<ReturnType<typeof openClicker>>;

/** Signs in at a workstation of this process. */
export async function openClicker(workstation: Workstation) {
  const connection = workstation.connect('port');
  const client = createRouterClient(workstation.router, { context: { connection } });
  await client.session.signIn({ token: 'demo' });
  const { floor } = workstation.desk;
  const id = (): string => randomUUID();
  const stops: { state: string; cause: string | undefined; goodBefore: number }[] = [];

  async function until(holds: () => boolean, what: string, limit: number): Promise<void> {
    for (const since = performance.now(); !holds(); ) {
      if (performance.now() - since > limit) throw new Error(`Waited ${limit / 1000} s in vain for ${what}.`);
      await pause(20);
    }
  }

  return {
    until,
    pause: (milliseconds: number) => pause(milliseconds),
    accounts: () => accountsOf(floor.line.ledger),
    stops: () => stops,
    importOrder: (text: string) => client.orders.import({ id: id(), text, reason: 'demo order' }),
    start: (run: number) => client.run.start({ id: id(), run }),
    hold: (run: number, reason: string) => client.run.hold({ id: id(), run, reason }),
    resume: (run: number, reason?: string) =>
      client.run.resume({ id: id(), run, ...(reason === undefined ? {} : { reason }) }),
    end: (run: number, reason: string) => client.run.end({ id: id(), run, reason }),
    acknowledge: (alarm: number) => client.alarms.acknowledge({ id: id(), alarm }),
    close: (run: number, reason: string) => client.run.close({ id: id(), run, reason }),
    eye: {
      tryLimits: (limits: EyeLimits) => client.eye.tryLimits({ limits }),
      applyLimits: (limits: EyeLimits, reason: string) => client.eye.applyLimits({ id: id(), limits, reason }),
      pictures: (query: PictureQuery) => client.eye.pictures(query),
      picture: (picture: number) => client.eye.picture({ id: picture }),
    },
    setUp: {
      /** The page as it is now. */
      async view(): Promise<CameraSetUp> {
        for await (const view of await client.setUp.views()) return view;
        throw new Error('the workstation shows no set-up');
      },
      begin: (task: SetUpTask) => client.setUp.begin({ id: id(), task }),
      act: (act: (typeof SET_UP_ACTS)[number]) => client.setUp.act({ id: id(), act }),
      text: (text: string) => client.setUp.text({ id: id(), text }),
      kept: (picture: number) => client.setUp.kept({ id: id(), picture }),
      accept: (reason: string) => client.setUp.accept({ id: id(), reason }),
      show: (target: string) => client.setUp.show({ id: id(), target }),
    },
    export: (run: number, format: Exported['format']) => client.exports.write({ id: id(), run, format }),
    /** Notes the stop, waits until every device is well, and lets the run go on. */
    async resumeWhenPossible(run: number): Promise<void> {
      const entry = floor.runs.get(run);
      stops.push({
        state: entry?.run.state ?? '',
        cause: entry?.cause,
        goodBefore: accountsOf(floor.line.ledger).GOOD,
      });
      // The belt coasts to a standstill first: a supervisor walks to the line before letting it go on.
      const stands = (): boolean =>
        floor.line.offline.size === 0 && floor.line.machine !== 6 && floor.line.machine !== 10;
      await until(stands, 'the line to stand still with all devices connected', 120_000);
      for (let tries = 0; tries < 120; tries += 1) {
        const answer = await client.run.resume({ id: id(), run });
        if (answer.kind === 'done' || entry?.run.state !== 'SUSPENDED') return;
        await pause(500);
      }
      throw new Error('The run could not be resumed.');
    },
  };
}
