/** Faults of the virtual line by their catalogue id: what happens, and what the line must do about it. */
const FAULT_WORDS: Readonly<Record<string, { readonly happens: string; readonly expect: string }>> = {
  F01: { happens: 'One item is not printed', expect: 'The reader finds no code; the item is diverted.' },
  F02: { happens: 'A serial number is printed twice', expect: 'The second item is diverted and the run is suspended.' },
  F03: { happens: 'The printer skips a record', expect: 'The sequence breaks; the run is suspended and purged.' },
  F04: { happens: 'Two items touch', expect: 'Both are diverted.' },
  F05: { happens: 'An item is taken off by hand', expect: 'Tracking is lost; items in transit are diverted.' },
  F06: { happens: 'An item is put in by hand', expect: 'It is diverted; past the divert it stops the line.' },
  F07: { happens: 'Smeared print', expect: 'The grade is too low; the item is diverted.' },
  F08: { happens: 'Wrong lot in the print', expect: 'One item is diverted and the run is suspended at once.' },
  F09: { happens: 'A carton of another run', expect: 'It is diverted; a critical alarm is raised.' },
  F10: { happens: 'Ink or ribbon is out', expect: 'The run is suspended within a second.' },
  F11: { happens: 'The printer restarts', expect: 'Its serial numbers are set aside and never used again.' },
  F12: { happens: 'A network cable is pulled', expect: 'The missing heartbeat suspends the run.' },
  F13: { happens: 'The network is slow and loses data', expect: 'Late verdicts are diverts; nothing wrong passes.' },
  F14: { happens: 'The camera misses a trigger', expect: 'The item is diverted; two in a row stop the line.' },
  F15: { happens: 'Pictures come one item late', expect: 'The skew is seen; the run is suspended.' },
  F16: { happens: 'The reader sends an extra line', expect: 'It is counted and ignored.' },
  F17: { happens: 'The pusher is stuck', expect: 'The line stops before the item reaches the packer.' },
  F18: { happens: 'The reject bin is full', expect: 'A warning at 80 %, a stop at 100 %.' },
  F19: { happens: 'The encoder slips', expect: 'The line stops and is purged.' },
  F20: { happens: 'The PLC restarts', expect: 'The run is suspended; items in transit are diverted.' },
  F21: { happens: 'The workstation loses power', expect: 'After the restart every item is accounted for.' },
  F22: { happens: 'The disk is full', expect: 'The line stops before the next serial number is used.' },
  F23: { happens: 'Serial numbers run out', expect: 'The run comes to a controlled stop.' },
  F24: {
    happens: 'The operator ends the run with items on the belt',
    expect: 'They are accounted for before it closes.',
  },
};

/** A fault in words; one without words shows its id. */
export function faultText(id: string): { readonly happens: string; readonly expect: string } {
  return FAULT_WORDS[id] ?? { happens: `Fault ${id}`, expect: 'See the catalogue of the virtual line.' };
}
