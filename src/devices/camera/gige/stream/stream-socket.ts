import { createSocket } from 'node:dgram';

/** Pictures come in bursts: this much is asked of the operating system, which may grant less. */
const RECEIVE_BUFFER = 8 * 1024 * 1024;

/** A port of our own to which one camera sends. */
export interface StreamSocket {
  readonly port: number;
  /** Bytes of receive buffer that were granted. */
  readonly receiveBuffer: number;
  close(): void;
}

/** Listens for datagrams of one camera; those of anybody else are not looked at. */
export function openStreamSocket(local: string, camera: string, take: (bytes: Buffer) => void): Promise<StreamSocket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER });
    let isOpen = true;
    socket.once('error', reject);
    socket.on('message', (bytes, from) => {
      if (from.address === camera) take(bytes);
    });
    socket.bind(0, local, () => {
      socket.off('error', reject);
      socket.on('error', () => {}); // what the network says of single datagrams; a camera that is gone shows in its heartbeat
      resolve({
        port: socket.address().port,
        receiveBuffer: socket.getRecvBufferSize(),
        close() {
          if (isOpen) socket.close();
          isOpen = false;
        },
      });
    });
  });
}
