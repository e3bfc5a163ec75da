import type { Fact } from '#line/fact.ts';
import { countItem, countReject } from '#line/figures.ts';
import { serialAt } from '#line/ledger.ts';
import type { LineState, Tracked } from '#line/line-state.ts';
import type { Outcome } from '#line/signal.ts';
import type { Instant } from '#line/time.ts';
import { type Reason, reasonOf } from '#line/verdict.ts';

/** Counts a verdict from its fact: while the line runs and after a restart alike, so that both show the same figures. */
export function countVerdict({ figures, clock }: LineState, { code = 0, serial, ref, grade }: Fact): void {
  countItem(figures, clock, ref !== undefined && wasRead(reasonOf(code), serial), code === 0, grade);
}

/** A picture of another item says nothing of this one, and in a purge only a known serial shows that a code was read. */
function wasRead(reason: Reason | undefined, serial: number | undefined): boolean {
  if (reason === 'tracking-lost') return serial !== undefined;
  return reason === undefined || !UNREAD.has(reason);
}

/** An assisted read is none: no scanner further down the chain may be able to read that code (vision.md §3.2). */
const UNREAD: ReadonlySet<Reason> = new Set(['no-read', 'frame-skew', 'no-image', 'not-inspected', 'assisted-read']);

/** What an item that passed has come to, when it did not leave through the good exit; as the record's views name it. */
const INSTEAD_OF_GOOD: Partial<Readonly<Record<Outcome, Reason>>> = {
  diverted: 'purged',
  'divert-failed': 'divert-failed',
  lost: 'tracking-lost',
};

/** Counts what the PLC said of an item; `tracked` is undefined for one that nobody follows any more. */
export function countOutcome(line: LineState, outcome: Outcome, tracked: Tracked | undefined, at: Instant): void {
  if (outcome === 'diverted') line.figures.diverted += 1;
  if (outcome === 'late-verdict') {
    line.lateVerdicts += 1;
    if (tracked !== undefined) tracked.late = true;
  }
  const reason = INSTEAD_OF_GOOD[outcome];
  if (reason === undefined || tracked?.verdict?.kind !== 'PASS') return;
  countLost(line, tracked.serial, outcome === 'diverted' && tracked.late ? 'late-verdict' : reason, at);
}

/** An item that passed did not reach the good output: one more reject. */
export function countLost(line: LineState, serial: number, reason: Reason, at: Instant): void {
  line.figures.passed -= 1;
  line.figures.failed += 1;
  countReject(line.figures, { at, reason, serial: serialAt(line.ledger, serial) });
}

/** The judged items longest on their way, at most `count`: those a lost row may have been about. */
export function oldestJudged(line: LineState, count: number): readonly Tracked[] {
  const judged = [...line.items.values()].filter((tracked) => tracked.verdict !== undefined);
  return judged.sort((a, b) => a.item - b.item).slice(0, count);
}
