import { openClicker } from '#cli/clicker.ts';
import { isComplete, startSourceWorkstation } from '#cli/source-workstation.ts';
import { answerAsPart } from './child.ts';
import { orderFile } from './order.ts';

// The whole workstation with printer, reader and OPC UA PLC of the virtual line, whose emulators are processes of their
// own: how long after the later of reading and trigger the verdict is handed to the PLC's write.

export interface PlcRun {
  readonly folder: string;
  /** Physics over wall time; the line makes 300 items a minute at 1. */
  readonly speed: number;
  readonly seconds: number;
}

export interface PlcResult {
  readonly items: number;
  readonly perMinute: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly late: number;
}

const MOST_ITEMS = 20_000;

async function run({ folder, speed, seconds }: PlcRun): Promise<PlcResult> {
  const workstation = await startSourceWorkstation({ data: folder, virtualLine: ['--speed', String(speed)] });
  const { desk } = workstation;
  try {
    const clicker = await openClicker(workstation);
    await clicker.until(() => isComplete(workstation), 'the devices to answer', 120_000);
    const imported = await clicker.importOrder(JSON.stringify(orderFile('BENCH-PLC', MOST_ITEMS, 5)));
    if (imported.kind !== 'done') throw new Error(`the order was not taken: ${JSON.stringify(imported)}`);
    const started = await clicker.start(imported.value.run);
    if (started.kind !== 'done') throw new Error(`the run did not start: ${JSON.stringify(started)}`);
    await clicker.until(() => desk.floor.line.figures.seen > 0, 'the first item', 120_000);
    const [before, since] = [desk.floor.line.figures.seen, performance.now()];
    await clicker.pause(seconds * 1000);
    const { seen } = desk.floor.line.figures;
    const perMinute = ((seen - before) * 60_000) / (performance.now() - since);
    const spread = desk.latencies.read() ?? { count: 0, p50: 0, p95: 0, p99: 0, max: 0 };
    const { count, ...times } = spread;
    return { items: count, perMinute, ...times, late: desk.floor.line.lateVerdicts };
  } finally {
    await workstation.close();
  }
}

answerAsPart({ run });
