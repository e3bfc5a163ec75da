import type { RemoteEmulator } from '#virtual-line/emulator-process.ts';
import type { OpticalFault } from '#virtual-line/messages.ts';

/** What faults that last reach for. */
export interface FaultTargets {
  readonly printer: RemoteEmulator;
  readonly reader: RemoteEmulator;
  readonly plc: RemoteEmulator;
  spoilPrint(): void;
  restartPlc(): void;
  /** A person puts right what was wrong with the printer. */
  mend(cause: 'cover' | 'ink'): void;
}

type Effect = (targets: FaultTargets, active: boolean) => void;

const cause =
  (what: 'cover' | 'ink'): Effect =>
  (targets, active) => {
    if (!active) targets.mend(what);
    targets.printer.tell({ tell: 'cause', cause: what, present: active });
  };
const halfOpen =
  (role: 'printer' | 'reader' | 'plc'): Effect =>
  (targets, active) =>
    targets[role].tell({ tell: 'half-open', active });

const optics =
  (fault: OpticalFault): Effect =>
  ({ reader }, active) =>
    reader.tell({ tell: 'optics', fault, active });

const REBOOT_SECONDS = 2;

/** What begins and ends with a fault beyond its items. F07 of the printer and F08 are missing here: they happen to each print. */
export const FAULT_EFFECTS: Readonly<Record<string, Effect>> = {
  'F07-window': optics('dirt'),
  'F07-defocus': optics('defocus'),
  F10: cause('cover'),
  'F10-ink': cause('ink'),
  F11: (targets, active) => {
    if (!active) return;
    targets.spoilPrint();
    targets.printer.tell({ tell: 'reboot', seconds: REBOOT_SECONDS });
  },
  'F11-reader': ({ reader }, active) => {
    if (active) reader.tell({ tell: 'reboot', seconds: REBOOT_SECONDS });
  },
  'F12-printer': halfOpen('printer'),
  'F12-reader': halfOpen('reader'),
  'F12-plc': halfOpen('plc'),
  F13: ({ printer, reader }, active) => {
    printer.tell({ tell: 'rough-network', active });
    reader.tell({ tell: 'rough-network', active });
  },
  'F13-packets': ({ reader }, active) => reader.tell({ tell: 'packet-loss', active }),
  'F14-black': optics('black'),
  'F15-frozen': optics('frozen'),
  F15: ({ reader }, active) => reader.tell({ tell: 'frame-lag', active }),
  F20: ({ plc }, active) => plc.tell({ tell: 'heartbeat-frozen', active }),
  'F20-restart': (targets, active) => {
    if (active) targets.restartPlc();
  },
};
