import { describe, expect, it } from 'vitest';
import { findKnee, holds, type Stretch } from '../../bench/knee.ts';

const spread = (p99: number) => ({ count: 1000, p50: 1, p99, p999: p99, max: p99 });

function stretch(rate: number, p99: number, served = rate): Stretch {
  const latency = spread(p99);
  return { rate, served, latency, fromSend: latency, lateness: latency, passed: rate, failed: 0, wrong: 0 };
}

/** A machine that keeps up to so many items a second. */
function machine(most: number, hiccups: readonly number[] = []) {
  const tried: number[] = [];
  return {
    tried,
    at(rate: number): Promise<Stretch> {
      const isHiccup = hiccups.includes(tried.length);
      tried.push(rate);
      return Promise.resolve(stretch(rate, rate > most || isHiccup ? 80 : 3));
    },
  };
}

describe('the search for the highest rate that holds', () => {
  it('raises the rate by a quarter until the bound breaks twice', async () => {
    const { at, tried } = machine(2000);
    const { best } = await findKnee({ from: 1000, least: 20, most: 60_000, at });
    expect(tried).toEqual([1000, 1250, 1563, 1953, 2441, 2441]);
    expect(best?.rate).toBe(1953);
  });

  it('does not take one hiccup for the knee', async () => {
    const { at } = machine(2000, [1]);
    const { best } = await findKnee({ from: 1000, least: 20, most: 60_000, at });
    expect(best?.rate).toBe(1953);
  });

  it('goes down when the first rate is too much, and not up again to what broke', async () => {
    const { at, tried } = machine(900);
    const { best } = await findKnee({ from: 1000, least: 20, most: 60_000, at });
    expect(tried).toEqual([1000, 1000, 500, 625, 781, 977, 977]);
    expect(best?.rate).toBe(781);
  });

  it('says so when no rate holds', async () => {
    const { at } = machine(0);
    const { best, stretches } = await findKnee({ from: 100, least: 20, most: 60_000, at });
    expect(best).toBeUndefined();
    expect(stretches.map(({ rate }) => rate)).toEqual([100, 100, 50, 50, 25, 25]);
  });

  it.each([
    ['all in time', stretch(100, 15), true],
    ['a late hundredth', stretch(100, 15.1), false],
    ['too few answers', stretch(100, 3, 99.8), false],
    ['an answer about another item', { ...stretch(100, 3), wrong: 1 }, false],
  ])('a stretch with %s', (_what, one, held) => {
    expect(holds(one)).toBe(held);
  });
});
