/** Faults of the virtual line by their catalogue id: what happens, and what the line must do about it. */
const FAULT_WORDS: Readonly<Record<string, { readonly happens: string; readonly expect: string }>> = {
  F01: { happens: 'One item is not printed', expect: 'The reader finds no code; the item is diverted.' },
  F02: { happens: 'A serial number is printed twice', expect: 'The second item is diverted and the run is suspended.' },
  F03: { happens: 'The printer skips a record', expect: 'The sequence breaks; the run is suspended and purged.' },
  F04: { happens: 'Two items touch', expect: 'Both are diverted.' },
  F05: { happens: 'An item is taken off by hand', expect: 'Tracking is lost; items in transit are diverted.' },
  F06: { happens: 'An item is put in by hand', expect: 'It is diverted; past the divert it stops the line.' },
  F07: { happens: 'Smeared print', expect: 'The grade is too low. Several in a row suspend the run.' },
  'F07-nozzle': {
    happens: 'A nozzle of the print head is blocked',
    expect: 'A row is missing; no reader reads the code, the camera names the row. Several in a row suspend the run.',
  },
  'F07-thin-nozzle': {
    happens: 'A nozzle of the print head sprays thin',
    expect: 'Modules of one row are faint; the grade falls, the row is named.',
  },
  'F07-drift': {
    happens: 'Each print is a little fatter than the one before',
    expect: 'The grade falls slowly; the forecast says when it will be too low.',
  },
  'F07-contrast': { happens: 'The ink is pale', expect: 'The contrast is too low. Several in a row suspend the run.' },
  'F07-splatter': { happens: 'Drops beside the print', expect: 'The quiet zone is dirty; the grade is too low.' },
  'F07-position': { happens: 'The print stands late, low and askew', expect: 'The code is still found and read.' },
  'F07-window': { happens: 'The window before the camera is dirty', expect: 'The contrast falls on every item.' },
  'F07-defocus': { happens: 'The camera is out of focus', expect: 'Modulation falls; blur is named.' },
  F08: { happens: 'Wrong lot in the print', expect: 'One item is diverted and the run is suspended at once.' },
  F09: { happens: 'A carton of another run', expect: 'It is diverted; a critical alarm is raised.' },
  F10: { happens: 'The cover of the print head is open', expect: 'The run is suspended within a second.' },
  F11: { happens: 'The printer restarts', expect: 'Its serial numbers are set aside and never used again.' },
  F12: { happens: 'The printer stops answering', expect: 'The missing heartbeat suspends the run.' },
  F13: { happens: 'The network is slow and loses data', expect: 'Late verdicts are diverts; nothing wrong passes.' },
  F14: {
    happens: 'The signal of a trigger never reaches the camera',
    expect: 'Nothing counts it; a picture for an item without one stops the line.',
  },
  'F14-trigger': {
    happens: 'The camera misses a trigger, and counts it',
    expect: 'No picture of this one item; it is diverted, and every other item keeps its own picture.',
  },
  'F14-incomplete': { happens: 'Part of a picture is lost', expect: 'No picture of the item; it is diverted.' },
  'F14-lost': { happens: 'A picture is lost on its way', expect: 'No picture of the item; it is diverted.' },
  'F14-black': { happens: 'The lamp of the camera is out', expect: 'Nothing is read; the run is suspended.' },
  'F15-frozen': {
    happens: 'The camera gives the same picture again',
    expect: 'Duplicates are seen; the run is suspended.',
  },
  F15: { happens: 'Pictures come one item late', expect: 'The skew is seen; the run is suspended.' },
  F16: { happens: 'The reader sends an extra line', expect: 'It is counted and ignored.' },
  F17: { happens: 'The pusher is stuck', expect: 'The line stops before the item reaches the packer.' },
  F18: { happens: 'The reject bin is full', expect: 'A warning at 80 %, a stop at 100 %.' },
  F19: { happens: 'The encoder slips', expect: 'The line stops and is purged.' },
  F20: { happens: 'The PLC stands still', expect: 'The run is suspended; items in transit are diverted.' },
  F21: { happens: 'The workstation loses power', expect: 'After the restart every item is accounted for.' },
  F22: { happens: 'The disk is full', expect: 'The line stops before the next serial number is used.' },
  F23: { happens: 'Serial numbers run out', expect: 'The run comes to a controlled stop.' },
  F24: {
    happens: 'The operator ends the run with items on the belt',
    expect: 'They are accounted for before it closes.',
  },
};

/** Faults of one item, and restarts: they are over by themselves. All others last until they are told not to. */
const HAPPENS_ONCE: ReadonlySet<string> = new Set([
  'F01',
  'F02',
  'F09',
  'F11',
  'F14',
  'F14-trigger',
  'F14-incomplete',
  'F14-lost',
  'F16',
]);

/** Whether the fault stays until its time is over. */
export function faultLasts(id: string): boolean {
  return !HAPPENS_ONCE.has(id);
}

/** A fault in words; one without words shows its id. */
export function faultText(id: string): { readonly happens: string; readonly expect: string } {
  return FAULT_WORDS[id] ?? { happens: `Fault ${id}`, expect: 'See the catalogue of the virtual line.' };
}
