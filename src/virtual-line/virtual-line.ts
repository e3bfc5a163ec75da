import type { LineArguments } from '#virtual-line/arguments.ts';
import { type RemoteEmulator, startEmulator } from '#virtual-line/emulator-process.ts';
import { FAULT_EFFECTS, type FaultTargets } from '#virtual-line/kernel/fault-effects.ts';
import { createFaults } from '#virtual-line/kernel/faults.ts';
import type { Geometry } from '#virtual-line/kernel/geometry.ts';
import { createKernel, type Kernel } from '#virtual-line/kernel/kernel.ts';
import { type LedgerLine, openLedger, readLeftover } from '#virtual-line/kernel/ledger.ts';
import { type Button, createOperator } from '#virtual-line/kernel/operator.ts';
import { createPhysics } from '#virtual-line/kernel/physics.ts';
import type { Act, EmulatorSettings, PlcSettings, Role } from '#virtual-line/messages.ts';
import { BUTTONS, type Note, type Order } from '#virtual-line/orders.ts';

/** Of the ledger's lines, docs/virtual-line-ledger.md. */
const VERSION = '2';

/** A line whose sockets listen. */
export interface VirtualLine {
  /** What stands in the first line on stdout. */
  readonly ready: object;
  obey(order: Order): void;
  /** Writes the ledger's last line and ends the emulators. */
  end(): Promise<void>;
  /** Resolves when physics has stopped: after `end`, or with the reason when an emulator ended unasked. */
  readonly stopped: Promise<Error | undefined>;
}

export interface VirtualLineOptions {
  readonly args: LineArguments;
  readonly geometry: Geometry;
  /** The file to start the emulators from. */
  readonly entry: string;
  note(note: Note): void;
}

const ABORTING = 8;
const ABORTED = 9;
const HOST = '127.0.0.1';

