import { describe, expect, it } from 'vitest';
import type { BigBatch, Start } from '../../bench/big-batch.ts';
import { isMissed, judgeAll, type Measured } from '../../bench/judgement.ts';
import type { Stretch } from '../../bench/knee.ts';
import { type Round, voidReason, type Watched } from '../../bench/round.ts';
import { median, medianInterval, spreadOf } from '../../bench/statistics.ts';

const spread = { count: 1000, p50: 0.2, p99: 1, p999: 2, max: 3 };
const stretch: Stretch = {
  rate: 500,
  served: 500,
  latency: spread,
  fromSend: spread,
  lateness: spread,
  passed: 990,
  failed: 10,
  wrong: 0,
};
const watched: Watched = {
  ...stretch,
  health: { rss: 1e8, heap: 1e7, loopDelay: { p50: 0, p99: 1, max: 2 }, cpu: 100 },
};

function round(product: number, naive: number, over: Partial<Round> = {}): Round {
  const found = (rate: number) => ({ rate, at: watched, stretches: [watched] });
  return {
    order: ['echo', 'naive', 'product', 'raw'],
    echo: stretch,
    stall: 0.02,
    flush: spread,
    pacedFlush: spread,
    naive: found(naive),
    product: found(product),
    quiet: watched,
    raw: { group: 20, rate: 20_000, rate1000: 40_000 },
    factsPerItem: 2.1,
    void: undefined,
    ...over,
  };
}

const start: Start = {
  rss: 1.5e8,
  lastSeq: 1000,
  head: '00',
  serials: 1_000_000,
  seen: 500,
  mode: 'suspended',
  loaded: 300,
  took: 700,
};

const batch: BigBatch = {
  memory: [{ serials: 1_000_000, bytes: 18e6, perSerial: 18, rss: 1e8, heap: 1e7 }],
  serials: 1_000_000,
  items: 500,
  allocatingSeconds: 2,
  itemsPerSecondUnpaced: 20_000,
  acknowledged: 990,
  found: 1000,
  empty: [start],
  cold: [start],
  recovered: [start],
  windows: [1500],
  verify: {
    facts: 1000,
    groups: 10,
    serials: 1_000_000,
    isIntact: true,
    head: '00',
    chainSeconds: 1,
    serialSeconds: 1,
    factsPerSecond: 600_000,
    hashesPerSecond: 1_000_000,
    fileBytes: 1e6,
  },
  verifyStall: 0.01,
};

const missed = (measured: Partial<Measured>): readonly string[] =>
  judgeAll({ rounds: [round(6000, 2000)], hold: undefined, plc: [], batch, lineAlone: 5, ...measured })
    .filter((line) => line.result === 'MISSED')
    .map((line) => line.what);

describe('the gates', () => {
  it('let a run pass that keeps all of them', () => {
    expect(missed({})).toEqual([]);
  });

  it('stop a product that is hardly faster than the naive design', () => {
    expect(missed({ rounds: [round(4000, 2000), round(4800, 2000), round(6000, 2000)] })).toEqual([
      'sustained, product ÷ naive, both p99 ≤ 15 ms, 3 of 3 rounds valid',
    ]);
  });

  it('judge neither way when every round is void', () => {
    const lines = judgeAll({
      rounds: [round(100, 2000, { void: 'noise' })],
      hold: undefined,
      plc: [],
      batch,
      lineAlone: 5,
    });
    expect(isMissed(lines)).toBe(false);
    expect(lines.filter((line) => line.result === 'no result')).toHaveLength(3);
  });

  it('leave void rounds out where others count', () => {
    expect(missed({ rounds: [round(6000, 2000), round(100, 2000, { void: 'noise' })] })).toEqual([]);
  });

  it('stop a record that lost what it had acknowledged, whatever the machine', () => {
    expect(missed({ batch: { ...batch, found: 989 } })).toEqual([
      'acknowledged facts lost by the kill (990 acknowledged)',
    ]);
  });

  it('stop a ledger that grew fat', () => {
    const memory = [{ serials: 1_000_000, bytes: 80e6, perSerial: 80, rss: 1e8, heap: 1e7 }];
    expect(missed({ batch: { ...batch, memory } })).toHaveLength(2);
  });
});

describe('a round', () => {
  it.each([
    ['a quiet machine', { stall: 0.02, echo: stretch }, undefined],
    ['a machine that does not say', { stall: undefined, echo: stretch }, undefined],
    ['other work on the CPUs', { stall: 0.16, echo: stretch }, 'CPU stall 16 % > 15 %'],
    [
      'an echo with a tail',
      { stall: 0, echo: { ...stretch, latency: { ...spread, p999: 5.2 } } },
      'echo p99.9 5.2 ms > 5 ms',
    ],
  ])('on %s', (_what, seen, reason) => {
    expect(voidReason(seen)).toBe(reason);
  });
});

describe('the figures', () => {
  it('have exact places', () => {
    const values = Array.from({ length: 1000 }, (_, at) => 1000 - at);
    expect(spreadOf(values)).toEqual({ count: 1000, p50: 501, p99: 991, p999: 1000, max: 1000 });
  });

  it('have a middle, and an interval around it that the rounds span', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
    const [low, high] = medianInterval([1, 2, 3, 4, 5, 6, 7]);
    expect(low).toBeGreaterThanOrEqual(1);
    expect(high).toBeLessThanOrEqual(7);
    expect(low).toBeLessThan(high);
  });
});
