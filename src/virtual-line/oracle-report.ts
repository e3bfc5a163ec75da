/** What the oracle says in the end. Plain data, so that a test, a tool and a person can read the same thing. */

/** One invariant of virtual-line.md §7 and whether it held. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly held: boolean;
  /** The first few findings, one plain sentence each; `count` is how many there were. */
  readonly found: readonly string[];
  readonly count: number;
  /** What is not decided yet because the run is not CLOSED. Never a reason to fail. */
  readonly open: readonly string[];
  /** What this check could not see, or why it saw little. */
  readonly note?: string;
}

/** Where the items are, counted from the ledger's lines about single items, over the whole file. */
export interface PhysicalCounts {
  readonly fed: number;
  readonly inserted: number;
  readonly good: number;
  readonly rejectBin: number;
  readonly removed: number;
  readonly inBelt: number;
}

/** What the record claims about the run. */
export interface RecordCounts {
  readonly order: string;
  readonly gtin: string;
  readonly lot: string;
  readonly expiry: string;
  readonly state: string;
  readonly allocated: number;
  /** Serials by state, counted from `v_serial`, not taken from `v_account`. */
  readonly accounts: Readonly<Record<string, number>>;
  readonly sent: number;
  readonly passed: number;
  readonly failed: number;
}

/** An item that is in the good output although its physical truth should have failed it. */
export interface FalseAccept {
  readonly item: number;
  readonly defect: string;
  readonly content: string;
}

/** A faultless item that lies in the reject bin without a fault, purge or stop to explain it. */
export interface FalseReject {
  readonly item: number;
  readonly serial: string;
  /** The ledger's cause of the divert, and the record's reason. */
  readonly cause: string;
  readonly reason: string;
}

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface Statistics {
  /** Seeds of the ledger's sections: what is needed to see the run again. */
  readonly seeds: readonly number[];
  readonly sections: number;
  /** Lines a dying process left unfinished. */
  readonly tornLines: number;
  /** Items carrying a serial of this run, by where they are. */
  readonly itemsOfRun: Readonly<Record<string, number>>;
  readonly blankItems: number;
  readonly overPrinted: number;
  /** Faultless items of this run in the reject bin, by the record's reason; false rejects are among them. */
  readonly rightButDiverted: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
  /** First byte of the reading to the verdict's fact, in ms; undefined when nothing was read. */
  readonly verdictLatency?: Latency;
  readonly lateVerdicts: number;
  readonly alarms: number;
  readonly commissioned?: number;
  readonly firstDifferingItem?: number;
}

export interface OracleReport {
  readonly agrees: boolean;
  readonly checks: readonly Check[];
  /** Invariants of §7 that this report says nothing about, and who judges them. */
  readonly notJudged: readonly string[];
  readonly physical: PhysicalCounts;
  readonly record: RecordCounts;
  readonly falseAccepts: readonly FalseAccept[];
  readonly falseRejects: readonly FalseReject[];
  readonly statistics: Statistics;
}

const SHOWN = 10;

/** Collects what one check finds. */
export interface Findings {
  add(sentence: string, item?: number): void;
  leaveOpen(sentence: string): void;
  note(sentence: string): void;
  check(): Check;
  firstItem(): number | undefined;
}

export function findings(id: string, title: string): Findings {
  const found: string[] = [];
  const open: string[] = [];
  let count = 0;
  let remark: string | undefined;
  let first: number | undefined;
  return {
    add: (sentence, item) => {
      count += 1;
      if (found.length < SHOWN) found.push(sentence);
      if (item !== undefined) first = Math.min(item, first ?? item);
    },
    leaveOpen: (sentence) => {
      if (open.length < SHOWN) open.push(sentence);
    },
    note: (sentence) => {
      remark = remark === undefined ? sentence : `${remark} ${sentence}`;
    },
    check: () => ({
      id,
      title,
      held: count === 0,
      found,
      count,
      open,
      ...(remark === undefined ? {} : { note: remark }),
    }),
    firstItem: () => first,
  };
}

/** The findings of a report as lines, for a test's message or a terminal; empty when everything agrees. */
export function complaints(report: OracleReport): readonly string[] {
  return report.checks.flatMap((check) => check.found.map((sentence) => `${check.id}: ${sentence}`));
}
