import { expect, it, onTestFinished, vi } from 'vitest';
import type { DeviceEntry } from '#contract/line-file.ts';
import type { Connector, Session } from '#devices/driver.ts';
import { LEIBINGER_JET } from '#devices/printer/leibinger/driver.ts';
import { superviseDevice } from '#devices/supervisor.ts';
import type { DeviceSignal } from '#line/signal.ts';

const entry: DeviceEntry = { id: 'printer-1', station: 'station-1', kind: 'printer', driver: 'leibinger-jet' };
const log = { info: () => {}, warn: () => {} };
const here = { host: '127.0.0.1', port: 1 };
const fault: DeviceSignal = { kind: 'device-fault-cleared', at: 0, device: 'printer-1' };

/** A connector whose contacts are let in and cut off by the test. */
function script() {
  const ports: number[] = [];
  let cut: (reason: string) => void = () => {};
  let isThere = true;
  const connector: Connector<DeviceSignal, 'edge' | 'level'> = {
    ...LEIBINGER_JET,
    async connect({ port }, report) {
      ports.push(port);
      if (!isThere) throw new Error('nobody listens');
      report(fault);
      const ended = new Promise<string>((resolve) => {
        cut = resolve;
      });
      const session: Session<'edge' | 'level'> = {
        ended,
        tell: async () => undefined,
        close: async () => cut('closed'),
      };
      return session;
    },
    remember: (directive) => directive === 'level',
  };
  return {
    connector,
    ports,
    leave(reason: string) {
      isThere = false;
      cut(reason);
    },
    comeBack() {
      isThere = true;
    },
  };
}

function supervise(endpoint?: typeof here) {
  const device = script();
  const kinds: string[] = [];
  const report = (signal: DeviceSignal) => void kinds.push(signal.kind);
  const link = superviseDevice({ entry, connector: device.connector, report, log, endpoint });
  const reaches = (state: string) => expect.poll(() => link.state).toBe(state);
  return { ...device, kinds, link, reaches };
}

it('says connected before anything the driver reported while it connected', async () => {
  const { link, kinds, reaches } = supervise(here);
  await reaches('online');
  expect(kinds).toEqual(['device-connected', 'device-fault-cleared']);
  await link.close();
  expect(link.state).toBe('offline');
});

it('says lost once, however often it is tried in vain, and connected once when it is back', async () => {
  const { link, kinds, ports, leave, comeBack, reaches } = supervise(here);
  await reaches('online');
  leave('gone');
  await expect.poll(() => ports.length).toBeGreaterThan(2);
  comeBack();
  await reaches('online');
  expect(kinds.filter((kind) => kind !== 'device-fault-cleared')).toEqual([
    'device-connected',
    'device-lost',
    'device-connected',
  ]);
  await link.close();
});

it('tries again at least every two seconds, however long it is away', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { link, ports, leave } = supervise(here);
  await vi.advanceTimersByTimeAsync(0);
  leave('gone');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(ports.length).toBeGreaterThanOrEqual(60);
  await link.close();
});

it('keeps a lasting wish for a device that is away, and refuses everything else', async () => {
  const { link } = supervise();
  expect(await link.tell('level')).toBeUndefined();
  expect(await link.tell('edge')).toEqual({
    code: 'offline',
    device: 'printer-1',
    detail: 'the device is not connected',
  });
  await link.close();
});

it('waits for somebody to say where the device is', async () => {
  const { link, ports, reaches } = supervise();
  expect([link.state, ports]).toEqual(['connecting', []]);
  link.moveTo({ ...here, port: 2 });
  await reaches('online');
  link.moveTo({ ...here, port: 3 });
  await expect.poll(() => ports).toEqual([2, 3]);
  await link.close();
});

it('says nothing any more once it is closed', async () => {
  const { link, kinds, leave, reaches } = supervise(here);
  await reaches('online');
  await link.close();
  leave('gone');
  await Promise.resolve();
  expect(kinds).toEqual(['device-connected', 'device-fault-cleared']);
});
