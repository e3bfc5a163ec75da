import { ERROR_MEANINGS, type MachineStatus, type MailingStatus } from '#devices/printer/leibinger/commands.ts';
import type { DeviceSignal } from '#line/signal.ts';
import type { Instant } from '#line/time.ts';

/** What is known of one printer. It outlives sessions, so that a printer restarted while it was away shows. */
export interface Progress {
  /** A new session begins: everything is reported once more. */
  begin(): void;
  mailing(status: MailingStatus, at: Instant): DeviceSignal[];
  machine(status: MachineStatus, at: Instant): DeviceSignal[];
  /** Records from `first` on were handed over: a smaller number than before is our doing then, not a restart. */
  queued(first: number): void;
}

export function progressOf(device: string): Progress {
  let known: MailingStatus | undefined;
  let fault = '';
  let mustReport = true;
  let mayFall = false;

  function isRestart(status: MailingStatus): boolean {
    if (known === undefined) return false;
    const fell = status.started < known.started && !(mayFall && status.started > 0);
    return fell || status.printGos < known.printGos;
  }

  function raise(code: string, detail: string, at: Instant): DeviceSignal {
    fault = code;
    return { kind: 'device-fault', at, fault: { code, device, detail } };
  }

  return {
    begin() {
      mustReport = true;
    },
    queued(first) {
      mayFall = known !== undefined && first <= known.started;
    },
    mailing(status, at) {
      const restarted = isRestart(status);
      const changed = mustReport || known === undefined || !sameStatus(known, status);
      if (known !== undefined && status.started !== known.started) mayFall = false;
      known = status;
      mustReport = false;
      if (!changed) return [];
      const { started, entries, printGos } = status;
      const printed = status.isFinished ? started : Math.max(0, started - 1);
      return [
        ...(restarted ? [raise('reset', 'the printer has restarted and forgotten its records', at)] : []),
        { kind: 'print-progress', at, device, printed, started, entries, printGos },
      ];
    },
    machine(status, at) {
      const code = status.error === 0 ? '' : String(status.error);
      if (code === fault) return [];
      // A reset stands until the machine answers as initialised: state 1 and 2 are on the way there.
      if (fault === 'reset' && code === '' && status.machine <= 2) return [];
      if (code !== '') return [raise(code, ERROR_MEANINGS[status.error] ?? 'an error this driver does not know', at)];
      fault = '';
      return [{ kind: 'device-fault-cleared', at, device }];
    },
  };
}

function sameStatus(one: MailingStatus, other: MailingStatus): boolean {
  return (
    one.started === other.started &&
    one.isFinished === other.isFinished &&
    one.entries === other.entries &&
    one.printGos === other.printGos
  );
}
