import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceEntry } from '#contract/line-file.ts';
import type { Fault } from '#line/signal.ts';
import { printerPeer, readerPeer } from './peers.ts';
import type { ScriptedPeer } from './scripted-peer.ts';
import { witness } from './witness.ts';

interface Subject {
  readonly driver: DeviceEntry['driver'];
  readonly peer: () => Promise<ScriptedPeer>;
  readonly open: (port: number) => Opened;
  readonly halfFrame: string;
  readonly garbage: string;
  readonly overlong: string;
}

type Opened = Pick<ReturnType<typeof witness>, 'comings' | 'sees' | 'signals'> & {
  readonly link: {
    readonly state: string;
    moveTo(endpoint: { host: string; port: number }): void;
    close(): Promise<void>;
  };
  readonly ask: () => Promise<Fault | undefined>;
};

const SUBJECTS: readonly Subject[] = [
  {
    driver: 'leibinger-jet',
    peer: printerPeer,
    open(port) {
      const device = witness('printer', { driver: 'leibinger-jet', port });
      return { ...device, ask: () => device.link.tell({ kind: 'read-back' }) };
    },
    halfFrame: '^0=SM256\t1',
    garbage: 'no frame\r\n\x00\xff^9=XX\r',
    overlong: `^0=ET${'x'.repeat(5_000)}`,
  },
  {
    driver: 'cognex-dataman',
    peer: readerPeer,
    open(port) {
      const device = witness('reader', { driver: 'cognex-dataman', port });
      return { ...device, ask: () => device.link.tell({ kind: 'arm' }) };
    },
    halfFrame: '||0:0[1]<result id="',
    garbage: 'no frame\r\n\x00\xff||?\r\n',
    overlong: `||0:0[1]${'x'.repeat(20_000)}`,
  },
];

describe.each(SUBJECTS)('$driver on a scripted peer', ({ peer: openPeer, open, halfFrame, garbage, overlong }) => {
  let peer: ScriptedPeer;
  let device: Opened;

  beforeEach(async () => {
    peer = await openPeer();
    device = open(peer.port);
    await device.sees('device-connected');
  });

  afterEach(async () => {
    await device.link.close();
    await peer.leave();
  });

  it('connects, says so once and does as told', async () => {
    expect(await device.ask()).toBeUndefined();
    expect([device.comings(), device.link.state]).toEqual([['device-connected'], 'online']);
  });

  it('is lost when it falls silent on an open connection, and comes back when it speaks', async () => {
    peer.manner.isSilent = true;
    await device.sees('device-lost', 1);
    expect(await device.ask()).toMatchObject({ code: 'offline' });
    peer.manner.isSilent = false;
    await device.sees('device-connected', 2);
    expect(device.comings()).toEqual(['device-connected', 'device-lost', 'device-connected']);
  });

  it.each([
    ['RST', 'reset'],
    ['FIN', 'end'],
  ] as const)('is lost once by %s, and comes back', async (_segment, how) => {
    peer[how]();
    await device.sees('device-connected', 2);
    expect(device.comings()).toEqual(['device-connected', 'device-lost', 'device-connected']);
  });

  it('is found again after its return, and nothing was queued meanwhile', async () => {
    await peer.leave();
    await device.sees('device-lost');
    expect(await device.ask()).toMatchObject({ code: 'offline' });
    const heard = peer.heard.length;
    await peer.comeBack();
    await device.sees('device-connected', 2);
    expect(peer.heard.slice(heard).join()).not.toMatch(/TRIGGER|\?ET/);
  });

  it('stays connected through garbage and half a frame', async () => {
    peer.say(garbage);
    peer.say(halfFrame);
    expect(await device.ask()).toBeUndefined();
    expect(device.comings()).toEqual(['device-connected']);
  });

  it('understands answers that come byte by byte', async () => {
    peer.manner.dribbles = true;
    expect(await device.ask()).toBeUndefined();
    expect(device.comings()).toEqual(['device-connected']);
  });

  it('closes the connection over a frame that is too long', async () => {
    peer.say(overlong);
    await device.sees('device-lost');
    expect(device.signals.find(({ kind }) => kind === 'device-lost')).toMatchObject({
      detail: expect.stringContaining('longer than'),
    });
  });

  it('is followed to another port', async () => {
    const other = await openPeer();
    device.link.moveTo({ host: '127.0.0.1', port: other.port });
    await device.sees('device-connected', 2);
    expect(await device.ask()).toBeUndefined();
    expect(device.comings()).toEqual(['device-connected', 'device-lost', 'device-connected']);
    await device.link.close();
    await other.leave();
  });
});
