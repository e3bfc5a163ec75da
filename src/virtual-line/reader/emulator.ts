import type { Server, Socket } from 'node:net';
import { lineSplitter, listenOnLoopback } from '#virtual-line/listening.ts';
import type { Act, Ask, Emulator, EmulatorSettings, OpticalFault, Reply, Tell } from '#virtual-line/messages.ts';
import { createNetwork, type Network } from '#virtual-line/network.ts';
import { type Random, randomStream } from '#virtual-line/random.ts';
import { dmccLine, obey, readCommand } from '#virtual-line/reader/commands.ts';
import { type Picture, resultXml } from '#virtual-line/reader/result.ts';

const LINE_LIMIT = 16_384;

const NOTHING: Picture = { image: 0, content: undefined, grade: 0, decodeTime: 0 };

interface Client {
  isListening: boolean;
  listen(on: boolean): void;
  send(bytes: Buffer): void;
}

/** The reader of docs/devices/cognex-dataman.md on a socket. It sees what is printed on the item before it, no more. */
export function createReader(act: (acts: readonly Act[]) => void): Emulator {
  const clients = new Set<Client>();
  let random: Random = () => 0;
  let network: Network | undefined;
  let server: Server | undefined;
  let isHurried = false;
  let isArmed = false;
  let isOff = false;
  let isLagging = false;
  const optics = new Set<OpticalFault>();
  let results = 0;
  let triggers = 0;
  let last = NOTHING;
  let busyUntil = 0;

  const arm = (armed: boolean): void => {
    if (armed === isArmed) return;
    isArmed = armed;
    act([{ act: 'armed', armed }]);
  };
  const publish = (trigger: number | undefined, picture: Picture): void => {
    const line = dmccLine(0, 1, resultXml(++results, trigger, picture));
    for (const client of clients) if (client.isListening) client.send(line);
  };
  const obeyLine = (client: Client, line: string): void => {
    const command = readCommand(line);
    if (!command) return;
    const { status, data } = command.isIntact
      ? obey(command.text, { respond: client.listen, arm })
      : { status: 103, data: '' };
    if (client.isListening) client.send(dmccLine(command.id, status, data, command.isChecked));
  };
  const connected = (socket: Socket): void => {
    if (isOff || !network) return void socket.resetAndDestroy();
    const split = lineSplitter(LINE_LIMIT);
    const client: Client = {
      isListening: false,
      listen: (on) => {
        client.isListening = on;
      },
      send: () => undefined,
    };
    client.send = network.join(
      socket,
      (bytes) => {
        const lines = split(bytes);
        if (!lines) return void socket.destroy();
        for (const line of lines) obeyLine(client, line);
      },
      () => clients.delete(client),
    );
    clients.add(client);
  };
  const expose = ({ content, quality, extras, way }: Extract<Tell, { tell: 'expose' }>) => {
    if (!isArmed) return;
    const trigger = ++triggers;
    const decodeTime = 20 + Math.round(random() * 40);
    // A picture that did not come out whole inside the reader gives no result.
    if (way !== 'sent') return;
    const taken = look(trigger, content, seen(quality, optics), decodeTime);
    const isFrozen = optics.has('frozen') && last.image > 0;
    const shown = isFrozen ? { ...last, image: trigger } : isLagging ? last : taken;
    if (!isFrozen) last = taken;
    const tell = () => {
      publish(trigger, shown);
      if (!extras) return;
      publish(undefined, shown);
      publish(trigger, shown);
      publish(trigger, { ...shown, content: undefined });
    };
    if (isHurried) return tell();
    // One decoder: results leave in the order of their triggers.
    const now = performance.now();
    busyUntil = Math.max(now + decodeTime, busyUntil + 1);
    setTimeout(tell, busyUntil - now);
  };
  const setOptics = (fault: OpticalFault, active: boolean): void => {
    if (active) optics.add(fault);
    else optics.delete(fault);
  };
  const reboot = (seconds: number): void => {
    network?.reset();
    isOff = true;
    arm(false);
    triggers = 0;
    results = 0;
    last = NOTHING;
    setTimeout(() => {
      isOff = false;
    }, seconds * 1000);
  };
  const start = async ({ seed, port, lockStep }: EmulatorSettings): Promise<Reply> => {
    random = randomStream(seed, 'image');
    network = createNetwork(randomStream(seed, 'network-reader'));
    isHurried = lockStep;
    const listening = await listenOnLoopback(port, connected);
    server = listening.server;
    return { listening: { port: listening.port } };
  };

  return {
    answer: (ask: Ask) => (ask.ask === 'start' ? start(ask.settings) : {}),
    hear(tell: Tell) {
      if (tell.tell === 'expose') expose(tell);
      if (tell.tell === 'optics') setOptics(tell.fault, tell.active);
      if (tell.tell === 'reboot') reboot(tell.seconds);
      if (tell.tell === 'frame-lag') isLagging = tell.active;
      if (tell.tell === 'half-open') network?.setHalfOpen(tell.active);
      if (tell.tell === 'rough-network') network?.setRough(tell.active);
    },
    close() {
      network?.reset();
      server?.close();
    },
  };
}

/** Best grade through bad optics. A window as dirty as this, or no light at all, lets nothing be read. */
const THROUGH: Readonly<Record<OpticalFault, number>> = { black: -1, dirt: -1, defocus: 0.8, frozen: 4 };

function seen(quality: number, optics: ReadonlySet<OpticalFault>): number {
  return Math.min(quality, ...[...optics].map((fault) => THROUGH[fault]));
}

/** Nothing to read on a blank item, nor on one too poor to decode. */
function look(image: number, content: string, quality: number, decodeTime: number): Picture {
  const isReadable = content !== '' && quality >= 0;
  return { image, content: isReadable ? content : undefined, grade: Math.min(4, Math.max(0, quality)), decodeTime };
}
