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

/** How long to wait before a stream that ended is opened again. */
const PAUSE = 500;

function newest<T>(_shown: T | undefined, next: T): T {
  return next;
}

/**
 * The newest value of a stream of the station, for as long as the page is open; opened again after a lost connection.
 * `follow` may hold on to what is shown.
 */
export function useStream<T>(
  open: (client: WorkstationClient) => Promise<AsyncIterable<T>>,
  follow: (shown: T | undefined, next: T) => T = newest,
): T | undefined {
  const live = useConnection();
  const [value, setValue] = useState<T>();
  useEffect(() => {
    const stop = new AbortController();
    const take = (next: T): void => setValue((shown) => follow(shown, next));
    void takeAll(live, open, { take, signal: stop.signal });
    return () => stop.abort();
  }, [live, open, follow]);
  return value;
}

interface Taking<T> {
  readonly take: (value: T) => void;
  readonly signal: AbortSignal;
}

async function takeAll<T>(
  live: Live,
  open: (client: WorkstationClient) => Promise<AsyncIterable<T>>,
  { take, signal }: Taking<T>,
): Promise<void> {
  while (!signal.aborted) {
    const asked = await live.ask(open);
    if (asked.kind === 'done') await takeOne(asked.value, { take, signal });
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** Takes one stream to its end. Leaving the page ends it, so that the station sends no more. */
async function takeOne<T>(stream: AsyncIterable<T>, { take, signal }: Taking<T>): Promise<void> {
  const values = stream[Symbol.asyncIterator]();
  const end = (): void => void values.return?.()?.catch(() => undefined);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    for (let next = await values.next(); next.done !== true && !signal.aborted; next = await values.next()) {
      take(next.value);
    }
  } catch {
    // The connection is gone; the link band says so, and the stream is opened again on the next one.
  }
  signal.removeEventListener('abort', end);
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
