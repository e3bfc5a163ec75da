import type { BigBatch } from './big-batch.ts';
import { judgeMemory, judgeRecovery } from './judge-batch.ts';
import { judgeThroughput, stateLatency } from './judge-rounds.ts';
import { type Line, ms, stated } from './line-of-table.ts';
import type { PlcStretch } from './plc.ts';
import type { Round, Watched } from './round.ts';

export interface Measured {
  readonly rounds: readonly Round[];
  /** A longer stretch at four fifths of the knee. */
  readonly hold: Watched | undefined;
  readonly plc: readonly PlcStretch[];
  readonly batch: BigBatch;
  /** CPU time of the main thread per item, in µs, without sockets and disk. */
  readonly lineAlone: number;
}

/** Every figure with its goal, gates judged. */
export function judgeAll(measured: Measured): Line[] {
  return [
    ...judgeThroughput(measured.rounds),
    ...stateLatency(measured.rounds, measured.hold),
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
