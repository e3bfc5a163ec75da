import {
  acknowledge,
  COMMAND,
  type Command,
  pendingAcknowledge,
  type ResendRequest,
  readCommand,
  readResend,
  STATUS,
} from '#virtual-line/gige/gvcp.ts';
import { BOOT, FEATURE, LOCKED_WHILE_ACQUIRING, type Registers } from '#virtual-line/gige/registers.ts';

/** Whoever sent a datagram. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** What a command of the controller sets in motion. */
export interface ControlEffects {
  /** A register has its new value; `written` is what the client wrote. */
  wrote(address: number, written: number): void;
  resend(request: ResendRequest): void;
  /** Control is gone: by release, or because nothing was heard for the heartbeat time. */
  released(): void;
}

export interface Control {
  receive(datagram: Buffer, peer: Peer, reply: (bytes: Buffer) => void): void;
  /** Looks at the clock; to be called a few times a second. */
  watch(): void;
  reset(): void;
}

export interface ControlParts {
  readonly registers: Registers;
  /** Monotonic, ms. */
  readonly now: () => number;
  readonly effects: ControlEffects;
}

interface Answer {
  readonly status: number;
  readonly body?: Buffer;
}

/** A command that has its own time: its client is told to wait. */
const PREPARING = 1000;
const MOST_REGISTERS = { read: 135, write: 67 } as const;
const MOST_BYTES = 536;
const EXCLUSIVE = 1;

/** The control channel: who may do what, and what the registers say. */
export function createControl({ registers, now, effects }: ControlParts): Control {
  let controller: Peer | undefined;
  let heardAt = 0;
  /** The last command of the controller and its answer: repeated, it is answered, not carried out again. */
  let last: { readonly key: string; answer: Buffer | undefined } | undefined;

  const isController = (peer: Peer): boolean => controller?.port === peer.port && controller.address === peer.address;
  const release = (): void => {
    if (!controller) return;
    controller = undefined;
    registers.set(BOOT.control, 0);
    registers.set(BOOT.controllerPort, 0);
    registers.set(BOOT.controllerIp, 0);
    effects.released();
  };
  const takeControl = (wanted: number, peer: Peer): number => {
    if (controller && !isController(peer)) return STATUS.accessDenied;
    if (wanted === 0) {
      release();
      return STATUS.done;
    }
    controller = peer;
    heardAt = now();
    registers.set(BOOT.control, wanted);
    registers.set(BOOT.controllerPort, peer.port);
    registers.set(BOOT.controllerIp, ipNumber(peer.address));
    return STATUS.done;
  };
  const write = (address: number, value: number, peer: Peer): number => {
    if (address % 4 !== 0) return STATUS.badAlignment;
    if (!registers.read(address, 4)) return STATUS.badAddress;
    if (address === BOOT.control) return takeControl(value & 3, peer);
    if (!isController(peer)) return STATUS.accessDenied;
    const isLocked = registers.get(FEATURE.isLocked) === 1 && LOCKED_WHILE_ACQUIRING.has(address);
    if (!registers.isWritable(address) || isLocked) return STATUS.writeProtected;
    const accepted = registers.accept(address, value);
    if (accepted === undefined) return STATUS.badParameter;
    registers.set(address, accepted);
    effects.wrote(address, value);
    return STATUS.done;
  };
  const writeAll = (pairs: readonly (readonly [number, number])[], peer: Peer): Answer => {
    let done = 0;
    let status: number = STATUS.done;
    for (const [address, value] of pairs) {
      status = write(address, value, peer);
      if (status !== STATUS.done) break;
      done++;
    }
    return { status, body: counted(done) };
  };
  const mayRead = (peer: Peer): boolean => registers.get(BOOT.control) !== EXCLUSIVE || isController(peer);

  const answer = (command: Command, peer: Peer): Answer => {
    switch (command.code) {
      case COMMAND.discovery:
        return { status: STATUS.done, body: discovery(registers) };
      case COMMAND.readRegister:
        return mayRead(peer) ? readRegisters(registers, command.body) : { status: STATUS.accessDenied };
      case COMMAND.readMemory:
        return mayRead(peer) ? readMemory(registers, command.body) : { status: STATUS.accessDenied };
      case COMMAND.writeRegister: {
        const pairs = pairsOf(command.body);
        return pairs ? writeAll(pairs, peer) : { status: STATUS.badHeader };
      }
      case COMMAND.writeMemory: {
        const words = wordsOf(command.body);
        return words ? writeWords(words, peer) : { status: STATUS.badHeader };
      }
      default:
        return { status: STATUS.notImplemented };
    }
  };
  const writeWords = (words: readonly (readonly [number, number])[], peer: Peer): Answer => {
    const { status, body } = writeAll(words, peer);
    return { status, body: counted(4 * (body?.readUInt16BE(2) ?? 0)) };
  };
  const carryOut = (command: Command, peer: Peer, reply: (bytes: Buffer) => void): void => {
    const { status, body } = answer(command, peer);
    const bytes = acknowledge(command, status, body);
    if (last?.key === keyOf(command, peer)) last.answer = bytes;
    if (command.isAnswered) reply(bytes);
  };

  const resend = (command: Command, peer: Peer): void => {
    const request = readResend(command);
    if (request && isController(peer)) effects.resend(request);
  };

  return {
    receive(datagram, peer, reply) {
      const command = readCommand(datagram);
      if (!command) return;
      if (isController(peer)) heardAt = now();
      if (command.code === COMMAND.packetResend) return resend(command, peer);
      const key = keyOf(command, peer);
      if (last?.key === key) {
        if (last.answer) reply(last.answer);
        return;
      }
      last = { key, answer: undefined };
      if (!startsAcquisition(command)) return carryOut(command, peer, reply);
      // The sensor is set up before the first picture: that takes a moment, and the client shall not ask again.
      reply(pendingAcknowledge(command.id, PREPARING));
      setImmediate(() => carryOut(command, peer, reply));
    },
    watch() {
      if (controller && now() - heardAt > registers.get(BOOT.heartbeat)) release();
    },
    reset() {
      controller = undefined;
      last = undefined;
    },
  };
}

