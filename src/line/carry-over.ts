import { emptyFigures } from '#line/figures.ts';
import type { Ledger } from '#line/ledger.ts';
import { type Expected, idleLine, type LineState } from '#line/line-state.ts';

/**
 * The line for another run: the ledger and the figures are new; what belongs to the machines stays, because the PLC and
 * the reader go on counting.
 */
export function lineForRun(line: LineState, ledger: Ledger, expected: Expected, recordBase: number): LineState {
  const fresh = idleLine(ledger, expected, line.settings, recordBase);
  for (const device of line.settings.devices) if (!line.offline.has(device)) fresh.offline.delete(device);
  for (const device of line.faulty) fresh.faulty.add(device);
  for (const [item, tracked] of line.items) fresh.items.set(item, { ...tracked, serial: -1 });
  fresh.plc = line.plc;
  fresh.pairing = line.pairing;
  fresh.lastTrigger = line.lastTrigger;
  fresh.toMeet = line.toMeet;
  fresh.rest = line.rest;
  fresh.restedAt = line.restedAt;
  fresh.awaited = line.awaited;
  fresh.readAtRest = line.readAtRest;
  fresh.unplaced = line.unplaced;
  fresh.machine = line.machine;
  fresh.printerAt = line.printerAt;
  fresh.clock = line.clock;
  Object.assign(fresh.figures, emptyFigures());
  return fresh;
}
