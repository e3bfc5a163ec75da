import type { JournalFailure, LedgerDump, Opening, SerialBlock } from '#contract/journal.ts';
import type { LineFile } from '#contract/line-file.ts';
import type { Device } from '#contract/snapshot.ts';
import { DRIVERS } from '#devices/open-device.ts';
import { FACT, type Fact } from '#line/fact.ts';
import type { LineSettings } from '#line/line-state.ts';
import type { Fault, PlcDirective, PrinterDirective, ReaderDirective } from '#line/signal.ts';
import type { Actor, Role } from '#order/run-state.ts';
import type { Journal } from '#record/journal.ts';
import { importText } from '#station/commands.ts';
import { report } from '#station/conductor.ts';
import { type Crew, type Desk, openDesk } from '#station/desk.ts';
import type { Floor, RunEntry } from '#station/floor.ts';
import type { StationLog } from '#station/log.ts';
import { emptyLine } from '#station/recovery.ts';

export const PRINTER = 'printer-1';
export const READER = 'reader-1';
export const PLC = 'plc-1';

export const LINE_FILE: LineFile = {
  line: 'TEST-1',
  mode: 'TRAINING',
  devices: [
    { id: PRINTER, station: 'print', kind: 'printer', driver: 'leibinger-jet' },
    { id: READER, station: 'verify', kind: 'reader', driver: 'cognex-dataman' },
    { id: PLC, station: 'verify', kind: 'plc', driver: 'opcua-station' },
  ],
  geometry: { ratePerMinute: 300, verdictBudget: 60, headToCamera: 4, consecutiveFailures: 3 },
};

const SETTINGS: LineSettings = {
  consecutiveFailures: 3,
  queueDepth: 16,
  runOutReserve: 12,
  devices: [PRINTER, READER, PLC],
  reader: READER,
};

const OPENING: Opening = {
  lastSeq: 0,
  head: '0'.repeat(64),
  database: 'db-1',
  version: 2,
  synchronous: 2,
};

/** A record in memory: facts are durable at once, or when the test says so. */
export function memoryJournal() {
  const facts: Fact[] = [];
  const dumps: LedgerDump[] = [];
  const durable = new Set<(upTo: number) => void>();
  const failed = new Set<(fault: { code: JournalFailure; message: string }) => void>();
  const blocks = new Map<number, SerialBlock>();
  const settings = {
    isManual: false,
    clash: undefined as string | undefined,
    refused: undefined as Error | undefined,
    /** Until then serials are being stored. */
    storesAfter: undefined as Promise<void> | undefined,
  };
  let written = 0;
  let retries = 0;
  const commit = (upTo = facts.length): void => {
    written = Math.max(written, upTo);
    for (const tell of durable) tell(written);
  };
  const journal: Journal = {
    opening: OPENING,
    takeFound: () => ({ history: [] }),
    append(fact) {
      facts.push(fact);
      if (!settings.isManual) commit();
      return facts.length;
    },
    async allocate(block, sealed) {
      if (settings.storesAfter !== undefined) await settings.storesAfter;
      if (settings.refused !== undefined) throw settings.refused;
      if (settings.clash !== undefined) return { clash: settings.clash };
      blocks.set(block.run, block);
      for (const fact of sealed) facts.push(fact);
      commit();
      return {};
    },
    async load(run) {
      const block = blocks.get(run);
      return block && { run, blocks: [block], tail: new Float64Array(0) };
    },
    dump: (dump) => void dumps.push(dump),
    durable(listener) {
      durable.add(listener);
      return () => void durable.delete(listener);
    },
    failed(listener) {
      failed.add(listener);
      return () => void failed.delete(listener);
    },
    retry: () => {
      retries += 1;
    },
    get durableUpTo() {
      return written;
    },
    get lastSeq() {
      return facts.length;
    },
    stats: () => {
      throw new Error('nobody asks this record for its statistics');
    },
    close: async () => {},
  };
  return {
    journal,
    facts,
    dumps,
    settings,
    commit,
    fail: (code: JournalFailure, message: string): void => {
      for (const tell of failed) tell({ code, message });
    },
    get retries() {
      return retries;
    },
  };
}

/** How the devices of a test behave; changed by the test as it goes. */
export interface Behaviour {
  /** What the printer says it holds; what it was told to, unless given. `null`: it does not answer. */
  held: string | null | undefined;
  /** Whom a directive fails at, and how. */
  fault: Fault | undefined;
  /** Until then the printer answers nothing. */
  answersAfter: Promise<void> | undefined;
}

