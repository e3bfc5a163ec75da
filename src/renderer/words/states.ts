import type { Command, Device, LineSnapshot, RunView } from '#contract/snapshot.ts';

type RunState = RunView['state'];
type Role = LineSnapshot['actor']['role'];
type Account = keyof RunView['accounts'];

/** States of a run: the word to read from afar, and what it means. */
export const RUN_STATE_WORDS: Readonly<Record<RunState, { readonly name: string; readonly means: string }>> = {
  RECEIVED: { name: 'Received', means: 'The order has arrived. Start prepares the line and releases it.' },
  PREPARED: { name: 'Prepared', means: 'Serial numbers are allocated. The line can be made ready.' },
  CLEARING: { name: 'Clearing', means: 'The line is being cleared of the run before.' },
  SETUP: { name: 'Set-up', means: 'Device jobs are downloaded and read back.' },
  VERIFYING: { name: 'Verifying', means: 'Printer, reader and PLC must prove that they are right for this order.' },
  READY: { name: 'Ready', means: 'All is proved. Waiting for start.' },
  RUNNING: { name: 'Running', means: 'Items are printed, read and verified.' },
  SUSPENDED: { name: 'Suspended', means: 'Something the run depends on was lost. Nothing passes.' },
  HELD: { name: 'Held', means: 'A person stopped the run. Nothing passes.' },
  ENDING: { name: 'Ending', means: 'Printing has stopped. Check the counts, then close the run.' },
  RECONCILING: { name: 'Reconciling', means: 'Every serial number is being accounted for.' },
  CLOSED: { name: 'Closed', means: 'All serial numbers are accounted for.' },
  CANCELLED: { name: 'Cancelled', means: 'Ended before any code was printed.' },
};

/** What a person can do instead of what is not possible in this state. */
export const INSTEAD: Readonly<Record<RunState, string>> = {
  RECEIVED: 'Start it first.',
  PREPARED: 'Start it first.',
  CLEARING: 'Start it first.',
  SETUP: 'Start it first.',
  VERIFYING: 'Start it first.',
  READY: 'Start it first.',
  RUNNING: 'Hold it, or end it.',
  SUSPENDED: 'Resume it, or end it.',
  HELD: 'Resume it, or end it.',
  ENDING: 'Close it; then the next order can start.',
  RECONCILING: 'Close it; then the next order can start.',
  CLOSED: 'Import the next order.',
  CANCELLED: 'Import the next order.',
};

/** What the person does, as a verb; what it does to the line; the question of the dialog. */
export const COMMAND_WORDS: Readonly<
  Record<Command, { readonly verb: string; readonly act: string; readonly effect: string; readonly done: string }>
> = {
  start: {
    verb: 'Start',
    act: 'Start run',
    effect: 'Releases the line. Motion is started at the machine.',
    done: 'The run is started.',
  },
  hold: {
    verb: 'Hold',
    act: 'Hold run',
    effect: 'The release is withdrawn: no more items pass. Items in transit are diverted.',
    done: 'The run is held.',
  },
  resume: { verb: 'Resume', act: 'Resume run', effect: 'The line is released again.', done: 'The run goes on.' },
  end: {
    verb: 'End',
    act: 'End run',
    effect: 'Printing stops for good and the line runs empty. A run that has ended cannot be started again.',
    done: 'The run is ending.',
  },
  close: {
    verb: 'Close',
    act: 'Close run',
    effect: 'Every serial number that is left is accounted for, then the record is locked. This cannot be undone.',
    done: 'The run is closed.',
  },
};

/** PackML states by their number (ISA-TR88.00.02). These are the machine's, not the run's. */
const PACKML_WORDS: readonly string[] = [
  'Undefined',
  'Clearing',
  'Stopped',
  'Starting',
  'Idle',
  'Suspended',
  'Execute',
  'Stopping',
  'Aborting',
  'Aborted',
  'Holding',
  'Held',
  'Unholding',
  'Suspending',
  'Unsuspending',
  'Resetting',
  'Completing',
  'Complete',
];

/** "Execute" of 6; an unassigned number stays visible as it is. */
export function packmlName(state: number): string {
  return PACKML_WORDS[state] ?? `State ${state}`;
}

export const DEVICE_WORDS = {
  kind: { printer: 'Printer', reader: 'Reader', plc: 'PLC' } satisfies Record<Device['kind'], string>,
  link: { connecting: 'Connecting', online: 'Online', offline: 'Offline' } satisfies Record<Device['link'], string>,
  evidence: {
    hardware: 'tested on hardware',
    'foreign-stack': 'tested on a foreign stack',
    'own-emulator': 'verified on the virtual line',
  } satisfies Record<Device['evidence'], string>,
  handled: { printer: 'printed', reader: 'read', plc: 'tracked' } satisfies Record<Device['kind'], string>,
  sinceStart: 'since start',
  camera: 'Camera',
  warmUp: (share: string) => `Warming up, ${share}`,
  queued: 'queued',
  packml: 'PackML',
  fault: 'Fault',
} as const;

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  OPR: 'Operator',
  SUP: 'Supervisor',
  QA: 'Quality',
  ENG: 'Engineer',
  ADM: 'Administrator',
  AUD: 'Auditor',
  SYS: 'System',
};

/** The accounts of the serial ledger. */
const ACCOUNT_WORDS: Readonly<Record<Account, string>> = {
  ALLOCATED: 'Allocated, not sent',
  SENT: 'Sent to the printer',
  PRINTED: 'Printed, in transit',
  GOOD: 'Good',
  REJECTED: 'Rejected',
  UNKNOWN_FATE: 'Unknown fate',
  MISSING: 'Missing',
  SCRAPPED: 'Scrapped',
  INVALID: 'Invalid, never used',
  DESTROYED: 'Destroyed',
};

/** The words of an account that comes as plain text from a record. */
export function accountName(state: string): string {
  return Object.entries(ACCOUNT_WORDS).find(([account]) => account === state)?.[1] ?? state;
}
