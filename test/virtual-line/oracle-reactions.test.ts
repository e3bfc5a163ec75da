import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { reactionsOf } from '#virtual-line/oracle-reactions.ts';
import { finishedRun, type Line, rowOf, type World, writeWorld } from './oracle-world.ts';

async function reacted(world: World) {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return await reactionsOf({ ...(await writeWorld(world, folder)), run: 1, patience: 500 });
}

/** A run with its two stops, and a ledger with exactly these faults; times in ms after the first stop. */
function stopped(faults: readonly { readonly fault: string; readonly from: number; readonly until: number }[]): World {
  const world = finishedRun();
  const at = Number(rowOf(world, 'v_run_step', 'to_state', 'SUSPENDED')['at']);
  world.ledger = [{ t: 0, wall: at - 9000, enc: 0, ev: 'start', seed: 1 }];
  const line = (fault: string, active: boolean, after: number): Line => ({
    ...{ t: 0, enc: 0, wall: at + after },
    ...{ ev: 'fault', fault, active, item: 9 },
  });
  for (const { fault, from, until } of faults) world.ledger.push(line(fault, true, from), line(fault, false, until));
  world.views['v_alarm']?.push({ seq: 1, raised_at: at + 3, alarm: 1, code: 'duplicate-serial' });
  return world;
}

it('A stop is told with its reason, its alarm and the time since the fault began', async () => {
  const { reactions, falseStops, unanswered } = await reacted(stopped([{ fault: 'F02', from: -240, until: -100 }]));
  expect(reactions).toEqual([
    {
      state: 'SUSPENDED',
      at: reactions[0]?.at,
      user: 'linewright',
      reason: 'duplicate',
      alarms: ['duplicate-serial'],
      fault: 'F02',
      sinceFault: 240,
    },
    { state: 'HELD', at: reactions[1]?.at, user: 'supervisor', reason: 'Look at the carton magazine', alarms: [] },
  ]);
  expect({ falseStops, unanswered }).toEqual({ falseStops: [], unanswered: [] });
});

it('A stop that no fault explains is a false stop, and a person who holds the run makes none', async () => {
  const { falseStops } = await reacted(stopped([{ fault: 'F02', from: -5000, until: -4000 }]));
  expect(falseStops.map((stop) => stop.state)).toEqual(['SUSPENDED']);
});

it('A fault after which the run did not stop is unanswered', async () => {
  const { unanswered } = await reacted(
    stopped([
      { fault: 'F02', from: -240, until: -100 },
      { fault: 'F07', from: 2000, until: 2500 },
    ]),
  );
  expect(unanswered.map(({ fault, item }) => ({ fault, item }))).toEqual([{ fault: 'F07', item: 9 }]);
});
