import { createSocket, type Socket } from 'node:dgram';
import {
  type Acknowledge,
  EXTENDED_IDS,
  encodeCommand,
  GVCP,
  MEMORY_LIMIT,
  nextRequestId,
  parseAcknowledge,
  parseCount,
  parseMemory,
  parsePending,
  parseRegisters,
  type Resend,
  readMemoryPayload,
  readRegistersPayload,
  resendPayload,
  type WriteOfRegister,
  writeMemoryPayload,
  writeRegistersPayload,
} from '#devices/camera/gige/control/gvcp-frames.ts';
import { hex, isFailure, statusSentence } from '#devices/camera/gige/control/status.ts';
import type { Millis } from '#line/time.ts';

/** How long each attempt waits: a second in all, as for every device of the line. */
const PATIENCE: readonly Millis[] = [200, 300, 500];
const TRIES = PATIENCE.length;
/** Beyond what the camera asks for. */
const GRACE: Millis = 200;
const CLOSED = 'the connection to the camera was closed';

/** The camera answered with a status, or not at all. The message is a sentence for a person. */
export class CameraError extends Error {
  /** The status word; undefined when there was no answer. */
  readonly status: number | undefined;
  constructor(detail: string, status?: number) {
    super(detail);
    this.status = status;
  }
}

/** The control channel of one camera. One command is under way at a time; the others wait in line. */
export interface ControlChannel {
  /** Any command that is acknowledged. Rejects with a CameraError. */
  ask(command: number, payload: Uint8Array): Promise<Buffer>;
  readRegister(address: number): Promise<number>;
  writeRegister(write: WriteOfRegister): Promise<void>;
  /** Any number of bytes; address and count are multiples of 4. */
  readMemory(address: number, count: number): Promise<Buffer>;
  writeMemory(address: number, data: Uint8Array): Promise<void>;
  /** Answered by the stream, not here. */
  resend(packets: Resend): void;
  /** Our own address on the way to the camera. */
  readonly localAddress: string;
  readonly remoteAddress: string;
  close(): void;
}

/** What is waited for: the acknowledge of one command with one id. */
interface Pending {
  readonly id: number;
  readonly command: number;
  take(ack: Acknowledge): void;
  /** It will not be answered any more. */
  abandon(): void;
}

/** Opens a socket that talks to this camera only. Says nothing yet. */
export async function openControl(endpoint: { readonly host: string; readonly port: number }): Promise<ControlChannel> {
  const socket = await connectedSocket(endpoint);
  let lastId = 0;
  let pending: Pending | undefined;
  let line: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  socket.on('message', (bytes) => {
    const ack = parseAcknowledge(bytes);
    if (ack !== undefined && pending !== undefined && ack.id === pending.id) pending.take(ack);
  });
  socket.on('error', () => {}); // refused ports and unreachable hosts show as silence, which is retried

  function ask(command: number, payload: Uint8Array): Promise<Buffer> {
    const turn = line.then(() => exchange(command, payload));
    line = turn.catch(() => {});
    return turn;
  }

  function exchange(command: number, payload: Uint8Array): Promise<Buffer> {
    lastId = nextRequestId(lastId);
    const id = lastId;
    const bytes = encodeCommand(command, id, payload);
    return new Promise((resolve, reject) => {
      let tries = 0;
      let timer: NodeJS.Timeout | undefined;
      let turn: NodeJS.Immediate | undefined;
      const rest = (): void => {
        clearTimeout(timer);
        clearImmediate(turn);
      };
      const settle = (act: () => void): void => {
        rest();
        pending = undefined;
        act();
      };
      // When it was this thread that stood still, the answer lies in the socket by now: it is read first.
      const wait = (patience: Millis): void => {
        timer = setTimeout(() => {
          turn = setImmediate(attempt);
        }, patience);
      };
      const attempt = (): void => {
        const isSilent = tries === TRIES;
        if (isClosed || isSilent) {
          settle(() => reject(new CameraError(isClosed ? CLOSED : silence(command))));
          return;
        }
        wait(PATIENCE[tries] ?? 0);
        tries += 1;
        socket.send(bytes, () => {});
      };
      pending = {
        id,
        command,
        abandon: () => settle(() => reject(new CameraError(CLOSED))),
        take(ack) {
          if (ack.command === GVCP.pendingAck) {
            rest();
            wait((parsePending(ack.payload) ?? 0) + GRACE);
          } else if (isFailure(ack.status)) {
            settle(() => reject(new CameraError(statusSentence(ack.status), ack.status)));
          } else if (ack.command === command + 1) settle(() => resolve(ack.payload));
        },
      };
      attempt();
    });
  }

  return {
    ask,
    ...registersOf(ask),
    resend(packets) {
      if (isClosed) return;
      lastId = nextRequestId(lastId);
      const flags = packets.hasExtendedIds ? EXTENDED_IDS : 0;
      socket.send(encodeCommand(GVCP.packetResend, lastId, resendPayload(packets), flags), () => {});
    },
    localAddress: socket.address().address,
    remoteAddress: socket.remoteAddress().address,
    close() {
      if (isClosed) return;
      isClosed = true;
      pending?.abandon();
      socket.close();
    },
  };
}

type Ask = ControlChannel['ask'];
type RegisterAccess = Pick<ControlChannel, 'readRegister' | 'writeRegister' | 'readMemory' | 'writeMemory'>;

function registersOf(ask: Ask): RegisterAccess {
  return {
    async readRegister(address) {
      const values = parseRegisters(await ask(GVCP.readRegister, readRegistersPayload([address])), 1);
      return values?.[0] ?? misread(`register ${hex(address)}`);
    },
    async writeRegister(write) {
      await ask(GVCP.writeRegister, writeRegistersPayload([write]));
    },
    async readMemory(address, count) {
      const parts: Buffer[] = [];
      for (let done = 0; done < count; done += CHUNK) {
        const [at, some] = [address + done, Math.min(CHUNK, count - done)];
        const part = parseMemory(await ask(GVCP.readMemory, readMemoryPayload(at, some)), at, some);
        parts.push(part ?? misread(`memory ${hex(at)}`));
      }
      return Buffer.concat(parts);
    },
    async writeMemory(address, data) {
      for (let done = 0; done < data.length; done += CHUNK) {
        const part = data.subarray(done, done + CHUNK);
        const count = parseCount(await ask(GVCP.writeMemory, writeMemoryPayload(address + done, part)));
        if (count === undefined) misread(`memory ${hex(address + done)}`);
      }
    },
  };
}

const CHUNK = Math.min(512, MEMORY_LIMIT);

function misread(what: string): never {
  throw new CameraError(`the camera's answer about ${what} is not what was asked for`);
}

function silence(command: number): string {
  const name = Object.entries(GVCP).find(([, code]) => code === command)?.[0] ?? hex(command);
  return `the camera did not answer to ${name} in ${TRIES} attempts`;
}

function connectedSocket({ host, port }: { readonly host: string; readonly port: number }): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const fail = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', fail);
    socket.connect(port, host, (error?: Error) => {
      socket.off('error', fail);
      if (error === undefined || error === null) resolve(socket);
      else fail(error);
    });
  });
}
