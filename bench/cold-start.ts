import { startSourceWorkstation, trainingLine } from '#cli/source-workstation.ts';
import { answerAsPart, tell } from './child.ts';

// The whole workstation, started on a record that is there already; its devices are away.

export interface Ready {
  readonly rss: number;
  readonly lastSeq: number;
  readonly head: string;
  readonly serials: number;
  readonly seen: number;
  readonly mode: string;
  /** Milliseconds of the process's life until its modules were loaded. */
  readonly loaded: number;
}

const [folder = ''] = process.argv.slice(2);
const NOBODY = { host: '127.0.0.1', port: 9 };
const loaded = performance.now();
const line = trainingLine();
const devices = line.devices.map((device) => ({ ...device, ...NOBODY }));
const workstation = await startSourceWorkstation({ data: folder, line: { ...line, devices } });
const { floor, journal } = workstation.desk;
const ready: Ready = {
  rss: process.memoryUsage().rss,
  lastSeq: journal.opening.lastSeq,
  head: journal.opening.head,
  serials: floor.line.ledger.size,
  seen: floor.line.figures.seen,
  mode: floor.line.mode,
  loaded,
};
tell('ready', ready);
answerAsPart({}, () => workstation.close());
