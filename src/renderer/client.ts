import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { WorkstationClient } from '#contract/workstation.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly host?: { readonly kind: 'electron' };
  }
}

/** One connection to the station. A lost one is never opened again: whoever wants to go on opens a new one. */
export interface Wire {
  readonly client: WorkstationClient;
  close(): void;
}

/** What a wire tells. `opened` at most once, then `closed` exactly once, unless we close it ourselves. */
interface WireEvents {
  readonly opened: () => void;
  readonly closed: () => void;
}

/** Opens the wire of this host: a MessagePort under Electron, a WebSocket in a browser. */
export function openWire(events: WireEvents): Wire {
  return window.host?.kind === 'electron' ? openPort(events) : openSocket(events);
}

/** True where the window belongs to the program and no token is needed. */
export function isOwnWindow(): boolean {
  return window.host?.kind === 'electron';
}

function openPort({ opened, closed }: WireEvents): Wire {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('close', closed);
  window.postMessage('rpc:connect', '/', [port2]);
  port1.start();
  const client: WorkstationClient = createORPCClient(new PortLink({ port: port1 }));
  queueMicrotask(opened);
  return {
    client,
    close: () => {
      port1.removeEventListener('close', closed);
      port1.close();
    },
  };
}

function openSocket({ opened, closed }: WireEvents): Wire {
  const socket = new WebSocket(new URL('/rpc', window.location.href.replace(/^http/, 'ws')));
  // The link listens first, so that its calls have already failed when we are told.
  const client: WorkstationClient = createORPCClient(new SocketLink({ websocket: socket }));
  socket.addEventListener('open', opened);
  socket.addEventListener('close', closed);
  return {
    client,
    close: () => {
      socket.removeEventListener('close', closed);
      socket.close();
    },
  };
}

/**
 * Why a call gave no answer. `lost` leaves open whether it was carried out: commands carry an id and may be repeated.
 * The link's own errors are internal text; whatever is not an answer of the station is a lost connection.
 */
export type Trouble = 'lost' | 'unauthorized' | 'bad-request' | 'internal';

/** Sorts an error of a call by who must act. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ORPCError)) return 'lost';
  if (error.code === 'UNAUTHORIZED') return 'unauthorized';
  return error.code === 'BAD_REQUEST' ? 'bad-request' : 'internal';
}
