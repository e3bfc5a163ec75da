import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowCheck } from '#devices/plc/opcua/crc.ts';
import { witness } from './witness.ts';

interface Peer {
  readonly port: number;
  readonly certificate: string;
  /** Last value of each variable the client wrote, and all heads of Verdict. */
  readonly written: Map<string, number | number[]>;
  order(order: object): void;
  signal(signal: NodeJS.Signals): void;
  end(): Promise<void>;
}

/** Starts the peer as a process of its own: it can be frozen and killed like a real one. */
async function startPeer(folder: string, port = 0): Promise<Peer> {
  const peer = spawn(process.execPath, [join(import.meta.dirname, 'plc-peer.ts'), folder, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const written = new Map<string, number | number[]>();
  const ready = await new Promise<{ port: number; certificate: string }>((resolve, reject) => {
    peer.once('exit', (code) => reject(new Error(`the peer ended with ${code}`)));
    createInterface({ input: peer.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return; // the library logs to stdout
      const note = JSON.parse(line);
      if (note.ready === true) resolve(note);
      else written.set(note.written, note.value);
    });
  });
  return {
    ...ready,
    written,
    order: (order) => void peer.stdin.write(`${JSON.stringify(order)}\n`),
    signal: (signal) => void peer.kill(signal),
    end: () => ended(peer),
  };
}

function ended(peer: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (peer.exitCode !== null || peer.signalCode !== null) return resolve();
    peer.once('exit', () => resolve());
    peer.kill('SIGKILL');
  });
}

const empty = [65_535, ...new Array<number>(32).fill(0)];
const ring = (head: number, rows: Record<number, number[]>) =>
  Object.entries(rows).reduce(
    (words, [at, row]) => words.toSpliced(1 + 4 * Number(at), 4, ...row),
    empty.with(0, head),
  );

