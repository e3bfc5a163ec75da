import type { LineFile } from '#contract/line-file.ts';
import type { PlcLink, PrinterLink, ReaderLink } from '#devices/open-device.ts';
import type { Fact } from '#line/fact.ts';
import { dumpLine } from '#line/line-dump.ts';
import type { DeviceSignal } from '#line/signal.ts';
import type { Instant } from '#line/time.ts';
import type { Order } from '#order/order.ts';
import type { Actor } from '#order/run-state.ts';
import type { Journal } from '#record/journal.ts';
import type { Floor } from '#station/floor.ts';
import { type Latencies, latencies } from '#station/latency.ts';
import type { StationLog } from '#station/log.ts';
import { type VerdictGate, verdictGate } from '#station/verdict-gate.ts';

/** What the software itself does is done by nobody else (process.md §8). */
export const SYSTEM: Actor = { userId: 'linewright', role: 'SYS' };

/** Facts between two copies of the ledger on disk: the tail to replay stays below a tenth of a second. */
const DUMP_EVERY = 50_000;

/** The devices of a line, one of each kind. */
export interface Crew {
  readonly printer: PrinterLink;
  readonly reader: ReaderLink;
  readonly plc: PlcLink;
}

/** Who sees each verdict as it is recorded, in the same commit; and is told which order is made. */
export interface Witness {
  judged(verdict: Fact): void;
  expect(order: Order): void;
}

/** All that performing needs: the floor, the record, the devices. One owner, in the main thread. */
export interface Desk {
  readonly file: LineFile;
  readonly floor: Floor;
  readonly journal: Journal;
  readonly crew: Crew;
  readonly log: StationLog;
  readonly gate: VerdictGate;
  readonly now: () => Instant;
  /** Conducts what a device reports, or what its answer to a directive tells. */
  readonly report: (signal: DeviceSignal) => void;
  /** Something that a screen shows has changed. */
  readonly changed: () => void;
  /** The journal's last seq: what is asked to leave now must wait for it. */
  lastSeq: number;
  dumpedAt: number;
  /** Whether the printer took the last `arm`; the infeed waits for it. */
  printerReady: Promise<boolean>;
  /** Who asked for the end of the run, and why, until the line is empty. */
  endBy: { readonly actor: Actor; readonly reason: string | undefined } | undefined;
  /** When the signal came that is being performed, on the monotonic clock; and how long its verdicts took to leave. */
  signalledAt: number;
  readonly latencies: Latencies;
  /** How often the record failed, and how often somebody pressed Hold: each voids what was asked for before it. */
  recordFailures: number;
  holds: number;
  /** Who waits for the printer to say what it would print. */
  readonly jobReaders: ((text: string) => void)[];
  /** The workstation's own camera, on a line that has one. */
  witness: Witness | undefined;
}

export type DeskParts = Pick<Desk, 'file' | 'floor' | 'journal' | 'crew' | 'log' | 'now' | 'report' | 'changed'>;

export function openDesk(parts: DeskParts): Desk {
  const { journal } = parts;
  const gate = verdictGate(journal.durableUpTo);
  journal.durable((upTo) => gate.release(upTo));
  return {
    ...parts,
    gate,
    lastSeq: journal.lastSeq,
    dumpedAt: journal.lastSeq,
    printerReady: Promise.resolve(true),
    endBy: undefined,
    signalledAt: 0,
    latencies: latencies(),
    recordFailures: 0,
    holds: 0,
    jobReaders: [],
    witness: undefined,
  };
}

/** Records a fact. */
export function append(desk: Desk, fact: Fact): number {
  desk.lastSeq = desk.journal.append(fact);
  return desk.lastSeq;
}

/**
 * Now and then a copy of the ledger goes into the record, so that a restart is quick. Between signals only: in the midst
 * of one the line is further on than its facts, and what followed would be counted twice after a restart.
 */
export function copyNowAndThen(desk: Desk): void {
  if (desk.lastSeq - desk.dumpedAt < DUMP_EVERY) return;
  const { line } = desk.floor;
  desk.dumpedAt = desk.lastSeq;
  desk.journal.dump({ run: line.ledger.run, seq: desk.lastSeq, states: dumpLine(line) });
}
