import { useMemo } from 'react';
import type { Answer } from '#contract/answer.ts';
import type { SetUpTask } from '#contract/camera-set-up.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { type Outcome, useCommand, useConnection } from '#renderer/use-live.ts';
import type { Told } from '#renderer/use-run-commands.ts';
import { setUpWords } from '#renderer/words/set-up.ts';

/** What a person does while the camera is set up. What became of it is on the page; only what went wrong, and the end, is told. */
export interface SetUpCommands {
  begin(task: SetUpTask): Promise<void>;
  /** Tells whether it was done. */
  act(act: 'picture' | 'no-dark' | 'again' | 'discard'): Promise<boolean>;
  train(text: string): Promise<void>;
  /** Takes the newest kept picture of an item in the place of a new one. */
  takeKept(serial: string): Promise<void>;
  accept(reason: string): Promise<void>;
  /** Tells whether it stands before the camera. */
  show(target: string): Promise<boolean>;
}

const NO_PICTURE: Answer<null> = { kind: 'failed', failure: { code: 'no-such-picture', message: setUpWords.noKept } };

export function useSetUpCommands(onTold: (told: Told | undefined) => void): SetUpCommands {
  const carryOut = useCommand();
  const live = useConnection();
  return useMemo(() => {
    const told = (outcome: Outcome<null>, done?: string): boolean => {
      if (outcome.kind === 'done' && done === undefined) onTold(undefined);
      else onTold({ verb: setUpWords.verb, done: done ?? '', outcome });
      return outcome.kind === 'done';
    };
    const tell = (call: (client: WorkstationClient, id: string) => Promise<Answer<null>>) => carryOut(call);
    return {
      begin: async (task) => void told(await tell((client, id) => client.setUp.begin({ id, task }))),
      async act(act) {
        const outcome = await tell((client, id) => client.setUp.act({ id, act }));
        return told(outcome, act === 'discard' ? setUpWords.discarded : undefined);
      },
      train: async (text) => void told(await tell((client, id) => client.setUp.text({ id, text }))),
      async takeKept(serial) {
        const asked = await live.ask((client) => client.eye.pictures({ by: 'serial', serial }));
        const kept = asked.kind === 'done' ? asked.value.find(({ state }) => state === 'kept') : undefined;
        if (asked.kind === 'done' && kept === undefined) told(NO_PICTURE);
        if (kept === undefined) return;
        told(await tell((client, id) => client.setUp.kept({ id, picture: kept.id })));
      },
      accept: async (reason) =>
        void told(await tell((client, id) => client.setUp.accept({ id, reason })), setUpWords.accepted),
      show: async (target) => told(await tell((client, id) => client.setUp.show({ id, target }))),
    };
  }, [carryOut, live, onTold]);
}
