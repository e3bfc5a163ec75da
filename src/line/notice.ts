import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import type { LineState, PlcPosition } from '#line/line-state.ts';
import type { Instant } from '#line/time.ts';

/** What `noticed` facts count, as recorded in their code. */
export const NOTICE = {
  reading: 1,
  'trigger-rows': 2,
  'outcome-rows': 3,
  'track-started': 4,
  'printer-stood': 5,
} as const;

/** Something extra arrived, or went by unseen: counted, recorded, otherwise ignored. */
export function notice(line: LineState, what: keyof typeof NOTICE, at: Instant, effects: Effect[], count = 1): void {
  line.figures.notices += count;
  effects.push({ kind: 'record', fact: { kind: FACT.noticed, at, run: line.ledger.run, code: NOTICE[what], count } });
}

/**
 * Nothing that was followed before is followed any more, and counting goes on behind `plc`. Counts nothing; recorded so
 * that a restart follows the same items.
 */
export function startTrack(line: LineState, plc: PlcPosition, at: Instant, effects: Effect[]): void {
  line.items.clear();
  line.plc = plc;
  noteTrack(line, at, effects);
}

/** Puts on record where the PLC's counts stand: a run that has no row of its own yet is followed from here after a restart. */
export function noteTrack(line: LineState, at: Instant, effects: Effect[]): void {
  const { run } = line.ledger;
  const { epoch, item, event: ref } = line.plc;
  const fact = { kind: FACT.noticed, at, run, code: NOTICE['track-started'], count: 0, epoch, item, ref };
  effects.push({ kind: 'record', fact });
}

/** Puts on record that the printer stands behind all numbers of this run, and of whose record that is: not of ours. */
export function noteStand(line: LineState, at: Instant, ref: number, effects: Effect[]): void {
  line.stoodAt = ref;
  const fact = { kind: FACT.noticed, at, run: line.ledger.run, code: NOTICE['printer-stood'], count: 0, ref };
  effects.push({ kind: 'record', fact });
}
