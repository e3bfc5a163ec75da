import { fileURLToPath } from 'node:url';
import { readArguments } from '#virtual-line/arguments.ts';
import { serveEmulator } from '#virtual-line/emulator-process.ts';
import { openHostPort } from '#virtual-line/host-port.ts';
import { ImpossibleLine, loadGeometry } from '#virtual-line/kernel/geometry.ts';
import { readOrder } from '#virtual-line/orders.ts';
import { startVirtualLine } from '#virtual-line/virtual-line.ts';

const DEFAULT_GEOMETRY = '../../resources/geometry/carton-300.json';

/** The line itself: physics here, each emulator in a process of its own, started from this very file. */
async function runLine(argv: readonly string[]): Promise<void> {
  const host = openHostPort();
  const say = (value: object): void => host.write(JSON.stringify(value));
  const args = readArguments(argv);
  if (typeof args === 'string') return fail(args);
  const geometry = readGeometry(args.geometry ?? new URL(DEFAULT_GEOMETRY, import.meta.url));
  if (typeof geometry === 'string') return fail(geometry);
  const entry = fileURLToPath(import.meta.url);
  const line = await startVirtualLine({ args, geometry, entry, note: say }).catch(asText);
  if (typeof line === 'string') return fail(`The virtual line did not start: ${line}.`);
  let isEnding = false;
  const end = async (code: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await line.end();
    process.exit(code);
  };
  host.listen(
    (text) => {
      const order = readOrder(text);
      if (typeof order === 'string') say({ note: 'refused', message: order });
      else if (order.do === 'stop') void end(0);
      else line.obey(order);
    },
    () => void end(0),
  );
  process.on('SIGTERM', () => void end(0));
  process.on('SIGINT', () => void end(0));
  void line.stopped.then((error) => {
    if (error) process.stderr.write(`The virtual line stopped: ${error.stack ?? error.message}\n`);
    return end(1);
  });
  say(line.ready);
}

function readGeometry(file: string | URL): ReturnType<typeof loadGeometry> | string {
  try {
    return loadGeometry(file);
  } catch (error) {
    if (error instanceof ImpossibleLine) return error.message;
    return `The geometry file cannot be read: ${asText(error)}`;
  }
}

function asText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`, () => process.exit(2));
}

async function runEmulator(role: string | undefined): Promise<void> {
  // Imported only where it is needed: the OPC UA server alone takes a hundred megabytes.
  if (role === 'printer') serveEmulator((await import('#virtual-line/printer/emulator.ts')).createPrinter);
  else if (role === 'reader') serveEmulator((await import('#virtual-line/reader/emulator.ts')).createReader);
  else if (role === 'camera') serveEmulator((await import('#virtual-line/gige/emulator.ts')).createCamera);
  else if (role === 'plc') serveEmulator((await import('#virtual-line/plc/emulator.ts')).createPlc);
  else fail(`There is no emulator ${role}.`);
}

const argv = process.argv.slice(2);
await (argv[0] === '--role' ? runEmulator(argv[1]) : runLine(argv));