function keyOf({ code, id }: Command, { address, port }: Peer): string {
  return `${address}:${port} ${code} ${id}`;
}

function startsAcquisition({ code, body }: Command): boolean {
  return code === COMMAND.writeRegister && body.length === 8 && body.readUInt32BE(0) === FEATURE.acquisitionStart;
}

function counted(count: number): Buffer {
  const body = Buffer.alloc(4);
  body.writeUInt16BE(count, 2);
  return body;
}

function readRegisters(registers: Registers, body: Buffer): Answer {
  const count = body.length / 4;
  if (!Number.isInteger(count) || count < 1 || count > MOST_REGISTERS.read) return { status: STATUS.badHeader };
  const values = Buffer.alloc(body.length);
  for (let i = 0; i < body.length; i += 4) {
    const address = body.readUInt32BE(i);
    if (address % 4 !== 0) return { status: STATUS.badAlignment };
    const bytes = registers.read(address, 4);
    if (!bytes) return { status: STATUS.badAddress };
    bytes.copy(values, i);
  }
  return { status: STATUS.done, body: values };
}

function readMemory(registers: Registers, body: Buffer): Answer {
  if (body.length !== 8) return { status: STATUS.badHeader };
  const address = body.readUInt32BE(0);
  const count = body.readUInt16BE(6);
  if (address % 4 !== 0 || count % 4 !== 0) return { status: STATUS.badAlignment };
  if (count === 0 || count > MOST_BYTES) return { status: STATUS.badParameter };
  const bytes = registers.read(address, count);
  return bytes
    ? { status: STATUS.done, body: Buffer.concat([body.subarray(0, 4), bytes]) }
    : { status: STATUS.badAddress };
}

function pairsOf(body: Buffer): readonly (readonly [number, number])[] | undefined {
  const count = body.length / 8;
  if (!Number.isInteger(count) || count < 1 || count > MOST_REGISTERS.write) return undefined;
  return Array.from({ length: count }, (_, i) => [body.readUInt32BE(8 * i), body.readUInt32BE(8 * i + 4)] as const);
}

/** Memory is written word by word: this camera has nothing longer that a client may change. */
function wordsOf(body: Buffer): readonly (readonly [number, number])[] | undefined {
  const count = (body.length - 4) / 4;
  if (!Number.isInteger(count) || count < 1 || body.length - 4 > MOST_BYTES) return undefined;
  const address = body.readUInt32BE(0);
  return Array.from({ length: count }, (_, i) => [address + 4 * i, body.readUInt32BE(4 + 4 * i)] as const);
}

/** What the acknowledge of a discovery repeats of the registers: to, from, length. */
const DISCOVERY: readonly (readonly [to: number, from: number, length: number])[] = [
  [0, BOOT.version, 4],
  [4, BOOT.deviceMode, 4],
  [8, BOOT.macHigh, 8],
  [36, BOOT.ip, 4],
  [52, BOOT.mask, 4],
  [68, BOOT.gateway, 4],
  [72, BOOT.manufacturer, 32],
  [104, BOOT.model, 32],
  [136, BOOT.deviceVersion, 32],
  [168, BOOT.info, 48],
  [216, BOOT.serial, 16],
  [232, BOOT.userName, 16],
];
const DISCOVERY_LENGTH = 248;

function discovery(registers: Registers): Buffer {
  const body = Buffer.alloc(DISCOVERY_LENGTH);
  for (const [to, from, length] of DISCOVERY) registers.read(from, length)?.copy(body, to);
  return body;
}

function ipNumber(address: string): number {
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}
