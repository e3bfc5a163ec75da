import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printerPeer } from './peers.ts';
import { witness } from './witness.ts';

describe('a Leibinger printer', () => {
  let peer: Awaited<ReturnType<typeof printerPeer>>;
  let device: ReturnType<typeof open>;
  const open = (port: number) => witness('printer', { driver: 'leibinger-jet', port });
  const last = (kind: string) => device.signals.findLast((signal) => signal.kind === kind);

  beforeEach(async () => {
    peer = await printerPeer();
    device = open(peer.port);
    await device.sees('device-connected');
  });

  afterEach(async () => {
    await device.link.close();
    await peer.leave();
  });

  it('is selected, read back, armed and fed', async () => {
    const text = '0109520123456788172811221012345678';
    expect(await device.link.tell({ kind: 'select', job: 'LINEWRIGHT-DM', text })).toBeUndefined();
    expect(await device.link.tell({ kind: 'read-back' })).toBeUndefined();
    expect(last('job-read')).toMatchObject({ text });
    expect(await device.link.tell({ kind: 'enqueue', first: 5, texts: ['A', 'B'] })).toBeUndefined();
    expect(await device.link.tell({ kind: 'arm' })).toBeUndefined();
    expect(peer.heard.filter((line) => /=MR|=JL|!/.test(line))).toEqual([
      '^0=JL\\\\FFSDISK\\\\JOBS\\\\LINEWRIGHT-DM',
      '^0=MR5\tA',
      '^0=MR6\tB',
      '^0!NO',
      '^0!GO',
    ]);
  });

  it('reports progress when a figure changes, and only then', async () => {
    await device.sees('print-progress');
    Object.assign(peer.state, { entries: 3, started: 7, finished: 0, printGos: 7 });
    await device.sees('print-progress', 2);
    Object.assign(peer.state, { finished: 1 });
    await device.sees('print-progress', 3);
    expect(
      device.signals.flatMap((signal) =>
        signal.kind === 'print-progress' ? [[signal.printed, signal.started, signal.entries]] : [],
      ),
    ).toEqual([
      [0, 0, 0],
      [6, 7, 3],
      [7, 7, 3],
    ]);
  });

  it('reports an error once with its meaning, and its end', async () => {
    peer.state.error = 2007 + 2 ** 26;
    await device.sees('device-fault');
    expect(last('device-fault')).toMatchObject({ fault: { code: '2007', detail: 'the head cover is open' } });
    peer.state.error = 0;
    await device.sees('device-fault-cleared');
    expect(device.signals.filter(({ kind }) => kind === 'device-fault')).toHaveLength(1);
  });

  it('reports a restart when its counts fall while it was away', async () => {
    Object.assign(peer.state, { started: 7, printGos: 9 });
    await device.sees('print-progress', 2);
    await peer.leave();
    Object.assign(peer.state, { started: 0, printGos: 0 });
    await peer.comeBack();
    await device.sees('device-fault');
    expect(last('device-fault')).toMatchObject({ fault: { code: 'reset' } });
  });

  it('does not take a new numbering of ours for a restart', async () => {
    Object.assign(peer.state, { started: 7, printGos: 9 });
    await device.sees('print-progress', 2);
    await device.link.tell({ kind: 'enqueue', first: 1, texts: ['A'] });
    Object.assign(peer.state, { started: 1, printGos: 10, entries: 0 });
    await expect.poll(() => last('print-progress')).toMatchObject({ started: 1 });
    expect(last('device-fault')).toBeUndefined();
  });

  it('refuses what does not fit and what cannot be printed, and sends none of it', async () => {
    const texts = new Array<string>(257).fill('A');
    expect(await device.link.tell({ kind: 'enqueue', first: 1, texts })).toMatchObject({ code: '1015' });
    expect(await device.link.tell({ kind: 'enqueue', first: 1, texts: ['€'] })).toMatchObject({
      code: 'not-printable',
    });
    expect(peer.heard.filter((line) => line.includes('=MR'))).toEqual([]);
  });

  it('says which error the printer answers records with', async () => {
    const told = device.link.tell({ kind: 'enqueue', first: 9, texts: ['A'] });
    peer.state.error = 1019;
    expect(await told).toMatchObject({ code: '1019' });
  });

  it('stops arming when it is disarmed meanwhile', async () => {
    peer.state.nozzle = 3;
    const armed = device.link.tell({ kind: 'arm' });
    const disarmed = device.link.tell({ kind: 'disarm' });
    expect(await disarmed).toBeUndefined();
    expect(await armed).toMatchObject({ code: 'disarmed' });
    expect(peer.heard.filter((line) => line.includes('!GO'))).toEqual([]);
  });
});
