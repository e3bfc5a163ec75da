import { type OpenRun, unpackFact, WIDTH } from '#contract/journal.ts';
import { lineForRun } from '#line/carry-over.ts';
import { openLedger } from '#line/ledger.ts';
import { restoreLine } from '#line/line-dump.ts';
import { type Expected, idleLine, type LineSettings, type LineState } from '#line/line-state.ts';
import { replayFact } from '#line/recover.ts';
import type { Order } from '#order/order.ts';
import type { Journal } from '#record/journal.ts';
import type { Desk } from '#station/desk.ts';
import type { RunEntry } from '#station/floor.ts';

/** What every item of an order must say. */
export function expectedOf(order: Order): Expected {
  const { product, lot, expiryYymmdd, quantity } = order;
  return { gtin: product.gtin, lot, expiry: expiryYymmdd, minGrade: product.minGrade, quantity };
}

/** The line of a run as the record holds it. A copy that does not fit costs a longer start, and nothing else. */
export async function lineOf(
  journal: Journal,
  open: OpenRun,
  entry: RunEntry,
  settings: LineSettings,
): Promise<LineState | undefined> {
  const quick = recoverLine(open, entry, settings);
  if (quick !== undefined) return quick;
  const whole = await journal.load(open.run, true);
  return whole && recoverLine(whole, entry, settings);
}

/**
 * The line of an open run, replayed from its newest copy and what came after; undefined when the copy does not fit: then
 * it is to be replayed from its facts alone.
 */
export function recoverLine(open: OpenRun, entry: RunEntry, settings: LineSettings): LineState | undefined {
  const line = idleLine(openLedger(open.run, open.blocks), expectedOf(entry.run.order), settings, entry.recordBase);
  if (open.dump !== undefined && !restoreLine(line, open.dump.states)) return undefined;
  for (let row = 0; row < open.tail.length / WIDTH; row += 1) replayFact(line, unpackFact(open.tail, row));
  return line;
}

/** Whether the serials of a run are the ones on the line: a run without serials has none that could be missing. */
export function hasLedger({ floor }: Desk, { run, allocated }: RunEntry): boolean {
  return allocated === 0 || floor.line.ledger.run === run.run;
}

/**
 * Puts the serials that a run was given before on the line: the power went between their allocation and T02, say, and
 * another order was made first. False when the record does not give them back.
 */
export async function bringLedger(desk: Desk, entry: RunEntry): Promise<boolean> {
  if (hasLedger(desk, entry)) return true;
  const { journal, floor } = desk;
  const open = await journal.load(entry.run.run);
  const found = open && (await lineOf(journal, open, entry, floor.line.settings));
  if (found === undefined || found.ledger.size !== entry.allocated) return false;
  floor.line = lineForRun(floor.line, found.ledger, found.expected, entry.recordBase);
  return true;
}