describe('a serialization station over OPC UA', () => {
  let folder: string;
  let peer: Peer;
  let device: ReturnType<typeof open>;
  const open = (port: number, certificate: string) =>
    witness('plc', { driver: 'opcua-station', port, security: { certificate }, options: { pki: join(folder, 'pki') } });
  const wrote = (name: string) => expect.poll(() => peer.written.get(name));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'station-'));
    peer = await startPeer(join(folder, 'peer'));
    device = open(peer.port, peer.certificate);
    await device.sees('machine-changed', 1);
  });

  afterAll(async () => {
    await device.link.close();
    await peer.end();
    await rm(folder, { recursive: true, force: true });
  });

  it('is met on its certificate, keeps our own pair in its folder and closes the infeed', async () => {
    expect(device.signals.map(({ kind }) => kind)).toEqual(['device-connected', 'epoch-seen', 'machine-changed']);
    expect(await readdir(join(folder, 'pki'))).toEqual(['workstation-certificate.pem', 'workstation-key.pem']);
    await wrote('LinePermit').toBe(0);
  });

  it('takes permit, limits, a command and a heartbeat that advances', async () => {
    const limits = { kind: 'limits', consecutive: 3, failures: 10, within: 100, deadline: 0 } as const;
    expect(await device.link.tell({ kind: 'permit', open: true })).toBeUndefined();
    expect(await device.link.tell(limits)).toBeUndefined();
    expect(await device.link.tell({ kind: 'command', command: 4 })).toBeUndefined();
    await wrote('LinePermit').toBe(1);
    await wrote('Limits').toEqual([3, 10, 100, 0]);
    await wrote('Cmd').toBe(4);
    const before = Number(peer.written.get('HbPc'));
    await wrote('HbPc').toBeGreaterThan(before);
  });

  it('takes verdicts as rows of its ring', async () => {
    const rows = [1, 2, 3].map((seq) =>
      device.link.tell({ kind: 'verdict', epoch: 1, seq, pass: seq !== 2, reason: seq === 2 ? 11 : 0 }),
    );
    expect(await Promise.all(rows)).toEqual([undefined, undefined, undefined]);
    await wrote('Verdict').toEqual(
      ring(2, {
        0: [1, 1, 0, rowCheck(1, 1, 0)],
        1: [2, 2, 11, rowCheck(2, 2, 11)],
        2: [3, 1, 0, rowCheck(3, 1, 0)],
      }),
    );
  });

  it('is read on: triggers, outcomes and the machine, each once', async () => {
    const seen = device.signals.length;
    peer.order({
      set: {
        Trig: ring(1, { 0: [0, 0, 100, 0x8000], 1: [1, 0, 200, 0x8001] }),
        Out: ring(0, { 0: [0, 2, 0, 150] }),
        LineState: 10,
      },
    });
    await device.sees('machine-changed', 2);
    const at = expect.any(Number);
    const plc = { at, device: 'plc-1' };
    expect(device.signals.slice(seen)).toEqual([
      { kind: 'item-triggered', ...plc, trigger: { epoch: 1, seq: 0, encoder: 100, flags: 0 } },
      { kind: 'item-triggered', ...plc, trigger: { epoch: 1, seq: 1, encoder: 200, flags: 1 } },
      { kind: 'outcome-reported', ...plc, epoch: 1, event: 0, seq: 0, outcome: 'diverted' },
      { kind: 'machine-changed', ...plc, state: 10, permits: 63 },
    ]);
  });

  it('is lost when its heartbeat stands still, though it answers', async () => {
    peer.order({ heartbeat: false });
    await device.sees('device-lost', 1);
    expect(device.signals.findLast(({ kind }) => kind === 'device-lost')).toMatchObject({
      detail: 'HbPlc has not changed for 1000 ms',
    });
    expect(await device.link.tell({ kind: 'command', command: 4 })).toMatchObject({ code: 'offline' });
    expect(device.comings()).toEqual(['device-connected', 'device-lost']);
    peer.order({ heartbeat: true });
    await expect.poll(() => device.link.state).toBe('online');
  });

  it('is lost when it freezes, refuses verdicts meanwhile and comes back where it was', async () => {
    await expect.poll(() => device.link.state).toBe('online');
    const lost = device.signals.filter(({ kind }) => kind === 'device-lost').length;
    peer.signal('SIGSTOP');
    await device.sees('device-lost', lost + 1);
    const verdict = { kind: 'verdict', epoch: 1, seq: 9, pass: true, reason: 0 } as const;
    expect(await device.link.tell(verdict)).toMatchObject({ code: 'offline' });
    expect(await device.link.tell({ kind: 'permit', open: false })).toBeUndefined();
    const seen = device.signals.length;
    peer.signal('SIGCONT');
    await expect.poll(() => device.link.state).toBe('online');
    expect(device.signals[seen + 1]).toMatchObject({ kind: 'epoch-seen', epoch: 1, seq: 1, event: 0, fresh: false });
    await wrote('LinePermit').toBe(0);
  });

  it('is followed into a new epoch after it was killed and started elsewhere', async () => {
    const lost = device.signals.filter(({ kind }) => kind === 'device-lost').length;
    await peer.end();
    await device.sees('device-lost', lost + 1);
    peer = await startPeer(join(folder, 'peer'));
    peer.order({ set: { Epoch: 2, Trig: ring(0, { 0: [0, 0, 5, 0x8000] }) } });
    const seen = device.signals.length;
    device.link.moveTo({ host: '127.0.0.1', port: peer.port, certificate: peer.certificate });
    await device.sees('item-triggered', 3);
    expect(device.signals.slice(seen, seen + 3)).toMatchObject([
      { kind: 'device-connected' },
      { kind: 'epoch-seen', epoch: 2, seq: 65_535, event: 65_535, fresh: true },
      { kind: 'item-triggered', trigger: { epoch: 2, seq: 0 } },
    ]);
  });

  it('is refused with another certificate than the one given, and without one', async () => {
    const stranger = await startPeer(join(folder, 'stranger'));
    const refused = open(stranger.port, peer.certificate);
    await refused.sees('device-lost');
    await refused.link.close();
    await stranger.end();
    const unsecured = witness('plc', {
      driver: 'opcua-station',
      port: peer.port,
      options: { pki: join(folder, 'pki') },
    });
    await unsecured.sees('device-lost');
    await unsecured.link.close();
    expect([refused.signals, unsecured.signals]).toMatchObject([
      [{ kind: 'device-lost', detail: expect.stringContaining('another certificate') }],
      [{ kind: 'device-lost', detail: expect.stringContaining('no certificate was given') }],
    ]);
  });

  it('is not asked for chunks of 640 KB, each of which the garbage collector pays for in verdicts that come late', async () => {
    const hello = Promise.withResolvers<Buffer>();
    const listener = createServer((socket) => socket.once('data', hello.resolve).on('error', () => undefined));
    const port = await new Promise<number>((resolve) =>
      listener.listen(0, '127.0.0.1', () => resolve((listener.address() as AddressInfo).port)),
    );
    const asking = open(port, peer.certificate);
    const bytes = await hello.promise;
    await asking.link.close();
    listener.close();
    // OPC 10000-6 §7.1.2.3: message header of 8 bytes, protocol version, then what it receives and sends in one chunk.
    expect([bytes.toString('latin1', 0, 4), bytes.readUInt32LE(12), bytes.readUInt32LE(16)]).toEqual([
      'HELF',
      65_536,
      8192,
    ]);
  });
});
