import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Found } from '#contract/journal.ts';
import type { DeviceEntry, LineFile } from '#contract/line-file.ts';
import type { VirtualLineReady } from '#contract/virtual-line.ts';
import { DRIVERS, type OpenedDevice, openDevice, type ReaderLink } from '#devices/open-device.ts';
import type { LineSettings } from '#line/line-state.ts';
import type { DeviceSignal } from '#line/signal.ts';
import { type Journal, openJournal } from '#record/journal.ts';
import { openReader } from '#record/reader.ts';
import { report, watchRecord } from '#station/conductor.ts';
import type { Connection } from '#station/connection.ts';
import { type Crew, type Desk, openDesk } from '#station/desk.ts';
import type { Eye } from '#station/eye/eye.ts';
import { openEyeStreams } from '#station/eye/eye-streams.ts';
import { openLineEye, pictureFolder } from '#station/eye/line-eye.ts';
import { openSetUpStream } from '#station/eye/set-up-stream.ts';
import { openTickets, type Tickets } from '#station/eye/tickets.ts';
import { type DeviceTile, type Floor, onTheLine } from '#station/floor.ts';
import type { HostOptions } from '#station/host.ts';
import { openLog } from '#station/log.ts';
import { recall, unreadRuns } from '#station/recall.ts';
import { emptyLine, settleAfterRestart } from '#station/recovery.ts';
import { type WorkstationRouter, workstationRouter } from '#station/router.ts';
import { lineOf } from '#station/run-ledger.ts';
import { bell, openStreams } from '#station/streams.ts';
import { startVirtualLine, type VirtualLine } from '#station/virtual-line.ts';

const RETRY_RECORD_EVERY = 2_000;

/** A station that runs: what a host serves, under whatever wire it has. */
export interface Workstation {
  readonly router: WorkstationRouter;
  connect(wire: 'port' | 'ws'): Connection;
  disconnect(connection: Connection): void;
  /** For whoever runs the station without a screen (demo, bench): the desk itself. */
  readonly desk: Desk;
  readonly virtualLine: VirtualLine | undefined;
  /** The camera of this line, where it has one of its own. */
  readonly eye: Eye | undefined;
  /** Pictures that pages were promised: a host hands them out. */
  readonly tickets: Tickets;
  /** Ends devices, virtual line and record, in this order; everything recorded is on disk. */
  close(): Promise<void>;
}

/** Opens the record, recalls what it holds, connects the devices, and is ready. Rejects when the record cannot be opened. */
export async function startWorkstation(options: HostOptions): Promise<Workstation> {
  const { data, line: file, threads } = options;
  mkdirSync(data, { recursive: true });
  const log = openLog(join(data, 'linewright.log'));
  const record = join(data, file.mode === 'TRAINING' ? 'training.db' : 'line.db');
  const journal = await openJournal({ file: record, mode: file.mode, line: file.line, thread: threads.writer });
  // The reader's thread starts while the ledger of a large run is put together.
  const opening = openReader({ file: record, thread: threads.reader });
  const found = journal.takeFound();
  const floor = await openFloor(file, journal, found);
  if (unreadRuns(floor).length > 0) log.error('record.orders-unread', { runs: unreadRuns(floor) });
  const reader = await opening;
  const streams = openStreams(floor, Date.now);
  const pki = join(data, 'pki');
  // Devices may report before the desk stands: what they say first is held until it does.
  let tell: (signal: DeviceSignal) => void = () => {};
  const eye = await openLineEye(options, found.history, log, (signal) => tell(signal));
  const crew = openCrew(file, pki, (signal) => tell(signal), log, eye?.reader);
  const desk = openDesk({
    file,
    floor,
    journal,
    crew,
    log,
    now: Date.now,
    report: (signal) => tell(signal),
    changed: streams.changed,
  });
  const unwatch = watchRecord(desk, RETRY_RECORD_EVERY);
  await resumeReading(crew, floor);
  settleAfterRestart(desk, floor.current === undefined ? undefined : floor.runs.get(floor.current));
  eye?.attach(desk);
  tell = (signal) => report(desk, signal);
  const virtualLine = openVirtualLine(options, crew, log);
  const connections = new Set<Connection>();
  const exports = { reader, folder: join(data, 'exports') };
  const { authenticate, resources } = options;
  const tickets = openTickets(
    () => randomBytes(24).toString('base64url'),
    () => performance.now(),
  );
  const eyes = {
    eye,
    setUpStream: openSetUpStream(eye?.setUp),
    limits: eye?.limits,
    streams: openEyeStreams(eye, Date.now),
    pictures: { reader, folder: pictureFolder(data), tickets },
  };
  return {
    router: workstationRouter({ desk, streams, exports, authenticate, resources, virtualLine, eyes }),
    desk,
    virtualLine,
    eye,
    tickets,
    connect(wire) {
      const frames = { drawn: 0, frame: 0, eyeDrawn: 0, eyeFrame: 0 };
      const connection: Connection = { wire, user: undefined, ...frames, bell: bell(), open: true };
      connections.add(connection);
      return connection;
    },
    disconnect(connection) {
      connection.open = false;
      connection.bell.poke();
      connections.delete(connection);
    },
    async close() {
      for (const connection of connections) connection.open = false;
      for (const { bell } of connections) bell.poke();
      streams.close();
      eyes.streams.close();
      // The built-in line must not run on while nobody watches: what left the belt then would have no proof.
      await virtualLine?.freeze();
      await Promise.all(Object.values(crew).map((device: OpenedDevice) => device.close()));
      await eye?.close();
      await virtualLine?.close();
      unwatch();
      await reader.close();
      await journal.close();
      await log.close();
    },
  };
}

