import { connect } from 'node:net';
import { trainingLine } from '#cli/source-workstation.ts';
import type { DriverFacts } from '#devices/driver.ts';
import { DRIVERS } from '#devices/open-device.ts';
import { openLedger, type PackedSerials } from '#line/ledger.ts';
import { idleLine, type LineSettings } from '#line/line-state.ts';
import type { DeviceSignal, PlcDirective } from '#line/signal.ts';
import type { Journal } from '#record/journal.ts';
import { conduct, report } from '#station/conductor.ts';
import { type Crew, type Desk, openDesk } from '#station/desk.ts';
import type { Floor } from '#station/floor.ts';
import type { StationLog } from '#station/log.ts';
import { openStreams } from '#station/streams.ts';
import { expectedOf, RUN } from './order.ts';
import { verdictLine } from './verdict-line.ts';

// The product's own desk, conductor, gate and line, without a PLC: what a PLC would report is supplied alongside.

/** Items between the camera and the end of the line: the outcome of each is reported so many items later. */
const IN_TRANSIT = 8;
const EPOCH = 1;
const EXECUTE = 6;
const DEVICES = { printer: 'printer-1', reader: 'reader-1', plc: 'plc-1' } as const;

/** As `startWorkstation` sets a training line up. */
const SETTINGS: LineSettings = {
  consecutiveFailures: 3,
  queueDepth: 48,
  runOutReserve: 11,
  devices: Object.values(DEVICES),
  reader: DEVICES.reader,
};

export const silentLog: StationLog = { info: () => {}, warn: () => {}, error: () => {} };

export interface BenchStation {
  readonly desk: Desk;
  /** The devices are there, the run is released. */
  release(): void;
  /** A result of the camera, between what the PLC has to say about this item and about one that leaves the line. */
  item(signal: Extract<DeviceSignal, { kind: 'item-read' }>): void;
  close(): void;
}

export interface BenchStationParts {
  readonly journal: Journal;
  readonly serials: PackedSerials;
  readonly verdict: (directive: Extract<PlcDirective, { kind: 'verdict' }>) => void;
}

export function openStation({ journal, serials, verdict }: BenchStationParts): BenchStation {
  const floor = floorOf(serials);
  const streams = openStreams(floor, Date.now);
  const desk = openDesk({
    file: floor.file,
    floor,
    journal,
    crew: crewOf(verdict),
    log: silentLog,
    now: Date.now,
    report: (signal) => report(desk, signal),
    changed: streams.changed,
  });
  let event = 0;

  /** The PLC agrees with the line: what passed leaves through the good exit, the rest is diverted. */
  function leave(item: number, at: number): void {
    const tracked = floor.line.items.get(item);
    if (tracked === undefined) return;
    event += 1;
    const outcome = tracked.verdict?.kind === 'PASS' ? 'good-exit' : 'diverted';
    const about = { at, device: DEVICES.plc, epoch: EPOCH, event: event & 0xffff, seq: item & 0xffff };
    report(desk, { kind: 'outcome-reported', ...about, outcome });
  }

  return {
    desk,
    release() {
      const at = Date.now();
      for (const device of Object.values(DEVICES)) report(desk, { kind: 'device-connected', at, device });
      report(desk, { kind: 'epoch-seen', at, device: DEVICES.plc, epoch: EPOCH, seq: 0, event: 0, fresh: true });
      report(desk, { kind: 'machine-changed', at, device: DEVICES.plc, state: EXECUTE, permits: 0 });
      conduct(desk, { kind: 'released', at });
    },
    item(signal) {
      const { at, reading } = signal;
      const trigger = { epoch: EPOCH, seq: reading.trigger & 0xffff, encoder: 0, flags: 0 };
      report(desk, { kind: 'item-triggered', at, device: DEVICES.plc, trigger });
      report(desk, signal);
      leave(reading.trigger - IN_TRANSIT, at);
    },
    close: () => streams.close(),
  };
}

function floorOf(serials: PackedSerials): Floor {
  const file = trainingLine();
  const line = idleLine(openLedger(RUN, [serials]), expectedOf(serials.count), SETTINGS, 1);
  const tiles = file.devices.map(({ id, station, kind, driver }) => ({
    id,
    station,
    kind,
    driver,
    evidence: DRIVERS[driver].evidence,
    link: 'online' as const,
    since: Date.now(),
  }));
  return {
    file,
    line,
    idle: line,
    runs: new Map(),
    current: undefined,
    alarms: [],
    nextAlarm: 1,
    devices: new Map(tiles.map((tile) => [tile.id, tile])),
    jobVerified: true,
    recordWritable: true,
    busy: undefined,
    serialsEver: serials.count,
    runsEver: 1,
  };
}

/** Printer and reader agree to everything; the PLC passes verdicts on. */
function crewOf(verdict: BenchStationParts['verdict']): Crew {
  const link = <K, D>(kind: K, device: string, facts: DriverFacts, tell: (directive: D) => void) => ({
    kind,
    device,
    facts,
    state: 'online' as const,
    endpoint: undefined,
    tell(directive: D) {
      tell(directive);
      return DONE;
    },
    moveTo: () => {},
    close: () => Promise.resolve(),
  });
  return {
    printer: link('printer', DEVICES.printer, DRIVERS['leibinger-jet'], () => {}),
    reader: link('reader', DEVICES.reader, DRIVERS['cognex-dataman'], () => {}),
    plc: link('plc', DEVICES.plc, DRIVERS['opcua-station'], (directive: PlcDirective) => {
      if (directive.kind === 'verdict') verdict(directive);
    }),
  };
}

const DONE = Promise.resolve(undefined);

/** The wire on which verdicts leave. `isGathered`: those of one turn of the loop leave in one write. */
export function openSink(port: number, isGathered: boolean): Promise<BenchStationParts['verdict']> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let isCorked = false;
    socket.once('error', reject);
    socket.once('connect', () =>
      resolve(({ seq, pass, reason }) => {
        if (isGathered && !isCorked) {
          isCorked = true;
          socket.cork();
          process.nextTick(() => {
            isCorked = false;
            socket.uncork();
          });
        }
        socket.write(verdictLine(seq, pass, reason));
      }),
    );
  });
}
