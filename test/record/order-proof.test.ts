import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialAt } from '#gs1/serial-pool.ts';
import { isGood, packSerials, resultFrame } from '../../bench/order.ts';
import { replayTrace } from './order-proof-replay.ts';

const ITEMS = 120;
const LIMIT = 120_000;
const product = fileURLToPath(new URL('../../bench/product.ts', import.meta.url));

/** Why the proof cannot be given here; undefined when it can. */
function obstacle(): string | undefined {
  const tried = spawnSync('strace', ['-f', '-e', 'trace=write', '-o', '/dev/null', 'true']);
  if (tried.error !== undefined) return 'strace is not installed here';
  return tried.status === 0 ? undefined : 'this machine does not permit system calls to be traced';
}

const why = obstacle();

interface World {
  readonly folder: string;
  readonly camera: Server;
  readonly sink: Server;
  station: ChildProcess | undefined;
}

async function listen(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): string {
  const address = server.address();
  return typeof address === 'object' && address !== null ? String(address.port) : '';
}

/** Starts the product's path (the subject of the benchmark) with its system calls written down. */
function startTraced({ folder, camera, sink }: World, trace: string): ChildProcess {
  const calls = 'trace=pwrite64,fsync,fdatasync,write,writev,sendto,sendmsg';
  const ports = [portOf(camera), portOf(sink)];
  const program = [process.execPath, product, ...ports, join(folder, 'line.db'), String(ITEMS * 2)];
  return spawn('strace', ['-f', '-y', '-s', '200', '-e', calls, '-o', trace, ...program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Shows one item after the other, each when the verdict of the last one has arrived. */
async function showItems(camera: Socket, sink: Socket): Promise<string[]> {
  const serials = packSerials(ITEMS * 2);
  const verdicts: string[] = [];
  for (let trigger = 1; trigger <= ITEMS; trigger += 1) {
    camera.write(resultFrame(trigger, serialAt(serials, trigger - 1)));
    const [answer] = await once(sink, 'data');
    verdicts.push(String(answer).trim());
  }
  return verdicts;
}

async function readyStation(world: World, trace: string): Promise<{ camera: Socket; sink: Socket }> {
  const [cameras, sinks] = [once(world.camera, 'connection'), once(world.sink, 'connection')];
  const station = startTraced(world, trace);
  world.station = station;
  const ready = once(station, 'message');
  const [[sink], [camera]]: [Socket[], Socket[]] = [(await sinks) as Socket[], (await cameras) as Socket[]];
  if (camera === undefined || sink === undefined) throw new Error('nobody connected');
  camera.on('data', (bytes) => {
    for (const [, id] of String(bytes).matchAll(/\|\|0?:(\d+)>/g)) camera.write(`||0:${id}[0]"camera"\r\n`);
  });
  await ready;
  return { camera, sink };
}

describe.skipIf(why !== undefined)(`the order of flush and verdict${why === undefined ? '' : ` (${why})`}`, () => {
  let world: World;

  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'order-proof-'));
    world = { folder, camera: await listen(), sink: await listen(), station: undefined };
  });

  afterEach(async () => {
    const { station } = world;
    if (station !== undefined && station.exitCode === null) {
      station.kill('SIGKILL');
      await once(station, 'exit');
    }
    world.camera.close();
    world.sink.close();
    rmSync(world.folder, { recursive: true, force: true });
  });

  it(
    'no PASS leaves before the record of its item is flushed to disk',
    async () => {
      const trace = join(world.folder, 'trace.txt');
      const { camera, sink } = await readyStation(world, trace);
      const verdicts = await showItems(camera, sink);
      const exited = once(world.station as ChildProcess, 'exit');
      world.station?.send({ kind: 'end' });
      await exited;
      const good = Array.from({ length: ITEMS }, (_, at) => at + 1).filter(isGood).length;
      expect(verdicts.filter((verdict) => verdict.includes('PASS'))).toHaveLength(good);
      const replay = replayTrace(readFileSync(trace, 'utf8'));
      expect(replay).toMatchObject({ passed: good, early: [] });
      expect(replay.syncs).toBeGreaterThanOrEqual(ITEMS);
    },
    LIMIT,
  );
});
