import { type BigBatch, medianTook } from './big-batch.ts';
import { type Line, MIB, seconds, stated, verdictOf, whole } from './line-of-table.ts';
import { MOST_STALL } from './round.ts';
import { median } from './statistics.ts';

const P6 = { perSerial: 20, order: 64 * MIB, rss: [200, 400] } as const;
const P8 = { ofHash: 0.5 } as const;

/** Bytes are the same on every machine, so these are judged even where the clock says nothing. */
export function judgeMemory({ memory, cold, empty }: BigBatch): Line[] {
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

/** Start, recovery and verification; only what does not depend on the machine is judged. */
export function judgeRecovery(batch: BigBatch): Line[] {
  const { cold, recovered, windows, empty, verify, acknowledged, found, serials, items } = batch;
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
      'P7',
      `the same, process start → overview drawn in a browser that is open, s`,
      windows === undefined ? 'not built' : seconds(median(windows)),
      '≤ 2.5',
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
      result: (batch.verifyStall ?? 0) > MOST_STALL ? 'no result' : verdictOf(ofHash >= P8.ofHash),
    },
  ];
}
