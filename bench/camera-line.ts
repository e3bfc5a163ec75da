import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { RPCHandler } from '@orpc/server/ws';
import { type Browser, chromium } from '@playwright/test';
import Database from 'better-sqlite3';
import { openClicker } from '#cli/clicker.ts';
import { isComplete, lineNamed, startSourceWorkstation } from '#cli/source-workstation.ts';
import { openServer } from '#main/browser-server.ts';
import type { Workstation } from '#station/workstation.ts';
import { findChromium } from '../tools/chromium.ts';
import { describeEnvironment } from './environment.ts';
import { type Line, ms, stated, verdictOf, whole } from './line-of-table.ts';
import { orderFile } from './order.ts';
import { probeFlushDuring, watchStall } from './probes.ts';
import { spreadOf } from './statistics.ts';
import { tableOf } from './table.ts';

// `node bench/camera-line.ts [--seconds 60] [--no-screen]`: the whole workstation with printer, camera and OPC UA PLC of
// the virtual line in real time, its camera page open in a Chromium on the same machine. How long from the first packet
// of a picture to its verdict at the PLC's write, and how late the main thread's timers are meanwhile.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    'no-screen': { type: 'boolean', default: false },
    out: { type: 'string' },
    name: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const out = values.out ?? join(import.meta.dirname, '../docs/measured');
const folder = mkdtempSync(join(tmpdir(), 'linewright-camera-'));

interface Verdicts {
  /** Wall clock of each write, by the PLC's number of the item (epoch and 16-bit count). */
  readonly written: Map<string, number>;
}

/** Notes when a verdict is handed to the PLC's driver. */
function watchVerdicts({ desk: { crew } }: Workstation): Verdicts {
  const written = new Map<string, number>();
  const { plc } = crew;
  const tell = plc.tell.bind(plc);
  Object.assign(plc, {
    tell(directive: Parameters<typeof tell>[0]) {
      if (directive.kind === 'verdict') {
        written.set(`${directive.epoch}/${directive.seq}`, performance.timeOrigin + performance.now());
      }
      return tell(directive);
    },
  });
  return { written };
}

/** Serves the built renderer on the workstation and opens its camera page. */
async function openScreen(workstation: Workstation): Promise<{ close(): Promise<void> }> {
  const server = await openServer(join(import.meta.dirname, '../out/renderer'), 0);
  const rpc = new RPCHandler(workstation.router);
  server.serve((socket) => {
    const connection = workstation.connect('ws');
    socket.once('close', () => workstation.disconnect(connection));
    void rpc.upgrade(socket, { context: { connection } });
  }, workstation.tickets.redeem);
  const { source: _source, ...launchOptions } = findChromium();
  const browser: Browser = await chromium.launch(launchOptions);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'en-US' });
  await page.goto(`${server.address}/#token=bench`);
  await page.getByTestId('page-camera').click();
  await page.getByTestId('camera').waitFor();
  return {
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

async function measure(): Promise<Line[]> {
  const workstation = await startSourceWorkstation({
    data: folder,
    line: lineNamed('camera'),
    virtualLine: ['--speed', '1'],
  });
  const { desk } = workstation;
  const { written } = watchVerdicts(workstation);
  const clicker = await openClicker(workstation);
  await clicker.until(() => isComplete(workstation), 'the devices to answer', 120_000);
  const screen = values['no-screen'] ? undefined : await openScreen(workstation);
  try {
    const imported = await clicker.importOrder(JSON.stringify(orderFile('BENCH-CAMERA', 20_000, 5)));
    if (imported.kind !== 'done') throw new Error(`the order was not taken: ${JSON.stringify(imported)}`);
    const started = await clicker.start(imported.value.run);
    if (started.kind !== 'done') throw new Error(`the run did not start: ${JSON.stringify(started)}`);
    await clicker.until(() => desk.floor.line.figures.seen > 4, 'the first items', 120_000);
    const late = monitorEventLoopDelay({ resolution: 1 });
    late.enable();
    const stall = watchStall();
    const from = Date.now();
    const [, flush] = await probeFlushDuring(folder, 50, clicker.pause(seconds * 1000));
    late.disable();
    return judge({ from, written, late: late.percentile(99) / 1e6 - 1, flushP99: flush.p99, stall: stall() });
  } finally {
    await screen?.close();
    await workstation.close();
  }
}

interface Seen {
  readonly from: number;
  readonly written: ReadonlyMap<string, number>;
  readonly late: number;
  readonly flushP99: number;
  readonly stall: number | undefined;
}

interface Row {
  readonly epoch: number;
  readonly item: number;
  readonly read_at: number | null;
  readonly reason: string | null;
}

function judge({ from, written, late, flushP99, stall }: Seen): Line[] {
  const db = new Database(join(folder, 'training.db'), { readonly: true });
  const rows = db.prepare<[number], Row>('SELECT epoch, item, read_at, reason FROM v_verdict WHERE at >= ?').all(from);
  db.close();
  const times = rows.flatMap(({ epoch, item, read_at }) => {
    const at = written.get(`${epoch}/${item & 0xffff}`);
    return at === undefined || read_at === null ? [] : [at - read_at];
  });
  const missed = rows.filter(({ reason }) => reason === 'no-image' || reason === 'not-inspected').length;
  const { p50, p99, max } = spreadOf(times);
  return [
    stated('', 'items a minute', whole((rows.length * 60) / seconds), '300'),
    stated('', 'picture → verdict written p50 · p99 · max', `${ms(p50)} · ${ms(p99)} · ${ms(max)} ms`, 'p99 ≤ 60'),
    stated('', 'main thread timers late, p99', `${ms(late)} ms`, '≤ 5'),
    stated('', 'a flush of the same disk, p99', `${ms(flushP99)} ms`, ''),
    stated('', 'time in which some task waited for a CPU', stall === undefined ? 'not known' : stall.toFixed(2), ''),
    {
      goal: '',
      what: `pictures missed or not inspected, of ${rows.length}`,
      value: String(missed),
      must: '0',
      result: verdictOf(missed === 0),
    },
  ];
}

try {
  const environment = describeEnvironment(folder);
  const lines = await measure();
  process.stdout.write(`${tableOf(lines)}\n`);
  const date = new Date().toISOString().slice(0, 10);
  mkdirSync(out, { recursive: true });
  const name = `${date}-${values.name ?? (values['no-screen'] ? 'camera-line-no-screen' : 'camera-line')}.json`;
  writeFileSync(join(out, name), `${JSON.stringify({ date, seconds, environment, lines }, undefined, 1)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