type Told = { readonly device: string; readonly directive: PrinterDirective | ReaderDirective | PlcDirective };

/** Devices that keep what they were told. */
function crewOf(behaviour: Behaviour, told: Told[], readBack: (text: string) => void): Crew {
  let text = '';
  const rest = { state: 'online', endpoint: undefined, moveTo: () => {}, close: async () => {} } as const;
  const take = (device: string, directive: Told['directive']): Fault | undefined => {
    told.push({ device, directive });
    return behaviour.fault?.device === device ? behaviour.fault : undefined;
  };
  return {
    printer: {
      ...rest,
      kind: 'printer',
      device: PRINTER,
      facts: DRIVERS['leibinger-jet'],
      async tell(directive) {
        if (behaviour.answersAfter !== undefined) await behaviour.answersAfter;
        const fault = take(PRINTER, directive);
        if (directive.kind === 'select') text = directive.text;
        if (directive.kind === 'read-back' && behaviour.held !== null) readBack(behaviour.held ?? text);
        return fault;
      },
    },
    reader: {
      ...rest,
      kind: 'reader',
      device: READER,
      facts: DRIVERS['cognex-dataman'],
      tell: async (directive) => take(READER, directive),
    },
    plc: {
      ...rest,
      kind: 'plc',
      device: PLC,
      facts: DRIVERS['opcua-station'],
      tell: async (directive) => take(PLC, directive),
    },
  };
}

const SILENT: StationLog = { info: () => {}, warn: () => {}, error: () => {} };

export function emptyFloor(): Floor {
  const tiles = LINE_FILE.devices.map(({ id, station, kind, driver }): [string, Device] => [
    id,
    { id, station, kind, driver, evidence: DRIVERS[driver].evidence, link: 'connecting', since: 0 },
  ]);
  return {
    file: LINE_FILE,
    line: emptyLine(SETTINGS),
    idle: emptyLine(SETTINGS),
    runs: new Map(),
    current: undefined,
    alarms: [],
    nextAlarm: 1,
    devices: new Map(tiles),
    jobVerified: false,
    recordWritable: true,
    busy: undefined,
    serialsEver: 0,
    runsEver: 0,
  };
}

/** A desk on a record in memory, with devices that answer. */
export function exampleDesk() {
  const memory = memoryJournal();
  const floor = emptyFloor();
  const behaviour: Behaviour = { held: undefined, fault: undefined, answersAfter: undefined };
  const told: Told[] = [];
  let at = Date.UTC(2026, 10, 22, 10);
  const now = (): number => {
    at += 1;
    return at;
  };
  const readBack = (text: string): void => report(desk, { kind: 'job-read', at: now(), device: PRINTER, text });
  const crew = crewOf(behaviour, told, readBack);
  const desk: Desk = openDesk({
    file: LINE_FILE,
    floor,
    journal: memory.journal,
    crew,
    log: SILENT,
    now,
    report: (signal) => report(desk, signal),
    changed: () => {},
  });
  for (const device of [PRINTER, READER, PLC]) report(desk, { kind: 'device-connected', at: now(), device });
  report(desk, { kind: 'epoch-seen', at: now(), device: PLC, epoch: 1, seq: 0xffff, event: 0xffff, fresh: true });
  return { desk, floor, memory, behaviour, told, now };
}

export type Example = ReturnType<typeof exampleDesk>;

export const by = (role: Role): Actor => ({ userId: role.toLowerCase(), role });

export const ORDER_FILE = {
  order: 'PO-1001',
  product: { gtin: '09521234543213', gcpLength: 7, name: 'Example Tablets 20 mg', minGrade: 1.5 },
  lot: 'EX24A01',
  expiry: '2028-11-22',
  quantity: 20,
  overagePercent: 100,
  market: 'DE',
};

/** Imports the example order and gives its entry. */
export function imported({ desk, floor }: Example, part: Partial<typeof ORDER_FILE> = {}): RunEntry {
  const answer = importText(desk, by('SUP'), JSON.stringify({ ...ORDER_FILE, ...part }), 'a test');
  const entry = answer.kind === 'done' ? floor.runs.get(answer.value.run) : undefined;
  if (entry === undefined) throw new Error(`the example order was not taken: ${JSON.stringify(answer)}`);
  return entry;
}

/** Bodies of the audit entries, oldest first. */
export const auditOf = (facts: readonly Fact[]): readonly unknown[] =>
  facts.flatMap(({ kind, body }) => (kind === FACT.command ? [JSON.parse(body ?? '{}')] : []));
