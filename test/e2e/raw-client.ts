import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { WorkstationClient } from '#contract/workstation.ts';

/** The contract without a page: what a program sees that claims to be the page of this host. */
export interface RawClient {
  readonly api: WorkstationClient;
  close(): void;
}

export async function openClient(address: string): Promise<RawClient> {
  const { host, origin } = new URL(address);
  const socket = new WebSocket(`ws://${host}/rpc`, { origin });
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }); // ws takes fewer listener options
  const api: WorkstationClient = createORPCClient(link);
  await once(socket, 'open');
  return { api, close: () => socket.terminate() };
}
