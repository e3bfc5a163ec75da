import type { LineSnapshot, Trend } from '#contract/snapshot.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { isOwnWindow, openWire, type Trouble, troubleOf, type Wire } from '#renderer/client.ts';

/** How the page stands with its workstation. Times are those of `performance.now()`. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly since: number }
  | { readonly kind: 'signed-out'; readonly why: 'no-session' | 'refused' };

/** All that a screen draws. The renderer owns no truth: this is the last that the station said. */
export interface View {
  readonly link: Link;
  readonly snapshot?: LineSnapshot;
  /** When the snapshot arrived. */
  readonly receivedAt: number;
  readonly trend?: Trend;
}

/** A call that was answered, or why not. */
export type Asked<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export interface Live {
  subscribe(listener: () => void): () => void;
  view(): View;
  /** Calls the station; a call that the connection lost is repeated once on the next one. Never throws. */
  ask<T>(call: (client: WorkstationClient) => Promise<T>): Promise<Asked<T>>;
  /** The screen has painted this frame. */
  drawn(frame: number): void;
  /** The screen has painted this view of the camera. */
  seen(frame: number): void;
  /** Signs in with a token that a person typed. */
  signIn(token: string): void;
  /** Tries to connect now rather than later. */
  retry(): void;
}

const SESSION = 'linewright.session';
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;
/** The station sends at least once a second. A wire that is silent for so long is taken for dead. */
const SILENCE = 8_000;
/** How long a command waits for the connection to come back before it is called lost. */
const PATIENCE = 6_000;

/** Connects to the station, keeps the newest snapshot, and connects again for as long as the page lives. */
export function openLive(): Live {
  const listeners = new Set<() => void>();
  let current: View = { link: { kind: 'connecting' }, receivedAt: 0 };
  let wire: Wire | undefined;
  let heardAt = 0;
  let wait = FIRST_WAIT;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let token = takeToken();

  function show(change: Partial<View>): void {
    current = { ...current, ...change };
    for (const listener of listeners) listener();
  }

  function connect(): void {
    clearTimeout(timer);
    const opening = openWire({ opened: () => void begin(opening), closed: () => lose(opening) });
    wire = opening;
    heardAt = performance.now();
  }

  function lose(lost: Wire): void {
    if (wire !== lost) return;
    wire = undefined;
    lost.close();
    if (current.link.kind === 'signed-out') return;
    if (current.link.kind !== 'lost') show({ link: { kind: 'lost', since: performance.now() } });
    timer = setTimeout(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  async function begin(opened: Wire): Promise<void> {
    const signedIn = await authenticate(opened.client, token);
    token = undefined;
    if (wire !== opened) return;
    if (signedIn === 'lost') return lose(opened);
    if (signedIn !== 'done') return show({ link: { kind: 'signed-out', why: signedIn } });
    wait = FIRST_WAIT;
    heardAt = performance.now();
    show({ link: { kind: 'live' } });
    const { client } = opened;
    void follow(
      opened,
      () => client.line.trends(),
      (trend) => show({ trend }),
    );
    await follow(
      opened,
      () => client.line.snapshots(),
      (snapshot) => {
        heardAt = performance.now();
        show({ snapshot, receivedAt: heardAt });
      },
    );
  }

  /** Takes a stream until it ends; its end, whatever the reason, is the end of the wire. */
  async function follow<T>(from: Wire, open: () => Promise<AsyncIterable<T>>, take: (value: T) => void): Promise<void> {
    try {
      for await (const value of await open()) {
        if (wire !== from) return;
        take(value);
      }
    } catch (error) {
      if (troubleOf(error) === 'unauthorized' && wire === from) show({ link: { kind: 'signed-out', why: 'refused' } });
    }
    lose(from);
  }

  /** A pulled cable raises no event. A hidden page paints nothing and is sent nothing: that is not silence. */
  function watch(): void {
    if (document.hidden) heardAt = performance.now();
    if (wire !== undefined && current.link.kind !== 'signed-out' && performance.now() - heardAt > SILENCE) lose(wire);
  }

  function whenLive(): Promise<WorkstationClient | undefined> {
    if (current.link.kind === 'live' && wire !== undefined) return Promise.resolve(wire.client);
    return new Promise((resolve) => {
      const give = (client: WorkstationClient | undefined): void => {
        clearTimeout(late);
        listeners.delete(check);
        resolve(client);
      };
      const check = (): void => {
        if (current.link.kind === 'live') give(wire?.client);
      };
      const late = setTimeout(() => give(undefined), PATIENCE);
      listeners.add(check);
    });
  }

  async function ask<T>(call: (client: WorkstationClient) => Promise<T>, again = true): Promise<Asked<T>> {
    const client = await whenLive();
    if (client === undefined) return { kind: 'trouble', trouble: 'lost' };
    try {
      return { kind: 'done', value: await call(client) };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === 'lost' && again) return ask(call, false);
      if (trouble === 'unauthorized') show({ link: { kind: 'signed-out', why: 'refused' } });
      return { kind: 'trouble', trouble };
    }
  }

  function reopen(): void {
    const old = wire;
    wire = undefined;
    old?.close();
    wait = FIRST_WAIT;
    connect();
  }

  function signIn(typed: string): void {
    token = typed;
    show({ link: { kind: 'connecting' } });
    reopen();
  }

  /** A printed address that is opened in a page that stands already changes its hash and loads nothing. */
  function takeAddress(): void {
    const found = takeToken();
    if (found !== undefined) signIn(found);
  }

  window.addEventListener('hashchange', takeAddress);
  setInterval(watch, 1_000);
  connect();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => current,
    ask,
    // The next snapshot tells whether the wire still works: a lost `drawn` needs no answer.
    drawn: (frame) => void wire?.client.line.drawn({ frame }).catch(() => undefined),
    seen: (frame) => void wire?.client.eye.drawn({ frame }).catch(() => undefined),
    signIn,
    retry: reopen,
  };
}

/** Signs in with the token of the address, else with the session of an earlier sign-in. */
async function authenticate(
  client: WorkstationClient,
  token: string | undefined,
): Promise<'done' | 'lost' | 'no-session' | 'refused'> {
  const session = sessionStorage.getItem(SESSION);
  const keys = isOwnWindow() ? [''] : [token, session].filter((key) => key !== undefined && key !== null);
  if (keys.length === 0) return 'no-session';
  for (const key of keys) {
    try {
      const signedIn = await client.session.signIn({ token: key });
      if (!isOwnWindow()) sessionStorage.setItem(SESSION, signedIn.session);
      return 'done';
    } catch (error) {
      if (troubleOf(error) === 'lost') return 'lost';
    }
  }
  sessionStorage.removeItem(SESSION);
  return 'refused';
}

/** The one-time token of the address. It leaves the address bar and the history at once. */
function takeToken(): string | undefined {
  const found = /^#token=(.+)$/.exec(window.location.hash)?.[1];
  if (found === undefined) return undefined;
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}#/`);
  return found;
}
