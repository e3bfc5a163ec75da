import type { Effect } from '#line/effect.ts';
import { reconcileLine, settleLine } from '#line/run-control.ts';
import type { Desk } from '#station/desk.ts';
import type { RunEntry } from '#station/floor.ts';
import { perform } from '#station/perform.ts';

/** Nothing more comes from the line: what has no proof is rejected, missing, or of unknown fate. */
export function settle(desk: Desk, entry: RunEntry): void {
  byLine(desk, entry, (effects) => settleLine(desk.floor.line, desk.now(), effects));
}

/** Brings every serial to a final account (process.md §4.6): after it the balance is zero by construction. */
export function reconcile(desk: Desk, entry: RunEntry): void {
  byLine(desk, entry, (effects) => reconcileLine(desk.floor.line, desk.now(), effects));
}

function byLine(desk: Desk, entry: RunEntry, work: (effects: Effect[]) => void): void {
  if (desk.floor.line.ledger.run !== entry.run.run) return;
  const effects: Effect[] = [];
  work(effects);
  perform(desk, effects);
}
