import { expect, vi } from 'vitest';
import type { DeviceEntry } from '#contract/line-file.ts';
import { type OpenedDevice, openDevice } from '#devices/open-device.ts';
import type { DeviceSignal } from '#line/signal.ts';

const silent = { info: () => {}, warn: () => {} };

/** A hang, not a slow machine. */
const PATIENCE = 30_000;

/** A supervised device and everything it has reported. */
export interface Witness<L extends OpenedDevice> {
  readonly link: L;
  readonly signals: DeviceSignal[];
  /** Kinds of what came and went, in order. */
  comings(): string[];
  /** Waits until a signal of this kind has come, counted from the start. */
  sees(kind: DeviceSignal['kind'], times?: number): Promise<void>;
}

/** Opens a device of this kind; throws when the driver is of another. */
export function witness<K extends OpenedDevice['kind']>(
  kind: K,
  entry: Pick<DeviceEntry, 'driver' | 'port' | 'security' | 'options'>,
): Witness<Extract<OpenedDevice, { kind: K }>> {
  const signals: DeviceSignal[] = [];
  const whole: DeviceEntry = { id: `${kind}-1`, station: 'station-1', kind, host: '127.0.0.1', ...entry };
  const link = openDevice(whole, (signal) => void signals.push(signal), silent);
  if (!isOfKind(link, kind)) throw new Error(`${entry.driver} is not a ${kind}`);
  return {
    link,
    signals,
    comings: () =>
      signals.map((signal) => signal.kind).filter((each) => /connected|lost/.test(each) && each !== 'rows-lost'),
    async sees(wanted, times = 1) {
      await vi.waitFor(
        () => {
          expect(signals.filter((signal) => signal.kind === wanted).length).toBeGreaterThanOrEqual(times);
        },
        { timeout: PATIENCE, interval: 10 },
      );
    },
  };
}

function isOfKind<K extends OpenedDevice['kind']>(
  link: OpenedDevice,
  kind: K,
): link is Extract<OpenedDevice, { kind: K }> {
  return link.kind === kind;
}
