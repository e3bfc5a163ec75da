/** A command of the control channel, taken apart. */
export interface Command {
  readonly code: number;
  readonly id: number;
  readonly isAnswered: boolean;
  /** DISCOVERY: the answer may be broadcast. PACKETRESEND: extended ids follow. */
  readonly isExtended: boolean;
  readonly body: Buffer;
}

/** Codes of the commands this camera knows. An acknowledge has the code of its command and one. */
export const COMMAND = {
  discovery: 0x0002,
  forceIp: 0x0004,
  packetResend: 0x0040,
  readRegister: 0x0080,
  writeRegister: 0x0082,
  readMemory: 0x0084,
  writeMemory: 0x0086,
  pending: 0x0088,
} as const;

export const STATUS = {
  done: 0,
  resent: 0x0100,
  notImplemented: 0x8001,
  badParameter: 0x8002,
  badAddress: 0x8003,
  writeProtected: 0x8004,
  badAlignment: 0x8005,
  accessDenied: 0x8006,
  packetUnavailable: 0x800c,
  badHeader: 0x800e,
  removed: 0x8012,
} as const;

const KEY = 0x42;
const HEADER = 8;

/** The command in a datagram; undefined: it is none, or its length is not what it says. */
export function readCommand(datagram: Buffer): Command | undefined {
  if (datagram.length < HEADER || datagram[0] !== KEY) return undefined;
  const flags = datagram.readUInt8(1);
  const id = datagram.readUInt16BE(6);
  if (id === 0 || datagram.readUInt16BE(4) !== datagram.length - HEADER) return undefined;
  return {
    code: datagram.readUInt16BE(2),
    id,
    isAnswered: (flags & 0x01) !== 0,
    isExtended: (flags & 0x10) !== 0,
    body: datagram.subarray(HEADER),
  };
}

/** The answer to a command: `code` is the command's. */
export function acknowledge(
  { code, id }: Pick<Command, 'code' | 'id'>,
  status: number,
  body: Buffer = Buffer.alloc(0),
): Buffer {
  const bytes = Buffer.alloc(HEADER + body.length);
  bytes.writeUInt16BE(status, 0);
  bytes.writeUInt16BE(code + 1, 2);
  bytes.writeUInt16BE(body.length, 4);
  bytes.writeUInt16BE(id, 6);
  body.copy(bytes, HEADER);
  return bytes;
}

/** `The answer takes up to so many milliseconds more.` */
export function pendingAcknowledge(id: number, milliseconds: number): Buffer {
  const body = Buffer.alloc(4);
  body.writeUInt16BE(milliseconds, 2);
  return acknowledge({ code: COMMAND.pending, id }, STATUS.done, body);
}

/** Which packets of which picture a client misses. */
export interface ResendRequest {
  readonly block: bigint;
  readonly first: number;
  readonly last: number;
}

const PACKET_MASK = 0xffffff;

/** What a PACKETRESEND asks for; undefined: it is too short. */
export function readResend({ body, isExtended }: Command): ResendRequest | undefined {
  if (body.length < (isExtended ? 20 : 12)) return undefined;
  return {
    block: isExtended ? body.readBigUInt64BE(12) : BigInt(body.readUInt16BE(2)),
    first: isExtended ? body.readUInt32BE(4) : body.readUInt32BE(4) & PACKET_MASK,
    last: isExtended ? body.readUInt32BE(8) : body.readUInt32BE(8) & PACKET_MASK,
  };
}
