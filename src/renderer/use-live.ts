import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Answer } from '#contract/answer.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import type { Asked, Live, View } from '#renderer/live.ts';

/** The connection of this page, given once at the top. */
export const LiveContext = createContext<Live | undefined>(undefined);

/** The connection itself. Throws outside the page that provides it. */
export function useConnection(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('No connection: the component is drawn outside LiveContext.');
  return live;
}

/** The newest view of the line; draws again with every change. */
export function useView(): View {
  const live = useConnection();
  return useSyncExternalStore(live.subscribe, live.view);
}

const TICK = 500;

function subscribeToTicks(listener: () => void): () => void {
  const timer = setInterval(listener, TICK);
  return () => clearInterval(timer);
}

function tickNow(): number {
  return Math.floor(performance.now() / TICK) * TICK;
}

/** `performance.now()` in steps of half a second, for ages and clocks. */
export function useNow(): number {
  return useSyncExternalStore(subscribeToTicks, tickNow);
}

/** A question to the station while the page is open. `again` asks once more. */
export function useAnswer<T>(call: (client: WorkstationClient) => Promise<T>): {
  readonly asked: Asked<T> | undefined;
  readonly again: () => void;
} {
  const live = useConnection();
  const [asked, setAsked] = useState<Asked<T>>();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again; the call is the same for the life of the page
  useEffect(() => {
    let wanted = true;
    void live.ask(call).then((answer) => {
      if (wanted) setAsked(answer);
    });
    return () => {
      wanted = false;
    };
  }, [live, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { asked, again };
}

/** What became of a command: done, refused, failed, or no answer. */
export type Outcome<V> =
  | Answer<V>
  | { readonly kind: 'trouble'; readonly trouble: Exclude<Asked<V>, { kind: 'done' }>['trouble'] };

/** Carries out a command under one id, so that a repetition after a lost connection is not carried out twice. */
export function useCommand(): <V>(
  call: (client: WorkstationClient, id: string) => Promise<Answer<V>>,
) => Promise<Outcome<V>> {
  const live = useConnection();
  return useCallback(
    async (call) => {
      const id = crypto.randomUUID();
      const asked = await live.ask((client) => call(client, id));
      return asked.kind === 'done' ? asked.value : asked;
    },
    [live],
  );
}
