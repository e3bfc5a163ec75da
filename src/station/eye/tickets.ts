/** A picture on its way to a page. */
export interface Ticketed {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Pictures that a page was promised, each to be fetched once: what was checked against its hash is what is handed out. */
export interface Tickets {
  /** The path under which the picture can be fetched once, within a minute. */
  issue(picture: Ticketed): string;
  /** The picture of a ticket, which is worth nothing afterwards. */
  redeem(ticket: string): Ticketed | undefined;
}

const LIFETIME = 60_000;
/** Pages fetch at once. More than this waiting is a page that does not; the oldest makes room. */
const MOST = 16;

/** `random` makes a name nobody guesses; `now` is any clock in milliseconds. */
export function openTickets(random: () => string, now: () => number): Tickets {
  const waiting = new Map<string, { readonly picture: Ticketed; readonly until: number }>();
  const forget = (): void => {
    for (const [ticket, { until }] of waiting) if (until < now()) waiting.delete(ticket);
    for (const ticket of [...waiting.keys()].slice(0, Math.max(0, waiting.size - MOST))) waiting.delete(ticket);
  };
  return {
    issue(picture) {
      const ticket = random();
      waiting.set(ticket, { picture, until: now() + LIFETIME });
      forget();
      return `/picture/${ticket}`;
    },
    redeem(ticket) {
      forget();
      const found = waiting.get(ticket);
      waiting.delete(ticket);
      return found?.picture;
    },
  };
}
