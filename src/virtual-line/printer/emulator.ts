import type { Server, Socket } from 'node:net';
import { listenOnLoopback } from '#virtual-line/listening.ts';
import type { Ask, Emulator, EmulatorSettings, Reply, Tell } from '#virtual-line/messages.ts';
import { createNetwork, type Network } from '#virtual-line/network.ts';
import { createJetParser, type JetFrame, jetReply } from '#virtual-line/printer/frames.ts';
import {
  acknowledge,
  depth,
  flush,
  go,
  type JetMachine,
  MACHINE,
  NOZZLE,
  printEnd,
  printGo,
  queueRecord,
  setCause,
  stop,
  switchedOn,
} from '#virtual-line/printer/machine.ts';
import { randomStream } from '#virtual-line/random.ts';

const NOZZLE_TAKES = 200;
const INITIALISING_TAKES = 300;
const JOBS = '\\FFSDISK\\JOBS\\';

/** The printer of docs/devices/leibinger-jet.md on a socket, with the print head under the belt. */
export function createPrinter(): Emulator {
  let jet = switchedOn();
  let speed = 0;
  let network: Network | undefined;
  let server: Server | undefined;
  let isOff = false;

  const moveNozzle = (moving: number, done: number): void => {
    if (jet.nozzle === done || jet.nozzle === moving) return;
    const moved = jet;
    jet.nozzle = moving;
    if (done === NOZZLE.closed && moved.machine >= MACHINE.waiting) moved.machine = MACHINE.ready;
    setTimeout(() => {
      if (moved.nozzle === moving) moved.nozzle = done;
    }, NOZZLE_TAKES);
  };
  const connected = (socket: Socket): void => {
    if (isOff || !network) return void socket.resetAndDestroy();
    const parser = createJetParser();
    const send = network.join(
      socket,
      (bytes) => {
        const frames = parser.feed(bytes);
        if (!frames) return void socket.destroy();
        for (const frame of frames) {
          const reply = answerFrame(jet, frame, { speed, moveNozzle });
          if (reply) send(reply);
        }
      },
      () => undefined,
    );
  };
  const start = async ({ seed, port, beltSpeed }: EmulatorSettings): Promise<Reply> => {
    network = createNetwork(randomStream(seed, 'network-printer'));
    speed = beltSpeed;
    const listening = await listenOnLoopback(port, connected);
    server = listening.server;
    return { listening: { port: listening.port } };
  };
  const reboot = (seconds: number): void => {
    isOff = true;
    network?.reset();
    jet = { ...switchedOn(jet), machine: MACHINE.initialising };
    setTimeout(() => {
      isOff = false;
      const started = jet;
      setTimeout(() => {
        if (started.machine === MACHINE.initialising) started.machine = MACHINE.ready;
      }, INITIALISING_TAKES);
    }, seconds * 1000);
  };

  return {
    answer(ask: Ask): Reply | Promise<Reply> {
      if (ask.ask === 'start') return start(ask.settings);
      if (ask.ask !== 'print-go' || isOff) return {};
      const printed = printGo(jet);
      return printed ? { printed: ask.blank ? { ...printed, content: '' } : printed } : {};
    },
    hear(tell: Tell) {
      if (tell.tell === 'print-end') printEnd(jet);
      if (tell.tell === 'cause') setCause(jet, tell.cause, tell.present);
      if (tell.tell === 'reboot') reboot(tell.seconds);
      if (tell.tell === 'half-open') network?.setHalfOpen(tell.active);
      if (tell.tell === 'rough-network') network?.setRough(tell.active);
    },
    close() {
      network?.reset();
      server?.close();
    },
  };
}

interface Surroundings {
  readonly speed: number;
  moveNozzle(moving: number, done: number): void;
}

/** Does what a frame says; only queries are answered. A frame nobody understands is ignored, as the device does. */
function answerFrame(jet: JetMachine, frame: JetFrame, around: Surroundings): Buffer | undefined {
  if (frame.kind === '?') return answerQuery(jet, frame.name, around.speed);
  if (frame.kind === '=') set(jet, frame);
  else perform(jet, frame.name, around);
  return undefined;
}

function answerQuery(jet: JetMachine, name: string, speed: number): Buffer | undefined {
  switch (name) {
    case 'RS':
      return jetReply('RS', [jet.nozzle, jet.machine, jet.error, jet.hasOpenCover ? 1 : 0, Math.round(speed)]);
    case 'SM':
      return jetReply('SM', [
        depth,
        jet.fifo.length,
        jet.lastStarted,
        jet.stopAt,
        jet.isFinished ? 1 : 0,
        jet.printGos,
      ]);
    case 'ET':
      return jetReply('ET', [jet.staticText]);
    case 'CC':
      return jetReply('CC', [jet.product, 0, jet.total]);
    default:
      return undefined;
  }
}

function set(jet: JetMachine, { name, parameters }: JetFrame) {
  const [first, second] = parameters;
  switch (name) {
    case 'MR':
      return queueRecord(jet, first, second);
    case 'ET':
      jet.staticText = first ?? '';
      return;
    case 'CM':
      jet.stopAt = /^\d+$/.test(first ?? '') ? Number(first) : 0;
      return;
    case 'JL':
      if (first?.startsWith(JOBS)) jet.job = first.slice(JOBS.length);
      return;
    default:
  }
}

function perform(jet: JetMachine, name: string, { moveNozzle }: Surroundings) {
  switch (name) {
    case 'FF':
      return flush(jet);
    case 'GO':
      return go(jet);
    case 'ST':
      return stop(jet);
    case 'NO':
      return moveNozzle(NOZZLE.opening, NOZZLE.open);
    case 'NC':
      return moveNozzle(NOZZLE.closing, NOZZLE.closed);
    case 'EQ':
      return acknowledge(jet);
    default:
  }
}
