import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * A small finished run as the oracle's three witnesses would tell it: the physical ledger, the views of the record
 * (here as plain tables with the documented columns) and the EPCIS file. Tests spoil one of them and ask the oracle.
 */

export const GTIN = '09520123456788';
export const LOT = 'L2026A';
export const EXPIRY = '2028-11-22';
const NOON = 1_795_000_000_000;

type Cell = string | number | null;
export type Row = Record<string, Cell>;
export type Line = Record<string, string | number | boolean>;

export interface World {
  ledger: Line[];
  /** Rows of the views by the name of the view. */
  readonly views: Record<string, Row[]>;
  /** What the PLC counts: its start, and the items at the camera eye since then. */
  counted: { epoch: number; items: number };
  events: Record<string, unknown>[];
}

export const VIEWS: Readonly<Record<string, readonly string[]>> = {
  v_run: ['run', 'order_id', 'product', 'gtin', 'lot', 'expiry', 'quantity', 'state', 'started_at', 'ended_at'],
  v_run_step: ['seq', 'at', 'run', 'from_state', 'to_state', 'transition', 'user_id', 'role', 'reason'],
  v_serial: ['run', 'idx', 'serial', 'gtin', 'state', 'reason'],
  v_verdict: ['seq', 'at', 'run', 'epoch', 'item', 'idx', 'serial', 'verdict', 'reason', 'read_at'],
  v_outcome: ['seq', 'at', 'run', 'epoch', 'item', 'idx', 'serial', 'outcome', 'event'],
  v_sent: ['seq', 'at', 'run', 'record_no', 'idx', 'serial'],
  v_inspection: ['seq', 'at', 'run', 'epoch', 'item', 'idx', 'serial', 'verdict', 'reason'],
  v_picture: ['id', 'at', 'run', 'epoch', 'item', 'idx', 'serial', 'kept', 'reason'],
  v_account: ['run', 'state', 'count'],
  v_audit: ['seq', 'at', 'user_id', 'role', 'action', 'run', 'reason', 'outcome', 'detail'],
  v_alarm: [
    'seq',
    'raised_at',
    'cleared_at',
    'acknowledged_at',
    'acknowledged_by',
    'alarm',
    'code',
    'device',
    'detail',
  ],
  v_export: ['seq', 'at', 'run', 'file', 'format', 'items', 'events', 'sha256'],
};

export const serialOf = (idx: number): string => `K${String(idx).padStart(4, '0')}`;

export function codeOf(serial: string, lot = LOT, gtin = GTIN, expiry = '281122'): string {
  return `01${gtin}21${serial}\u001d17${expiry}10${lot}`;
}

/** What happens to an item on the belt, and what the record makes of its serial. */
interface Fate {
  readonly content?: string;
  readonly over?: string;
  readonly end: 'good' | 'diverted' | 'removed';
  readonly state: string;
  readonly reason?: string;
  readonly fault?: string;
  /** A print of an old record, or none, takes no serial of its own. */
  readonly takesSerial?: false;
}

const GOOD: Fate = { end: 'good', state: 'GOOD' };

const FATES: Readonly<Record<number, Fate>> = {
  7: { content: '', end: 'diverted', state: '', takesSerial: false, fault: 'F01' },
  13: { content: codeOf(serialOf(10)), end: 'diverted', state: '', takesSerial: false, fault: 'F02' },
  20: {
    content: codeOf(serialOf(17), 'L2025Z'),
    end: 'diverted',
    state: 'REJECTED',
    reason: 'wrong-lot',
    fault: 'F08',
  },
  40: { end: 'removed', state: 'MISSING', fault: 'F05' },
  45: { end: 'diverted', state: 'REJECTED', reason: 'no-read' },
  46: { over: codeOf('OVER'), end: 'diverted', state: 'REJECTED', reason: 'not-allocated', fault: 'F03' },
  49: { end: 'removed', state: 'SCRAPPED' },
  50: { end: 'removed', state: 'SCRAPPED' },
};