/** Starts physics and emulators, and joins them. */
export async function startVirtualLine(options: VirtualLineOptions): Promise<VirtualLine> {
  const { args, geometry, entry, note } = options;
  const { seed, speed } = args;
  const kernel = createKernel({ speed, wall: () => performance.now() });
  const leftover = readLeftover(args.ledger);
  const ledger = openLedger(args.ledger, () => Date.now());
  const write = (line: LedgerLine): void => {
    const { t, enc } = kernel.now();
    ledger.write({ t, enc: Math.round(enc * geometry.belt.pulsesPerMm) }, line);
  };
  write({ ev: 'start', seed, speed, geometry: geometry.name, version: VERSION });

  const shown = { state: 0, permit: false, epoch: 0 };
  // From the printer comes nothing unasked, and every act of the others waits for its turn in physics.
  const heard = (acts: readonly Act[]): void => kernel.post(() => perform(acts));
  const remote = (role: Role): RemoteEmulator => startEmulator(entry, role, heard);
  const devices = {
    printer: remote('printer'),
    reader: remote(args.reader === 'gige' ? 'camera' : 'reader'),
    plc: remote('plc'),
  };
  const faults = createFaults({
    kernel,
    isLockStep: speed > 1,
    effects: {
      apply: (id, active) => FAULT_EFFECTS[id]?.(targets, active),
      note: (fault, active, item) => {
        write({ ev: 'fault', fault, active, item });
        note({ note: 'fault', fault, active, item });
      },
    },
  });
  const physics = createPhysics({
    kernel,
    geometry,
    seed,
    faults,
    leftover,
    write,
    ...devices,
    ...(args.items === undefined ? {} : { items: args.items }),
    perform: (acts) => perform(acts),
    isAborting: () => shown.state === ABORTING || shown.state === ABORTED,
  });
  const press = async (button: Button): Promise<boolean> => {
    const { acts, refused } = await devices.plc.ask({ ask: 'button', command: BUTTONS[button], now: kernel.now() });
    if (refused === undefined) write({ ev: 'operator', action: button });
    perform(acts);
    return refused === undefined;
  };
  const inTurn = <T>(what: () => T | Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      kernel.post(() => Promise.resolve(what()).then(resolve, reject));
    });
  const operator =
    args.operator === 'auto'
      ? createOperator(
          {
            press: (button) => inTurn(() => press(button)),
            clearZone: () => void inTurn(() => clear('clear-zone', 'cleared-after-abort')),
            clearExit: () =>
              void inTurn(() =>
                clear('clear-exit', 'plc-restarted', geometry.positions.divertArming - geometry.item.length),
              ),
          },
          speed,
        )
      : undefined;
  const clear = (action: string, cause: string, from = 0): void => {
    write({ ev: 'operator', action });
    physics.remove(cause, from);
  };

  const perform = (acts: readonly Act[] = []): void => {
    for (const act of acts) performOne(act);
  };
  const performOne = (act: Act) => {
    switch (act.act) {
      case 'wake':
        return wake(act.id, act);
      case 'state':
        shown.state = act.state;
        shown.epoch = act.epoch;
        write({ ev: 'plc', epoch: act.epoch, state: act.state });
        return operator?.see({ ...shown });
      case 'permit':
        shown.permit = act.granted;
        return operator?.see({ ...shown });
      case 'armed':
        return physics.setReaderArmed(act.armed);
      case 'shown':
        return note({ note: 'shown', target: act.target });
      case 'infeed':
        return physics.setInfeed(act.open);
      case 'blow':
        return output(kernel, geometry.plc.scan, physics.blow);
      case 'belt':
        return output(kernel, geometry.plc.scan, () => drive(act.motion));
    }
  };
  const wake = (id: string, when: { readonly enc?: number; readonly after?: number }): void => {
    const ask = async (): Promise<void> =>
      perform((await devices.plc.ask({ ask: 'wake', id, now: kernel.now() })).acts);
    if (when.enc !== undefined) kernel.at(when.enc, ask);
    else kernel.after(when.after ?? 0, ask);
  };
  const drive = (motion: 'run' | 'slow-stop' | 'fast-stop') => {
    const { speed: full, accelerate, fastStop } = geometry.belt;
    if (motion === 'run') return kernel.drive(full, accelerate);
    kernel.drive(0, motion === 'fast-stop' ? fastStop : accelerate, async () =>
      perform((await devices.plc.ask({ ask: 'stopped', now: kernel.now() })).acts),
    );
  };
  const restartPlc = async (): Promise<void> =>
    perform((await devices.plc.ask({ ask: 'restart', now: kernel.now() })).acts);

  const targets: FaultTargets = {
    ...devices,
    spoilPrint: physics.spoilPrint,
    restartPlc: () => kernel.post(restartPlc),
    mend: (cause) => write({ ev: 'operator', action: cause === 'cover' ? 'close-cover' : 'refill-ink' }),
  };

  const settings = emulatorSettings(args, geometry);
  const [printer, reader, plc] = await Promise.all([
    devices.printer.ask({ ask: 'start', settings: settings(args.ports.printer) }),
    devices.reader.ask({ ask: 'start', settings: settings(args.ports.reader) }),
    devices.plc.ask({ ask: 'start', settings: settings(args.ports.plc) }),
  ]);
  const stopped = kernel.run().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const endpoint = (listening: { readonly port: number } | undefined) => ({ host: HOST, port: listening?.port ?? 0 });
  const refuse = (message: string | undefined): void => {
    if (message !== undefined) note({ note: 'refused', message });
  };
  const obey = async (order: Order): Promise<void> => {
    switch (order.do) {
      case 'inject':
        return refuse(faults.inject(order));
      case 'clear':
        return refuse(faults.clear(order.fault));
      case 'press':
        return refuse((await press(order.button)) ? undefined : `The machine does not take ${order.button} now.`);
      case 'show':
        return devices.reader.tell({ tell: 'show', target: order.target });
      case 'pause':
        kernel.pause();
        return note({ note: 'paused' });
      case 'go':
        return kernel.go();
      case 'stop': // Whoever owns the process ends it.
    }
  };
  return {
    ready: {
      ready: true,
      endpoints: {
        printer: endpoint(printer.listening),
        reader: endpoint(reader.listening),
        plc: { ...endpoint(plc.listening), certificate: plc.listening?.certificate ?? '' },
      },
    },
    stopped,
    obey: (order) => kernel.post(() => obey(order)),
    async end() {
      operator?.leave();
      kernel.end();
      await stopped;
      write({ ev: 'end', ...physics.counts() });
      ledger.close();
      await Promise.all(Object.values(devices).map((device) => device.end()));
    },
  };
}

/** Outputs of a PLC reach the machine at the end of its scan. */
function output(kernel: Kernel, scan: number, what: () => void): void {
  const { t } = kernel.now();
  kernel.after(Math.ceil((t + 0.001) / scan) * scan - t, what);
}

function emulatorSettings(args: LineArguments, geometry: Geometry): (port: number) => EmulatorSettings {
  const shared = {
    seed: args.seed,
    lockStep: args.speed > 1,
    state: args.state,
    beltSpeed: geometry.belt.speed,
    camera: args.camera,
    plc: plcSettings(geometry),
  };
  return (port) => ({ ...shared, port });
}

/** What the integrator would enter at the PLC: distances, not positions. */
function plcSettings({ positions: p, item, divert, belt, plc }: Geometry): PlcSettings {
  return {
    cameraToDeadline: p.deadline - p.cameraTrigger,
    cameraToArming: p.divertArming - p.cameraTrigger,
    armingToAxis: p.divertAxis - p.divertArming,
    cameraToExit: p.goodExit - p.cameraTrigger,
    printToAxis: p.divertAxis - p.printTrigger,
    itemLength: item.length,
    pitchMin: item.pitchMin,
    divertLead: plc.scan / 2 + divert.open + divert.dwell / 2,
    chuteMax: divert.chuteMax + divert.open + divert.dwell / 2 + 2 * plc.scan,
    beltSpeed: belt.speed,
    countsPerMm: belt.pulsesPerMm,
    registerDepth: plc.register,
  };
}
