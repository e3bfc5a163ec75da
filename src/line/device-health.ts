import { abandonUnread } from '#line/correlate.ts';
import type { Effect } from '#line/effect.ts';
import { FACT } from '#line/fact.ts';
import type { LineState } from '#line/line-state.ts';
import type { DeviceSignal } from '#line/signal.ts';
import { isReleased, suspend } from '#line/suspend.ts';
import type { Instant } from '#line/time.ts';

/** A device answers again. */
export function deviceBack(line: LineState, device: string, at: Instant, effects: Effect[]): void {
  const wasKnown = line.offline.delete(device);
  if (device === line.settings.reader) {
    abandonUnread(line, at, effects);
    line.toMeet = 'away';
  }
  if (!wasKnown) return;
  effects.push({
    kind: 'record',
    fact: { kind: FACT.deviceBack, at, run: line.ledger.run, body: JSON.stringify({ device }) },
  });
  effects.push({ kind: 'alarm', change: { kind: 'clear', code: 'device-offline', device } });
}

/** A device no longer answers: nothing is printed or passed without it. */
export function deviceLost(
  line: LineState,
  signal: Extract<DeviceSignal, { kind: 'device-lost' }>,
  effects: Effect[],
): void {
  const { device, detail, at } = signal;
  if (line.offline.has(device)) return;
  line.offline.add(device);
  deviceFaultCleared(line, device, effects); // what it complained of before, it will say again if it is still so
  effects.push({
    kind: 'record',
    fact: { kind: FACT.deviceLost, at, run: line.ledger.run, body: JSON.stringify({ device, detail }) },
  });
  suspend(line, 'device-offline', effects, device, detail);
  if (device === line.settings.reader) abandonUnread(line, at, effects);
}

/** A device works but reports that it failed its part. */
export function deviceFault(
  line: LineState,
  signal: Extract<DeviceSignal, { kind: 'device-fault' }>,
  effects: Effect[],
): void {
  const { device, code, detail } = signal.fault;
  if (code === 'reset') {
    suspend(line, 'printer-reset', effects, device, detail);
    return;
  }
  // An empty queue on a line that is not printing is how every run ends.
  if (!isReleased(line) && code === QUEUE_EMPTY) return;
  if (line.mode === 'running-out' && code === QUEUE_EMPTY) return;
  line.faulty.add(device);
  suspend(line, faultOf(line, device), effects, device, `${code}: ${detail}`);
}

const QUEUE_EMPTY = '5043';

export function deviceFaultCleared(line: LineState, device: string, effects: Effect[]): void {
  if (!line.faulty.delete(device)) return;
  effects.push({ kind: 'alarm', change: { kind: 'clear', code: faultOf(line, device), device } });
}

/** Printers and cameras say what fails at them; each has its own words. */
function faultOf({ settings }: LineState, device: string): 'camera-fault' | 'printer-fault' {
  return device === settings.reader ? 'camera-fault' : 'printer-fault';
}
