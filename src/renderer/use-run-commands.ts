import { useCallback } from 'react';
import type { Answer } from '#contract/answer.ts';
import type { Alarm, Command, LineSnapshot } from '#contract/snapshot.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { type Outcome, useCommand } from '#renderer/use-live.ts';
import { words } from '#renderer/words/en.ts';
import { COMMAND_WORDS } from '#renderer/words/states.ts';

/** What became of the last command, until a person has read it. */
export interface Told {
  readonly verb: string;
  readonly done: string;
  readonly outcome: Outcome<unknown>;
}

interface RunCommands {
  /** Sends a command for the run on the screen. A blank reason is no reason. */
  command(command: Command, reason: string): void;
  acknowledge(alarm: Alarm, comment: string): void;
}

/** Commands of the frame; each tells what became of it. */
export function useRunCommands(snapshot: LineSnapshot, tell: (told: Told | undefined) => void): RunCommands {
  const carryOut = useCommand();
  const run = snapshot.run?.run;
  const command = useCallback(
    (which: Command, reason: string) => {
      if (run === undefined) return;
      tell(undefined);
      const { verb, done } = COMMAND_WORDS[which];
      void carryOut((client, id) => send(client, which, { id, run, reason })).then((outcome) =>
        tell({ verb, done, outcome }),
      );
    },
    [carryOut, run, tell],
  );
  const acknowledge = useCallback(
    (alarm: Alarm, comment: string) => {
      const input = { alarm: alarm.id, ...(comment === '' ? {} : { comment }) };
      void carryOut((client, id) => client.alarms.acknowledge({ id, ...input })).then((outcome) => {
        if (outcome.kind !== 'done') tell({ verb: words.alarms.acknowledge, done: '', outcome });
      });
    },
    [carryOut, tell],
  );
  return { command, acknowledge };
}

interface Input {
  readonly id: string;
  readonly run: number;
  readonly reason: string;
}

function send({ run: to }: WorkstationClient, command: Command, { id, run, reason }: Input): Promise<Answer<null>> {
  const given = reason === '' ? { id, run } : { id, run, reason };
  switch (command) {
    case 'start':
      return to.start({ id, run });
    case 'hold':
      return to.hold({ id, run, reason });
    case 'resume':
      return to.resume(given);
    case 'end':
      return to.end(given);
    case 'close':
      return to.close({ id, run, reason });
  }
}
