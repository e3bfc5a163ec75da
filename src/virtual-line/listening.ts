import { createServer, type Server, type Socket } from 'node:net';

/** Listens on the loopback only; resolves to the port. */
export function listenOnLoopback(
  port: number,
  connected: (socket: Socket) => void,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(connected);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : port });
    });
  });
}

/** Cuts a byte stream at `CR LF`, or tells by `undefined` that a line grew beyond its limit. */
export function lineSplitter(limit: number): (bytes: Buffer) => readonly string[] | undefined {
  let held = '';
  return (bytes) => {
    const parts = (held + bytes.toString('latin1')).split('\r\n');
    held = parts.pop() ?? '';
    return held.length > limit || parts.some((part) => part.length > limit) ? undefined : parts;
  };
}
