import {
  booksBalance,
  countItems,
  countStates,
  everySerialEnds,
  noEntryTwice,
  peopleSigned,
} from '#virtual-line/oracle-books.ts';
import { type Published, readEpcis } from '#virtual-line/oracle-epcis.ts';
import { placeOf, readLedger } from '#virtual-line/oracle-ledger.ts';
import { matchItems } from '#virtual-line/oracle-match.ts';
import { namesAreTrue } from '#virtual-line/oracle-names.ts';
import {
  type Case,
  divertedStaysOut,
  falseAccepts,
  goodIsThere,
  noSerialTwice,
  rightButDiverted,
  thereIsGood,
} from '#virtual-line/oracle-physical.ts';
import { nothingAggregated, publishedIsTrue } from '#virtual-line/oracle-published.ts';
import { otherSerials, type RunRecord, readRecord, withCopy } from '#virtual-line/oracle-record.ts';
import {
  type Findings,
  findings,
  type Latency,
  type OracleReport,
  type RecordCounts,
  type Statistics,
} from '#virtual-line/oracle-report.ts';

export interface OracleCase {
  /** The kernel's ledger (docs/virtual-line-ledger.md), of one or of several runs. */
  readonly ledgerFile: string;
  /** The line's database. It is copied first and only ever read. */
  readonly databaseFile: string;
  /** The EPCIS 2.0 JSON file that was exported for the run, if any. */
  readonly epcisFile?: string;
  readonly run: number;
}

/**
 * Compares what physically happened with what was recorded and published, by the invariants of virtual-line.md §7.
 * It trusts no counter of the product or of an emulator. Throws when a file cannot be opened, when the database
 * lacks a documented view, or when it does not know the run.
 */
export async function judgeRun({ ledgerFile, databaseFile, epcisFile, run }: OracleCase): Promise<OracleReport> {
  const truth = await readLedger(ledgerFile);
  const published = epcisFile === undefined ? undefined : await readEpcis(epcisFile);
  return await withCopy(databaseFile, (copy) => {
    const record = readRecord(copy, run);
    return judge({ truth, record, matched: matchItems(truth, record, otherSerials(copy, run)) }, published, epcisFile);
  });
}

function judge(theCase: Case, published: Published | undefined, epcisFile: string | undefined): OracleReport {
  const physical = countItems(theCase.truth);
  const twice = findings('O3', 'No serial is on two items, sent twice or commissioned twice');
  noSerialTwice(theCase, twice);
  noEntryTwice(theCase, published, twice);
  const all: readonly Findings[] = [
    goodIsThere(theCase),
    thereIsGood(theCase),
    twice,
    nothingAggregated(published),
    booksBalance(theCase, physical),
    everySerialEnds(theCase),
    divertedStaysOut(theCase),
    publishedIsTrue(theCase, published, epcisFile),
    peopleSigned(theCase),
    namesAreTrue(theCase),
  ];
  const checks = all.map((one) => one.check());
  const diverted = rightButDiverted(theCase);
  return {
    agrees: checks.every((check) => check.held),
    checks,
    notJudged: [
      'O7: whether the line reacted in time is judged by each scenario, with reactionsOf.',
      'Print quality is not in the ledger: a low grade that passed, or a good one that failed, is not seen here.',
    ],
    physical,
    record: recordCounts(theCase.record),
    falseAccepts: falseAccepts(theCase),
    falseRejects: diverted.unexplained,
    statistics: { ...statistics(theCase, published, all), rightButDiverted: diverted.byReason },
  };
}

function recordCounts(record: RunRecord): RecordCounts {
  const { order_id, gtin, lot, expiry, state } = record.run;
  const sent = [...record.sent.values()].reduce((sum, times) => sum + times, 0);
  const { passed, failed } = record;
  return {
    order: order_id,
    gtin,
    lot,
    expiry,
    state,
    allocated: record.serials.length,
    accounts: countStates(record),
    sent,
    passed,
    failed,
  };
}

function statistics(
  { truth, record, matched }: Case,
  published: Published | undefined,
  all: readonly Findings[],
): Omit<Statistics, 'rightButDiverted'> {
  const items = [...truth.items.values()];
  const itemsOfRun: Record<string, number> = {};
  for (const { physical, serials } of matched.items) {
    if (serials.length > 0) itemsOfRun[placeOf(physical)] = (itemsOfRun[placeOf(physical)] ?? 0) + 1;
  }
  const latency = latencyOf(record.latencies);
  const firsts = all.map((one) => one.firstItem()).filter((item) => item !== undefined);
  return {
    seeds: truth.seeds,
    sections: truth.sections,
    tornLines: truth.tornLines,
    itemsOfRun,
    blankItems: items.filter((item) => item.contents.length === 0).length,
    overPrinted: items.filter((item) => item.contents.length > 1).length,
    faults: truth.faults.map((span) => span.fault),
    ...(latency === undefined ? {} : { verdictLatency: latency }),
    lateVerdicts: record.lateVerdicts,
    alarms: record.alarms.length,
    ...(published === undefined ? {} : { commissioned: published.commissioned.size }),
    ...(firsts.length === 0 ? {} : { firstDifferingItem: Math.min(...firsts) }),
  };
}

function latencyOf(latencies: readonly number[]): Latency | undefined {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return sorted.length === 0 ? undefined : { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
