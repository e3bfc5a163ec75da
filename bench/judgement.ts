import { type BigBatch, medianTook } from './big-batch.ts';
import type { PlcStretch } from './plc.ts';
import type { Round, Watched } from './round.ts';
import { median, medianInterval } from './statistics.ts';

export interface Measured {
  readonly rounds: readonly Round[];
  /** A longer stretch at four fifths of the knee. */
  readonly hold: Watched | undefined;
  readonly plc: readonly PlcStretch[];
  readonly batch: BigBatch;
  /** CPU time of the main thread per item, in µs, without sockets and disk. */
  readonly lineAlone: number;
}

/** A figure with its goal beside it. `stated`: shown, never judged (it depends on the machine). */
export interface Line {
  readonly goal: string;
  readonly what: string;
  readonly value: string;
  readonly must: string;
  readonly result: 'met' | 'MISSED' | 'no result' | 'stated';
}

const P1 = { overNaive: 2.5, ofRaw: 0.15 } as const;
const P6 = { perSerial: 20, order: 64 * 2 ** 20, rss: [200, 400] } as const;
const P8 = { ofHash: 0.5 } as const;
const MIB = 2 ** 20;

export function judgeAll(measured: Measured): Line[] {
  return [
    ...judgeThroughput(measured.rounds),
    ...stateLatency(measured),
    stated(
      '–',
      'the line alone: CPU per item, µs (trigger, reading, outcome; no sockets, no disk)',
      measured.lineAlone.toFixed(1),
      'of 100 µs at 10 000/s',
    ),
    ...measured.plc.map(statePlc),
    ...judgeMemory(measured.batch),
    ...judgeRecovery(measured.batch),
  ];
}

/** Whether a gate was missed where a result was had. */
export function isMissed(lines: readonly Line[]): boolean {
  return lines.some((line) => line.result === 'MISSED');
}