async function openFloor(file: LineFile, journal: Journal, { history, open }: Found): Promise<Floor> {
  const settings = settingsOf(file);
  const floor: Floor = {
    file,
    line: emptyLine(settings),
    idle: emptyLine(settings),
    runs: new Map(),
    current: undefined,
    alarms: [],
    nextAlarm: 1,
    devices: new Map(file.devices.map((entry) => [entry.id, tileOf(entry)])),
    jobVerified: false,
    recordWritable: true,
    busy: undefined,
    serialsEver: 0,
    runsEver: 0,
  };
  recall(floor, history);
  const entry = open === undefined ? undefined : floor.runs.get(open.run);
  if (open !== undefined && entry !== undefined) {
    floor.line = (await lineOf(journal, open, entry, settings)) ?? emptyLine(settings);
    floor.current = onTheLine(floor)?.run.run ?? entry.run.run;
  }
  return floor;
}

function settingsOf({ devices, geometry }: LineFile): LineSettings {
  const { capabilities } = DRIVERS[deviceOf(devices, 'reader').driver];
  return {
    countsPicturesOnly: capabilities.kind === 'reader' && !capabilities.counts.includes('trigger'),
    ...(geometry.toCamera === undefined ? {} : { toCamera: geometry.toCamera }),
    consecutiveFailures: geometry.consecutiveFailures,
    queueDepth: 48,
    runOutReserve: geometry.headToCamera + 8,
    devices: devices.map(({ id }) => id),
    reader: deviceOf(devices, 'reader').id,
  };
}

/** The one device of a kind. A line has one printer, one reader and one PLC in this version. */
function deviceOf(devices: readonly DeviceEntry[], kind: DeviceEntry['kind']): DeviceEntry {
  const entry = devices.find((device) => device.kind === kind);
  if (entry === undefined)
    throw new Error(`The line file names no ${kind}; a line needs one printer, one reader and one PLC.`);
  return entry;
}

function tileOf(entry: DeviceEntry): DeviceTile {
  const { id, station, kind, driver } = entry;
  return { id, station, kind, driver, evidence: DRIVERS[driver].evidence, link: 'connecting', since: Date.now() };
}

/** `camera`: the reader of a line that looks by itself, opened already. */
function openCrew(
  file: LineFile,
  pki: string,
  tell: (signal: DeviceSignal) => void,
  log: Desk['log'],
  camera: ReaderLink | undefined,
): Crew {
  const opened: OpenedDevice[] = file.devices
    .filter(({ id }) => id !== camera?.device)
    .map((entry) => openDevice({ ...entry, options: { ...entry.options, pki } }, tell, log));
  if (camera !== undefined) opened.push(camera);
  const find = <K extends OpenedDevice['kind']>(kind: K): Extract<OpenedDevice, { kind: K }> => {
    const device = opened.find((one): one is Extract<OpenedDevice, { kind: K }> => one.kind === kind);
    if (device === undefined)
      throw new Error(`The line file names no ${kind}; a line needs one printer, one reader and one PLC.`);
    return device;
  };
  return { printer: find('printer'), reader: find('reader'), plc: find('plc') };
}

/** The PLC's rings are read on from where the record ends. */
async function resumeReading(crew: Crew, { line: { plc } }: Floor): Promise<void> {
  if (plc.epoch < 0) return;
  await crew.plc.tell({ kind: 'resume-from', epoch: plc.epoch, seq: plc.item & 0xffff, event: plc.event & 0xffff });
}

/** A training line whose devices have no addresses runs on the built-in virtual line. */
function openVirtualLine(options: HostOptions, crew: Crew, log: Desk['log']): VirtualLine | undefined {
  const { line, launch, data, virtualLine = [] } = options;
  if (line.mode !== 'TRAINING' || line.devices.some((entry) => entry.port !== undefined)) return undefined;
  const ready = (endpoints: VirtualLineReady['endpoints']): void => {
    log.info('virtual-line.ready', {});
    for (const [kind, endpoint] of Object.entries(endpoints)) crewMember(crew, kind)?.moveTo(endpoint);
  };
  // What stands at the camera eye of the virtual line is what the line file says of the reader.
  const hasCamera = line.devices.some(({ driver }) => driver === 'gige-camera');
  return startVirtualLine({
    launch,
    folder: join(data, 'virtual-line'),
    args: hasCamera ? [...virtualLine, '--reader', 'gige'] : virtualLine,
    log,
    ready,
    noted: (note) => log.info('virtual-line.note', { ...note }),
  });
}

function crewMember(crew: Crew, kind: string): OpenedDevice | undefined {
  return Object.values(crew).find((device: OpenedDevice) => device.kind === kind);
}
