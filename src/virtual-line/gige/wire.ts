import { createSocket, type Socket } from 'node:dgram';
import type { Peer } from '#virtual-line/gige/control.ts';
import type { Random } from '#virtual-line/random.ts';

/** The two sockets of the camera, and the network before them, as bad as asked for. */
export interface CameraWire {
  readonly port: number;
  /** Where pictures come from. */
  readonly sourcePort: number;
  reply(bytes: Buffer, peer: Peer): void;
  stream(parts: readonly Buffer[], host: string, port: number): void;
  /** Nothing comes in, nothing goes out, nobody is told. */
  setDead(dead: boolean): void;
  /** Commands take up to 150 ms, packets up to 20 ms, in any order; one in a hundred gets lost. */
  setRough(rough: boolean): void;
  close(): void;
}

const HOST = '127.0.0.1';
const EVERYBODY = '255.255.255.255';
/** The port cameras have; only there foreign clients look for them by broadcast. */
const CAMERA_PORT = 3956;
const BUFFER = 4 * 1024 * 1024;
const LATEST = { command: 150, packet: 20 } as const;
const LOSS = 0.01;

/** Opens the sockets, on the loopback only. */
export async function openCameraWire(
  port: number,
  random: Random,
  received: (bytes: Buffer, peer: Peer) => void,
): Promise<CameraWire> {
  const control = await bound(port, HOST);
  const packets = await bound(0, HOST);
  packets.setSendBufferSize(BUFFER);
  control.setRecvBufferSize(BUFFER);
  const broadcast =
    control.address().port === CAMERA_PORT ? await bound(CAMERA_PORT, EVERYBODY).catch(nobody) : undefined;
  let isDead = false;
  let isRough = false;
  const later = (limit: number, what: () => void): void => {
    if (!isRough) what();
    else if (random() >= LOSS) setTimeout(what, random() * limit);
  };
  const take = (bytes: Buffer, { address, port: from }: Peer): void => {
    if (isDead || !isLocal(address)) return;
    later(LATEST.command, () => received(bytes, { address, port: from }));
  };
  control.on('message', take);
  broadcast?.on('message', take);
  return {
    port: control.address().port,
    sourcePort: packets.address().port,
    reply(bytes, peer) {
      later(LATEST.command, () => {
        if (!isDead) control.send(bytes, peer.port, peer.address, ignored);
      });
    },
    stream(parts, host, to) {
      if (!isLocal(host)) return;
      later(LATEST.packet, () => {
        if (!isDead) packets.send(parts, to, host, ignored);
      });
    },
    setDead(dead) {
      isDead = dead;
    },
    setRough(rough) {
      isRough = rough;
    },
    close() {
      isDead = true; // what the network still holds back has no socket to come through
      for (const socket of [control, packets, broadcast]) socket?.close();
    },
  };
}

function bound(port: number, host: string): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: host === EVERYBODY });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, host, () => {
      socket.off('error', reject);
      // A client that is gone answers packets by "port unreachable"; a camera does not care.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

const nobody = (): undefined => undefined;
const ignored = (): void => undefined;

function isLocal(address: string): boolean {
  return address.startsWith('127.');
}
