import { type Line, MIB, ms, stated, verdictOf, whole } from './line-of-table.ts';
import type { Round, Watched } from './round.ts';
import { median, medianInterval } from './statistics.ts';

const P1 = { overNaive: 2.5, ofRaw: 0.15 } as const;

/** Only rounds that are not void are judged; where all are, all of them are shown, and nothing is judged. */
export function judgeThroughput(rounds: readonly Round[]): Line[] {
  const valid = rounds.filter((round) => round.void === undefined);
  const shown = valid.length > 0 ? valid : showable(rounds);
  const rates = (kind: 'product' | 'naive'): number => median(shown.map((round) => round[kind].rate));
  const most = (kind: 'product' | 'naive') => (round: Round) => Math.max(...round[kind].stretches.map((s) => s.served));
  const overload = shown.map((round) => most('product')(round) / most('naive')(round));
  const best = shown.filter((round) => round.product.at !== undefined);
  const count = { valid: valid.length, of: rounds.length };
  const overNaive = shown.map((round) => round.product.rate / Math.max(round.naive.rate, 1));
  const ofRaw = shown.map((round) => round.product.rate / round.raw.rate);
  return [
    gate('sustained, product ÷ naive, both p99 ≤ 15 ms', { ratios: overNaive, must: P1.overNaive, ...count }),
    gate('sustained, product ÷ raw limit at the same group size', { ratios: ofRaw, must: P1.ofRaw, ...count }),
    stated(
      'P1',
      'items/s sustained: product · naive · raw limit',
      `${whole(rates('product'))} · ${whole(rates('naive'))} · ${whole(median(shown.map((r) => r.raw.rate)))}`,
      '10 000/s on the reference machine',
    ),
    stated(
      'P1',
      'most items/s served at any latency: product · naive · ratio',
      `${whole(median(shown.map(most('product'))))} · ${whole(median(shown.map(most('naive'))))} · ${median(overload).toFixed(2)}`,
      'beside the bound on p99',
    ),
    {
      goal: 'P1',
      what: 'latency p99 from due time at the sustained rate, ms',
      value: best.length === 0 ? 'no rate held' : median(best.map((r) => r.product.at?.latency.p99 ?? 0)).toFixed(1),
      must: '≤ 15',
      result: valid.length === 0 ? 'no result' : verdictOf(valid.every((r) => r.product.at !== undefined)),
    },
  ];
}

interface Gate {
  readonly ratios: readonly number[];
  readonly must: number;
  /** Rounds that count, of all there were. */
  readonly valid: number;
  readonly of: number;
}

function gate(what: string, { ratios, must, valid, of }: Gate): Line {
  const [low, high] = medianInterval(ratios);
  const middle = median(ratios);
  return {
    goal: 'P1',
    what: `${what}, ${valid} of ${of} rounds valid`,
    value: `${middle.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`,
    must: `≥ ${must}`,
    result: valid === 0 ? 'no result' : verdictOf(middle >= must),
  };
}

/** Void rounds are shown where there are no others, those first in which a rate held for both. */
function showable(rounds: readonly Round[]): readonly Round[] {
  const held = rounds.filter((round) => round.product.rate > 0 && round.naive.rate > 0);
  return held.length > 0 ? held : rounds;
}

/** What the clock said: never judged on a machine nobody named. */
export function stateLatency(rounds: readonly Round[], hold: Watched | undefined): Line[] {
  const middle = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const quiet = (share: 'p50' | 'p99' | 'p999'): string => ms(middle((r) => r.quiet.latency[share]));
  const flush = (kind: 'flush' | 'pacedFlush'): string =>
    `${ms(middle((r) => r[kind].p50))} · ${ms(middle((r) => r[kind].p99))}`;
  const echo = `${ms(middle((r) => r.echo.latency.p50))} · ${ms(middle((r) => r.echo.latency.p999))}`;
  const most = (kind: 'flush' | 'pacedFlush'): string => ms(middle((r) => r.echo.latency.p50 + 4 * r[kind].p50));
  const lines = [
    stated(
      'P3',
      'durable verdict at 500/s, p50 · p99 · p99.9 ms',
      `${quiet('p50')} · ${quiet('p99')} · ${quiet('p999')}`,
      `p50 ≤ echo + 4 flushes = ${most('pacedFlush')}, and ${most('flush')} with a disk kept awake; 5; 15`,
    ),
    stated(
      '–',
      'echo p50 · p99.9 ms; flush p50 · p99 ms: one after the other, and at 500/s',
      `${echo}; ${flush('flush')}, ${flush('pacedFlush')}`,
      'echo p99.9 ≤ 5, else void',
    ),
    stated(
      '–',
      'CPU stall while only the echo runs',
      rounds.map((r) => (r.stall === undefined ? '?' : `${Math.round(r.stall * 100)} %`)).join(' '),
      '≤ 15 %, else void',
    ),
  ];
  if (hold === undefined) return lines;
  const { rate, served, latency, health } = hold;
  const value = `${whole(served)}/s of ${whole(rate)}; ${ms(latency.p99)} · ${ms(latency.p999)} ms; ${whole(health.rss / MIB)} MiB`;
  return [...lines, stated('P1', 'held at 0.8 × knee: served; p99 · p99.9; RSS', value, 'p99 ≤ 15 ms, RSS ≤ 200 MiB')];
}
