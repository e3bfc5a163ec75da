import { RPCHandler } from '@orpc/server/ws';
import { parseArguments } from '#main/arguments.ts';
import { openServer } from '#main/browser-server.ts';
import { placesOf, startHost, takeLine } from '#main/host-start.ts';
import { nodeLaunch } from '#main/launch.ts';
import { EXIT_CANNOT_START, StartError } from '#main/start-error.ts';

/** The workstation for a browser on this machine: plain Node, loopback only. Prints one line with its address. */
async function run(): Promise<void> {
  const wanted = parseArguments(process.argv.slice(2), process.cwd());
  const places = placesOf(import.meta.url);
  const held = takeLine(wanted, places);
  const server = await openServer(places.renderer, wanted.port).catch((error: unknown) => {
    held.lock.release();
    throw error;
  });
  held.lock.announce(server.address);
  const stopped = firstSignal();
  const host = await startHost(held, wanted.virtualLine, {
    places,
    launch: nodeLaunch(places.bundle),
    isOwnWindow: false,
  });
  const { workstation } = host;
  const rpc = new RPCHandler(workstation.router);
  server.serve((socket) => {
    const connection = workstation.connect('ws');
    socket.once('close', () => workstation.disconnect(connection));
    void rpc.upgrade(socket, { context: { connection } });
  }, workstation.tickets.redeem);
  process.stdout.write(`READY ${server.address}/#token=${host.token()}\n`);

  await stopped;
  await server.close();
  await host.close();
}

/** Resolves at the first request to stop. Later ones change nothing: an orderly end is under way. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

try {
  await run();
  process.exit(0);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(EXIT_CANNOT_START);
}