/** Only rounds that are not void are judged; where all are, all of them are shown, and nothing is judged. */
function judgeThroughput(rounds: readonly Round[]): Line[] {
  const valid = rounds.filter((round) => round.void === undefined);
  const shown = valid.length > 0 ? valid : rounds;
  const gate = (what: string, ratios: readonly number[], must: number): Line => {
    const [low, high] = medianInterval(ratios);
    const middle = median(ratios);
    return {
      goal: 'P1',
      what: `${what}, ${valid.length} of ${rounds.length} rounds valid`,
      value: `${middle.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`,
      must: `≥ ${must}`,
      result: valid.length === 0 ? 'no result' : verdictOf(middle >= must),
    };
  };
  const rates = (kind: 'product' | 'naive'): number => median(shown.map((round) => round[kind].rate));
  const best = shown.filter((round) => round.product.at !== undefined);
  return [
    gate(
      'sustained, product ÷ naive, both p99 ≤ 15 ms',
      shown.map((r) => r.product.rate / Math.max(r.naive.rate, 1)),
      P1.overNaive,
    ),
    gate(
      'sustained, product ÷ raw limit at the same group size',
      shown.map((r) => r.product.rate / r.raw.rate),
      P1.ofRaw,
    ),
    stated(
      'P1',
      'items/s sustained: product · naive · raw limit',
      `${whole(rates('product'))} · ${whole(rates('naive'))} · ${whole(median(shown.map((r) => r.raw.rate)))}`,
      '10 000/s on the reference machine',
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

function stateLatency({ rounds, hold }: Measured): Line[] {
  const middle = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const quiet = (share: 'p50' | 'p99' | 'p999'): string => ms(middle((r) => r.quiet.latency[share]));
  const floor = middle((r) => r.echo.latency.p50 + 4 * r.flush.p50);
  const lines = [
    stated(
      'P3',
      'durable verdict at 500/s, p50 · p99 · p99.9 ms',
      `${quiet('p50')} · ${quiet('p99')} · ${quiet('p999')}`,
      `p50 ≤ echo + 4 flushes = ${ms(floor)}; 5; 15`,
    ),
    stated(
      '–',
      'echo p50 · p99.9 ms; flush p50 · p99 ms',
      `${ms(middle((r) => r.echo.latency.p50))} · ${ms(middle((r) => r.echo.latency.p999))}; ${ms(middle((r) => r.flush.p50))} · ${ms(middle((r) => r.flush.p99))}`,
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

function statePlc({ wanted, items, p50, p99, flush, late }: PlcStretch): Line {
  const value = `p50 ${ms(p50)}, p99 ${ms(p99)} ms (${items} items, ${late} late)`;
  const bound = flush.p99 + 10;
  return stated(
    '(d)',
    `reading and trigger → PLC write at ${wanted}/min`,
    value,
    `p99 ≤ flush p99 + 10 = ${ms(bound)}: ${p99 <= bound ? 'yes' : 'no'}`,
  );
}

/** Bytes are the same on every machine, so these are judged even where the clock says nothing. */
function judgeMemory({ memory, cold, empty }: BigBatch): Line[] {
  const rss = (starts: BigBatch['cold']): number => median(starts.map((start) => start.rss));
  const lines = memory.flatMap(({ serials, perSerial, bytes, rss: total }, at): Line[] => {
    const most = P6.rss[at] ?? 0;
    return [
      {
        goal: 'P6',
        what: `ledger of ${serials} serials, bytes per serial`,
        value: `${perSerial.toFixed(1)} (${whole(bytes / MIB)} MiB)`,
        must: `≤ ${P6.perSerial}`,
        result: verdictOf(perSerial <= P6.perSerial),
      },
      {
        goal: 'P6',
        what: `RSS of a process with ${serials} serials, MiB`,
        value: whole(total / MIB),
        must: `≤ ${most}`,
        result: verdictOf(total / MIB <= most),
      },
    ];
  });
  const grown = rss(cold) - rss(empty);
  return [
    ...lines,
    {
      goal: 'P6',
      what: 'what an order of 1 000 000 serials adds to the ledger, MiB',
      value: whole((memory[0]?.bytes ?? 0) / MIB),
      must: '≤ 64',
      result: verdictOf((memory[0]?.bytes ?? 0) <= P6.order),
    },
    stated(
      'P6',
      'RSS of the started workstation: empty · with the order, MiB',
      `${whole(rss(empty) / MIB)} · ${whole(rss(cold) / MIB)} (+${whole(grown / MIB)})`,
      '200',
    ),
  ];
}

function judgeRecovery(batch: BigBatch): Line[] {
  const { cold, recovered, empty, verify, acknowledged, found, serials, items } = batch;
  const ofHash = verify.factsPerSecond / verify.hashesPerSecond;
  const isWhole = verify.isIntact && recovered.every((start) => start.serials === serials);
  return [
    stated(
      'P7',
      `cold start, order of ${serials}, ${items} made: process start → ready, s`,
      seconds(medianTook(cold)),
      `≤ 1.0; an empty record takes ${seconds(medianTook(empty))}`,
    ),
    stated(
      'P8',
      'after kill -9: process start → ready, head of the chain verified, s',
      seconds(medianTook(recovered)),
      '≤ 1.0',
    ),
    {
      goal: 'P8',
      what: `acknowledged facts lost by the kill (${acknowledged} acknowledged)`,
      value: String(Math.max(0, acknowledged - found)),
      must: '0',
      result: verdictOf(found >= acknowledged && isWhole),
    },
    {
      goal: 'P8',
      what: `verification of ${verify.facts} facts ÷ hash limit (${seconds(verify.chainSeconds * 1000)} s; serials ${seconds(verify.serialSeconds * 1000)} s)`,
      value: ofHash.toFixed(2),
      must: `≥ ${P8.ofHash}`,
      result: verdictOf(ofHash >= P8.ofHash),
    },
  ];
}

function verdictOf(isMet: boolean): Line['result'] {
  return isMet ? 'met' : 'MISSED';
}

function stated(goal: string, what: string, value: string, must: string): Line {
  return { goal, what, value, must, result: 'stated' };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en').replaceAll(',', ' ');
const ms = (value: number): string => value.toFixed(value < 1 ? 2 : 1);
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);
