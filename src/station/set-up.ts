import { setTimeout as pause } from 'node:timers/promises';
import type { Order } from '#order/order.ts';
import { report } from '#station/conductor.ts';
import type { Desk } from '#station/desk.ts';

/** The printer's job, and how long it may take to answer a read-back. */
const JOB = 'LINEWRIGHT-DM';
const READ_BACK_LIMIT = 3_000;

/** What the printer holds besides the serial: AI 01, then what follows the serial (docs/devices/leibinger-jet.md). */
export function staticText({ product, expiryYymmdd, lot }: Order): string {
  return `01${product.gtin}17${expiryYymmdd}10${lot}`;
}

/**
 * Sends the device jobs and reads them back: sent is not loaded, and loaded is not verified (process.md §5.3). Answers
 * nothing when the printer holds exactly what the order says, else a sentence that says what it holds instead.
 */
export async function verifyJob(desk: Desk, order: Order): Promise<string | undefined> {
  const { printer, reader, plc } = desk.crew;
  const text = staticText(order);
  desk.floor.jobVerified = false;
  desk.witness?.expect(order);
  const answer = jobRead(desk, READ_BACK_LIMIT);
  const faults = [
    await printer.tell({ kind: 'select', job: JOB, text }),
    await reader.tell({ kind: 'arm' }),
    await plc.tell({
      kind: 'limits',
      consecutive: desk.file.geometry.consecutiveFailures,
      failures: 10,
      within: 100,
      deadline: 0,
    }),
    await printer.tell({ kind: 'read-back' }),
  ];
  const fault = faults.find((one) => one !== undefined);
  if (fault !== undefined)
    return `${fault.device} did not take its job: ${fault.detail}. Check the device, then try again.`;
  const held = await answer;
  if (held === undefined) return `${printer.device} did not say which job it holds. Check the printer, then try again.`;
  if (held !== text)
    return `${printer.device} holds "${held}", but the order says "${text}". Load the job again; do not print with it.`;
  desk.floor.jobVerified = true;
  return undefined;
}

function jobRead(desk: Desk, limit: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const read = (text: string): void => {
      clearTimeout(timer);
      resolve(text);
    };
    const timer = setTimeout(() => {
      desk.jobReaders.splice(desk.jobReaders.indexOf(read), 1);
      resolve(undefined);
    }, limit);
    desk.jobReaders.push(read);
  });
}

/** How long a printer may take to say that its error is gone. */
const CLEAR_LIMIT = 2_000;

/**
 * A person lets the line go on: errors are acknowledged at the printer, which keeps those whose cause is still there.
 * A sentence when one stays.
 */
export async function acknowledgeFaults(desk: Desk): Promise<string | undefined> {
  const { printer, reader } = desk.crew;
  const { line, devices } = desk.floor;
  // A camera has nothing to acknowledge at: what is still wrong with its pictures, the next one will show.
  if (line.faulty.has(reader.device))
    report(desk, { kind: 'device-fault-cleared', at: desk.now(), device: reader.device });
  if (!line.faulty.has(printer.device)) return undefined;
  const fault = await printer.tell({ kind: 'arm' });
  for (const since = performance.now(); line.faulty.has(printer.device); await pause(50)) {
    if (fault === undefined && performance.now() - since < CLEAR_LIMIT) continue;
    const why = fault?.detail ?? devices.get(printer.device)?.fault ?? 'it still reports an error';
    return `${printer.device} is not ready: ${why}. Remove the cause at the printer, then try again.`;
  }
  return undefined;
}
