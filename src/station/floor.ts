import type { LineFile } from '#contract/line-file.ts';
import type { Device } from '#contract/snapshot.ts';
import type { RaisedAlarm } from '#line/alarm.ts';
import type { LineState } from '#line/line-state.ts';
import type { Instant } from '#line/time.ts';
import type { Run } from '#order/run.ts';

/** What the screen and the commands know of a run besides its state. */
export interface RunEntry {
  run: Run;
  since: Instant;
  startedAt: Instant | undefined;
  /** Serials allocated to it, and the record number of its first one at the printer. */
  allocated: number;
  recordBase: number;
  /** An alarm code, or the words a person gave: why it is SUSPENDED or HELD. */
  cause: string | undefined;
}

/** A device as its tile shows it. */
export type DeviceTile = { -readonly [K in keyof Device]: Device[K] };

/** What the station is busy with. */
export interface Progress {
  readonly task: string;
  readonly done: number;
  readonly of: number;
}

/** Everything that changes while the station runs. The conductor is its one owner. */
export interface Floor {
  readonly file: LineFile;
  line: LineState;
  /** What a run looks like that is not on the line. */
  readonly idle: Pick<LineState, 'figures' | 'ledger'>;
  /** All runs this database knows, oldest first; the one on the line, or the one last on it, is `current`. */
  readonly runs: Map<number, RunEntry>;
  current: number | undefined;
  alarms: readonly RaisedAlarm[];
  nextAlarm: number;
  readonly devices: Map<string, DeviceTile>;
  /** Who is setting the camera up: no run is started meanwhile. */
  settingUp?: string | undefined;
  /** Fonts that the camera's job names and that nobody has taught it. */
  untrained?: readonly string[];
  jobVerified: boolean;
  recordWritable: boolean;
  /** How far a command is, and an export beside it. */
  busy: Progress | undefined;
  exporting?: Progress | undefined;
  /** Serials allocated so far in this database: record numbers go on from there. */
  serialsEver: number;
  /** The highest run number this database has given: numbers go on from there. */
  runsEver: number;
}

/** The run on the line: not waiting, not closed. */
export function onTheLine(floor: Floor): RunEntry | undefined {
  return [...floor.runs.values()].find(({ run }) => !OFF_THE_LINE.has(run.state));
}

const OFF_THE_LINE: ReadonlySet<string> = new Set(['RECEIVED', 'CLOSED', 'CANCELLED']);

/** The run that the overview shows: what is on the line, else the next that waits, else what was on it last. */
export function shownRun(floor: Floor): RunEntry | undefined {
  const last = floor.current === undefined ? undefined : floor.runs.get(floor.current);
  return onTheLine(floor) ?? [...floor.runs.values()].find(({ run }) => run.state === 'RECEIVED') ?? last;
}
