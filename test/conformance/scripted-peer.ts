import { createServer, type Server, type Socket } from 'node:net';

/** How a peer behaves on its socket, whatever it says. */
export interface Manner {
  /** Accepts and takes bytes, says nothing: what a pulled cable looks like from here. */
  isSilent: boolean;
  /** One byte per write. */
  dribbles: boolean;
}

export interface ScriptedPeer {
  readonly port: number;
  readonly manner: Manner;
  /** Every command as it came, without its terminator. */
  readonly heard: string[];
  /** Says something unasked, on every connection. */
  say(text: string): void;
  reset(): void;
  end(): void;
  /** Nobody listens any more, and connections are cut. */
  leave(): Promise<void>;
  /** Listens again, on the same port. */
  comeBack(): Promise<void>;
}

/** A device on a real socket that answers each command by a function. Latin-1 both ways. */
export async function scriptedPeer(terminator: string, answer: (command: string) => string): Promise<ScriptedPeer> {
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  const manner: Manner = { isSilent: false, dribbles: false };

  function speak(socket: Socket, text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    if (!manner.dribbles) socket.write(bytes);
    else for (const byte of bytes) socket.write(Buffer.from([byte]));
  }

  function serve(socket: Socket): void {
    let open = '';
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      const lines = (open + bytes.toString('latin1')).split(terminator);
      open = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        const said = manner.isSilent ? '' : answer(line);
        if (said !== '') speak(socket, said);
      }
    });
  }

  let server = await listen(serve, 0);
  const port = portOf(server);
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port,
    manner,
    heard,
    say: (text) => sockets.forEach((socket) => void speak(socket, text)),
    reset: cut,
    end: () => sockets.forEach((socket) => void socket.end()),
    leave: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
    async comeBack() {
      server = await listen(serve, port);
    },
  };
}

function listen(serve: (socket: Socket) => void, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(serve).once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
