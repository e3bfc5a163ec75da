/** A source of numbers in [0, 1). */
export type Random = () => number;

/**
 * A stream of its own for each name and number, all from one seed: a new consumer of one stream changes no other, and
 * what an item is like does not depend on when it is asked.
 */
export function randomStream(seed: number, name: string, index = 0): Random {
  let state = hash(`${seed}/${name}/${index}`);
  return () => {
    // mulberry32: 32 bits of state, full period, plenty for one item or one connection.
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A normally distributed number (Box-Muller), from two of the stream. */
export function normal(random: Random, mean: number, deviation: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return mean + deviation * radius * Math.cos(2 * Math.PI * random());
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const char of text) h = Math.imul(h ^ char.charCodeAt(0), 0x01000193);
  return (h ^ (h >>> 13)) | 0;
}
