import { distinctness, type PackedSerials, serialAt } from '#gs1/serial-pool.ts';

/** What a self-test of a pool found; each figure beside the worst that a fair pool may show. */
export interface PoolReport {
  readonly count: number;
  readonly repeated: number;
  /** The largest chi-square of the symbols at one place, divided by its degrees of freedom: about 1 when fair. */
  readonly worstFrequency: number;
  /** Neighbours that share their first half. */
  readonly alikeNeighbours: number;
}

/** Looks at a pool as a tester would: repeats, symbols that are favoured at a place, neighbours that resemble each other. */
export function examinePool(pool: PackedSerials, alphabet: string): PoolReport {
  const { bytes, stride, count } = pool;
  const isNew = distinctness(bytes, stride, count);
  const tallies = Array.from({ length: stride }, () => new Uint32Array(128));
  let repeated = 0;
  let alikeNeighbours = 0;
  const half = Math.ceil(stride / 2);
  let previous = '';
  for (let index = 0; index < count; index += 1) {
    if (!isNew(index)) repeated += 1;
    for (let place = 0; place < stride; place += 1) tallyUp(tallies[place], bytes[index * stride + place] ?? 0);
    const head = serialAt({ stride, bytes }, index).slice(0, half);
    if (head === previous) alikeNeighbours += 1;
    previous = head;
  }
  const frequencies = tallies.map((tally) => chiSquare(tally, alphabet, count) / (alphabet.length - 1));
  return { count, repeated, worstFrequency: Math.max(...frequencies), alikeNeighbours };
}

function tallyUp(tally: Uint32Array | undefined, code: number): void {
  if (tally !== undefined) tally[code] = (tally[code] ?? 0) + 1;
}

function chiSquare(tally: Uint32Array, alphabet: string, count: number): number {
  const expected = count / alphabet.length;
  let sum = 0;
  for (const symbol of alphabet) sum += ((tally[symbol.charCodeAt(0)] ?? 0) - expected) ** 2 / expected;
  return sum;
}
