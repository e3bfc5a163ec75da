import type { Answer } from '#contract/answer.ts';
import type { Unmet } from '#order/guards.ts';
import type { Actor } from '#order/run-state.ts';
import { failed, refused } from '#station/answers.ts';
import { askedNow, cameBetween, WAITED } from '#station/asked.ts';
import { audit } from '#station/audit.ts';
import { closeRun, endRunByPerson, holdRun, resumeRun } from '#station/commands.ts';
import type { Connection } from '#station/connection.ts';
import type { Desk } from '#station/desk.ts';
import type { RunEntry } from '#station/floor.ts';
import type { Once } from '#station/once.ts';
import type { StationRoutes } from '#station/routes.ts';
import { startRun } from '#station/start-run.ts';

interface RunRouteParts {
  readonly desk: Desk;
  readonly inTurn: Once;
  readonly atOnce: Once;
  readonly actorOf: (connection: Connection) => Actor;
}

type CarryOut<V> = (entry: RunEntry) => Promise<Answer<V>> | Answer<V>;

/** Carries something out on a run that is known, while it can be put on record. */
export async function onRun<V>(desk: Desk, run: number, act: CarryOut<V>): Promise<Answer<V>> {
  const entry = desk.floor.runs.get(run);
  if (!desk.floor.recordWritable) return refused([{ guard: 'record-writable' }]);
  return entry === undefined
    ? failed('no-such-run', `There is no run ${run}. Choose one from the order list.`)
    : act(entry);
}

/**
 * What the workstation answers to the commands of a run. Hold waits for nothing. The others are carried out one after
 * the other, and only while whoever asked still stands there: a line never starts by what somebody wanted a while ago.
 */
export function runRoutes({ start, hold, resume, end, close }: StationRoutes['run'], parts: RunRouteParts) {
  const { desk, atOnce, actorOf } = parts;
  const inTurn = movesInTurn(parts);
  return {
    start: start.handler(({ input, context }) =>
      inTurn('run.start', input, context, (entry, actor) => startRun(desk, entry, actor)),
    ),
    hold: hold.handler(({ input, context }) => {
      const actor = actorOf(context.connection);
      return atOnce(input.id, () => onRun(desk, input.run, (entry) => holdRun(desk, entry, actor, input.reason)));
    }),
    resume: resume.handler(({ input, context }) =>
      inTurn('run.resume', input, context, (entry, actor) => resumeRun(desk, entry, actor, input.reason)),
    ),
    end: end.handler(({ input, context }) =>
      inTurn('run.end', input, context, (entry, actor) => endRunByPerson(desk, entry, actor, input.reason)),
    ),
    close: close.handler(({ input, context }) =>
      inTurn('run.close', input, context, (entry, actor) => closeRun(desk, entry, actor, input.reason)),
    ),
  };
}

type MoveInTurn = (
  action: string,
  input: { readonly id: string; readonly run: number; readonly reason?: string | undefined },
  context: { readonly connection: Connection },
  act: (entry: RunEntry, actor: Actor) => Promise<Answer<null>> | Answer<null>,
) => Promise<Answer<null>>;

function movesInTurn({ desk, inTurn, actorOf }: RunRouteParts): MoveInTurn {
  return (action, { id, run, reason }, { connection }, act) => {
    const actor = actorOf(connection);
    const asked = askedNow(desk);
    const refuse = (unmet: readonly Unmet[]): Answer<null> => {
      audit(desk, actor, { action, outcome: 'refused', run, reason, detail: unmet });
      return refused(unmet);
    };
    const carryOut = (entry: RunEntry): Promise<Answer<null>> | Answer<null> => {
      const between = cameBetween(desk, asked);
      return between.length > 0 ? refuse(between) : act(entry, actor);
    };
    return inTurn(
      id,
      () => onRun(desk, run, carryOut),
      () => refuse(WAITED),
    );
  };
}
