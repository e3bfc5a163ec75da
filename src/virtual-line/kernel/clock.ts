/** Physics time against the wall, both in ms. Physics never runs ahead of `speed` × wall. */
export interface Clock {
  /** Physics time the wall allows at this moment. */
  allowed(): number;
  /** Wall time until physics time `t` may happen; 0 or less when it may now. */
  until(t: number): number;
  /** Physics goes on from `t` now, whatever the wall did meanwhile. */
  resume(t: number): void;
}

export function createClock(speed: number, wall: () => number): Clock {
  let physics = 0;
  let since = wall();
  return {
    allowed: () => physics + (wall() - since) * speed,
    until: (t) => (t - physics) / speed - (wall() - since),
    resume: (t) => {
      physics = t;
      since = wall();
    },
  };
}
