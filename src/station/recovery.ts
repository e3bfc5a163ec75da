import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import { openLedger } from '#line/ledger.ts';
import { idleLine, type LineSettings, type LineState } from '#line/line-state.ts';
import { voidUnseen } from '#line/recover.ts';
import { TRANSITIONS } from '#order/transitions.ts';
import { append, type Desk, SYSTEM } from '#station/desk.ts';
import type { RunEntry } from '#station/floor.ts';
import { perform } from '#station/perform.ts';
import { moveRun } from '#station/run-moves.ts';

/** A line without a run: what passes is counted and fails. */
export function emptyLine(settings: LineSettings): LineState {
  return idleLine(openLedger(0, []), { gtin: '', lot: '', expiry: '', minGrade: 0, quantity: 0 }, settings, 1);
}

/**
 * Says what the restart found and puts it on record: numbers whose fate is unknown are voided, a run that was RUNNING
 * is SUSPENDED until a person lets it go on.
 */
export function settleAfterRestart(desk: Desk, entry: RunEntry | undefined): void {
  const { floor, journal } = desk;
  const devices = Object.fromEntries(desk.file.devices.map(({ kind, id }) => [kind, id]));
  const effects: Effect[] = [];
  const wasOpen = entry !== undefined && floor.line.ledger.run === entry.run.run && ACTIVE.has(entry.run.state);
  const found = wasOpen ? voidUnseen(floor.line, desk.now(), effects) : { unknownFate: 0, inTransit: 0 };
  perform(desk, effects);
  const after = entry === undefined ? {} : { run: entry.run.run, state: entry.run.state };
  const body = JSON.stringify({ found: { seq: journal.opening.lastSeq, ...after, ...found }, devices });
  append(desk, { kind: FACT.started, at: desk.now(), body });
  if (!wasOpen) return;
  const detail = `${found.unknownFate}`;
  perform(desk, [
    { kind: 'alarm', change: { kind: 'raise', code: 'restarted', detail } },
    { kind: 'alarm', change: { kind: 'clear', code: 'restarted' } },
  ]);
  if (entry.run.state === 'RUNNING')
    moveRun(desk, entry, TRANSITIONS.suspend, SYSTEM, { cause: 'restarted', reason: 'the workstation was restarted' });
}

const ACTIVE: ReadonlySet<string> = new Set(['RUNNING', 'SUSPENDED', 'HELD']);
