/** Draws a whole number from 0 up to, but not including, `below`: each with the same chance. */
export type FairDraw = (below: number) => number;

const POOL = 65_536;
const BYTES = 6;
const SPAN = 2 ** (8 * BYTES);

/** Fair draws out of random bytes: numbers that would favour some are thrown away. `below` is at most 2 to the 48th. */
export function fairDraw(random: (bytes: number) => Uint8Array): FairDraw {
  let pool = random(POOL);
  let next = 0;
  function byte(): number {
    if (next === pool.length) {
      pool = random(POOL);
      next = 0;
    }
    next += 1;
    return pool[next - 1] ?? 0;
  }
  return function draw(below: number): number {
    if (!(below >= 1 && below <= SPAN)) throw new RangeError(`cannot draw a number below ${below}`);
    const fair = SPAN - (SPAN % below);
    for (;;) {
      let number = 0;
      for (let count = 0; count < BYTES; count += 1) number = number * 256 + byte();
      if (number < fair) return number % below;
    }
  };
}
