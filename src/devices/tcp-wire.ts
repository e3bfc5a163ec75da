import { connect, type Socket } from 'node:net';
import type { Chunk, Endpoint, Wire } from '#devices/wire.ts';
import type { Millis } from '#line/time.ts';

/** A host that drops our SYN answers nothing at all; longer than this is away. */
const CONNECT_LIMIT: Millis = 1_000;

/** Opens a TCP connection. Rejects with the reason when nobody listens or nobody answers in time. */
export function openTcp(endpoint: Endpoint, limit: Millis = CONNECT_LIMIT): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
    const timer = setTimeout(() => socket.destroy(new Error(`no connection within ${limit} ms`)), limit);
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(timer));
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', reject);
      resolve(wireOf(socket));
    });
  });
}

/** The socket as a wire. It listens at once, so that nothing is missed before the first iteration. */
function wireOf(socket: Socket): Wire {
  const inbox = inboxOf(socket);
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    received: { [Symbol.asyncIterator]: () => ({ next: inbox }) },
    close: () =>
      new Promise((resolve) => {
        if (socket.closed) return resolve();
        socket.once('close', () => resolve());
        socket.destroy();
      }),
  };
}

type Next = IteratorResult<Chunk>;

function inboxOf(socket: Socket): () => Promise<Next> {
  const chunks: Chunk[] = [];
  let failure: Error | undefined;
  let over = false;
  let wake: (() => void) | undefined;
  const stir = (): void => {
    wake?.();
    wake = undefined;
  };
  socket.on('data', (bytes) => {
    chunks.push({ bytes, at: Date.now(), monotonic: performance.now() });
    stir();
  });
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('close', () => {
    over = true;
    stir();
  });
  return async () => {
    while (chunks.length === 0 && !over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const value = chunks.shift();
    if (value !== undefined) return { done: false, value };
    if (failure !== undefined) throw failure;
    return { done: true, value: undefined };
  };
}