/** Builds a run of `items` items; 60 of them meet one of each fate above. */
export function finishedRun(items = 60): World {
  const world: World = {
    ledger: [],
    views: Object.fromEntries(Object.keys(VIEWS).map((view) => [view, []])),
    events: [],
    counted: { epoch: 0, items: 0 },
  };
  addRun(world);
  start(world, 1);
  let idx = 0;
  for (let item = 1; item <= items; item += 1) {
    if (item === 51) start(world, 2);
    const fate = FATES[item] ?? GOOD;
    if (fate.takesSerial === false) addItem(world, item, undefined, fate);
    else {
      addItem(world, item, idx, fate);
      idx += 1;
    }
    if (item === 31) insertForeign(world, 100_000 + item);
  }
  for (const lost of [0, 1, 2]) addSerial(world, idx + lost, 'SCRAPPED', null); // sent, never printed
  for (const spare of [3, 4]) addSerial(world, idx + spare, 'INVALID', null, false);
  addAccounts(world);
  return world;
}

const physics = (world: World, more: Line): void => {
  const t = world.ledger.length * 50;
  world.ledger.push({ t, wall: NOON + t, enc: t * 10, ...more });
};

function start(world: World, seed: number): void {
  physics(world, { ev: 'start', seed, speed: 1, geometry: 'carton-300', version: '2' });
  physics(world, { ev: 'plc', epoch: seed, state: 2 });
  world.counted = { epoch: seed, items: 0 };
}

/** An item comes to the camera eye; the answer is what the PLC knows it by. */
function passEye(world: World, item: number): Row {
  physics(world, { ev: 'eye', item });
  return { epoch: world.counted.epoch, item: world.counted.items++ };
}

function addItem(world: World, item: number, idx: number | undefined, fate: Fate): void {
  const serial = idx === undefined ? null : serialOf(idx);
  const fault = fate.fault === undefined ? [] : [fate.fault];
  physics(world, { ev: 'fed', item });
  for (const name of fault) physics(world, { ev: 'fault', fault: name, active: true, item });
  physics(world, { ev: 'printed', item, rec: item, content: fate.content ?? codeOf(serial ?? '') });
  if (fate.over !== undefined) physics(world, { ev: 'printed', item, rec: item, content: fate.over });
  const known = passEye(world, item);
  physics(world, { ev: 'exposed', item });
  physics(world, { ev: fate.end, item, cause: fate.end === 'diverted' ? 'verdict' : 'hand' });
  for (const name of fault) physics(world, { ev: 'fault', fault: name, active: false, item });
  if (fate.end !== 'removed') judgeItem(world, { run: 1, ...known, idx: idx ?? null, serial }, fate);
  if (idx !== undefined) addSerial(world, idx, fate.state, fate.reason ?? null);
  if (serial !== null && fate.state === 'GOOD') world.events.push(commissioning(serial));
}

function judgeItem(world: World, known: Row, { end, reason: why }: Fate): void {
  const reason = why ?? null;
  const at = NOON + world.ledger.length * 50;
  const read_at = at - 40 - (Number(known['item']) % 5);
  push(world, 'v_verdict', { at, ...known, verdict: end === 'good' ? 'PASS' : 'FAIL', reason, read_at });
  push(world, 'v_outcome', { at, ...known, outcome: end === 'good' ? 'good-exit' : end, event: known['item'] ?? 0 });
}

/** A person puts a carton of an earlier run on the belt; the line diverts it. */
function insertForeign(world: World, item: number): void {
  physics(world, { ev: 'fault', fault: 'F06', active: true, item });
  physics(world, { ev: 'inserted', item, content: codeOf('OLD1', 'L2025Z') });
  passEye(world, item);
  physics(world, { ev: 'diverted', item, cause: 'unknown' });
  physics(world, { ev: 'fault', fault: 'F06', active: false, item });
}

function addSerial(world: World, idx: number, state: string, reason: string | null, isSent = true): void {
  world.views['v_serial']?.push({ run: 1, idx, serial: serialOf(idx), gtin: GTIN, state, reason });
  if (isSent) push(world, 'v_sent', { at: NOON, run: 1, record_no: idx + 1, idx, serial: serialOf(idx) });
}

function push(world: World, view: string, row: Row): void {
  const rows = world.views[view] ?? [];
  rows.push({ seq: rows.length + 1, ...row });
}

