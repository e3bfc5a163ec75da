import type { Socket } from 'node:net';
import type { Random } from '#virtual-line/random.ts';

/** The network between an emulator and its clients, as bad as asked for. */
export interface Network {
  /** Takes over a new connection: bytes for the emulator come by `received`, bytes of it go by the returned function. */
  join(socket: Socket, received: (bytes: Buffer) => void, closed: () => void): (bytes: Buffer) => void;
  /** Half-open: nothing is read, nothing is sent, nothing is closed; when it ends, connections are reset. */
  setHalfOpen(active: boolean): void;
  /** Bytes take up to 400 ms, come one by one or in lumps. */
  setRough(active: boolean): void;
  /** Resets every connection, as a device does that lost its power. */
  reset(): void;
}

const LATEST = 400;

export function createNetwork(random: Random): Network {
  const sockets = new Set<Socket>();
  let isHalfOpen = false;
  let isRough = false;
  const reset = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets.clear();
  };
  return {
    join(socket, received, closed) {
      sockets.add(socket);
      socket.setNoDelay(true);
      const inwards = lane(random, received);
      const outwards = lane(random, (bytes) => {
        if (!isHalfOpen && !socket.destroyed) socket.write(bytes);
      });
      socket.on('data', (bytes) => inwards(bytes, isRough));
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        closed();
      });
      if (isHalfOpen) socket.pause();
      return (bytes) => {
        if (!isHalfOpen) outwards(bytes, isRough);
      };
    },
    setHalfOpen(active) {
      isHalfOpen = active;
      if (!active) return reset();
      for (const socket of sockets) socket.pause();
    },
    setRough(active) {
      isRough = active;
    },
    reset,
  };
}

/** One direction of a connection: keeps the order of its bytes, whatever it does to them. */
function lane(random: Random, deliver: (bytes: Buffer) => void): (bytes: Buffer, rough: boolean) => void {
  const held: Buffer[] = [];
  let isWaiting = false;
  const pass = (): void => {
    isWaiting = false;
    const bytes = Buffer.concat(held.splice(0));
    // Three kinds of rough: single bytes, two pieces, or all that gathered meanwhile in one.
    const kind = random();
    const size = kind < 0.3 ? 1 : kind < 0.6 ? Math.max(1, Math.ceil(bytes.length * random())) : bytes.length;
    for (let at = 0; at < bytes.length; at += size) deliver(bytes.subarray(at, at + size));
  };
  return (bytes, rough) => {
    if (!rough && !isWaiting) return deliver(bytes);
    held.push(bytes);
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(pass, random() * LATEST);
  };
}
