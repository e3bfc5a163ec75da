import type { Spread } from './statistics.ts';

/** What one stretch at one rate showed. Times in milliseconds from the instant at which an item was due. */
export interface Stretch {
  /** Items a second that were due, and that were answered. */
  readonly rate: number;
  readonly served: number;
  readonly latency: Spread;
  /** Latency from the actual send, and how late the generator itself was. */
  readonly fromSend: Spread;
  readonly lateness: Spread;
  readonly passed: number;
  readonly failed: number;
  readonly wrong: number;
}

/** The bound of performance.md §4, P1: p99 from due time, and what share must be answered while it lasts. */
export const BOUND = { p99: 15, served: 0.999, factor: 1.25 } as const;

export function holds({ rate, served, latency, wrong }: Stretch): boolean {
  return latency.p99 <= BOUND.p99 && served >= BOUND.served * rate && wrong === 0;
}

export interface Knee<S extends Stretch> {
  /** The highest rate that held, and what it showed; undefined when none did. */
  readonly best: S | undefined;
  readonly stretches: readonly S[];
}

export interface KneeSearch<S extends Stretch> {
  readonly from: number;
  readonly least: number;
  readonly most: number;
  /** Runs one stretch. */
  readonly at: (rate: number) => Promise<S>;
}

/**
 * Raises the rate by a quarter until the bound breaks; where the first rate breaks it already, halves it until it holds.
 * A rate that breaks it is tried once more: one hiccup of a shared machine is no knee, two are.
 */
export async function findKnee<S extends Stretch>({ from, least, most, at }: KneeSearch<S>): Promise<Knee<S>> {
  const stretches: S[] = [];
  const holding = async (rate: number): Promise<S | undefined> => {
    for (let tries = 0; tries < 2; tries += 1) {
      const stretch = await at(rate);
      stretches.push(stretch);
      if (holds(stretch)) return stretch;
    }
    return undefined;
  };
  let best = await holding(from);
  let found = from;
  let broken = most;
  while (best === undefined && found / 2 >= least) {
    broken = found;
    found /= 2;
    best = await holding(Math.round(found));
  }
  for (let rate = found * BOUND.factor; best !== undefined && rate < broken; rate *= BOUND.factor) {
    const next = await holding(Math.round(rate));
    if (next === undefined) break;
    best = next;
  }
  return { best, stretches };
}