function addRun(world: World): void {
  const run: Row = { run: 1, order_id: 'O-1', product: 'Tablets', gtin: GTIN, lot: LOT, expiry: EXPIRY, quantity: 50 };
  world.views['v_run']?.push({ ...run, state: 'CLOSED', started_at: NOON, ended_at: NOON + 1e9 });
  step(world, 10, 'READY', 'RUNNING', 'supervisor', null);
  step(world, 20, 'RUNNING', 'SUSPENDED', 'linewright', 'duplicate');
  step(world, 30, 'SUSPENDED', 'RUNNING', 'operator', null);
  step(world, 40, 'RUNNING', 'HELD', 'supervisor', 'Look at the carton magazine');
  step(world, 50, 'HELD', 'ENDING', 'supervisor', null);
  step(world, 60, 'ENDING', 'RECONCILING', 'linewright', null);
  step(world, 70, 'RECONCILING', 'CLOSED', 'supervisor', 'All counted');
}

function step(world: World, seq: number, from: string, to: string, user: string, reason: string | null): void {
  const at = NOON + seq * 1000;
  const row: Row = {
    seq,
    at,
    run: 1,
    from_state: from,
    to_state: to,
    transition: 'T',
    user_id: user,
    role: 'SUP',
    reason,
  };
  world.views['v_run_step']?.push(row);
  const entry: Row = { seq: seq + 1, at, user_id: user, role: 'SUP', action: `${from}-${to}`, run: 1, reason };
  world.views['v_audit']?.push({ ...entry, outcome: 'done', detail: null });
}

function addAccounts(world: World): void {
  const counts = new Map<string, number>();
  for (const row of world.views['v_serial'] ?? []) {
    counts.set(String(row['state']), (counts.get(String(row['state'])) ?? 0) + 1);
  }
  world.views['v_account'] = [...counts].map(([state, count]) => ({ run: 1, state, count }));
}

export function commissioning(serial: string, gtin = GTIN): Record<string, unknown> {
  return {
    type: 'ObjectEvent',
    eventID: `urn:uuid:${serial}`,
    eventTime: '2026-11-22T12:00:00.000Z',
    eventTimeZoneOffset: '+00:00',
    epcList: [`https://id.gs1.org/01/${gtin}/21/${encodeURIComponent(serial)}`],
    action: 'ADD',
    bizStep: 'commissioning',
    disposition: 'active',
    ilmd: { 'cbvmda:lotNumber': LOT, 'cbvmda:itemExpirationDate': EXPIRY },
  };
}

/** Finds the one row of a view that a test wants to spoil. */
export function rowOf(world: World, view: string, key: string, value: Cell): Row {
  const row = world.views[view]?.find((candidate) => candidate[key] === value);
  if (row === undefined) throw new Error(`No row of ${view} has ${key} = ${value}`);
  return row;
}

/** Finds the ledger line of an item. */
export function lineOf(world: World, ev: string, item: number): Line {
  const line = world.ledger.find((candidate) => candidate['ev'] === ev && candidate['item'] === item);
  if (line === undefined) throw new Error(`No line says ${ev} of item ${item}`);
  return line;
}

export interface Files {
  readonly ledgerFile: string;
  readonly databaseFile: string;
  readonly epcisFile: string;
}

/** Writes the three witnesses into a folder. */
export async function writeWorld(world: World, folder: string): Promise<Files> {
  const files = {
    ledgerFile: join(folder, 'ledger.jsonl'),
    databaseFile: join(folder, 'line.db'),
    epcisFile: join(folder, 'run.json'),
  };
  await writeFile(files.ledgerFile, world.ledger.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await writeFile(files.epcisFile, epcisText(world.events));
  const db = new Database(files.databaseFile);
  db.pragma('journal_mode = WAL');
  db.transaction(() => {
    for (const [view, columns] of Object.entries(VIEWS)) {
      db.exec(`CREATE TABLE ${view} (${columns.join(', ')})`);
      const insert = db.prepare(`INSERT INTO ${view} VALUES (${columns.map(() => '?').join(', ')})`);
      for (const row of world.views[view] ?? []) insert.run(columns.map((column) => row[column] ?? null));
    }
  })();
  db.close();
  return files;
}

export function epcisText(events: readonly unknown[]): string {
  const document = {
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { cbvmda: 'urn:epcglobal:cbv:mda:' },
    ],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-11-22T12:00:00.000Z',
    epcisBody: { eventList: events },
  };
  return JSON.stringify(document, null, 1);
}
