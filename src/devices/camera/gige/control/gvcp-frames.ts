/** GVCP as bytes (docs/devices/gige-vision.md, GVCP). Nothing here throws on what a camera sends: it is undefined. */

export const GVCP_PORT = 3956;

/** Command codes; the acknowledge of each is one higher. */
export const GVCP = {
  discovery: 0x0002,
  forceIp: 0x0004,
  packetResend: 0x0040,
  readRegister: 0x0080,
  writeRegister: 0x0082,
  readMemory: 0x0084,
  writeMemory: 0x0086,
  pendingAck: 0x0089,
  event: 0x00c0,
  eventData: 0x00c2,
  action: 0x0100,
} as const;

/** Most bytes of memory one READMEM or WRITEMEM carries. */
export const MEMORY_LIMIT = 536;

const KEY = 0x42;
const HEADER = 8;
export const WANTS_ACK = 0x01;
/** The same bit means "may be answered by broadcast" in DISCOVERY. */
export const EXTENDED_IDS = 0x10;
const DATAGRAM_LIMIT = 548;

export interface Acknowledge {
  readonly status: number;
  /** Code of the acknowledge: the command's, plus one; or PENDING_ACK. */
  readonly command: number;
  readonly id: number;
  readonly payload: Buffer;
}

/** A command as it came in: what a camera sends by itself (events), or what a peer reads back. */
export interface Command {
  readonly flags: number;
  readonly command: number;
  readonly id: number;
  readonly payload: Buffer;
}

export interface WriteOfRegister {
  readonly address: number;
  readonly value: number;
}

/** Which packets of which picture should be sent again. */
export interface Resend {
  readonly block: bigint;
  readonly first: number;
  readonly last: number;
  readonly hasExtendedIds: boolean;
}

export function encodeCommand(command: number, id: number, payload: Uint8Array, flags = WANTS_ACK): Buffer {
  const bytes = Buffer.alloc(HEADER + payload.length);
  bytes[0] = KEY;
  bytes[1] = flags;
  bytes.writeUInt16BE(command, 2);
  bytes.writeUInt16BE(payload.length, 4);
  bytes.writeUInt16BE(id, 6);
  bytes.set(payload, HEADER);
  return bytes;
}

/** An acknowledge whose length is what it says. */
export function parseAcknowledge(bytes: Buffer): Acknowledge | undefined {
  if (!isWhole(bytes)) return undefined;
  return {
    status: bytes.readUInt16BE(0),
    command: bytes.readUInt16BE(2),
    id: bytes.readUInt16BE(6),
    payload: bytes.subarray(HEADER),
  };
}

export function parseCommand(bytes: Buffer): Command | undefined {
  if (!isWhole(bytes) || bytes[0] !== KEY) return undefined;
  return {
    flags: bytes.readUInt8(1),
    command: bytes.readUInt16BE(2),
    id: bytes.readUInt16BE(6),
    payload: bytes.subarray(HEADER),
  };
}

function isWhole(bytes: Buffer): boolean {
  return bytes.length >= HEADER && bytes.length <= DATAGRAM_LIMIT && bytes.readUInt16BE(4) === bytes.length - HEADER;
}

export function readRegistersPayload(addresses: readonly number[]): Buffer {
  return words(addresses);
}

export function writeRegistersPayload(writes: readonly WriteOfRegister[]): Buffer {
  return words(writes.flatMap(({ address, value }) => [address, value]));
}

export function readMemoryPayload(address: number, count: number): Buffer {
  return words([address, count]);
}

export function writeMemoryPayload(address: number, data: Uint8Array): Buffer {
  return Buffer.concat([words([address]), data]);
}

/** The packet ids of a stream of 8-byte headers have 24 bits. */
export function resendPayload({ block, first, last, hasExtendedIds }: Resend): Buffer {
  const bytes = Buffer.alloc(hasExtendedIds ? 20 : 12);
  if (hasExtendedIds) bytes.writeBigUInt64BE(block, 12);
  else bytes.writeUInt16BE(Number(block), 2);
  bytes.writeUInt32BE(first, 4);
  bytes.writeUInt32BE(last, 8);
  return bytes;
}

/** FORCEIP: only ever sent because a person asked for it. Addresses as four bytes. */
export function forceIpPayload(mac: Uint8Array, [ip, mask, gateway]: readonly [number, number, number]): Buffer {
  const bytes = Buffer.alloc(56);
  bytes.set(mac.subarray(0, 6), 2);
  bytes.writeUInt32BE(ip >>> 0, 20);
  bytes.writeUInt32BE(mask >>> 0, 36);
  bytes.writeUInt32BE(gateway >>> 0, 52);
  return bytes;
}

export function actionPayload(deviceKey: number, groupKey: number, groupMask: number): Buffer {
  return words([deviceKey, groupKey, groupMask]);
}

/** READREG's answer: as many values as were asked for, or nothing. */
export function parseRegisters(payload: Buffer, count: number): readonly number[] | undefined {
  if (payload.length !== count * 4) return undefined;
  return Array.from({ length: count }, (_, i) => payload.readUInt32BE(i * 4));
}

/** READMEM's answer: the bytes asked for, or nothing. */
export function parseMemory(payload: Buffer, address: number, count: number): Buffer | undefined {
  if (payload.length !== 4 + count || payload.readUInt32BE(0) !== address) return undefined;
  return payload.subarray(4);
}

/** The count in the answer to WRITEREG (registers done) and WRITEMEM (bytes done). */
export function parseCount(payload: Buffer): number | undefined {
  return payload.length >= 4 ? payload.readUInt16BE(2) : undefined;
}

/** Milliseconds for which PENDING_ACK asks. */
export function parsePending(payload: Buffer): number | undefined {
  return payload.length >= 4 ? payload.readUInt16BE(2) : undefined;
}

/** EVENT (several of 16 bytes) and EVENTDATA (one, with data behind): the numbers of the events. */
export function parseEvents({ command, payload }: Command): readonly number[] | undefined {
  if (command === GVCP.eventData) return payload.length >= 16 ? [payload.readUInt16BE(2)] : undefined;
  if (command !== GVCP.event || payload.length === 0 || payload.length % 16 !== 0) return undefined;
  return Array.from({ length: payload.length / 16 }, (_, i) => payload.readUInt16BE(i * 16 + 2));
}

/** Ids go 1…65535 and back to 1: 0 belongs to nobody. */
export function nextRequestId(id: number): number {
  return (id % 65_535) + 1;
}

function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value >>> 0, i * 4);
  });
  return bytes;
}
