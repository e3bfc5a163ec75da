import { distinctness, type PackedSerials, serialAt } from '#gs1/serial-pool.ts';

/** What a self-test of a pool found; each figure beside the worst that a fair pool may show. */
export interface PoolReport {
  readonly count: number;
  readonly repeated: number;
  /** The largest chi-square of the symbols at one place, divided by its degrees of freedom: about 1 when fair. */
  readonly worstFrequency: number;
  /** Neighbours that share their first half. */
  readonly alikeNeighbours: number;
  /**
   * Serials in the longest monotone run: each above the one before it, or each below. A fair pool of n has one of k with
   * a chance below 2n / k!, so of ten million hardly ever more than 14.
   */
  readonly longestRun: number;
}

/** Looks at a pool as a tester would: repeats, symbols that are favoured at a place, neighbours that resemble or follow each other. */
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
  return { count, repeated, worstFrequency: Math.max(...frequencies), alikeNeighbours, longestRun: longestRun(pool) };
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

/** Equal neighbours end a run. */
function longestRun(pool: PackedSerials): number {
  let longest = Math.min(pool.count, 1);
  let length = 1;
  let before = 0;
  for (let index = 1; index < pool.count; index += 1) {
    const now = directionAt(pool, index);
    length = now !== 0 && now === before ? length + 1 : now === 0 ? 1 : 2;
    longest = Math.max(longest, length);
    before = now;
  }
  return longest;
}

/** Whether a serial stands above (1) or below (-1) the one before it in the order of their characters, or is the same (0). */
function directionAt({ bytes, stride }: PackedSerials, index: number): number {
  const from = index * stride;
  for (let at = from; at < from + stride; at += 1) {
    const step = (bytes[at] ?? 0) - (bytes[at - stride] ?? 0);
    if (step !== 0) return Math.sign(step);
  }
  return 0;
}
