import { itemRead, itemTriggered } from '#line/correlate.ts';
import { deviceBack, deviceFault, deviceFaultCleared, deviceLost } from '#line/device-health.ts';
import type { Effect } from '#line/effect.ts';
import type { LineState } from '#line/line-state.ts';
import { notice } from '#line/notice.ts';
import { epochSeen, outcomeReported, rowsLost } from '#line/outcome.ts';
import { printProgress } from '#line/printing.ts';
import { endLine, machineChanged, releaseLine, withdrawLine } from '#line/run-control.ts';
import type { DeviceSignal } from '#line/signal.ts';
import { beltChanged } from '#line/standing.ts';
import { suspend } from '#line/suspend.ts';
import type { Instant, Millis } from '#line/time.ts';

/** What the line is told: by its devices, and by the order (a release is a decision about the run, never a button). */
export type LineSignal =
  | DeviceSignal
  | { readonly kind: 'released'; readonly at: Instant }
  | { readonly kind: 'withdrawn'; readonly at: Instant }
  | { readonly kind: 'end-wanted'; readonly at: Instant }
  /** What happens cannot be put on disk: nothing may be printed or passed until it can. */
  | {
      readonly kind: 'record-failed';
      readonly at: Instant;
      readonly cause: 'disk-full' | 'record-failed';
      readonly detail: string;
    }
  | { readonly kind: 'record-restored'; readonly at: Instant };

/**
 * Advances the line by one signal and says what is to be done, in order. The state is changed in place; nothing else
 * is touched. A signal that means nothing in the present state changes nothing. `clock`: when it came, on a clock that
 * nobody sets; the wall clock of the signal is for the record.
 */
export function advance(line: LineState, signal: LineSignal, clock: Millis = signal.at): readonly Effect[] {
  line.clock = clock;
  const effects: Effect[] = [];
  step(line, signal, effects);
  return effects;
}

function step(line: LineState, signal: LineSignal, effects: Effect[]): void {
  switch (signal.kind) {
    case 'item-read':
      itemRead(line, signal, effects);
      return;
    case 'item-triggered':
      itemTriggered(line, signal, effects);
      return;
    case 'outcome-reported':
      outcomeReported(line, signal, effects);
      return;
    case 'print-progress':
      printProgress(line, signal, effects);
      return;
    case 'machine-changed':
      machineChanged(line, signal, effects);
      return;
    case 'belt-changed':
      beltChanged(line, signal.encoder);
      return;
    case 'epoch-seen':
      epochSeen(line, signal, effects);
      return;
    case 'rows-lost':
      rowsLost(line, signal, effects);
      return;
    case 'unsolicited':
      notice(line, 'reading', signal.at, effects);
      return;
    case 'device-connected':
      deviceBack(line, signal.device, signal.at, effects);
      return;
    case 'device-lost':
      deviceLost(line, signal, effects);
      return;
    case 'device-fault':
      deviceFault(line, signal, effects);
      return;
    case 'device-fault-cleared':
      deviceFaultCleared(line, signal.device, effects);
      return;
    case 'job-read': // the answer to a read-back belongs to whoever set the device up
      return;
    case 'released':
      releaseLine(line, signal.at, effects);
      return;
    case 'withdrawn':
      withdrawLine(line, effects);
      return;
    case 'end-wanted':
      endLine(line, effects);
      return;
    case 'record-failed':
      suspend(line, signal.cause, effects, undefined, signal.detail);
      return;
    case 'record-restored':
      effects.push({ kind: 'alarm', change: { kind: 'clear', code: 'disk-full' } });
      effects.push({ kind: 'alarm', change: { kind: 'clear', code: 'record-failed' } });
      return;
  }
}
