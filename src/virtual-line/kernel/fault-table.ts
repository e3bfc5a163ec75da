/** A fault of the catalogue (virtual-line.md §6). Ids are stable; what stands behind a dash is a variant of its cause. */
export interface FaultRow {
  readonly id: string;
  /** Its time limits are wall time: refused when physics runs faster than the wall. */
  readonly realTimeOnly: boolean;
  /** `item`: happens to one item. `state`: lasts until cleared or timed out. `moment`: over by itself. */
  readonly lasts: 'item' | 'state' | 'moment';
  readonly effect: string;
}

const item = (id: string, effect: string): FaultRow => ({ id, realTimeOnly: false, lasts: 'item', effect });
const state = (id: string, effect: string): FaultRow => ({ id, realTimeOnly: false, lasts: 'state', effect });
const moment = (id: string, effect: string): FaultRow => ({ id, realTimeOnly: false, lasts: 'moment', effect });
const realTime = (row: FaultRow): FaultRow => ({ ...row, realTimeOnly: true });

export const FAULTS: readonly FaultRow[] = [
  item('F01', 'the print eye misses the item: no print-go, no record used, nothing printed'),
  item('F01-nozzle', 'the nozzle is shut for one print: the record is used up, the item stays blank'),
  item('F02', 'the item carries the print of the one before; the record it should carry is used up'),
  item('F02-double', 'the head prints the record before once more under this one: two records over each other'),
  item('F03', 'the print eye sees two items where there is one: a record is printed on nothing'),
  state('F07', 'the print is smeared along the belt'),
  state('F07-drift', 'dot gain grows by 0.015 X from item to item'),
  state('F07-contrast', 'the ink is pale'),
  state('F07-fading', 'the ink gets paler from item to item'),
  state('F07-nozzle', 'one nozzle is dead: a row without ink through symbol and text'),
  state('F07-thin-nozzle', 'one nozzle sprays thin: a seventh of a row without ink'),
  state('F07-splatter', 'drops beside and in the print'),
  state('F07-position', 'the print stands 6 mm late, 4 mm low and 4 degrees askew'),
  state('F07-window', 'the window before the camera is dirty'),
  state('F07-defocus', 'the camera is out of focus'),
  state('F08', 'items are printed with another lot than the static text says'),
  item('F09', 'a carton of an earlier run is put on the belt: it passes the head unprinted, with its old code'),
  state('F10', 'the head cover is open: printer error 2007, machine state 4, no print'),
  state('F10-ink', 'the ink is low: printer error 3001, machine state 4, no print'),
  moment('F11', 'the printer restarts: connections reset, everything forgotten, back after 2 s of wall time'),
  realTime(moment('F11-reader', 'the reader restarts: settings forgotten, back after 2 s of wall time')),
  realTime(state('F12-printer', 'half-open connections of the printer')),
  realTime(state('F12-reader', 'half-open connections of the reader')),
  realTime(state('F12-plc', 'half-open connections of the PLC')),
  realTime(state('F13', 'printer and reader bytes are delayed up to 400 ms, cut and merged')),
  state('F13-packets', 'the cable of the camera is bad: two packets in a hundred get lost'),
  item('F14', 'the signal of the trigger never reaches reader or camera: no picture of the item, nobody counts it'),
  item('F14-trigger', 'the camera notices and counts its trigger, and takes no picture: no picture has its number'),
  item('F14-incomplete', 'packets of the picture are gone and cannot be sent again'),
  item('F14-lost', 'the picture is taken and counted, but nothing of it arrives'),
  item('F14-size', 'the picture says another size of itself than was set'),
  state('F14-black', 'the lamp is out: pictures are black'),
  state('F15', 'the reader answers each trigger with the picture before'),
  state('F15-frozen', 'the sensor gives the same picture again and again'),
  item('F16', 'the reader adds an unsolicited, a repeated and a no-read line'),
  realTime(state('F20', 'the heartbeat of the PLC stands still')),
  realTime(moment('F20-restart', 'the PLC restarts: epoch + 1, Seq from 0, the belt stops')),
];

const SHORT: Readonly<Record<string, string>> = { F12: 'F12-printer' };

/** The row of an id as a person may write it, or undefined. */
export function faultRow(id: string): FaultRow | undefined {
  return FAULTS.find((row) => row.id === (SHORT[id] ?? id));
}
